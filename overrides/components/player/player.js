// What the browser's own controls lack, and the moment that an address asks for. Nothing plays or loads
// by itself. What the reader chooses is one JSON value of this browser, for every lesson and both languages;
// when the browser keeps nothing (storage blocked, full or missing) it holds until the page is left.
const KEY = 'player';
const VERSION = 1;
const STEP = 10;

const player = document.querySelector('.player');
if (player) {
  const find = (selector) => player.querySelector(selector);
  const video = find('video');
  const source = find('source');
  const captions = [...video.textTracks].find(({ kind }) => kind === 'captions');
  const tools = find('.player__tools');
  const panel = find('.player__settings');
  const said = find('.player__said');
  const address = find('.player__address');
  const field = find('.player__address input');
  const plain = source.getAttribute('src');
  const named = (name) => [...player.querySelectorAll(`[data-${name}]`)].map((one) => [one.dataset[name], one]);
  const button = Object.fromEntries(named('tool'));
  const { speed, ...looks } = Object.fromEntries(named('setting'));
  const chosen = { captions: true, described: false, ...read() };

  const save = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: VERSION, ...chosen }));
    } catch {
      // The choice holds until the page is left.
    }
  };
  const say = (text) => {
    said.textContent = '';
    setTimeout(() => { said.textContent = text; });
  };

  const move = (by) => {
    const end = video.duration || Infinity;
    video.currentTime = Math.min(Math.max(video.currentTime + by, 0), end);
    if (video.preload === 'none') video.preload = 'metadata';
  };
  button.back.addEventListener('click', () => move(-STEP));
  button.forward.addEventListener('click', () => move(STEP));

  const play = () => video.play().catch(() => {}); // the browser says what it cannot play
  const setSpeed = () => {
    // A new source begins at the default speed.
    video.defaultPlaybackRate = video.playbackRate = Number(speed.value);
  };
  speed.addEventListener('change', () => {
    chosen.speed = speed.value;
    setSpeed();
    save();
  });
  video.addEventListener('ratechange', () => pick(speed, String(video.playbackRate)));

  const setCaptions = () => {
    // Not 'disabled': the browser would turn captions on again when the media arrives.
    captions.mode = chosen.captions ? 'showing' : 'hidden';
    button.captions.setAttribute('aria-pressed', String(chosen.captions));
  };
  button.captions.addEventListener('click', () => {
    chosen.captions = !chosen.captions;
    setCaptions();
    save();
  });
  video.textTracks.addEventListener('change', () => {
    // Also when the reader used the browser's own menu.
    const shows = captions.mode === 'showing';
    if (shows === chosen.captions) return;
    chosen.captions = shows;
    button.captions.setAttribute('aria-pressed', String(shows));
    save();
  });

  // From a disk, browsers refuse the file of captions. Its cues then come as a script, which they take.
  const track = find('track');
  const lost = () => {
    addEventListener('captions', ({ detail }) => {
      for (const [start, end, text, settings] of detail) captions.addCue(cue(start, end, text, settings));
    }, { once: true });
    const script = document.createElement('script');
    script.src = track.src.replace(/vtt$/, 'js');
    document.head.append(script);
  };
  if (location.protocol === 'file:') {
    if (track.readyState === HTMLTrackElement.ERROR) lost();
    else track.addEventListener('error', lost, { once: true });
  }

  const setDescribed = () => {
    if (!button.described) return;
    button.described.setAttribute('aria-pressed', String(chosen.described));
    const wanted = chosen.described ? tools.dataset.described : plain;
    if (source.getAttribute('src') === wanted) return;
    const { currentTime, paused } = video;
    source.setAttribute('src', wanted);
    video.load();
    video.currentTime = currentTime;
    if (!paused) play();
  };
  button.described?.addEventListener('click', () => {
    chosen.described = !chosen.described;
    setDescribed();
    save();
  });

  // Grounds on which the text could not be read cannot be chosen; the one that was gives way, and says so.
  const setLooks = () => {
    const { colour, ground } = looks;
    const readable = colour.selectedOptions[0].dataset.grounds.split(' ');
    for (const option of ground.options) option.disabled = !readable.includes(option.value);
    const moves = !readable.includes(ground.value);
    if (moves) [ground.value] = readable;
    for (const [name, select] of Object.entries(looks)) {
      player.setAttribute(`data-caption-${name}`, select.value);
      chosen[name] = select.value;
    }
    return moves;
  };
  for (const select of Object.values(looks)) {
    select.addEventListener('change', () => {
      const { ground } = looks;
      if (setLooks()) say(tools.dataset.moved.replace('{ground}', ground.selectedOptions[0].text.toLowerCase()));
      save();
    });
  }
  button.reset.addEventListener('click', () => {
    for (const select of Object.values(looks)) {
      select.value = [...select.options].find((option) => option.defaultSelected).value;
    }
    setLooks();
    save();
    say(tools.dataset.reset);
  });

  const open = (opens) => {
    panel.hidden = !opens;
    button.settings.setAttribute('aria-expanded', String(opens));
  };
  button.settings.addEventListener('click', () => open(panel.hidden));
  for (const part of [panel, button.settings]) {
    part.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || panel.hidden) return;
      open(false);
      button.settings.focus();
    });
  }

  button.link.addEventListener('click', async () => {
    const now = Math.floor(video.currentTime);
    const link = moment(now);
    try {
      await navigator.clipboard.writeText(link);
      address.hidden = true;
      say(tools.dataset.copied.replace('{clock}', clock(now)));
    } catch {
      field.value = link;
      address.hidden = false;
      field.focus();
      field.select();
      say(tools.dataset.selected);
    }
  });

  const restore = () => {
    Object.assign(chosen, read());
    pick(speed, chosen.speed);
    for (const [name, select] of Object.entries(looks)) pick(select, chosen[name]);
    setCaptions();
    setDescribed();
    setSpeed();
    setLooks();
  };
  addEventListener('pageshow', ({ persisted }) => { if (persisted) restore(); });
  restore();
  tools.hidden = false;

  const asked = seconds(new URLSearchParams(location.search).get('t') ?? '');
  if (asked) {
    video.addEventListener('loadedmetadata', () => {
      video.currentTime = Math.min(asked, video.duration);
    }, { once: true });
    video.preload = 'metadata';
  }
}

