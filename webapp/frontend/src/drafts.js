// The server keeps drafts while one types (htmx). While it cannot be reached, this browser keeps them, and
// brings them back as soon as the task is opened again.
import { find, forget, keep } from "./unsent.js";

const form = document.querySelector("form[data-unsent]");
const BACK = "tandem-brought-back";

// Show what was kept here, as far as the page does not say it already, and let the person choose.
function offer(key, kept, onPage, take) {
  const box = document.querySelector("#unsent-offer").content.cloneNode(true).firstElementChild;
  const lost = kept.typed.filter(([name, value]) => !name.startsWith("_") && !onPage.includes(value));
  const when = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  box.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, when);
  for (const [, value] of lost.filter(([, text]) => text.length > 12)) {
    box.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: value }));
  }
  const [taking, dropping] = box.querySelectorAll("button");
  if (take) taking.addEventListener("click", take);
  else taking.remove();
  dropping.addEventListener("click", () => {
    forget((one) => one === key);
    box.remove();
  });
  document.querySelector("#unsent-offer").after(box);
}

// A task that was done or taken away meanwhile: what was typed into it is not lost without a word.
function lookForOrphan() {
  const { person } = document.querySelector(".account")?.dataset ?? {};
  const task = location.pathname.match(/^\/tasks\/([0-9a-f-]{36})$/)?.[1];
  const kept = task && find(`${person}:${task}`);
  if (kept && document.querySelector("#unsent-offer")) offer(`${person}:${task}`, kept, [], null);
}

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

  async function lookForUnsent() {
    const kept = find(key);
    if (!kept) return;
    if (answers(kept.typed) === answers(typed())) forget((one) => one === key);
    else if (kept.basis !== form.dataset.keptAt || !(await bringBack(kept))) {
      const onPage = typed().map(([, value]) => value);
      offer(key, kept, onPage, () => bringBack(kept));
    }
  }

  if (sessionStorage.getItem(BACK) === key) {
    document.querySelector("[data-draft-message]")?.append(
      Object.assign(document.createElement("p"), { textContent: form.dataset.broughtBack }),
    );
  }
  sessionStorage.removeItem(BACK);
  lookForUnsent();
} else {
  lookForOrphan();
}
