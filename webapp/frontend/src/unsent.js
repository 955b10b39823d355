// What could not be sent, kept in this browser: for one person and one task, until it is sent or they sign
// out, and never longer than a week. Devices are shared.

const PREFIX = "tandem-unsent:";
const LONGEST = 7 * 24 * 60 * 60 * 1000;

// Whoever signs out leaves nothing behind, whatever the page would still like to keep.
let isSigningOut = false;

export function keep(key, kept) {
  if (isSigningOut) return false;
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ ...kept, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function find(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function forget(isMeant) {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && isMeant(name.slice(PREFIX.length))) localStorage.removeItem(name);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

// The task that was left by a button and answered with another page: the server has all of it.
function taskSent() {
  const isSignedIn = document.querySelector(".account");
  const { redirectCount = 0 } = performance.getEntriesByType("navigation")[0] ?? {};
  if (!isSignedIn || !redirectCount || !document.referrer) return null;
  return new URL(document.referrer).pathname.match(/\/tasks\/([0-9a-f-]{36})/)?.[1];
}

const sent = taskSent();
forget((key) => (sent && key.endsWith(sent)) || !(Date.now() - find(key)?.at < LONGEST));

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-sign-out]")) return;
  isSigningOut = true;
  forget(() => true);
});
