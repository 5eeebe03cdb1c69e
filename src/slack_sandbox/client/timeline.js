// The list of messages: a window over a log, however long the log is.

import { arrange, h } from "./dom.js";
import { dayKey } from "./format.js";
import { dayDivider, follows, newDivider, replyDivider } from "./grouping.js";
import { icon } from "./icons.js";
import { earlier } from "./log.js";
import { MessageView } from "./message.js";
import { on, state } from "./store.js";
import { Toolbar } from "./toolbar.js";

const PAGE = 50; // messages added at an edge
const MOST = 150; // messages in the DOM
const EDGE = 700; // pixels from an edge at which more are fetched

export class Timeline {
  /** `top()` draws what stands above the very first message; `onSeen` is told when the end is in view. */
  constructor({ log, where, label, top = null, onSeen = null }) {
    Object.assign(this, {
      log,
      where,
      top,
      onSeen,
      views: new Map(),
      dividers: new Map(),
      lastRead: null,
      newCount: 0,
    });
    this.inner = h("div", { class: "log-inner" });
    this.scroller = h("div", { class: "log", role: "log", "aria-label": label, tabIndex: 0 }, this.inner);
    this.jump = h("button", {
      type: "button",
      class: "jump",
      hidden: true,
      on: { click: () => this.toEnd() },
    });
    this.node = h("div", { class: "timeline" }, this.scroller, this.jump);
    this.fromTs = null;
    this.toTs = null; // null: the end, wherever it moves
    this.stuck = true;
    this.log.onChange = (change) => this.changed(change);
    this.toolbar = new Toolbar(this.scroller, (article) => this.views.get(article.dataset.ts), where);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.stuck && this.pin());
    this.sizes.observe(this.inner);
    this.sizes.observe(this.scroller);
    this.offs = [on("names", () => this.refresh())];
  }

  destroy() {
    this.sizes.disconnect();
    this.log.onChange = null;
    for (const off of this.offs) off();
  }

  changed(change) {
    const isLatest = change.isNew && change.isLast;
    const isMine = change.message?.user === state.me.id;
    if (change.reloaded) Object.assign(this, { fromTs: null, toTs: null, stuck: true });
    if (isLatest && isMine) {
      this.toEnd();
      return;
    }
    if (isLatest && !this.stuck) this.newCount += 1;
    this.holding(() => this.draw());
    if (change.isNew && this.stuck) this.onSeen?.();
  }

  refresh() {
    this.holding(() => {
      for (const view of this.views.values()) view.refresh();
      this.draw();
    });
  }

  /** Draw the window, moving it where `shift` says: {back} pages or {forth} pages. */
  draw({ back = 0, forth = 0 } = {}) {
    const all = this.log.messages;
    let to = this.toTs === null ? all.length : Math.min(all.length, this.log.position(this.toTs) + 1 + forth);
    let from =
      this.fromTs === null ? Math.max(0, to - PAGE) : Math.max(0, this.log.position(this.fromTs) - back);
    if (to - from > MOST) {
      if (back) to = from + MOST;
      else if (forth || this.stuck) from = to - MOST;
    }
    this.fromTs = all[from]?.ts ?? null;
    this.toTs = to >= all.length ? null : all[to - 1].ts;
    this.atStart = from === 0;
    const shown = all.slice(from, to);
    arrange(this.inner, this.nodesFor(shown));
    const here = new Set(shown.map((message) => message.ts));
    for (const ts of this.views.keys()) if (!here.has(ts)) this.views.delete(ts);
    this.showJump();
  }

  nodesFor(messages) {
    const nodes = [];
    const top = this.atStart && !this.log.hasMore ? this.top?.() : null;
    if (top) nodes.push(top);
    let before = null;
    let isNewShown = false;
    messages.forEach((message, index) => {
      const newDay = !before || dayKey(before.ts) !== dayKey(message.ts);
      const isNew = !isNewShown && this.isUnread(message);
      const isFirstReply = this.where === "thread" && index === 1;
      if (newDay && this.where !== "thread")
        nodes.push(this.divider(`day ${dayKey(message.ts)}`, () => dayDivider(message.ts)));
      if (isFirstReply)
        nodes.push(this.divider(`replies ${messages.length}`, () => replyDivider(messages.length - 1)));
      if (isNew) nodes.push(this.divider("new", newDivider));
      nodes.push(this.viewOf(message, !newDay && !isNew && !isFirstReply && follows(message, before)).node);
      isNewShown ||= isNew;
      before = message;
    });
    return nodes;
  }

  isUnread(message) {
    return this.lastRead !== null && earlier(this.lastRead, message.ts) && message.user !== state.me.id;
  }

  divider(key, draw) {
    if (!this.dividers.has(key)) this.dividers.set(key, draw());
    return this.dividers.get(key);
  }

  viewOf(message, grouped) {
    let view = this.views.get(message.ts);
    if (!view) {
      view = new MessageView(this.where);
      this.views.set(message.ts, view);
    }
    view.update(message, grouped);
    return view;
  }

  /** Do `work` without moving what the reader looks at: the end when at the end, else the first visible message. */
  holding(work) {
    if (this.stuck) {
      work();
      this.pin();
      return;
    }
    const top = this.scroller.getBoundingClientRect().top;
    const anchor = [...this.inner.querySelectorAll("article")].find(
      (node) => node.getBoundingClientRect().bottom > top,
    );
    const before = anchor?.getBoundingClientRect().top;
    work();
    if (anchor?.isConnected) this.scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  pin() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const rest = scrollHeight - scrollTop - clientHeight;
    this.stuck = this.toTs === null && rest < 30;
    if (this.stuck) {
      this.newCount = 0;
      this.onSeen?.();
    }
    if (scrollTop < EDGE) this.showOlder();
    else if (rest < EDGE && this.toTs !== null) this.holding(() => this.draw({ forth: PAGE }));
    this.showJump();
  }

  async showOlder() {
    if (!this.atStart) {
      this.holding(() => this.draw({ back: PAGE }));
    } else if (this.log.hasMore && !this.loading) {
      this.loading = true;
      const first = this.log.messages[0]?.ts;
      await this.log.older().finally(() => {
        this.loading = false;
      });
      if (this.log.messages[0]?.ts !== first) this.holding(() => this.draw({ back: PAGE }));
    }
  }

  showJump() {
    const away =
      this.toTs !== null ||
      (!this.stuck &&
        this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight > 400) ||
      this.newCount > 0;
    this.jump.hidden = !away;
    if (away)
      this.jump.replaceChildren(
        icon("down", 16),
        this.newCount
          ? `${this.newCount} new ${this.newCount === 1 ? "message" : "messages"}`
          : "Jump to latest",
      );
  }

  toEnd() {
    Object.assign(this, { fromTs: null, toTs: null, stuck: true, newCount: 0 });
    this.draw();
    this.pin();
    this.onSeen?.();
  }

  /** Bring a message into the middle and mark it for a moment; it must be in the log. */
  show(ts, { focus = true } = {}) {
    const all = this.log.messages;
    const at = this.log.position(ts);
    this.stuck = false;
    if (!this.views.has(ts)) {
      this.fromTs = all[Math.max(0, at - PAGE / 2)].ts;
      this.toTs = all[Math.min(all.length - 1, at + PAGE / 2)].ts;
      this.draw();
    }
    const node = this.views.get(ts)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("is-found");
    setTimeout(() => node.classList.remove("is-found"), 2500);
    if (focus) node.focus({ preventScroll: true });
  }

  key(event) {
    const articles = [...this.inner.querySelectorAll("article")];
    const at = articles.indexOf(event.target);
    if (event.target !== this.scroller && at === -1) return;
    const to = { ArrowUp: at === -1 ? articles.length - 1 : at - 1, ArrowDown: at === -1 ? -1 : at + 1 }[
      event.key
    ];
    if (event.key === "End" && !event.shiftKey) {
      event.preventDefault();
      this.toEnd();
    } else if (to !== undefined && articles[to]) {
      event.preventDefault();
      articles[to].focus({ preventScroll: true });
      articles[to].scrollIntoView({ block: "nearest" });
    }
  }
}
