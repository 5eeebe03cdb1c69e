// Searching messages: in the open channel, or in all that one is in; the words that fit are marked.

import { read } from "./api.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { searchBox } from "./inputs.js";
import { labelOf, state } from "./store.js";
import { orTold } from "./tell.js";

const PAUSE_MS = 200;
const MOST_FOUND = 50; // as many as the server gives

/** Draw the search of `channel` into `body`; `card(message, note)` draws one that was found. */
export function openSearch(body, channel, card) {
  const results = h("div", { class: "pane-results", "aria-live": "polite" });
  const box = searchBox("Search messages");
  let everywhere = false;
  let timer = null;
  const run = async () => {
    const query = box.value.trim();
    if (!query) {
      fill(results, hint());
      return;
    }
    const scope = everywhere ? null : channel;
    const answer = await orTold(() => read("search", { channel: scope, q: query }));
    if (!answer || query !== box.value.trim() || scope !== (everywhere ? null : channel)) return;
    const note = (message) => (everywhere ? labelOf(state.channels.get(message.channel)) : null);
    fill(results, summary(answer.messages.length, query), answer.messages.map((one) => card(one, note(one))));
    markWords(results, query.split(/\s+/));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE_MS);
  };
  box.addEventListener("input", soon);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    const first = results.querySelector(".card-tools button");
    if (!first) return;
    event.preventDefault();
    if (event.key === "Enter") first.click();
    else first.focus();
  });
  results.addEventListener("keydown", walk);
  const scopes = scopeChoice(channel, (all) => {
    everywhere = all;
    run();
  });
  fill(body, h("div", { class: "pane-list" }, box, scopes, results));
  fill(results, hint());
  box.focus();
}

function scopeChoice(channel, onChoose) {
  const name = uid("scope");
  const choice = (label, all) =>
    h(
      "label",
      { class: "scope" },
      h("input", { type: "radio", name, checked: !all, on: { change: () => onChoose(all) } }),
      h("span", null, label),
    );
  return h(
    "div",
    { class: "scopes", role: "radiogroup", "aria-label": "Where to search" },
    choice(`In ${labelOf(state.channels.get(channel))}`, false),
    choice("Everywhere", true),
  );
}

/** Arrow keys go from result to result. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [...event.currentTarget.querySelectorAll(".card-tools button:first-child")];
  const to = stops[stops.indexOf(document.activeElement) + step];
  if (!step || !to) return;
  event.preventDefault();
  to.focus();
}

const hint = () => h("p", { class: "pane-count" }, "All the words must be in a message, in any order.");

function summary(count, query) {
  if (!count)
    return h(
      "div",
      { class: "empty" },
      icon("search", 28),
      h("p", null, h("b", null, "Nothing found")),
      h("p", { class: "note" }, `No message has “${query}” in it.`),
    );
  if (count === MOST_FOUND) return h("p", { class: "pane-count" }, `The newest ${count} messages`);
  return h("p", { class: "pane-count" }, count === 1 ? "1 message" : `${count} messages`);
}

/** Mark `words` in the bodies of messages below `root`. */
function markWords(root, words) {
  const wanted = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(${wanted.join("|")})`, "giu");
  for (const body of root.querySelectorAll(".body")) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) markIn(text, pattern);
  }
}

function markIn(text, pattern) {
  const parts = text.data.split(pattern);
  if (parts.length === 1) return;
  text.replaceWith(...parts.map((part, at) => (at % 2 ? h("mark", null, part) : part)));
}
