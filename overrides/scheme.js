// Before the first paint: that scripts run here, and the colours that the reader chose.
{
  const root = document.documentElement;
  root.dataset.script = '';
  try {
    const scheme = localStorage.getItem('scheme');
    if (/^(light|dark)$/.test(scheme)) root.dataset.scheme = document.querySelector('[name=color-scheme]').content = scheme;
  } catch {}
}
