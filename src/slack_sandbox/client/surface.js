// A surface: a message, a modal or a home tab that shows blocks and holds what people entered in them.

import { drawBlock } from "./blocks.js";
import { arrange } from "./dom.js";
import { agreed } from "./elements.js";
import { tell } from "./tell.js";
import { initialValue, isStateful } from "./values.js";

export class Surface {
  /**
   * `kind` is "message", "view" or "home"; `place()` says where the server finds it ({channel, message_ts} or {view_id}).
   * `keepsInput`: whether what was entered survives a change of the element itself (in modals it does).
   */
  constructor({ kind, place, channel = null, keepsInput = false, onInput = null }) {
    Object.assign(this, { kind, place, channel, keepsInput, onInput });
    this.entered = new Map();
    this.labels = new Map();
    this.drawn = new Map();
    this.elements = new Map();
    this.nodes = new Map();
  }

  /** Know the node of an element, which shows that it is busy. */
  drew(block, element, node) {
    this.nodes.set(keyOf(block, element), node);
  }

  /** Make `parent` show `blocks`. What did not change keeps its DOM: focus, caret and open lists stay. */
  draw(parent, blocks) {
    const drawn = new Map();
    const elements = new Map();
    const nodes = blocks.map((block, index) => {
      for (const element of elementsOf(block)) elements.set(keyOf(block, element), JSON.stringify(element));
      const key = `${block.block_id ?? index} ${JSON.stringify(block)}`;
      if (drawn.has(key)) return drawBlock(block, this);
      if (!this.drawn.has(key)) this.forget(block);
      drawn.set(key, this.drawn.get(key) ?? drawBlock(block, this));
      return drawn.get(key);
    });
    for (const key of this.entered.keys()) if (!elements.has(key)) this.entered.delete(key);
    this.drawn = drawn;
    this.elements = elements;
    arrange(parent, nodes);
  }

  /** A message's element that the app changed starts anew; a modal's keeps what was typed. */
  forget(block) {
    if (this.keepsInput) return;
    for (const element of elementsOf(block)) {
      const key = keyOf(block, element);
      if (this.elements.get(key) !== JSON.stringify(element)) this.entered.delete(key);
    }
  }

  valueOf(block, element) {
    const key = keyOf(block, element);
    return this.entered.has(key) ? this.entered.get(key) : initialValue(element, this);
  }

  labelsOf(block, element) {
    const key = keyOf(block, element);
    if (!this.labels.has(key)) this.labels.set(key, new Map());
    return this.labels.get(key);
  }

  /** Remember an entered value without telling the app. */
  keep(block, element, value) {
    this.entered.set(keyOf(block, element), value);
    this.onInput?.(block, element);
  }

  /** A value was chosen: remember it, and tell the app where it wants to know. */
  async changed(block, element, value) {
    this.keep(block, element, value);
    if (block.type === "input" && !block.dispatch_action) return;
    if (element.confirm && !(await agreed(element.confirm))) return;
    await this.act(block, element, value);
  }

  /** Send a block action; resolves when the app has answered, failures are told to the person. */
  async act(block, element, value) {
    const node = this.nodes.get(keyOf(block, element));
    node?.setAttribute("aria-busy", "true");
    await tell("act", {
      ...this.place(),
      container: this.kind,
      block_id: block.block_id,
      action_id: element.action_id,
      value,
      values: this.values(),
    }).finally(() => node?.removeAttribute("aria-busy"));
  }

  /** {block_id: {action_id: value}} of all elements that hold one. */
  values() {
    const values = {};
    for (const [key, json] of this.elements) {
      const [blockId, actionId] = key.split("\n");
      const element = JSON.parse(json);
      if (!isStateful(element)) continue;
      values[blockId] ??= {};
      values[blockId][actionId] = this.entered.has(key) ? this.entered.get(key) : initialValue(element, this);
    }
    return values;
  }
}

const keyOf = (block, element) => `${block.block_id}\n${element.action_id}`;

function elementsOf(block) {
  return [block.element, block.accessory, ...(block.type === "actions" ? (block.elements ?? []) : [])].filter(
    (one) => one?.action_id,
  );
}
