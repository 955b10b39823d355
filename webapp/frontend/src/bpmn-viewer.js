// Draw the diagram of a case and mark where it waits. The same stands beside it as text.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

async function show(host) {
  const answer = await fetch(host.dataset.diagramUrl);
  if (!answer.ok) return;
  host.dataset.ready = "true";
  const viewer = new NavigatedViewer({ container: host });
  await viewer.importXML(await answer.text());
  mark(viewer, JSON.parse(host.dataset.open ?? "[]"));
  viewer.get("canvas").zoom("fit-viewport", "auto");
}

function mark(viewer, elements) {
  const registry = viewer.get("elementRegistry");
  const canvas = viewer.get("canvas");
  for (const id of elements) if (registry.get(id)) canvas.addMarker(id, "is-open-here");
}

for (const host of document.querySelectorAll("[data-diagram-url]")) {
  // A process without a drawing is told in words only.
  show(host).catch(() => delete host.dataset.ready);
}
