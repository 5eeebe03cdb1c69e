// The page of one channel or conversation: heading, bookmarks, messages, message box.

import { act, say } from "./api.js";
import { takeDrops } from "./attaching.js";
import { builtin } from "./builtins.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { Editor } from "./editor.js";
import { dayName } from "./format.js";
import { Heading } from "./heading.js";
import { HomeTab } from "./home.js";
import { icon } from "./icons.js";
import { isInChannel, logOf } from "./log.js";
import { avatar } from "./people.js";
import { Reading } from "./reading.js";
import { appOf, isDirect, labelOf, on, person, state, titleOf } from "./store.js";
import { orTold, tell } from "./tell.js";
import { Timeline } from "./timeline.js";
import { mrkdwn } from "./words.js";

export class ChannelPage {
  constructor(channelId) {
    this.id = channelId;
    this.log = logOf(channelId);
    this.app = appOf(this.channel);
    this.heading = new Heading(channelId);
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Views", hidden: true });
    this.timeline = new Timeline({
      log: this.log,
      where: "channel",
      label: `Messages in ${labelOf(this.channel)}`,
      top: () => this.intro(),
      onSeen: () => this.reading.seen(),
    });
    this.reading = new Reading(channelId, this.log, () => this.tab !== "home");
    this.foot = h("div", { class: "channel-foot" });
    this.messages = h("div", { class: "channel-messages" }, this.timeline.node, this.foot);
    this.node = h(
      "main",
      { class: "channel", data: { channel: channelId }, "aria-label": labelOf(this.channel) },
      this.heading.header,
      this.tabs,
      this.heading.bookmarks,
      this.messages,
    );
    this.editor = new Editor(this.timeline);
    this.offs = [
      on("channels", () => this.draw()),
      on(
        "edit",
        (message) => message.channel === this.id && this.log.get(message.ts) && this.editor.open(message),
      ),
      on("mark-unread", (message) => message.channel === this.id && this.markUnread(message)),
      on("live:home", () => this.draw()),
    ];
    this.watch = () => document.visibilityState === "visible" && this.timeline.stuck && this.reading.seen();
    document.addEventListener("visibilitychange", this.watch);
    this.composer = this.makeComposer();
    takeDrops(this.messages, this.composer.attaching, `Share in ${labelOf(this.channel)}`);
    this.draw();
  }

  get channel() {
    return state.channels.get(this.id);
  }

  destroy() {
    for (const off of this.offs) off();
    document.removeEventListener("visibilitychange", this.watch);
    this.reading.stop();
    this.timeline.destroy();
    this.home?.destroy();
  }

  markUnread(message) {
    this.timeline.lastRead = this.reading.markUnread(message);
    this.timeline.holding(() => this.timeline.draw());
  }

  /** Load and show; with `ts`, go to that message. */
  async open(ts = null) {
    const { channel } = this;
    this.timeline.lastRead = channel.unread ? (channel.last_read ?? "0") : null;
    if (!this.log.isOpen) this.timeline.inner.classList.add("is-loading");
    await orTold(() => this.log.open());
    this.timeline.inner.classList.remove("is-loading");
    if (ts) await this.goTo(ts);
    else this.reading.seen();
  }

  async goTo(ts) {
    this.showTab("messages");
    if (await this.log.seek(ts)) this.timeline.show(ts);
  }

  draw() {
    const { channel } = this;
    if (!channel) return;
    this.heading.draw();
    this.drawTabs();
    this.drawFoot();
  }

  drawFoot() {
    const { channel } = this;
    const kind = channel.is_archived ? "archived" : channel.is_member || channel.is_im ? "composer" : "join";
    if (this.footKind === kind) return;
    this.footKind = kind;
    if (kind === "composer") fill(this.foot, this.composer.node);
    else if (kind === "archived") fill(this.foot, this.archivedNotice());
    else fill(this.foot, this.joinNotice());
  }

