// Shortcodes and characters. The table itself comes from the server.

import { h } from "./dom.js";
import { state } from "./store.js";

const TONES = {
  "skin-tone-2": "🏻",
  "skin-tone-3": "🏼",
  "skin-tone-4": "🏽",
  "skin-tone-5": "🏾",
  "skin-tone-6": "🏿",
};

/** The character for `thumbsup` or `thumbsup::skin-tone-3`, or null when nobody knows it. */
export function characterOf(name) {
  const [base, tone] = name.split("::");
  const found = Object.hasOwn(state.emoji, base) ? state.emoji[base] : null;
  if (!found) return null;
  return tone && TONES[tone] ? found.replace("\ufe0f", "") + TONES[tone] : found;
}

/** `:name:` as people see it; unknown ones stay as typed. */
export function emojiNode(name) {
  const character = characterOf(name);
  if (!character) return `:${name}:`;
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` },
    character,
  );
}

/** Replace the shortcodes in a line of plain text (titles, options, buttons). */
export function withEmoji(text) {
  return String(text ?? "").replace(
    /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g,
    (whole, name) => characterOf(name) ?? whole,
  );
}

const JOINED = /:([a-z0-9_+'-]+):(?=[\u{1f3fb}-\u{1f3ff}\u200d\ufe0f])|(?<=[\u200d]):([a-z0-9_+'-]+):/gu;

/** Shortcodes that are parts of one larger emoji (a skin tone or a joiner stands beside them), put together again. */
export function joinEmoji(text) {
  return text.replace(JOINED, (whole, before, after) => characterOf(before ?? after) ?? whole);
}

/** Shortcodes matching a search, the ones that start with it first. */
export function findEmoji(query, limit = 200) {
  const wanted = query.toLowerCase().replace(/^:|:$/g, "").replaceAll(" ", "_");
  const names = Object.keys(state.emoji);
  if (!wanted) return names.slice(0, limit);
  const starts = names.filter((name) => name.startsWith(wanted));
  const holds = names.filter((name) => !name.startsWith(wanted) && name.includes(wanted));
  return [...starts.sort((a, b) => a.length - b.length), ...holds].slice(0, limit);
}

const USUAL = [
  "+1",
  "thumbsup",
  "white_check_mark",
  "eyes",
  "heart",
  "tada",
  "raised_hands",
  "pray",
  "joy",
  "fire",
  "rocket",
  "wave",
];
const RECENT = "sandbox.recent-emoji";

/** What this browser used lately, filled up with what everybody uses; one name for each character. */
export function usualEmoji(limit = 18) {
  const recent = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
  const seen = new Set();
  const names = [];
  for (const name of [...recent, ...USUAL]) {
    const character = characterOf(name);
    if (!character || seen.has(character)) continue;
    seen.add(character);
    names.push(name);
  }
  return names.slice(0, limit);
}

export function rememberEmoji(name) {
  const recent = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
  localStorage.setItem(RECENT, JSON.stringify([name, ...recent.filter((one) => one !== name)].slice(0, 18)));
}
