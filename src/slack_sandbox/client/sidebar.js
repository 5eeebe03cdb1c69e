// The left column: the workspace, channels, conversations, apps, and who one is.

import { fill, h, hidden } from "./dom.js";
import { createChannel } from "./forms.js";
import { icon } from "./icons.js";
import { actAsSomebody, browseChannels, newConversation } from "./jump.js";
import { avatar, presenceDot } from "./people.js";
import { openMenu } from "./popover.js";
import {
  emit,
  fullNameOf,
  isDirect,
  labelOf,
  on,
  person,
  pickablePeople,
  signOf,
  state,
  titleOf,
} from "./store.js";
import { themeItems, themeSwitch } from "./theme.js";
import { hasNewReplies } from "./threads.js";

const OWN_NAME = "Sandbox workspace";

export class Sidebar {
  /** `current()` is the id of the open channel; `choose(id)` opens one. */
  constructor({ current, choose }) {
    Object.assign(this, {
      current,
      choose,
      folded: new Set(JSON.parse(sessionStorage.getItem("sandbox.folded") ?? "[]")),
    });
    this.lists = h("div", { class: "sidebar-lists" });
    this.lists.addEventListener("keydown", (event) => this.key(event));
    this.me = h("div", { class: "sidebar-me" });
    const jump = h(
      "button",
      {
        type: "button",
        class: "sidebar-jump",
        "aria-keyshortcuts": "Control+K",
        on: { click: () => this.leaveFor(() => emit("quick-switch")) },
      },
      icon("search", 16),
      "Jump to…",
      h("kbd", { "aria-hidden": "true" }, "Ctrl K"),
    );
    const head = h(
      "div",
      { class: "sidebar-head" },
      h("img", { class: "sidebar-mark", src: "/client-assets/icon.svg", alt: "" }),
      h(
        "div",
        { class: "sidebar-title" },
        state.team?.name ?? OWN_NAME,
        (this.status = h("span", { class: "sidebar-status", role: "status" })),
      ),
      themeSwitch(),
    );
    this.node = h(
      "nav",
      { class: "sidebar", "aria-label": "Channels and people" },
      head,
      jump,
      this.lists,
      this.me,
    );
    this.offs = [
      on("channels", () => this.soon()),
      on("drafts", () => this.soon()),
      on("threads", () => this.soon()),
      on("online", () => this.say("")),
      on("offline", () => this.say("Reconnecting…")),
    ];
    this.say("");
    this.draw();
  }

  destroy() {
    for (const off of this.offs) off();
  }

  /** Under the workspace's name: trouble with the connection, else what this is. */
  say(text) {
    this.status.textContent = text || (state.team?.name === OWN_NAME ? "" : OWN_NAME);
    this.status.classList.toggle("is-trouble", Boolean(text));
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const focused = this.lists.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const all = [...state.channels.values()].filter((one) => !one.is_archived || one.id === this.current());
    const byTitle = (a, b) => titleOf(a).localeCompare(titleOf(b));
    const channels = all
      .filter((one) => !isDirect(one) && (one.is_member || one.id === this.current()))
      .sort(byTitle);
    const people = all.filter((one) => isDirect(one) && !person(one.user)?.is_bot).sort(byTitle);
    const apps = pickablePeople().filter((one) => one.is_bot);
    fill(
      this.lists,
      this.threads(),
      this.section(
        "Channels",
        channels.map((one) => this.row(one)),
        { label: "Add channels", run: (node) => this.addMenu(node) },
      ),
      this.section(
        "Direct messages",
        people.map((one) => this.row(one)),
        { label: "New message", run: () => this.leaveFor(newConversation) },
      ),
      this.section(
        "Apps",
        apps.map((one) => this.appRow(one)),
      ),
    );
    fill(this.me, this.person());
    if (focused) this.lists.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  threads() {
    const isNew = hasNewReplies();
    return h(
      "button",
      {
        type: "button",
        class: isNew ? "row row-threads is-unread" : "row row-threads",
        data: { key: "threads" },
        on: {
          click: () => {
            emit("drawer", false);
            emit("pane", { kind: "threads" });
          },
        },
      },
      icon("reply", 16),
      h("span", { class: "row-title" }, "Threads"),
      isNew ? hidden(", new replies") : null,
    );
  }

  section(title, rows, add = null) {
    const isFolded = this.folded.has(title);
    const loud = isFolded ? rows.filter((row) => row.matches(".is-unread,.is-current")) : rows;
    return h(
      "section",
      { class: "section", "aria-label": title },
      h(
        "div",
        { class: "section-head" },
        h(
          "button",
          {
            type: "button",
            class: "section-fold",
            "aria-expanded": String(!isFolded),
            data: { key: `fold ${title}` },
            on: { click: () => this.fold(title) },
          },
          icon("chevron", 14),
          title,
        ),
        add
          ? h(
              "button",
              {
                type: "button",
                class: "icon-button section-add",
                "aria-label": add.label,
                "data-tip": add.label,
                on: { click: (event) => add.run(event.currentTarget) },
              },
              icon("plus", 16),
            )
          : null,
      ),
      h(
        "ul",
        { class: "section-rows" },
        loud.map((row) => h("li", null, row)),
      ),
    );
  }

  fold(title) {
    if (!this.folded.delete(title)) this.folded.add(title);
    sessionStorage.setItem("sandbox.folded", JSON.stringify([...this.folded]));
    this.draw();
  }

  row(channel) {
    const other = channel.is_im ? person(channel.user) : null;
    const sign = other
      ? h("span", { class: "row-face" }, avatar(other, 22), presenceDot(other))
      : icon(signOf(channel), 16);
    return this.link({
      channel,
      sign,
      title: titleOf(channel),
      href: `#/as/${state.me.id}/${channel.id}`,
      run: () => this.choose(channel.id),
    });
  }

  appRow(app) {
    const channel = [...state.channels.values()].find((one) => one.is_im && one.user === app.id);
    const run = () => (channel ? this.choose(channel.id) : emit("message-person", app.id));
    return this.link({
      channel,
      sign: avatar(app, 22),
      title: fullNameOf(app.id),
      href: channel ? `#/as/${state.me.id}/${channel.id}` : "#",
      run,
      key: app.id,
    });
  }

  link({ channel, sign, title, href, run, key = channel?.id }) {
    const isCurrent = channel && channel.id === this.current();
    const unread = isCurrent ? 0 : (channel?.unread ?? 0);
    const count = isDirect(channel) ? unread : isCurrent ? 0 : (channel?.mentions ?? 0);
    const hasDraft = !isCurrent && channel && sessionStorage.getItem(`draft ${state.me.id} ${channel.id}`);
    const open = (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      run();
    };
    const more = [
      unread ? `, ${unread} unread` : "",
      count && !isDirect(channel) ? `, ${count} ${count === 1 ? "mention" : "mentions"}` : "",
      hasDraft ? ", draft" : "",
      channel?.is_private && !isDirect(channel) ? ", private" : "",
    ].join("");
    return h(
      "a",
      {
        class: `row${isCurrent ? " is-current" : ""}${unread ? " is-unread" : ""}`,
        href,
        "aria-current": isCurrent ? "page" : null,
        data: { channel: channel?.id, key, unread, mentions: count },
        title: labelOf(channel) || title,
        on: { click: open },
      },
      sign,
      h("span", { class: "row-title" }, title),
      hasDraft ? icon("pencil", 14) : null,
      count ? h("span", { class: "row-count", "aria-hidden": "true" }, count > 99 ? "99+" : count) : null,
      more ? hidden(more) : null,
    );
  }

  /** ArrowUp and ArrowDown walk the rows. */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...this.lists.querySelectorAll(".row,.section-fold")];
    const to = stops[stops.indexOf(document.activeElement) + step];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  /** On a phone the drawer goes away before a dialog comes. */
  leaveFor(open) {
    emit("drawer", false);
    open();
  }

