// Files that wait in a message box to be sent with it: chosen, pasted or dropped.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { sizeOf } from "./format.js";
import { toast } from "./toast.js";

const MOST_FILES = 10;
const MOST_BYTES = 50_000_000;

export class Attaching {
  /** `onChange` is told when files came or went. */
  constructor(onChange) {
    Object.assign(this, { onChange, files: [], pictures: new Map() });
    this.node = h("ul", { class: "attached", "aria-label": "Files to send", hidden: true });
    this.chooser = h("input", {
      type: "file",
      multiple: true,
      class: "visually-hidden",
      tabIndex: -1,
      "aria-hidden": "true",
    });
    this.chooser.addEventListener("change", () => {
      this.add(this.chooser.files);
      this.chooser.value = "";
    });
  }

  choose() {
    this.chooser.click();
  }

  /** Take a FileList or a list of Files; what cannot be sent is told. */
  add(list) {
    for (const file of list) {
      if (this.files.length >= MOST_FILES) {
        toast(`A message has at most ${MOST_FILES} files.`);
        break;
      }
      if (file.size > MOST_BYTES) toast(`${file.name} is too large: a file may have 50 MB here.`);
      else if (file.size === 0) toast(`${file.name} is empty.`);
      else this.files.push(file);
    }
    this.changed();
  }

  /** Hand over all files, and have none. */
  take() {
    const { files } = this;
    this.files = [];
    this.changed();
    return files;
  }

  remove(file) {
    this.files = this.files.filter((one) => one !== file);
    this.changed();
  }

  changed() {
    for (const [file, address] of this.pictures)
      if (!this.files.includes(file)) {
        URL.revokeObjectURL(address);
        this.pictures.delete(file);
      }
    this.node.hidden = this.files.length === 0;
    fill(
      this.node,
      this.files.map((file) => this.row(file)),
    );
    this.onChange();
  }

  row(file) {
    return h(
      "li",
      { class: "attached-file" },
      file.type.startsWith("image/")
        ? h("img", { class: "attached-picture", src: this.picture(file), alt: "" })
        : h("span", { class: "attached-picture" }, icon("file", 22)),
      h(
        "span",
        { class: "attached-words" },
        h("span", { class: "attached-name" }, file.name),
        h("span", { class: "note" }, sizeOf(file.size)),
      ),
      h(
        "button",
        {
          type: "button",
          class: "attached-remove",
          "aria-label": `Remove ${file.name}`,
          on: { click: () => this.remove(file) },
        },
        icon("close", 14),
      ),
    );
  }

  picture(file) {
    if (!this.pictures.has(file)) this.pictures.set(file, URL.createObjectURL(file));
    return this.pictures.get(file);
  }
}

/** Have files that are dropped on `zone` added; while they hover, `zone` says so. */
export function takeDrops(zone, attaching, label) {
  const veil = h("div", { class: "drop-veil", "aria-hidden": "true", hidden: true }, icon("file", 28), label);
  zone.append(veil);
  const isFiles = (event) => attaching.node.isConnected && event.dataTransfer?.types.includes("Files");
  zone.addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil.hidden = false;
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) veil.hidden = true;
  });
  zone.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!isFiles(event)) return;
    event.preventDefault();
    attaching.add(event.dataTransfer.files);
  });
}
