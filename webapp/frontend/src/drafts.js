// The server keeps drafts while one types (htmx); here is only what to say when it cannot be reached.

for (const event of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ target }) => {
    const state = target.closest?.("[data-unreachable]");
    if (state) state.textContent = state.dataset.unreachable;
  });
}
