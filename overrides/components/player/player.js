// The moment that an address asks for: ?t=75, 75s, 1m15s, 1:15 or 1:02:03. Nothing plays by itself.
const video = document.querySelector('.player video');

const seconds = (text) => {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(text);
  const words = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text);
  const [, hours, minutes, rest] = clock ?? words ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
};

const moment = seconds(new URLSearchParams(location.search).get('t') ?? '');
if (video && moment) {
  video.addEventListener('loadedmetadata', () => {
    video.currentTime = Math.min(moment, video.duration);
  }, { once: true });
  video.preload = 'metadata';
}
