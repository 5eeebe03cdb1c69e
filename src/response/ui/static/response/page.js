// What pages do beyond reading: forms that open in place, buttons that need no reload. All of it works without, too.

import { refresh, remember, rested, start } from "./current.js";

const block = (element) => element.closest("[data-key]:not([data-list])");

// A link that opens a form in place still opens a page of its own in a new tab, when that is asked for.
addEventListener("click", (event) => {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("a[hx-get]")) event.stopImmediatePropagation();
}, true);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.matches("[data-says]")) remember(block(detail.target));
});

document.addEventListener("htmx:afterRequest", ({ detail }) => rested(detail.elt));

// Something was done: what it changed shows at once, and the form that did it is over.
document.addEventListener("response:done", async (event) => {
  const form = event.target.closest("form");
  const opener = form && openerOf(form);
  say(event.detail.message ?? "", "success");
  if (form?.matches("[data-keep]")) clear(form);
  leave(form);
  await refresh();
  document.getElementById(opener)?.focus({ preventScroll: true });
});

document.addEventListener("response:refused", (event) => {
  say(event.detail.message, "error");
  refresh();
});

document.addEventListener("htmx:responseError", () => say("That did not work. Load the page again, and try once more.", "error"));
document.addEventListener("htmx:sendError", () => say("Response cannot be reached. Nothing was changed; try again.", "error"));

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-leave]");
  const form = link?.closest("[data-editing]");
  if (!form || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const opener = openerOf(form);
  leave(form);
  await refresh();
  document.getElementById(opener)?.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (event.key === "Escape") form?.querySelector("[data-leave]")?.click();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form?.requestSubmit();
});

/** Returns the id of the link that opened a form. */
function openerOf(form) {
  const place = form.closest("[data-says]");
  return place && document.querySelector(`[hx-target="#${place.id}"]`)?.id;
}

/** Lets the page replace what a form stands in. */
function leave(form) {
  form?.removeAttribute("data-editing");
}

function clear(form) {
  form.reset();
  for (const mistake of form.querySelectorAll(".errorlist")) mistake.remove();
}

function say(words, kind) {
  const place = document.getElementById("messages");
  const message = document.createElement("p");
  message.className = `message ${kind}`;
  message.textContent = words;
  place.replaceChildren(...(words ? [message] : []));
}

start();
