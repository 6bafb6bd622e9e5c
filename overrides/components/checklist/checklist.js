// Keeps a lesson's ticks in this browser: one JSON value a lesson, the ids of the ticked items. The
// same value serves both languages, the lesson's page and the checklist's own page. When the browser
// keeps nothing (storage blocked, full or missing) the boxes still tick, and the line below says so.
const VERSION = 1;

for (const list of document.querySelectorAll('[data-checklist]')) {
  const boxes = [...list.querySelectorAll('input[type=checkbox]')];
  const progress = list.querySelector('.checklist__progress');
  const said = list.querySelector('.checklist__said');
  const keeping = list.querySelector('.checklist__keeping');
  const clear = list.querySelector('button');
  const key = `checklist:${list.dataset.checklist}`;
  const kept = window.top === window ? list.dataset.kept : list.dataset.keptInFrame;
  const done = () => boxes.filter((box) => box.checked).length;
  let wasComplete = false;

  const save = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    try {
      // Written even when nothing is ticked, then removed: only a write shows whether ticks are kept.
      localStorage.setItem(key, JSON.stringify({ version: VERSION, ticked }));
      if (!ticked.length) localStorage.removeItem(key);
      keeping.textContent = kept;
    } catch {
      keeping.textContent = list.dataset.lost;
    }
  };

  const show = () => {
    progress.textContent = list.dataset.progress
      .replace('{done}', done())
      .replace('{total}', boxes.length);
    wasComplete = done() === boxes.length;
  };

  const restore = () => {
    const ticked = read(key);
    if (ticked) for (const box of boxes) box.checked = ticked.includes(box.value);
    show();
  };

  list.addEventListener('change', (event) => {
    if (!boxes.includes(event.target)) return;
    const completes = !wasComplete && done() === boxes.length;
    save();
    show();
    if (completes) said.textContent = list.dataset.complete;
    else if (!wasComplete) said.textContent = '';
  });

  clear.addEventListener('click', () => {
    for (const box of boxes) box.checked = false;
    save();
    show();
    said.textContent = list.dataset.cleared;
  });

  // Another tab ticked; or the reader came back, and the browser shows the page as it was left.
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) restore();
  });
  addEventListener('pageshow', restore);

  restore();
  save(); // forgets the ticks of items that are no longer there
  progress.hidden = clear.hidden = false;
}

// The ids that were ticked; none when the value is missing or is not ours; null when nothing can be read.
function read(key) {
  try {
    const text = localStorage.getItem(key);
    const value = text === null ? null : JSON.parse(text);
    const ours = value?.version === VERSION && Array.isArray(value.ticked);
    return ours ? value.ticked.filter((id) => typeof id === 'string') : [];
  } catch (error) {
    return error instanceof SyntaxError ? [] : null;
  }
}
