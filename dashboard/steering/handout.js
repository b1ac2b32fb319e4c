const slides = [...document.querySelectorAll("section")];
const where = document.getElementById("where");
let at = 0;

function go(place) {
  at = Math.max(0, Math.min(slides.length - 1, place));
  slides.forEach((slide, number) => slide.classList.toggle("at", number === at));
  where.textContent = `${at + 1} / ${slides.length}`;
  if (location.hash !== `#${slides[at].id}`) history.replaceState(null, "", `#${slides[at].id}`);
}

function linked() {
  go(Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash)));
}

const keys = {
  ArrowRight: () => at + 1, ArrowDown: () => at + 1, PageDown: () => at + 1, " ": () => at + 1,
  ArrowLeft: () => at - 1, ArrowUp: () => at - 1, PageUp: () => at - 1,
  Home: () => 0, End: () => slides.length - 1,
};
addEventListener("keydown", (event) => {
  if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  go(keys[event.key]());
});
addEventListener("hashchange", linked);
document.getElementById("back").onclick = () => go(at - 1);
document.getElementById("on").onclick = () => go(at + 1);
document.documentElement.classList.add("walked");
linked();
