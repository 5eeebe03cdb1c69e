// The page of one channel or conversation: heading, bookmarks, messages, message box.

import { act } from "./api.js";
import { builtin } from "./builtins.js";
import { Composer } from "./composer.js";
import { editPurpose, editTopic, invite, renameChannel } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { Editor } from "./editor.js";
import { withEmoji } from "./emoji.js";
import { linkNode } from "./entities.js";
import { dayName } from "./format.js";
import { HomeTab } from "./home.js";
import { icon } from "./icons.js";
import { confirmDialog, openMenu } from "./layers.js";
import { earlier, isInChannel, logOf } from "./log.js";
import { mrkdwn, toPlain } from "./mrkdwn.js";
import { appBadge, avatar, presenceDot } from "./people.js";
import { openPeople } from "./sidebar.js";
import { appOf, emit, labelOf, on, person, state, titleOf } from "./store.js";
import { orTold, tell } from "./tell.js";
import { Timeline } from "./timeline.js";

const READ_MS = 250;

export class ChannelPage {
  constructor(channelId) {
    this.id = channelId;
    this.log = logOf(channelId);
    this.app = appOf(this.channel);
    this.header = h("header", { class: "channel-head" });
    this.bookmarks = h("div", { class: "bookmarks", role: "navigation", "aria-label": "Bookmarks", hidden: true });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Views", hidden: true });
    this.timeline = new Timeline({ log: this.log, where: "channel", label: `Messages in ${labelOf(this.channel)}`, top: () => this.intro(), onSeen: () => this.seen() });
    this.foot = h("div", { class: "channel-foot" });
    this.messages = h("div", { class: "channel-messages" }, this.timeline.node, this.foot);
    this.node = h("main", { class: "channel", data: { channel: channelId }, "aria-label": labelOf(this.channel) }, this.header, this.tabs, this.bookmarks, this.messages);
    this.editor = new Editor(this.timeline);
    this.offs = [on("channels", () => this.draw()), on("edit", (message) => message.channel === this.id && this.log.get(message.ts) && this.editor.open(message)),
      on("mark-unread", (message) => this.markUnread(message)), on("live:home", () => this.draw())];
    this.watch = () => document.visibilityState === "visible" && this.timeline.stuck && this.seen();
    document.addEventListener("visibilitychange", this.watch);
    this.composer = this.makeComposer();
    this.draw();
  }

  get channel() {
    return state.channels.get(this.id);
  }

  destroy() {
    for (const off of this.offs) off();
    document.removeEventListener("visibilitychange", this.watch);
    clearTimeout(this.reading);
    this.timeline.destroy();
    this.home?.destroy();
  }

  /** Load and show; with `ts`, go to that message. */
  async open(ts = null) {
    const { channel } = this;
    this.timeline.lastRead = channel.unread ? channel.last_read ?? "0" : null;
    if (!this.log.isOpen) this.timeline.inner.classList.add("is-loading");
    await orTold(() => this.log.open());
    this.timeline.inner.classList.remove("is-loading");
    if (ts) await this.goTo(ts);
    else this.seen();
  }

  async goTo(ts) {
    this.showTab("messages");
    if (await this.log.seek(ts)) this.timeline.show(ts);
  }

  // ---- reading

  seen() {
    const latest = this.log.messages.at(-1)?.ts;
    const { channel } = this;
    if (!latest || !channel || this.isHeldUnread || document.visibilityState !== "visible" || this.tab === "home") return;
    if (!channel.unread && !channel.mentions && channel.last_read && !earlier(channel.last_read, latest)) return;
    clearTimeout(this.reading);
    this.reading = setTimeout(() => this.markRead(latest), READ_MS);
  }

  async markRead(ts) {
    const { channel } = this;
    if (!channel?.is_member && !channel?.is_im) return;
    Object.assign(channel, { unread: 0, mentions: 0, last_read: ts });
    emit("channels");
    await orTold(() => act("read", { channel: this.id, ts }));
  }

