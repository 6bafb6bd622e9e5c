// Where a transcript stands beside its video, each time plays from there, and the paragraph that is being
// said is marked. Following scrolls, never moves focus, and leaves a reader alone who looks at the picture.
const KEY = 'transcript';
const VERSION = 1;

const transcript = document.querySelector('.transcript');
const video = document.querySelector('.player video');
if (transcript && video) {
  const paragraphs = [...transcript.querySelectorAll('[data-start]')].map((time) => ({
    start: Number(time.dataset.start),
    time,
    text: time.parentElement.querySelector('p'),
  }));
  const follow = transcript.querySelector('.transcript__follow');
  const follows = follow.querySelector('input');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let current;

  for (const { start, time } of paragraphs) {
    const button = document.createElement('button');
    const clock = time.lastChild.textContent;
    const [before, after] = transcript.dataset.play.split('{clock}').map(unseen);
    button.type = 'button';
    button.append(before, clock, after);
    button.addEventListener('click', () => {
      video.currentTime = start;
      video.play().catch(() => {}); // the browser says what it cannot play
      mark();
    });
    time.replaceChildren(button);
  }

  const reveal = ({ text }) => {
    const line = text.parentElement.getBoundingClientRect();
    const picture = video.getBoundingClientRect();
    const region = transcript.getBoundingClientRect();
    const middle = (picture.top + picture.bottom) / 2;
    const watches = middle > 0 && middle < innerHeight;
    const reads = region.top < innerHeight && region.bottom > 0;
    const seen = line.top >= 0 && line.bottom <= innerHeight;
    if (watches || !reads || seen) return;
    // Of this window only: scrollIntoView would also scroll the page around a frame.
    scrollBy({ top: line.top - innerHeight / 3, behavior: calm.matches ? 'instant' : 'smooth' });
  };

  const mark = () => {
    // A browser may land a hair before the moment that it was asked for.
    const said = paragraphs.findLast(({ start }) => start <= video.currentTime + 0.05);
    if (said === current) return;
    current?.text.removeAttribute('aria-current');
    said?.text.setAttribute('aria-current', 'true');
    current = said;
    if (said && follows.checked && !video.paused) reveal(said);
  };
  for (const event of ['timeupdate', 'seeked']) video.addEventListener(event, mark);

  const restore = () => { follows.checked = read(); };
  follows.addEventListener('change', () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: VERSION, follow: follows.checked }));
    } catch {
      // The choice holds until the page is left.
    }
  });
  addEventListener('pageshow', restore);
  restore();
  follow.hidden = false;
}

function unseen(words) {
  const span = document.createElement('span');
  span.className = 'visually-hidden';
  span.textContent = words;
  return words ? span : '';
}

// Whether to follow the video: yes, unless the reader said no.
function read() {
  try {
    const { version, follow } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return version !== VERSION || follow !== false;
  } catch {
    return true;
  }
}
