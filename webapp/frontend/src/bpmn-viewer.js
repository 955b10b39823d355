// Draw the diagram of a case and mark where it waits. The same stands beside it as text.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const READABLE = 0.6;

async function show(host) {
  const answer = await fetch(host.dataset.diagramUrl);
  if (!answer.ok) return;
  host.dataset.ready = "true";
  // The wheel goes on scrolling the page; there are buttons to come nearer.
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  await viewer.importXML(await answer.text());
  const open = JSON.parse(host.dataset.open ?? "[]").filter((id) => viewer.get("elementRegistry").get(id));
  const canvas = viewer.get("canvas");
  for (const id of open) canvas.addMarker(id, "is-open-here");
  settle(canvas, open);
  offerTools(canvas, host.parentElement.querySelector("[data-diagram-tools]"));
}

// On a narrow screen the whole would be too small to read: show the part where the case stands.
function settle(canvas, open) {
  if (canvas.zoom("fit-viewport", "auto") >= READABLE || !open.length) return;
  canvas.zoom(READABLE);
  canvas.scrollToElement(open[0], 60);
}

function offerTools(canvas, tools) {
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const factor = Number(event.target.closest("button")?.value);
    if (factor) canvas.zoom(canvas.zoom() * factor, "auto");
    else if (event.target.closest("button")) canvas.zoom("fit-viewport", "auto");
  });
}

for (const host of document.querySelectorAll("[data-diagram-url]")) {
  // A process without a drawing is told in words only.
  show(host).catch(() => delete host.dataset.ready);
}
