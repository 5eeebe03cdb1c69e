// What one can do with a message: one toolbar that visits the message under the pointer or the focus, and keys.

import { isSystem, toggleReaction, wordsOf } from "./author.js";
import { confirmDialog } from "./dialog.js";
import { h } from "./dom.js";
import { characterOf } from "./emoji.js";
import { icon } from "./icons.js";
import { pickEmoji } from "./picker.js";
import { openMenu } from "./popover.js";
import { emit, state } from "./store.js";
import { tell } from "./tell.js";
import { toast } from "./toast.js";

const QUICK = ["white_check_mark", "eyes", "raised_hands"];

export class Toolbar {
  /** Watches `root`; `find(node)` gives the MessageView an article belongs to; `where` as in MessageView. */
  constructor(root, find, where) {
    Object.assign(this, { root, find, where });
    this.node = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" });
    root.addEventListener("pointerover", (event) => this.hover(event));
    root.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.leave());
    root.addEventListener("focusin", (event) => this.visit(event.target.closest("article")));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("pointerdown", () => {
      this.wasOn = this.node.parentNode;
    });
    root.addEventListener("click", (event) => this.tap(event));
  }

  /** A list that scrolls under a resting pointer is not pointed at. */
  hover(event) {
    const at = `${event.screenX} ${event.screenY}`;
    if (event.pointerType !== "touch" && at !== this.pointer) this.visit(event.target.closest("article"));
    this.pointer = at;
  }

  visit(article) {
    const view = article && this.find(article);
    if (!view) return;
    if (this.view === view && this.shown === view.message && this.node.parentNode === article) return;
    const actions = actionsOf(view.message, this.where);
    Object.assign(this, { view, shown: view.message });
    if (!actions.length) {
      this.node.remove();
      return;
    }
    this.node.replaceChildren(...actions.map((one) => this.button(one)));
    article.append(this.node);
    const hiddenAbove = this.root.getBoundingClientRect().top - article.getBoundingClientRect().top;
    this.node.style.top = hiddenAbove > -16 ? `${hiddenAbove + 4}px` : "";
  }

  leave() {
    if (this.node.contains(document.activeElement)) return;
    this.node.remove();
  }

  /** On a touch screen a tap on a message shows what one can do with it. */
  tap(event) {
    if (event.pointerType !== "touch" || event.target.closest("a,button,input,textarea,label")) return;
    const article = event.target.closest("article");
    if (article && this.wasOn === article) this.node.remove();
    else this.visit(article);
  }

  button({ label, sign, face, run, keys }) {
    return h(
      "button",
      {
        type: "button",
        class: face ? "tool tool-face" : "tool",
        "aria-label": label,
        "data-tip": keys ? `${label} (${keys})` : label,
        on: { click: (event) => run(this.view.message, event.currentTarget) },
      },
      face ?? icon(sign, 17),
    );
  }

  key(event) {
    const article = event.target.closest?.("article");
    if (event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return;
    const view = this.find(article);
    const found =
      view &&
      [...actionsOf(view.message, this.where), ...moreOf(view.message)].find(
        (one) => one.keys?.toLowerCase() === event.key.toLowerCase(),
      );
    if (!found) return;
    event.preventDefault();
    found.run(view.message, article);
  }
}

function actionsOf(message, where) {
  if (message.is_ephemeral || message.subtype === "tombstone") return [];
  const quick = QUICK.filter(characterOf).map((name) => ({
    label: `React with :${name}:`,
    face: characterOf(name),
    run: () => toggleReaction(message, name),
  }));
  return [
    ...quick,
    { label: "Add reaction", sign: "smile", keys: "R", run: react },
    where === "channel"
      ? {
          label: "Reply in thread",
          sign: "reply",
          keys: "T",
          run: () =>
            emit("thread", { channel: message.channel, ts: message.thread_ts ?? message.ts, focus: true }),
        }
      : null,
    isMine(message)
      ? { label: "Edit message", sign: "pencil", keys: "E", run: () => emit("edit", message) }
      : null,
    { label: "More actions", sign: "more", run: more },
  ].filter(Boolean);
}

/** What is behind "More actions", each with its key. */
function moreOf(message) {
  if (message.is_ephemeral) return [];
  const pinned = message.pinned_to?.includes(message.channel);
  return [
    {
      label: pinned ? "Unpin from channel" : "Pin to channel",
      sign: "pin",
      keys: "P",
      run: () => attempt(pinned ? "unpin" : "pin", message),
    },
    { label: "Copy link", sign: "link", keys: "L", run: () => copy(linkTo(message), "Link copied.") },
    { label: "Copy text", sign: "file", run: () => copy(wordsOf(message), "Text copied.") },
    { label: "Mark unread from here", sign: "at", keys: "U", run: () => emit("mark-unread", message) },
    isMine(message)
      ? { label: "Delete message", sign: "trash", keys: "Delete", danger: true, run: removeMessage }
      : null,
  ].filter(Boolean);
}

function isMine(message) {
  return message.user === state.me.id && !isSystem(message) && !message.is_ephemeral;
}

function react(message, anchor) {
  emit("pick-reaction", { message, anchor });
}

/** Open the picker for a message. */
export function pickReaction({ message, anchor }) {
  pickEmoji(anchor, (name) => toggleReaction(message, name));
}

function more(message, anchor) {
  const shortcuts = (state.shortcuts ?? [])
    .filter((one) => one.type === "message")
    .map((one) => ({
      label: one.name,
      note: one.app_name,
      icon: "bolt",
      run: () =>
        tell("message_shortcut", { callback_id: one.callback_id, channel: message.channel, ts: message.ts }),
    }));
  const items = moreOf(message).map((one) => ({
    label: one.label,
    icon: one.sign,
    danger: one.danger,
    run: () => one.run(message, anchor),
  }));
  openMenu(anchor, shortcuts.length ? [...items, null, ...shortcuts] : items, { label: "Message actions" });
}

const attempt = (verb, message) => tell(verb, { channel: message.channel, ts: message.ts });

/** Ask, and take a message back; says whether it is gone. */
export async function removeMessage(message) {
  const yes = await confirmDialog({
    title: "Delete message",
    text: `“${wordsOf(message).slice(0, 200)}” will be gone for everybody.`,
    confirm: "Delete",
    danger: true,
  });
  return yes && Boolean(await attempt("delete", message));
}

function linkTo(message) {
  const thread =
    message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}` : "";
  return `${location.origin}/archives/${message.channel}/p${message.ts.replace(".", "")}${thread}`;
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done, { kind: "info" });
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
    toast(`The browser does not let this page copy. The text is: ${text}`, { kind: "info" });
  }
}
