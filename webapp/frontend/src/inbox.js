// The inbox by keyboard. All of it is there without a script too: links, buttons and boxes in each row.

const list = document.querySelector("[data-inbox]");
const dialog = document.querySelector("dialog#keys");
const CHOICE = "single-keys";
const wide = matchMedia("(min-width: 75rem)");

function areKeysOn() {
  try {
    return localStorage.getItem(CHOICE) !== "off";
  } catch {
    return true;
  }
}

for (const box of document.querySelectorAll('[data-keys="switch"]')) {
  box.closest("[data-keys-choice]").hidden = false;
  box.checked = areKeysOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(CHOICE, box.checked ? "on" : "off");
    } catch {
      // Then the choice lasts as long as the page.
    }
  });
}

function showKeys() {
  if (dialog && !dialog.open) dialog.showModal();
}

document.querySelector('[data-keys="help"]')?.addEventListener("click", (event) => {
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showKeys();
});

if (list) {
  const rows = () => [...list.querySelectorAll("li[data-task]")];
  const linkOf = (row) => row?.querySelector(".task-title a");
  const status = document.querySelector("[data-chosen]");
  const boxes = () => [...list.querySelectorAll(".task-pick input")];

  const here = () => document.activeElement?.closest?.("li[data-task]") ?? list.querySelector("li.is-here");
  const press = (row, name) => row?.querySelector(`[data-keys="${name}"]`)?.click();

  const mark = (row) => {
    for (const other of rows()) other.classList.toggle("is-here", other === row);
  };

  const step = (by) => {
    const all = rows();
    const place = all.indexOf(here());
    const next = place < 0 ? all[by > 0 ? 0 : all.length - 1] : all[place + by];
    if (!next) return;
    mark(next);
    linkOf(next).focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const choose = (row) => {
    const box = row?.querySelector(".task-pick input");
    if (box) box.click();
  };

  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    status.textContent = chosen ? String(chosen) : "";
  };

  // Enter in a box would send the whole form; here it opens the task, as it does on its name.
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".task-pick input")) return;
    event.preventDefault();
    linkOf(event.target.closest("li[data-task]"))?.click();
  });
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("li[data-task]");
    if (row) mark(row);
  });
  list.addEventListener("change", count);
  addEventListener("pageshow", count);

  // Where there is no room beside the list, the link opens the task's own page.
  list.addEventListener("htmx:confirm", (event) => {
    if (event.target.closest(".task-look") && !wide.matches) {
      event.preventDefault();
      location.assign(event.target.closest(".task-look").href);
    }
  });
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "preview") return;
    target.scrollTop = 0;
    target.querySelector("h2")?.focus({ preventScroll: true });
  });

  const ACTS = {
    KeyJ: () => step(1),
    KeyK: () => step(-1),
    KeyO: () => press(here(), "look"),
    KeyC: () => press(here(), "claim"),
    KeyX: () => choose(here()),
  };
  // The place of a key counts and not its letter: the same in the Russian layout.
  document.addEventListener("keydown", (event) => act(event, ACTS));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || dialog?.open) return;
    if (document.activeElement?.closest?.("#preview")) {
      linkOf(list.querySelector("li.is-here"))?.focus();
      return;
    }
    for (const box of boxes()) box.checked = false;
    count();
  });
}

const GENERAL = {
  KeyF: () => document.querySelector('a[data-keys="filters"]')?.click(),
  KeyG: () => location.assign("/"),
};

function act(event, acts) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
  if (dialog?.open || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.shiftKey || !acts[event.code]) return;
  event.preventDefault();
  acts[event.code]();
}

if (dialog) {
  document.addEventListener("keydown", (event) => act(event, GENERAL));
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (isTyping || dialog.open || event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      event.preventDefault();
      showKeys();
    } else if (event.key === "/" || event.code === "Slash") {
      event.preventDefault();
      document.querySelector('[data-keys="search"]')?.focus();
    }
  });
}
