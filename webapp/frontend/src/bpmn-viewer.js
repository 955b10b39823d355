// Draw a sheet of a case and mark how its steps stand. The same stands beside it as text.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const MARGIN = 24;
const TALLEST = 0.62;
const LOWEST = 190;
const STEP = 60;

async function show(host) {
  const answer = await fetch(host.dataset.diagramUrl);
  if (!answer.ok) return;
  host.dataset.ready = "true";
  // The wheel goes on scrolling the page; there are buttons and keys to come nearer.
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  await viewer.importXML(await answer.text());
  const canvas = viewer.get("canvas");
  mark(viewer, JSON.parse(host.dataset.marks ?? "{}"));
  openDoors(viewer, JSON.parse(host.dataset.doors ?? "{}"));
  fitFrame(host, canvas);
  showWhole(canvas);
  offerTools(canvas, host.parentElement.querySelector("[data-diagram-tools]"));
  offerKeys(canvas, host);
}

function mark(viewer, marks) {
  const registry = viewer.get("elementRegistry");
  for (const [id, kind] of Object.entries(marks)) {
    if (!registry.get(id)) continue;
    viewer.get("canvas").addMarker(id, `is-${kind.replace("_", "-")}-here`);
    // A colour alone says nothing to those who do not see it.
    const sign = { done: "✓", stopped: "✕" }[kind];
    if (sign && registry.get(id).width > 60) addSign(viewer, id, sign, kind);
  }
}

function addSign(viewer, id, sign, kind) {
  const html = document.createElement("span");
  html.className = `diagram-sign is-${kind}`;
  html.textContent = sign;
  viewer.get("overlays").add(id, { position: { top: -9, right: 11 }, html });
}

function openDoors(viewer, doors) {
  for (const id of Object.keys(doors)) {
    if (viewer.get("elementRegistry").get(id)) viewer.get("canvas").addMarker(id, "is-door");
  }
  viewer.get("eventBus").on("element.click", ({ element }) => {
    if (doors[element.id]) window.location.assign(doors[element.id]);
  });
}

// The frame is as tall as the sheet needs, so that a broad one leaves no hole.
function fitFrame(host, canvas) {
  const { inner } = canvas.viewbox();
  const wanted = ((inner.height + 2 * MARGIN) / (inner.width + 2 * MARGIN)) * host.clientWidth;
  const tallest = Math.min(window.innerHeight * TALLEST, inner.height + 2 * MARGIN);
  host.style.height = `${Math.max(LOWEST, Math.min(wanted, tallest))}px`;
  canvas.resized();
}

function showWhole(canvas) {
  const { inner, outer } = canvas.viewbox();
  const room = (side) => (outer[side] - 1) / (inner[side] + 2 * MARGIN);
  const scale = Math.min(1, room("width"), room("height"));
  const [width, height] = [outer.width / scale, outer.height / scale];
  const x = inner.x + inner.width / 2 - width / 2;
  canvas.viewbox({ x, y: inner.y + inner.height / 2 - height / 2, width, height });
}

function zoom(canvas, factor) {
  canvas.zoom(canvas.zoom() * factor, "auto");
}

function offerTools(canvas, tools) {
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value) zoom(canvas, Number(button.value));
    else showWhole(canvas);
  });
}

function offerKeys(canvas, host) {
  const acts = {
    "+": () => zoom(canvas, 1.25),
    "=": () => zoom(canvas, 1.25),
    "-": () => zoom(canvas, 0.8),
    0: () => showWhole(canvas),
    ArrowLeft: () => canvas.scroll({ dx: STEP, dy: 0 }),
    ArrowRight: () => canvas.scroll({ dx: -STEP, dy: 0 }),
    ArrowUp: () => canvas.scroll({ dx: 0, dy: STEP }),
    ArrowDown: () => canvas.scroll({ dx: 0, dy: -STEP }),
  };
  host.addEventListener("keydown", (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (!isPlain || !acts[event.key]) return;
    acts[event.key]();
    event.preventDefault();
  });
}

for (const host of document.querySelectorAll("[data-diagram-url]")) {
  // A process without a drawing is told in words only.
  show(host).catch(() => delete host.dataset.ready);
}
