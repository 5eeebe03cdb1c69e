// Editing a message where it stands.

import { act } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { removeMessage } from "./toolbar.js";

export class Editor {
  constructor(timeline) {
    this.timeline = timeline;
  }

  /** Put a box with the message's text in its place; Enter saves, Escape leaves it as it was. */
  open(message) {
    this.close();
    this.timeline.show(message.ts, { focus: false });
    const view = this.timeline.views.get(message.ts);
    if (!view) return;
    const composer = new Composer({
      label: "Edit message",
      send: (text) => this.save(message, text),
      onEmpty: () => this.offerDelete(message),
      below: [
        h(
          "button",
          { type: "button", class: "button button-small", on: { click: () => this.close() } },
          "Cancel",
        ),
        h(
          "button",
          {
            type: "button",
            class: "button button-small button-primary",
            on: { click: () => composer.submit() },
          },
          "Save",
        ),
      ],
    });
    composer.node.classList.add("is-editor");
    composer.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
      view.node.focus();
    });
    composer.setMrkdwn(message.text);
    this.view = view;
    view.editor = composer.node;
    view.body.replaceWith(composer.node);
    composer.box.focus();
    composer.node.scrollIntoView({ block: "nearest" });
  }

  async save(message, text) {
    if (text !== message.text) await act("edit", { channel: message.channel, ts: message.ts, text });
    this.close();
  }

  /** A message without words is one that is not there. */
  async offerDelete(message) {
    if (message.files?.length) await act("edit", { channel: message.channel, ts: message.ts, text: "" });
    else if (!(await removeMessage(message))) return;
    this.close();
  }

  close() {
    const { view } = this;
    if (!view?.editor) return;
    view.editor.replaceWith(view.body);
    view.editor = null;
    this.view = null;
  }
}