  archivedNotice() {
    const again = h(
      "button",
      { type: "button", class: "button", on: { click: () => tell("unarchive", { channel: this.id }) } },
      "Unarchive",
    );
    return h(
      "div",
      { class: "channel-notice" },
      icon("archive"),
      h("span", null, "This channel is archived. Its messages can still be read."),
      again,
    );
  }

  joinNotice() {
    const join = h(
      "button",
      {
        type: "button",
        class: "button button-primary",
        on: { click: () => tell("join", { channel: this.id }) },
      },
      "Join channel",
    );
    return h(
      "div",
      { class: "channel-notice" },
      h("span", null, "You are looking at ", h("b", null, labelOf(this.channel)), "."),
      join,
    );
  }

  makeComposer() {
    const label = `Message ${labelOf(this.channel)}`;
    const me = state.me.display_name || state.me.real_name || state.me.name;
    return new Composer({
      id: "composer",
      label,
      placeholder: `${label} as ${me}`,
      draft: `draft ${state.me.id} ${this.id}`,
      takesFiles: true,
      send: (text, files) => say({ channel: this.id, text }, files),
      command: (name, text) => this.command(name, text),
      onUp: () => this.editLast(),
    });
  }

  async command(name, text) {
    const own = builtin(name);
    if (own) await own.run({ channel: this.id, text });
    else await act("command", { channel: this.id, command: name, text });
  }

  editLast() {
    const mine = this.log.messages.findLast(
      (message) => message.user === state.me.id && !message.subtype && isInChannel(message),
    );
    if (mine) this.editor.open(mine);
  }

  intro() {
    const { channel } = this;
    if (isDirect(channel)) {
      return h(
        "div",
        { class: "intro" },
        channel.is_im
          ? avatar(person(channel.user), 56)
          : h("span", { class: "intro-sign" }, icon("people", 28)),
        h("h2", null, titleOf(channel)),
        h("p", null, "This is the beginning of your conversation."),
      );
    }
    const by =
      channel.creator && person(channel.creator)
        ? ` ${titleOfPerson(channel.creator)} created it`
        : " It was created";
    const when = channel.created
      ? `${by} ${/^(Today|Yesterday)$/.test(dayName(channel.created)) ? dayName(channel.created).toLowerCase() : `on ${dayName(channel.created)}`}.`
      : "";
    return h(
      "div",
      { class: "intro" },
      h("span", { class: "intro-sign" }, icon(channel.is_private ? "lock" : "hash", 28)),
      h("h2", null, channel.name),
      h("p", null, `This is the very beginning of ${labelOf(channel)}.${when}`),
      channel.purpose ? h("p", { class: "note" }, mrkdwn(channel.purpose)) : null,
    );
  }

  drawTabs() {
    if (!this.app) return;
    if (this.tabs.hidden) this.makeTabs();
    for (const one of this.tabs.children) {
      const isShown = one.dataset.tab === this.tab;
      one.setAttribute("aria-selected", String(isShown));
      one.tabIndex = isShown ? 0 : -1;
    }
  }

  makeTabs() {
    this.tab ??= "messages";
    this.tabs.hidden = false;
    const tab = (key, label) =>
      h(
        "button",
        { type: "button", class: "tab", role: "tab", data: { tab: key }, on: { click: () => this.showTab(key) } },
        label,
      );
    fill(this.tabs, tab("home", "Home"), tab("messages", "Messages"));
    this.tabs.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      this.showTab(this.tab === "home" ? "messages" : "home");
      this.tabs.querySelector("[aria-selected=true]").focus();
    });
  }

  showTab(key) {
    if (!this.app || this.tab === key) return;
    this.tab = key;
    this.drawTabs();
    this.messages.hidden = key === "home";
    if (key === "home") {
      this.home ??= new HomeTab(this.app);
      this.node.append(this.home.node);
      this.home.open();
    } else {
      this.home?.node.remove();
      this.timeline.pin();
    }
  }
}

function titleOfPerson(id) {
  return id === state.me.id ? "You" : person(id).real_name || person(id).name;
}
