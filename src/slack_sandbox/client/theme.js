// Light, dark, or as the computer says.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "sandbox.theme";
const CHOICES = [
  ["auto", "Like the computer", "globe"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
];

export function applyTheme(choice = localStorage.getItem(KEY) ?? "auto") {
  document.documentElement.dataset.theme = choice;
  drawSwitch();
}

/** Whether the page is dark now, whoever chose it. */
export function isDark() {
  const choice = document.documentElement.dataset.theme;
  return choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function choose(choice) {
  localStorage.setItem(KEY, choice);
  applyTheme(choice);
}

let button = null;

/** The page's button that turns the light off or on. */
export function themeSwitch() {
  button ??= h("button", {
    type: "button",
    class: "icon-button",
    on: { click: () => choose(isDark() ? "light" : "dark") },
  });
  drawSwitch();
  return button;
}

function drawSwitch() {
  if (!button) return;
  const label = isDark() ? "Light colours" : "Dark colours";
  button.setAttribute("aria-label", label);
  button.dataset.tip = label;
  fill(button, icon(isDark() ? "sun" : "moon", 17));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawSwitch);

/** Menu items to choose the colours. */
export function themeItems() {
  const present = localStorage.getItem(KEY) ?? "auto";
  return CHOICES.map(([choice, label, sign]) => ({
    label,
    icon: sign,
    checked: choice === present,
    run: () => choose(choice),
  }));
}
