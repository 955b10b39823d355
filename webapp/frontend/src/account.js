// The panels of the bar, of the account and of further places, close by Escape and by a click elsewhere.

for (const panel of document.querySelectorAll("details.account, details.further-places")) {
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}
