// Images. The page may load pictures from its own server only, so others are shown as what they are: a named link.

import { h } from "./dom.js";
import { linkNode } from "./entities.js";
import { fileAddress } from "./files.js";
import { icon } from "./icons.js";

/** Whether the page's content policy lets this address load. */
export function mayLoad(url) {
  return (
    /^(data:image\/|blob:)/.test(url ?? "") ||
    (URL.canParse(url ?? "", location.href) && new URL(url, location.href).origin === location.origin)
  );
}

/** Where an image is: a file of the workspace is read as the acting person, since its own address needs a token. */
function addressOf({ image_url: given, slack_file: file }) {
  const url = given ?? file?.url;
  const id = file?.id ?? /\/files-pri\/[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(url ?? "")?.[1];
  return id ? fileAddress(id) : url;
}

/** An image element or block, by its address or Slack file; what is not there is shown by its words. */
export function image(element, className) {
  const url = addressOf(element);
  const alt = element.alt_text || "Image";
  const face = h(
    "span",
    { class: `${className} image-away`, role: "img", "aria-label": alt, title: alt },
    icon("image"),
    className === "block-image" ? h("span", null, alt) : null,
  );
  if (!url || !mayLoad(url)) return url ? linkNode(url, face) : face;
  const node = h("img", { class: className, src: url, alt, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(face));
  return node;
}
