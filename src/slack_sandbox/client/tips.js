// Tooltips for everything with data-tip. Names for screen readers are on the controls themselves.

import { layerRoot } from "./dialog.js";
import { h } from "./dom.js";

const DELAY_MS = 350;

/** Start showing tooltips on hover and keyboard focus. */
export function startTips() {
  const tip = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
  let timer = null;
  const hide = () => {
    clearTimeout(timer);
    tip.hidden = true;
  };
  const show = (target, delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => target.isConnected && place(tip, target), delay);
  };
  document.addEventListener("pointerover", (event) => {
    const target = event.pointerType === "mouse" && event.target.closest?.("[data-tip]");
    if (target) show(target, DELAY_MS);
    else hide();
  });
  document.addEventListener("focusin", (event) => {
    const target = event.target.closest?.("[data-tip]");
    if (target?.matches(":focus-visible")) show(target, 0);
    else hide();
  });
  for (const type of ["pointerdown", "keydown", "scroll"]) document.addEventListener(type, hide, true);
}

function place(tip, target) {
  tip.textContent = target.dataset.tip;
  layerRoot().append(tip);
  tip.hidden = false;
  const at = target.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const above = at.top - height - 6;
  tip.style.left = `${Math.max(6, Math.min(at.left + at.width / 2 - width / 2, window.innerWidth - width - 6))}px`;
  tip.style.top = `${above < 6 ? at.bottom + 6 : above}px`;
}
