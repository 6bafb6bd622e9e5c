// The toggle goes to the same place in the other language: it takes the fragment and the moment along.
for (const toggle of document.querySelectorAll('[data-language-toggle]')) {
  const plain = toggle.getAttribute('href');
  const follow = () => {
    const moment = new URLSearchParams(location.search).get('t');
    const query = moment && /^[0-9hms.:]+$/.test(moment) ? `?t=${moment}` : '';
    toggle.setAttribute('href', plain + query + location.hash);
  };
  follow();
  addEventListener('hashchange', follow);
  toggle.addEventListener('click', follow);
}
