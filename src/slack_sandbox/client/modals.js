// The stack of modals of the acting person. The server owns the stack; what is typed lives here.

import { Refused, act } from "./api.js";
import { openDialog } from "./dialog.js";
import { fill, focusables, h } from "./dom.js";
import { whileBusy } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { avatar } from "./people.js";
import { state } from "./store.js";
import { Surface } from "./surface.js";
import { complaint } from "./values.js";

let dialog = null;
let sheets = new Map(); // view id -> Sheet; a view below another keeps its DOM
let shown = null;
const closed = new Set(); // views closed here whose end the server has not confirmed yet

/** Show the stack as the server sees it: top last, empty when all are closed. */
export function showStack(stack) {
  const views = stack.filter((view) => !closed.has(view.id));
  for (const id of closed) if (!stack.some((view) => view.id === id)) closed.delete(id);
  sheets = new Map(views.map((view) => [view.id, sheets.get(view.id) ?? new Sheet()]));
  for (const view of views) sheets.get(view.id).update(view);
  if (!views.length) {
    dialog?.close();
    return;
  }
  if (!dialog) openFrame();
  present(sheets.get(views.at(-1).id));
}

function openFrame() {
  dialog = openDialog({
    title: "",
    className: "modal",
    onEscape: (how) => leave(how === "close"),
    onClose: () => {
      dialog = null;
      shown = null;
    },
  });
  dialog.node.addEventListener("keydown", (event) => {
    const isLine =
      event.target.matches("input") && !event.target.matches("[type=checkbox],[type=radio],.select-filter");
    if (
      event.key !== "Enter" ||
      event.isComposing ||
      event.defaultPrevented ||
      !(isLine || event.ctrlKey || event.metaKey)
    )
      return;
    event.preventDefault();
    shown?.submit();
  });
}

function present(sheet) {
  const isOther = shown !== sheet;
  shown = sheet;
  dialog.title.textContent = withEmoji(sheet.view.title?.text ?? "");
  dialog.node.dataset.callbackId = sheet.view.callback_id ?? "";
  dialog.node.dataset.viewId = sheet.view.id;
  const app = [...state.people.values()].find((one) => one.app_id === sheet.view.app_id && one.is_bot);
  dialog.node.querySelector(".dialog-face")?.remove();
  if (app) dialog.title.before(h("span", { class: "dialog-face" }, avatar(app, 28)));
  if (!isOther) return;
  fill(dialog.body, sheet.banner, sheet.body);
  fill(dialog.footer, sheet.cancel, sheet.send);
  const first = focusables(sheet.body).find((node) => node.matches("input,textarea,[role=combobox]"));
  (first ?? focusables(sheet.body)[0] ?? sheet.send).focus({ preventScroll: true });
  dialog.body.scrollTop = 0;
}

/** Close the top view, or all of them; shown at once, the server hears of it after. */
async function leave(all) {
  const { view } = shown;
  const gone = all ? [...sheets.keys()] : [view.id];
  for (const id of gone) closed.add(id);
  showStack([...sheets.values()].map((sheet) => sheet.view));
  try {
    await act("close_view", { view_id: view.id, all: all || undefined });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** One view: its blocks, what was entered, its errors. */
class Sheet {
  constructor() {
    this.surface = new Surface({
      kind: "view",
      keepsInput: true,
      place: () => ({ view_id: this.view.id }),
      onInput: (block) => this.showError(block.block_id, null),
    });
    this.banner = h("div", { class: "modal-banner", role: "alert", hidden: true });
    this.body = h("div", { class: "modal-blocks" });
    this.cancel = h("button", { type: "button", class: "button", on: { click: () => leave(false) } });
    this.send = h("button", {
      type: "button",
      class: "button button-primary",
      on: { click: () => this.submit() },
    });
  }

  update(view) {
    if (this.view && this.view.hash === view.hash && JSON.stringify(this.view) === JSON.stringify(view))
      return;
    this.view = view;
    const held = heldElement(this.body);
    this.surface.draw(this.body, view.blocks ?? []);
    if (held) this.body.querySelector(held)?.focus();
    this.cancel.textContent = withEmoji(view.close?.text ?? (view.submit ? "Cancel" : "Close"));
    this.send.textContent = withEmoji(view.submit?.text ?? "");
    this.send.hidden = !view.submit;
    this.send.disabled = Boolean(view.submit_disabled);
    this.complain(null);
  }

  async submit() {
    if (!this.view.submit || this.view.submit_disabled || this.send.hasAttribute("aria-busy")) return;
    this.complain(null);
    const values = this.surface.values();
    if (this.showErrors(this.ownComplaints(values))) return;
    try {
      await whileBusy(this.send, () => act("submit_view", { view_id: this.view.id, values }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!this.showErrors(error.errors)) this.complain(error.message);
    }
  }

  ownComplaints(values) {
    const inputs = (this.view.blocks ?? []).filter((block) => block.type === "input");
    return Object.fromEntries(
      inputs
        .map((block) => [block.block_id, complaint(block, values[block.block_id]?.[block.element.action_id])])
        .filter(([, text]) => text),
    );
  }

  /** Put each error at its field and go to the first; whether there were any. */
  showErrors(errors) {
    const lost = [];
    for (const block of this.view.blocks ?? []) this.showError(block.block_id, null);
    for (const [blockId, text] of Object.entries(errors)) if (!this.showError(blockId, text)) lost.push(text);
    if (lost.length) this.complain(lost.join(" "));
    const first = this.body.querySelector(".has-error");
    if (first) (focusables(first)[0] ?? first).focus();
    return Object.keys(errors).length > 0;
  }

  showError(blockId, text) {
    const block = blockId && this.body.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`);
    const line = block && block.querySelector(".field-error");
    if (!line) return false;
    if (line.textContent !== (text ?? "")) line.textContent = text ?? "";
    block.classList.toggle("has-error", Boolean(text));
    for (const field of block.querySelectorAll("input,textarea,[role=combobox]")) {
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    return true;
  }

  complain(text) {
    this.banner.textContent = text ?? "";
    this.banner.hidden = !text;
  }
}

/** A selector for what has the focus inside `root`, to find it again after a redraw. */
function heldElement(root) {
  const focus = document.activeElement;
  const [block, element] = [focus?.closest("[data-block-id]"), focus?.closest("[data-action-id]")];
  if (!block || !element || !root.contains(focus)) return null;
  return `[data-block-id="${CSS.escape(block.dataset.blockId)}"] [data-action-id="${CSS.escape(element.dataset.actionId)}"]`;
}

/** Forget everything: another person acts now. */
export function dropModals() {
  dialog?.close();
  sheets = new Map();
  closed.clear();
}
