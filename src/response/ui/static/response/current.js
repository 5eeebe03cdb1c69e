// Keeps a page current: asks every second whether anything has changed, and puts in place what has.
//
// Only blocks that differ are replaced. Where somebody is writing, nothing is: they are shown what is there now.

const { live, part } = document.body.dataset;
const EVERY = 1000; // ms; hidden pages ask less often, and at once when they are looked at again
const HIDDEN = 30000;
const REFRESH = 60000; // durations grow without anything changing
const LONGEST_PAUSE = 30000;

let tag = `"${document.body.dataset.version ?? ""}"`;
let pause = EVERY;
let timer;
let refreshed = Date.now();
let running = Promise.resolve();

// What the server last said of a block in which somebody writes.
const served = new WeakMap();
let missed = false;

/** Asks, now and from time to time. */
export function start() {
  if (!live) return;
  document.documentElement.classList.add("live");
  document.addEventListener("visibilitychange", () => document.hidden || again(0));
  addEventListener("pageshow", (event) => event.persisted && again(0));
  addEventListener("online", () => again(0));
  again(EVERY);
}

/** Remembers what a block said, before a form takes its place. */
export function remember(block) {
  if (!block || served.has(block)) return;
  const said = block.cloneNode(true);
  for (const asking of said.querySelectorAll(".htmx-request")) rested(asking);
  served.set(block, said);
}

/** Takes away what htmx leaves on an element that has asked for something. */
export function rested(element) {
  element.classList.remove("htmx-request");
  if (!element.className) element.removeAttribute("class");
}

/** Fetches what there is now, and shows it. One fetch after the other. */
export function refresh() {
  if (!live) return Promise.resolve(location.reload());
  running = running.then(fetchCurrent, fetchCurrent);
  return running;
}

function again(after) {
  clearTimeout(timer);
  timer = setTimeout(ask, after * (0.9 + Math.random() * 0.2));
}

async function ask() {
  try {
    const answer = await fetch(live, { headers: { "If-None-Match": tag }, cache: "no-store", credentials: "omit" });
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    if (answer.status !== 304 || Date.now() - refreshed > REFRESH) await refresh();
    pause = EVERY;
    say("");
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    if (pause > 4 * EVERY) say("This page may be out of date: Response cannot be reached.");
  }
  again(document.hidden ? Math.max(pause, HIDDEN) : pause);
}

async function fetchCurrent() {
  const answer = await fetch(part, { cache: "no-store", headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = parsed.getElementById("current");
  const now = document.getElementById("current");
  missed = false;
  if (next && now) holdingStill(() => reconcile(now, document.adoptNode(next)));
  tag = missed ? "" : (answer.headers.get("ETag") ?? tag);
  refreshed = Date.now();
}

function say(words) {
  const place = document.getElementById("heard");
  if (place && place.textContent !== words) {
    place.textContent = words;
    place.classList.toggle("hidden", !words);
  }
}

/** Changes the page, with what is being looked at staying where it is, and the focus too. */
function holdingStill(change) {
  const anchor = [...document.querySelectorAll("[data-key]:not([data-list])")].find((block) => {
    const { bottom, height } = block.getBoundingClientRect();
    return height > 0 && bottom > 0;
  });
  const key = anchor?.dataset.key;
  const top = anchor?.getBoundingClientRect().top;
  const focused = document.activeElement?.id;
  change();
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const place = key && (anchor.isConnected ? anchor : document.querySelector(`[data-key="${CSS.escape(key)}"]:not([data-list])`));
  if (place && scrollY > 0) scrollBy({ top: place.getBoundingClientRect().top - top, behavior: "instant" });
}

function reconcile(now, next) {
  if ("keep" in now.dataset) return;
  openAsBefore(now, next);
  const before = served.get(now) ?? now;
  const isLeft = before !== now && !now.querySelector("[data-editing]");
  if (before.isEqualNode(next) && !isLeft) return;
  if ("list" in now.dataset && "list" in next.dataset) {
    now.className = next.className;
    reconcileList(now, next);
  } else if (now.querySelector(".htmx-request")) {
    missed = true; // a form is about to open in it: the next time, then
  } else if (now.querySelector("[data-editing]")) {
    served.set(now, next);
    tell(now, next);
  } else {
    put(now, next);
  }
}

function reconcileList(now, next) {
  const known = new Map([...now.children].map((child) => [child.dataset.key, child]));
  let place = now.firstElementChild;
  for (const child of [...next.children]) {
    const old = known.get(child.dataset.key);
    known.delete(child.dataset.key);
    if (!old) {
      now.insertBefore(fresh(child), place);
      htmx.process(child);
      continue;
    }
    if (old === place) place = place.nextElementSibling;
    else now.insertBefore(old, place);
    reconcile(old, child);
  }
  for (const gone of known.values()) {
    if (gone.querySelector("[data-editing]")) tell(gone, null);
    else gone.remove();
  }
}

function put(now, next) {
  now.replaceWith(fresh(next));
  htmx.process(next);
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Shows for a moment that a block is new. */
function fresh(block) {
  requestAnimationFrame(() => {
    const backgroundColor = getComputedStyle(document.documentElement).getPropertyValue("--fresh");
    if (!still.matches) block.animate([{ backgroundColor }, {}], { duration: 2000, easing: "ease-out" });
  });
  return block;
}

/** Leaves open what the reader has opened. */
function openAsBefore(now, next) {
  for (const details of now.querySelectorAll("details[open][id]")) {
    next.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute("open", "");
  }
}

/** Says under a form what its place says now. Nothing that was typed is touched. */
function tell(block, next) {
  const form = block.querySelector("[data-editing]");
  let note = form.querySelector(".meanwhile");
  if (!note) {
    note = document.createElement("p");
    note.className = "meanwhile kept-lines";
    note.setAttribute("role", "status");
    form.append(note);
  }
  const place = form.closest("[data-says]");
  const says = place && next?.querySelector(`#${CSS.escape(place.dataset.says || place.id)}`);
  for (const hidden of says?.querySelectorAll(".hidden, .edit") ?? []) hidden.remove();
  note.textContent = says ? `Changed meanwhile. It says now: ${says.textContent.trim()}` : "This is not there any more.";
}
