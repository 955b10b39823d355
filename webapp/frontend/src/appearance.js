// Change the dress of the page in place, so that nothing typed is lost on the way.

const root = document.documentElement;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-appearance]");
  if (!form || !event.submitter?.name) return;
  event.preventDefault();
  const sent = new FormData(form, event.submitter);
  fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(wear)
    .catch(() => location.reload());
});

function wear(chosen) {
  for (const [name, value] of Object.entries(chosen)) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
  for (const button of document.querySelectorAll("[data-appearance] button[data-is]")) {
    const wanted = new URLSearchParams(button.dataset.is);
    const pressed = [...wanted].every(([name, value]) => (root.dataset[name] ?? "") === value);
    button.setAttribute("aria-pressed", String(pressed));
    if (button.dataset.otherwise) toggle(button, pressed);
  }
}

// A button that switches something on switches it off the next time.
function toggle(button, pressed) {
  button.value = pressed ? button.dataset.otherwise : button.dataset.value;
}
