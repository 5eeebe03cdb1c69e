// Tells Response the browser's time zone, once, before anything is shown. Without cookies, times stay in UTC.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `zone=${zone};path=/;max-age=31536000;samesite=lax`;
  if (zone && document.cookie.split("; ").includes(`zone=${zone}`)) location.reload();
})();
