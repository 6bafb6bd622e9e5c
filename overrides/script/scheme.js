// The reader's choice of colours. overrides/scheme.js applies it again on the next page, before anything shows.
const choice = document.querySelector('[data-scheme-choice]');
if (choice) {
  const { documentElement: root } = document;
  const select = choice.querySelector('select');
  const meta = document.querySelector('meta[name="color-scheme"]');
  const show = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    meta.content = scheme || 'light dark';
    select.value = scheme;
  };
  const kept = () => {
    try {
      const scheme = localStorage.getItem('scheme');
      return scheme === 'light' || scheme === 'dark' ? scheme : '';
    } catch {
      return root.dataset.scheme ?? ''; // no storage: the choice holds for this page
    }
  };

  select.addEventListener('change', () => {
    show(select.value);
    try {
      if (select.value) localStorage.setItem('scheme', select.value);
      else localStorage.removeItem('scheme');
    } catch { /* the page has its colours all the same */ }
  });
  // Another tab changed it, or the browser brings this page back as it was left.
  addEventListener('storage', ({ key }) => { if (key === 'scheme' || key === null) show(kept()); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) show(kept()); });
  show(kept());
  choice.hidden = false;
}