// A cue where its author put it on the picture; settings are as WebVTT writes them.
function cue(start, end, text, { vertical, line, position, size, align }) {
  const made = new VTTCue(start, end, text);
  const place = (written) => {
    const [at, edge] = written.split(',');
    return [Number.parseFloat(at), at.endsWith('%'), edge];
  };
  if (vertical) made.vertical = vertical;
  if (align) made.align = align;
  if (size) [made.size] = place(size);
  if (position) [made.position, , made.positionAlign = 'auto'] = place(position);
  if (line) {
    const [at, isPart, edge = 'start'] = place(line);
    Object.assign(made, { line: at, snapToLines: !isPart, lineAlign: edge });
  }
  return made;
}

// What was chosen before; nothing when the value is missing, is not ours or cannot be read.
function read() {
  try {
    const { version, ...value } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    if (version !== VERSION) return {};
    for (const name of ['captions', 'described']) if (typeof value[name] !== 'boolean') delete value[name];
    return value;
  } catch {
    return {};
  }
}

function pick(select, value) {
  if ([...select.options].some((option) => option.value === value)) select.value = value;
}

// 75, 75s, 1m15s, 1:15 and 1:02:03, in seconds; 0 for anything else.
function seconds(text) {
  const parts = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(text);
  const words = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text);
  const [, hours, minutes, rest] = parts ?? words ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
}

function clock(time) {
  const parts = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

// The address of the lesson's page at `time`, also from a page made for a frame, which stands beside it.
function moment(time) {
  const link = new URL(location.href);
  const page = link.protocol === 'file:' ? 'index.html' : '';
  link.pathname = link.pathname.replace(/embed(-\w+)?\.html$/, page);
  link.search = `?t=${time}`;
  link.hash = '';
  return link.href;
}
