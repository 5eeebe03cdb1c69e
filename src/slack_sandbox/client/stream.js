// The live stream: one EventSource per tab, reopened with a growing pause when it breaks.

import { emit, state } from "./store.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
const STEADY_TABS = 4;

let source = null;
let retry = null;
let pause = FIRST_PAUSE_MS;
let greeted = false;
let isSteady = false;

/** (Re)open the stream for the present person. Emits `online`, `offline`, `again` (missed something: boot anew) and `refused`. */
export function openStream() {
  closeStream();
  greeted = false;
  connect();
}

export function closeStream() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function connect() {
  source = new EventSource(`/client/stream?as=${encodeURIComponent(state.me.id)}`);
  source.onmessage = (event) => receive(JSON.parse(event.data));
  source.onerror = () => {
    // CLOSED without our doing: the server answered, but not with a stream. It does not know this person (any more).
    const refused = source.readyState === EventSource.CLOSED;
    source.close();
    emit("offline");
    retry = setTimeout(() => (refused && greeted ? emit("refused") : connect()), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
}

function receive(event) {
  if (event.type !== "hello") {
    emit(`live:${event.type}`, event);
    return;
  }
  pause = FIRST_PAUSE_MS;
  emit("online");
  if (greeted) emit("again");
  greeted = true;
}

/**
 * A browser keeps six connections to a host, for all its tabs together. So only a few tabs stay connected while out of
 * sight; the others let go and catch up when they are looked at again. A tab holds one of a few locks while it is open.
 */
export async function startSharing() {
  document.addEventListener("visibilitychange", () => {
    if (isSteady || !state.me) return;
    if (document.hidden) closeStream();
    else if (!source) connect();
  });
  if (!navigator.locks) return;
  for (let slot = 0; slot < STEADY_TABS && !isSteady; slot += 1) await takeSlot(slot);
}

function takeSlot(slot) {
  return new Promise((resolve) => {
    navigator.locks.request(`sandbox.stream.${slot}`, { ifAvailable: true }, (lock) => {
      isSteady = lock !== null;
      resolve();
      return lock ? new Promise(() => {}) : null;
    });
  });
}

// A page kept for the Back button must not hold a connection.
window.addEventListener("pagehide", closeStream);
window.addEventListener("pageshow", (event) => {
  if (event.persisted && state.me) connect();
});
