// App Home: what an app has published for the acting person.

import { Refused, act } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { fullNameOf, on, state } from "./store.js";
import { Surface } from "./surface.js";

export class HomeTab {
  constructor(app) {
    this.app = app;
    this.blocks = h("div", { class: "home-blocks" });
    this.node = h(
      "div",
      { class: "home", role: "tabpanel", "aria-label": `Home of ${fullNameOf(app.id)}` },
      this.blocks,
    );
    this.surface = new Surface({
      kind: "home",
      keepsInput: true,
      place: () => ({ view_id: this.view?.id, app_id: app.app_id }),
    });
    this.off = on("live:home", (event) => event.app_id === app.app_id && this.draw());
  }

  destroy() {
    this.off();
  }

  get view() {
    return state.homes.get(this.app.app_id);
  }

  /** Show what is known, and tell the app that its home was opened so that it can publish. */
  async open() {
    this.draw();
    try {
      const answer = await act("open_home", { app_id: this.app.app_id });
      if (answer.view) state.homes.set(this.app.app_id, answer.view);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    this.draw();
  }

  draw() {
    if (this.view) this.surface.draw(this.blocks, this.view.blocks ?? []);
    else
      fill(
        this.blocks,
        h(
          "div",
          { class: "empty" },
          icon("home", 28),
          h("p", null, h("b", null, "Nothing here yet")),
          h("p", { class: "note" }, `${fullNameOf(this.app.id)} has not published a home for you.`),
        ),
      );
  }
}
