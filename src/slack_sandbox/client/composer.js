// The message box: grows as one types, sends with Enter, completes names, keeps drafts.

import { Refused } from "./api.js";
import { Attaching } from "./attaching.js";
import { h, uid } from "./dom.js";
import { decode, encode } from "./encode.js";
import { icon } from "./icons.js";
import { pickEmoji } from "./picker.js";
import { globalShortcuts, openShortcuts } from "./shortcuts.js";
import { emit } from "./store.js";
import { Suggest } from "./suggest.js";
import { toast } from "./toast.js";

const MARKS = { b: "*", i: "_" };

export class Composer {
  /**
   * `label` names the box for screen readers; `send(text, files)` and `command(name, text)` (absent: no commands here)
   * return promises and throw Refused, which gives the text back; `takesFiles` lets people attach some; `draft` is the
   * key it is kept under; `onUp` is ArrowUp in an empty box, `onEmpty` is sending one; `below` stands left of the Send
   * button.
   */
  constructor({
    id = null,
    label,
    placeholder,
    send,
    command = null,
    noCommands = null,
    draft = null,
    onUp = null,
    below = null,
    takesFiles = false,
    onEmpty = null,
  }) {
    Object.assign(this, { send, command, noCommands, draft, onUp, onEmpty, picks: new Map() });
    this.box = h("textarea", {
      id: id ?? uid("box"),
      class: "composer-box",
      rows: 1,
      "aria-label": label,
      placeholder: placeholder ?? label,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.attaching = takesFiles ? new Attaching(() => this.ready()) : null;
    this.suggest = new Suggest(this.box, { commands: Boolean(command), picks: this.picks });
    this.sender = h(
      "button",
      { type: "button", class: "send", "aria-label": "Send message", on: { click: () => this.submit() } },
      icon("send", 18),
    );
    this.node = h(
      "div",
      { class: "composer" },
      this.suggest.node,
      this.box,
      this.attaching?.node,
      this.attaching?.chooser,
      h(
        "div",
        { class: "composer-bar" },
        this.tools(),
        h("span", { class: "composer-below" }, below),
        this.sender,
      ),
    );
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    if (this.attaching) this.box.addEventListener("paste", (event) => this.pasted(event));
    this.restore();
  }

  tools() {
    const tool = (label, sign, run, tip = label) =>
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "aria-label": label,
          "data-tip": tip,
          on: { mousedown: (event) => event.preventDefault(), click: (event) => run(event.currentTarget) },
        },
        icon(sign, 17),
      );
    return h(
      "div",
      { class: "composer-tools" },
      tool("Bold", "bold", () => this.wrap("*"), "Bold (Ctrl B)"),
      tool("Italic", "italic", () => this.wrap("_"), "Italic (Ctrl I)"),
      tool("Strikethrough", "strike", () => this.wrap("~"), "Strikethrough (Ctrl Shift X)"),
      tool("Code", "code", () => this.wrap("`"), "Code (Ctrl Shift C)"),
      tool("Quote", "quote", () => this.prefix("> ")),
      h("span", { class: "tool-line" }),
      this.command && globalShortcuts().length
        ? tool("Shortcuts", "bolt", (node) => openShortcuts(node))
        : null,
      this.attaching ? tool("Attach files", "plus", () => this.attaching.choose()) : null,
      tool("Emoji", "smile", (node) => pickEmoji(node, (name) => this.insert(`:${name}: `))),
      tool("Mention somebody", "at", () => this.insert("@")),
    );
  }

  key(event) {
    if (event.isComposing) return;
    if (this.suggest.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.box.value && this.onUp) {
      event.preventDefault();
      this.onUp();
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      this.shortcut(event);
    }
  }

  shortcut(event) {
    const letter = event.key.toLowerCase();
    const mark = event.shiftKey ? { x: "~", c: "`" }[letter] : MARKS[letter];
    if (!mark) return;
    event.preventDefault();
    this.wrap(mark);
  }

  /** Put `mark` around the selection, or a pair of them around the caret. */
  wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    this.box.setRangeText(`${mark}${value.slice(start, end)}${mark}`, start, end, "preserve");
    this.box.setSelectionRange(start + 1, end + 1);
    this.after();
  }

  /** Put `sign` before each line of the selection. */
  prefix(sign) {
    const { selectionEnd: end, value } = this.box;
    const start = value.lastIndexOf("\n", this.box.selectionStart - 1) + 1;
    this.box.setRangeText(value.slice(start, end).replace(/^/gm, sign), start, end, "end");
    this.after();
  }

  insert(text) {
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    const gap = text === "@" && start > 0 && /\S/.test(value[start - 1]) ? " " : "";
    this.box.setRangeText(gap + text, start, end, "end");
    this.after();
  }

  after() {
    this.box.focus();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** A picture that is pasted is a file; words that come with one (from a spreadsheet, say) are words. */
  pasted(event) {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    this.attaching.add(files);
  }

  /** Let somebody choose files, where this box is shown. */
  attach() {
    if (this.node.isConnected) this.attaching?.choose();
  }

  ready() {
    const isReady = Boolean(this.box.value.trim() || this.attaching?.files.length);
    this.sender.classList.toggle("is-ready", isReady);
  }

  typed() {
    this.fit();
    this.ready();
    if (!this.draft) return;
    if (this.box.value) sessionStorage.setItem(this.draft, this.box.value);
    else sessionStorage.removeItem(this.draft);
    emit("drafts");
  }

  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, Math.max(160, window.innerHeight * 0.4))}px`;
  }

  restore() {
    const kept = this.draft && sessionStorage.getItem(this.draft);
    if (kept) this.setText(kept);
  }

  setText(text) {
    this.box.value = text;
    this.suggest.hide();
    this.typed();
    queueMicrotask(() => this.fit());
  }

  /** Show stored mrkdwn for editing. */
  setMrkdwn(text) {
    this.setText(decode(text, this.picks));
  }

  async submit() {
    const typed = this.box.value.trim();
    if (this.isSending) return;
    if (!typed && !this.attaching?.files.length) {
      this.onEmpty?.();
      return;
    }
    const command = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(typed);
    if (command && this.noCommands) {
      toast(this.noCommands(command[1]));
      return;
    }
    this.isSending = true;
    this.setText("");
    const isCommand = command && this.command;
    const files = isCommand ? [] : (this.attaching?.take() ?? []);
    if (files.length) this.sender.setAttribute("aria-busy", "true");
    try {
      if (isCommand) await this.command(command[1].toLowerCase(), encode(command[2] ?? "", this.picks));
      else await this.send(encode(typed, this.picks), files);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!this.box.value) this.setText(typed);
      if (files.length) this.attaching.add(files);
      toast(error.message);
    } finally {
      this.isSending = false;
      this.sender.removeAttribute("aria-busy");
    }
  }
}
