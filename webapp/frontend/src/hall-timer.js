// The timer in the hall. The page holds all it needs: it goes on without a network, and after a reload.

const hall = document.querySelector("[data-hall]");
if (hall) begin(hall);

function begin(hall) {
  const find = (name) => hall.querySelector(`[data-hall-${name}]`);
  const words = (name) => hall.dataset[`say${name}`];
  const turns = [...hall.querySelectorAll("[data-hall-turn]")];
  if (!turns.length) return;
  const length = Number(hall.dataset.minutes) * 60_000;
  const key = `hall-${hall.dataset.hall}`;
  // A round runs until an instant, or stands still with so much of it left.
  const state = { round: 0, left: length, until: null, said: "", ...remembered() };
  state.round = Math.min(state.round, turns.length - 1);
  let awake = null;
  let spoken = "";

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(state));
    } catch {
      // Then it lasts as long as the page.
    }
  }

  const left = () => (state.until === null ? state.left : Math.max(0, state.until - Date.now()));

  function speak(text) {
    if (text === spoken) return;
    spoken = text;
    find("said").textContent = text;
  }

  function draw() {
    const now = left();
    const seconds = Math.ceil(now / 1000);
    const runs = state.until !== null && now > 0;
    const isLast = state.round === turns.length - 1;
    find("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    find("round").textContent = turns[state.round].dataset.title;
    let name = runs ? "Talk" : now === length ? "Ready" : "Paused";
    if (now === 0) name = isLast ? "End" : "Over";
    find("state").textContent = words(name);
    find("toggle").textContent = words(runs ? "Pause" : "Start");
    hall.classList.toggle("is-ending", now <= 60_000 && now > 0);
    hall.classList.toggle("is-over", now === 0);
    turns.forEach((turn, place) => (turn.hidden = place !== state.round));
    speak(`${turns[state.round].dataset.title}. ${words(name)}${runs && now <= 60_000 ? `. ${words("Minute")}` : ""}`);
  }

  function tick() {
    if (state.until !== null && left() === 0) {
      state.until = null;
      state.left = 0;
      keep();
      ring();
      rest();
    }
    draw();
  }

  function go(round) {
    state.round = Math.max(0, Math.min(turns.length - 1, round));
    state.until = null;
    state.left = length;
    rest();
    keep();
    draw();
  }

  function toggle() {
    if (state.until !== null) {
      state.left = left();
      state.until = null;
      rest();
    } else {
      if (state.left === 0 && state.round < turns.length - 1) go(state.round + 1);
      if (state.left === 0) return;
      state.until = Date.now() + state.left;
      stayAwake();
    }
    keep();
    draw();
  }

  async function stayAwake() {
    try {
      awake = await navigator.wakeLock?.request("screen");
    } catch {
      // The screen may go dark then, as it does on any page.
    }
  }

  function rest() {
    awake?.release();
    awake = null;
  }

  function ring() {
    if (!find("sound").checked) return;
    const context = new AudioContext();
    for (const [place, pitch] of [523.25, 659.25, 783.99].entries()) {
      const tone = context.createOscillator();
      const loudness = context.createGain();
      const at = context.currentTime + place * 0.35;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, at);
      loudness.gain.exponentialRampToValueAtTime(0.2, at + 0.05);
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + 1.2);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + 1.3);
    }
    setTimeout(() => context.close(), 3000);
  }

  const acts = {
    back: () => go(state.round - 1),
    next: () => go(state.round + 1),
    again: () => go(state.round),
    toggle,
    full: () => (document.fullscreenElement ? document.exitFullscreen() : hall.requestFullscreen?.()),
  };
  hall.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hall-act]");
    if (button) acts[button.dataset.hallAct]();
  });
  const keys = { Space: "toggle", ArrowRight: "next", ArrowLeft: "back" };
  document.addEventListener("keydown", (event) => {
    const isOwn = event.target.closest?.("a, input, select, textarea, summary, button:focus-visible");
    if (!keys[event.code] || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isOwn && event.code === "Space") return;
    event.preventDefault();
    acts[keys[event.code]]();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && state.until !== null) stayAwake();
  });

  hall.classList.add("is-on");
  find("face").hidden = false;
  tick();
  setInterval(tick, 250);
}
