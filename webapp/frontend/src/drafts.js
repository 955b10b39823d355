// The server keeps drafts while one types (htmx). While it cannot be reached, this browser keeps them, and
// brings them back as soon as the task is opened again.
import { find, forget, keep } from "./unsent.js";

const form = document.querySelector("form[data-unsent]");
const BACK = "tandem-brought-back";

if (form) {
  const { unsent: key, draftAddress } = form.dataset;
  const state = form.querySelector(".draft-state");
  // How often something was typed: what is typed while a draft travels is not in it.
  let typings = form.querySelector("#form-problems") ? 1 : 0;
  let travelling = 0;
  let saved = 0;

  const typed = () =>
    [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
  const answers = (all) => JSON.stringify(all.filter(([name]) => !name.startsWith("_")).sort());
  const keepHere = () => keep(key, { typed: typed(), basis: form.dataset.keptAt });
  const isUnsaved = () => typings > saved;

  function sayKeptHere() {
    state.textContent = keepHere() ? form.dataset.keptHere : form.dataset.unreachable;
  }

  form.addEventListener("input", () => {
    typings += 1;
    if (!navigator.onLine) sayKeptHere();
  });

  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    sayKeptHere();
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (!navigator.onLine) event.preventDefault();
    else if (event.target === state) travelling = typings;
  });

  form.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target !== state || !detail.successful) return;
    form.dataset.keptAt = detail.xhr.getResponseHeader("X-Kept-At") ?? "";
    saved = travelling;
    if (!isUnsaved()) forget((one) => one === key);
  });

  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(failure, sayKeptHere);
  }

  addEventListener("online", () => {
    if (isUnsaved()) form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  addEventListener("pagehide", () => {
    if (isUnsaved()) keepHere();
  });

  // Let the server keep it as a draft and show it: it knows which questions the answers open.
  async function bringBack({ typed: kept }) {
    const body = new URLSearchParams([...kept, ["csrf_token", form.elements.csrf_token.value]]);
    form.inert = true;
    try {
      const answer = await fetch(draftAddress, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
    } catch {
      form.inert = false;
      return false;
    }
    saved = typings;
    forget((one) => one === key);
    sessionStorage.setItem(BACK, key);
    location.replace(location.pathname);
    return true;
  }

  // Another draft is newer on the server: show what was kept here, and let the person choose.
  function offer(kept) {
    const box = document.querySelector("#unsent-offer").content.cloneNode(true).firstElementChild;
    const now = new Set(typed().map(([, value]) => value));
    const lost = kept.typed.filter(([name, value]) => !name.startsWith("_") && !now.has(value));
    box.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
      day: "numeric",
      month: "long",
      hour: "2-digit",
      minute: "2-digit",
    });
    for (const [, value] of lost.filter(([, text]) => text.length > 12)) {
      box.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: value }));
    }
    box.querySelector("[data-take]").addEventListener("click", () => bringBack(kept));
    box.querySelector("[data-drop]").addEventListener("click", () => {
      forget((one) => one === key);
      box.remove();
    });
    form.before(box);
  }

  async function lookForUnsent() {
    const kept = find(key);
    if (!kept) return;
    if (answers(kept.typed) === answers(typed())) forget((one) => one === key);
    else if (kept.basis !== form.dataset.keptAt || !(await bringBack(kept))) offer(kept);
  }

  if (sessionStorage.getItem(BACK) === key) {
    document.querySelector("[data-draft-message]")?.append(
      Object.assign(document.createElement("p"), { textContent: form.dataset.broughtBack }),
    );
  }
  sessionStorage.removeItem(BACK);
  lookForUnsent();
}