  async markUnread(message) {
    if (message.channel !== this.id) return;
    const at = this.log.position(message.ts);
    const before = this.log.messages[at - 1]?.ts ?? "0000000000.000000";
    this.isHeldUnread = true; // until one comes back to the channel
    this.timeline.lastRead = before;
    this.timeline.holding(() => this.timeline.draw());
    await tell("read", { channel: this.id, ts: before });
  }

  // ---- drawing

  draw() {
    const { channel } = this;
    if (!channel) return;
    this.drawHeader();
    this.drawBookmarks();
    this.drawTabs();
    this.drawFoot();
  }

  /** Only when something in it changed: a redraw takes the focus away. */
  drawHeader() {
    const { name, topic, is_archived: isArchived, is_member: isMember, num_members: members, pins, user } = this.channel;
    const key = JSON.stringify([name, topic, isArchived, isMember, members, pins?.length, person(user)]);
    if (this.headerKey === key) return;
    this.headerKey = key;
    fill(this.header, this.headerParts());
  }

  headerParts() {
    const { channel, app } = this;
    const other = channel.is_im ? person(channel.user) : null;
    const sign = other ? avatar(other, 28) : icon(channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash", 20);
    const name = h("button", { type: "button", class: "channel-name", "aria-haspopup": "menu", "aria-expanded": "false", on: { click: (event) => (other ? emit("profile", { user: other.id, anchor: event.currentTarget }) : this.menu(event.currentTarget)) } },
      sign, h("h1", null, titleOf(channel)), app ? appBadge() : presenceDot(other), other ? null : icon("chevron", 14));
    return [
      h("button", { type: "button", class: "icon-button only-narrow", "aria-label": "Show channels", on: { click: () => emit("drawer", true) } }, icon("menu", 22)),
      name, this.topic(other),
      h("div", { class: "channel-tools" }, this.tools()),
      h("button", { type: "button", class: "head-me only-narrow", "aria-label": `You are ${state.me.real_name || state.me.name}. Act as somebody else`, on: { click: (event) => openPeople(event.currentTarget) } }, avatar(state.me, 30)),
    ];
  }

  topic(other) {
    const { channel } = this;
    if (other) return h("div", { class: "channel-topic" }, other.title ?? "");
    if (!channel.topic) return h("button", { type: "button", class: "channel-topic topic-add", on: { click: () => editTopic(channel) } }, "Add a topic");
    return h("div", { class: "channel-topic", title: toPlain(channel.topic), "aria-label": "Topic" }, mrkdwn(channel.topic));
  }

  tools() {
    const { channel } = this;
    const tool = (label, sign, run, text = null) => h("button", { type: "button", class: text ? "head-tool has-text" : "head-tool", "aria-label": text ? `${label}, ${text}` : label, "data-tip": label, on: { click: (event) => run(event.currentTarget) } }, icon(sign, 18), text);
    return [
      channel.is_im ? null : tool("Members", "people", () => emit("pane", { kind: "members", channel: this.id }), String(channel.num_members ?? "")),
      tool("Pinned messages", "pin", () => emit("pane", { kind: "pins", channel: this.id }), channel.pins?.length ? String(channel.pins.length) : null),
      tool("Search in this channel", "search", () => emit("pane", { kind: "search", channel: this.id })),
      channel.is_im ? null : tool("Channel menu", "more", (node) => this.menu(node)),
    ];
  }

  menu(anchor) {
    const { channel } = this;
    const isOpen = !channel.is_archived;
    const items = [
      { label: "Members", icon: "people", run: () => emit("pane", { kind: "members", channel: this.id }) },
      isOpen && channel.is_member ? { label: "Add people", icon: "plus", run: () => invite(channel) } : undefined,
      isOpen ? { label: "Edit topic", icon: "pencil", run: () => editTopic(channel) } : undefined,
      isOpen ? { label: "Edit description", icon: "info", run: () => editPurpose(channel) } : undefined,
      isOpen && channel.is_member ? { label: "Rename channel", icon: "hash", run: () => renameChannel(channel) } : undefined,
      { label: "Copy channel id", note: channel.id, icon: "link", run: () => navigator.clipboard?.writeText(channel.id) },
      isOpen && channel.is_member ? null : undefined,
      isOpen && channel.is_member ? { label: "Leave channel", icon: "exit", run: () => tell("leave", { channel: this.id }) } : undefined,
      isOpen && channel.is_member ? { label: "Archive channel", icon: "archive", danger: true, run: () => this.archive() } : undefined,
    ];
    openMenu(anchor, items.filter((item) => item !== undefined), { label: "Channel menu" });
  }

  async archive() {
    const yes = await confirmDialog({ title: `Archive ${labelOf(this.channel)}?`, text: "Everybody leaves it and nobody can write in it any more. Its messages stay.", confirm: "Archive", danger: true });
    if (yes) await tell("archive", { channel: this.id });
  }

  drawBookmarks() {
    const list = this.channel.bookmarks ?? [];
    this.bookmarks.hidden = list.length === 0;
    fill(this.bookmarks, list.map((one) => h("span", { class: "bookmark", data: { bookmark: one.id } }, one.emoji ? withEmoji(`:${one.emoji.replaceAll(":", "")}:`) : icon("bookmark", 14), linkNode(one.link, one.title))));
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
    const again = h("button", { type: "button", class: "button", on: { click: () => tell("unarchive", { channel: this.id }) } }, "Unarchive");
    return h("div", { class: "channel-notice" }, icon("archive"), h("span", null, "This channel is archived. Its messages can still be read."), again);
  }

  joinNotice() {
    const join = h("button", { type: "button", class: "button button-primary", on: { click: () => tell("join", { channel: this.id }) } }, "Join channel");
    return h("div", { class: "channel-notice" }, h("span", null, "You are looking at ", h("b", null, labelOf(this.channel)), "."), join);
  }

  makeComposer() {
    const label = `Message ${labelOf(this.channel)}`;
    const me = state.me.display_name || state.me.real_name || state.me.name;
    return new Composer({ id: "composer", label, placeholder: `${label} as ${me}`, draft: `draft ${state.me.id} ${this.id}`,
      send: (text) => act("say", { channel: this.id, text }), command: (name, text) => this.command(name, text), onUp: () => this.editLast() });
  }

  async command(name, text) {
    const own = builtin(name);
    if (own) await own.run({ channel: this.id, text });
    else await act("command", { channel: this.id, command: name, text });
  }

  editLast() {
    const mine = this.log.messages.findLast((message) => message.user === state.me.id && !message.subtype && isInChannel(message));
    if (mine) this.editor.open(mine);
  }

  intro() {
    const { channel } = this;
    if (channel.is_im) {
      return h("div", { class: "intro" }, avatar(person(channel.user), 56), h("h2", null, titleOf(channel)), h("p", null, "This is the beginning of your conversation."));
    }
    const by = channel.creator && person(channel.creator) ? ` ${titleOfPerson(channel.creator)} created it` : " It was created";
    const when = channel.created ? `${by} ${/^(Today|Yesterday)$/.test(dayName(channel.created)) ? dayName(channel.created).toLowerCase() : `on ${dayName(channel.created)}`}.` : "";
    return h("div", { class: "intro" }, h("span", { class: "intro-sign" }, icon(channel.is_private ? "lock" : "hash", 28)), h("h2", null, channel.name),
      h("p", null, `This is the very beginning of ${labelOf(channel)}.${when}`), channel.purpose ? h("p", { class: "note" }, mrkdwn(channel.purpose)) : null);
  }

  // ---- tabs of apps

  drawTabs() {
    if (!this.app) return;
    this.tab ??= "messages";
    this.tabs.hidden = false;
    const tab = (key, label) => h("button", { type: "button", class: "tab", role: "tab", "aria-selected": String(this.tab === key), on: { click: () => this.showTab(key) } }, label);
    fill(this.tabs, tab("home", "Home"), tab("messages", "Messages"));
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
