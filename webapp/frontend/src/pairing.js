// The board of proposals: a mentee is dragged to another mentor. By keyboard there are a list and a button.
import htmx from "htmx.org";

const chipOf = (event) => event.target.closest?.("[data-board] [data-mentee]");
const mentorOf = (event) => event.target.closest?.("[data-board] [data-mentor]");
let dragged = null;

function clear() {
  for (const one of document.querySelectorAll(".is-target")) one.classList.remove("is-target");
}

document.addEventListener("dragstart", (event) => {
  dragged = chipOf(event) ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.mentee);
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  clear();
});
document.addEventListener("dragover", (event) => {
  const mentor = dragged && mentorOf(event);
  clear();
  if (!mentor || mentor.dataset.mentor === dragged.dataset.seen) return;
  event.preventDefault();
  mentor.classList.add("is-target");
});
document.addEventListener("drop", (event) => {
  const mentor = dragged && mentorOf(event);
  const form = document.querySelector("#drop");
  if (!mentor || !form || mentor.dataset.mentor === dragged.dataset.seen) return;
  event.preventDefault();
  form.elements.mentee.value = dragged.dataset.mentee;
  form.elements.seen.value = dragged.dataset.seen;
  form.elements.to.value = mentor.dataset.mentor;
  htmx.trigger(form, "submit");
});

// What is no board is said above it; the board stays as it was.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "board" || detail.serverResponse.includes('id="board"')) return;
  detail.target = document.querySelector("[data-board-said]");
  detail.swapOverride = "innerHTML";
});
