// A page made for a frame tells the portal's loader how tall it is, and tells nobody else.
// The messages are described in overrides/components/embed/README.md.
const list = document.querySelector('meta[name="embed-portals"]');
if (list) {
  const portals = list.content.split(' ');
  const isPortal = (origin) => portals.some((portal) => {
    const [start, end] = portal === "'self'" ? [location.origin] : portal.split('*');
    return end === undefined ? origin === start : origin.startsWith(start) && origin.endsWith(end);
  });

  let portal = '';
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (!portal || height === told) return;
    told = height;
    const { title, documentElement: { lang } } = document;
    parent.postMessage({ microLesson: 1, type: 'size', height, title, lang }, portal);
  };

  if (parent !== window) {
    addEventListener('message', ({ data, origin, source }) => {
      if (source !== parent || !isPortal(origin) || data?.microLesson !== 1 || data.type !== 'hello') return;
      portal = origin;
      told = 0;
      tell();
    });
    new ResizeObserver(tell).observe(document.body);
    parent.postMessage({ microLesson: 1, type: 'ready' }, '*');
  }

  // A link to the transcript, or to a moment in it, opens the fold that holds it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    target?.closest?.('details')?.setAttribute('open', '');
  };
  addEventListener('hashchange', unfold);
  unfold();

  for (const button of document.querySelectorAll('[data-embed-print]')) {
    button.addEventListener('click', () => print());
    button.hidden = false;
  }
}
