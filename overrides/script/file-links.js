// Opened from a disk (file://), a folder shows its list of files: links and forms name its page instead.
if (location.protocol === 'file:') {
  const named = (address) => {
    const url = new URL(address, location.href);
    if (url.protocol === 'file:' && url.pathname.endsWith('/')) url.pathname += 'index.html';
    return url.href;
  };
  for (const link of document.querySelectorAll('a[href]')) link.href = named(link.href);
  for (const form of document.querySelectorAll('form[action]')) form.action = named(form.action);
}
