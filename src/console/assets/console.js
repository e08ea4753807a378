// What pages also do with a script. Everything is there without it.

// A page that the browser has kept may be of a login that is over.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// While something is under way the page is fetched in place, so that the reader keeps their place.
const seconds = Number(document.body.dataset.refresh);
if (seconds > 0) {
  document.querySelector('meta[http-equiv="refresh"]')?.remove();
  setTimeout(renew, seconds * 1000);
}

async function renew() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.reload();
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [now, then] = [document.querySelector('[data-live]'), next.querySelector('[data-live]')];
  if (!now || !then || !next.body.dataset.refresh) return location.reload();
  now.replaceChildren(...then.childNodes);
  document.title = next.title;
  setTimeout(renew, Number(next.body.dataset.refresh) * 1000);
}

// A form that is sent twice by a double click is sent once. Back shows it again, ready to be sent.
addEventListener('submit', ({ target }) => {
  for (const button of target.querySelectorAll('button')) setTimeout(() => (button.disabled = true));
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = false;
  }, 5000);
});
