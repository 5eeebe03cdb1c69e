// The live stream: one EventSource per tab, reopened with a growing pause when it breaks.

import { emit, state } from "./store.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

let source = null;
let retry = null;
let pause = FIRST_PAUSE_MS;
let greeted = false;

/** (Re)open the stream for the present person. Emits `online`, `offline`, `again` (missed something: boot anew). */
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
    source.close();
    emit("offline");
    retry = setTimeout(connect, pause);
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

// A page that goes away must not hold one of the browser's few connections to the host.
window.addEventListener("pagehide", closeStream);
window.addEventListener("pageshow", (event) => {
  if (event.persisted && state.me) openStream();
});
