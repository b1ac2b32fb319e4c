// The place is kept here too, so that a key pressed while the server still draws a slide counts.
const STEPS = {
  ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity,
};
const WRITING = "input, textarea, select, [contenteditable], [role=dialog]";
let place = 0;
let pressed = 0;
let byTab = false;
let turn;

// Space belongs to a button reached by Tab, not to one that was clicked or tapped before.
const onPointer = () => (byTab = false);

function onKey(event) {
  const { key, target } = event;
  byTab ||= key === "Tab";
  const isOther = event.ctrlKey || event.metaKey || event.altKey || !(key in STEPS);
  const taken = key === " " && byTab ? `${WRITING}, a, button` : WRITING;
  if (isOther || target.closest(taken)) return;
  event.preventDefault();
  event.stopPropagation();
  turn(STEPS[key]);
}

export default function ({ data, setStateValue }) {
  const { slides, shown, answered } = data;
  if (answered >= pressed) {
    place = slides.indexOf(shown);
    pressed = answered;
  }
  turn = (step) => {
    place = Math.min(Math.max(place + step, 0), slides.length - 1);
    pressed += 1;
    setStateValue("turned", { slide: slides[place], pressed });
  };
  addEventListener("keydown", onKey, true);
  addEventListener("pointerdown", onPointer, true);
  return () => {
    removeEventListener("keydown", onKey, true);
    removeEventListener("pointerdown", onPointer, true);
    pressed = 0;
  };
}