  addMenu(anchor) {
    openMenu(
      anchor,
      [
        { label: "Browse channels", icon: "search", run: () => this.leaveFor(browseChannels) },
        { label: "Create a channel", icon: "plus", run: () => this.leaveFor(createChannel) },
      ],
      { label: "Add channels" },
    );
  }

  person() {
    const { me } = state;
    return h(
      "button",
      {
        type: "button",
        class: "me",
        "aria-haspopup": "menu",
        on: { click: (event) => openPeople(event.currentTarget) },
      },
      avatar(me, 36),
      h(
        "span",
        { class: "me-words" },
        h("span", { class: "me-note" }, "You are "),
        h("span", { class: "me-name" }, fullNameOf(me.id), hidden(", ")),
        h("span", { class: "me-title" }, me.title || `@${me.name}`),
        hidden(". Act as somebody else"),
      ),
      icon("chevron", 16),
    );
  }
}

const MOST_IN_MENU = 10;

/** The menu of people to act as; when there are many, oneself and a few more, and a way to search the rest. */
export function openPeople(anchor) {
  const all = pickablePeople({ apps: false });
  const others = all.filter((one) => one.id !== state.me.id);
  const people = all.length > MOST_IN_MENU ? [state.me, ...others.slice(0, MOST_IN_MENU - 3)] : all;
  const items = people.map((one) => ({
    label: fullNameOf(one.id),
    note: one.title || `@${one.name}`,
    lead: avatar(one, 32),
    checked: one.id === state.me.id,
    run: () => emit("become", one.id),
    data: { user: one.id },
  }));
  const extra = [
    people.length < all.length
      ? { label: "Somebody else…", note: `${all.length} people`, icon: "people", run: actAsSomebody }
      : undefined,
    null,
    { label: "Open as somebody else in a new tab…", icon: "external", run: () => openInTab(anchor, people) },
    { label: "Keyboard shortcuts", icon: "info", run: () => emit("help") },
    { label: "What goes wrong…", icon: "bolt", href: "/faults" },
    { label: "Apps, requests and methods…", icon: "code", href: "/apps" },
    null,
    ...themeItems(),
  ];
  openMenu(anchor, [...items, ...extra.filter((one) => one !== undefined)], {
    label: "Act as",
    header: h("p", { class: "menu-title" }, "Act as"),
  });
}

function openInTab(anchor, people) {
  const items = people.map((one) => ({
    label: fullNameOf(one.id),
    note: one.title,
    lead: avatar(one, 32),
    href: `${location.origin}/#/as/${one.id}`,
  }));
  openMenu(anchor, items, {
    label: "Open in a new tab as",
    header: h("p", { class: "menu-title" }, "Open in a new tab as"),
  });
}
