// Watches a page from its first line on, so that a walk knows when it stands still.
//
// A page asks its server for a run, and may have to wait for it to begin: a run is `owed` from then
// on, or from the end of one that only ends to begin anew, until one begins.
const RERUN = 90, BEGINS = 34, ENDS = 48, ANEW = 2;

const walk = window.walk = { owed: true, moved: true, calm: 0, asked: null };

// What a message from the server is, and its first byte: what follows its hash and its metadata.
const kind = (bytes) => {
  let at = 0;
  while (bytes[at] === 10 || bytes[at] === 18) {
    let size = 0, shift = 0;
    do {
      size += (bytes[++at] & 127) << shift;
      shift += 7;
    } while (bytes[at] & 128);
    at += size + 1;
  }
  return [bytes[at], bytes[at + 1]];
};

window.WebSocket = class extends WebSocket {
  constructor(...where) {
    super(...where);
    this.addEventListener("message", ({ data }) => {
      const [what, how] = kind(new Uint8Array(data));
      if (what === BEGINS) walk.owed = false;
      if (what === ENDS && how === ANEW) walk.owed = true;
      walk.calm = 0;
    });
  }

  send(data) {
    if (data[0] === RERUN) Object.assign(walk, { owed: true, calm: 0 });
    super.send(data);
  }
};

new MutationObserver(() => { walk.moved = true; })
  .observe(document, { subtree: true, childList: true, characterData: true });

// Asked once a frame by whoever waits: whether no run is owed or under way, nothing is stale or still
// fetched, and three frames with the timers that were due in them changed no element and no text.
walk.stands = (asked) => {
  if (walk.asked !== asked) Object.assign(walk, { asked, calm: 0 });
  const app = document.querySelector("[data-testid=stApp]");
  const runs = app?.dataset.testScriptState !== "notRunning";
  const waits = document.querySelector(
    "[data-testid=stStatusWidget], [data-stale=true], [data-testid=stSkeleton]");
  if (walk.owed || runs || waits || walk.moved) walk.calm = 0;
  walk.moved = false;
  setTimeout(() => { walk.calm += 1; });
  return walk.calm > 2;
};
