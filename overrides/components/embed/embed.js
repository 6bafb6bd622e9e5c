// "Embed this": choose a part, copy its snippet, see it in a frame as a portal would.
const section = document.querySelector('.embed-this');
if (section) {
  const find = (selector) => section.querySelector(selector);
  const part = find('[data-embed-part]');
  const preview = find('[data-embed-preview]');
  const status = find('[data-embed-status]');
  const words = preview.textContent;
  let lesson;

  const say = (text) => {
    status.textContent = '';
    setTimeout(() => { status.textContent = text; });
  };
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.embedCopy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say(button.dataset.copied);
    } catch {
      field.focus();
      say(button.dataset.selected);
    }
  };
  const choose = () => {
    const chosen = part.selectedOptions[0];
    find('#embed-element').value = chosen.dataset.element;
    find('#embed-frame').value = chosen.dataset.frame;
    find('[data-embed-page]').setAttribute('href', chosen.dataset.file);
    lesson?.setAttribute('part', part.value);
  };
  const toggle = () => {
    if (lesson) {
      lesson.remove();
      lesson = undefined;
    } else {
      lesson = document.createElement('micro-lesson');
      lesson.setAttribute('code', preview.dataset.code);
      lesson.setAttribute('lang', preview.dataset.language);
      lesson.setAttribute('part', part.value);
      preview.closest('p').after(lesson);
      if (!customElements.get('micro-lesson')) {
        const loader = document.createElement('script');
        loader.src = preview.dataset.embedPreview;
        document.head.append(loader);
      }
    }
    preview.setAttribute('aria-expanded', String(Boolean(lesson)));
    preview.textContent = lesson ? preview.dataset.shown : words;
  };

  for (const button of section.querySelectorAll('[data-embed-copy]')) {
    button.addEventListener('click', () => copy(button));
    button.hidden = false;
  }
  part.closest('p').hidden = false;
  part.addEventListener('change', choose);
  preview.addEventListener('click', toggle);
  preview.hidden = false;
}
