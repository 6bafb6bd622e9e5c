// Prints what the reader chose: the checklist, the transcript or the page; boxes blank or as ticked.
// What to show is said in two attributes of the root element, and sheet.css does the rest.
const root = document.documentElement;

for (const sheet of document.querySelectorAll('[data-sheet]')) {
  for (const choice of sheet.querySelectorAll('input[name=boxes]')) {
    choice.checked = choice.defaultChecked;
    choice.addEventListener('change', () => {
      root.dataset.boxes = choice.value;
    });
  }
  for (const button of sheet.querySelectorAll('button[data-print]')) {
    button.addEventListener('click', () => {
      root.dataset.print = button.dataset.print;
      print();
    });
  }
  sheet.querySelector('.sheet__choices').hidden = false;
  sheet.hidden = false;
}

const opened = new Set();
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details:not([open])')) {
    opened.add(part);
    part.open = true;
  }
});
addEventListener('afterprint', () => {
  delete root.dataset.print;
  for (const part of opened) part.open = false;
  opened.clear();
});
