// The menu on a small screen: a button that unfolds the list. The style sheet shows it there only.
const button = document.querySelector('[data-menu-button]');
if (button) {
  const menu = document.getElementById(button.getAttribute('aria-controls'));
  const list = menu.querySelector('ul');
  const narrow = matchMedia('(max-width: 47.99em)');
  const set = (open) => {
    button.setAttribute('aria-expanded', String(open));
    list.hidden = narrow.matches && !open;
  };
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';

  button.addEventListener('click', () => set(!isOpen()));
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !isOpen() || !narrow.matches) return;
    const { activeElement: focused } = document;
    const isElsewhere = focused !== document.body && focused !== button && !menu.contains(focused);
    set(false);
    if (!isElsewhere) button.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (isOpen() && !menu.contains(target) && !button.contains(target)) set(false);
  });
  narrow.addEventListener('change', () => set(false));
  set(false);
  button.hidden = false;
}
