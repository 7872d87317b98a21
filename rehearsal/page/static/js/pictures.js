// Pictures and files. Only pictures of this server are shown: the page's policy
// lets no other in, so that reading a message tells no outside site.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./state.js";
import { t } from "./words.js";

/** Where the server keeps a file's content, as one may see it. */
export function fileURL(id) {
  return `/_/files/${encodeURIComponent(id)}?as=${encodeURIComponent(store.as)}`;
}

function sourceOf(image) {
  if (image.slack_file?.id) return fileURL(image.slack_file.id);
  const url = image.image_url ?? image.slack_file?.url ?? "";
  if (/^data:image\//.test(url)) return url;
  try {
    const parsed = new URL(url, location.href);
    return parsed.origin === location.origin ? parsed.href : "";
  } catch {
    return "";
  }
}

/** An image element or block's picture; one from outside becomes its alt text. */
export function picture(image, className) {
  const alt = image.alt_text ?? "";
  const source = sourceOf(image);
  if (source) return h("img", { class: className, src: source, alt, loading: "lazy" });
  return h("span", { class: `${className} picture-text`, role: "img", "aria-label": alt, title: t("blockedImage", { name: alt }) }, icon("file", 14), alt);
}

/** The files of a message: previews of pictures, a line for everything else. */
export function fileList(files) {
  return h("div", { class: "files" }, files.filter((file) => file.mode !== "tombstone").map((file) => {
    const name = file.title || file.name || file.id;
    const href = fileURL(file.id);
    if ((file.mimetype ?? "").startsWith("image/")) {
      return h("a", { class: "file-preview", href, target: "_blank", rel: "noopener" },
        h("img", { src: href, alt: file.alt_txt ?? t("imageOf", { name }), loading: "lazy" }), h("small", null, name));
    }
    return h("a", { class: "file-line", href, download: file.name ?? name, "aria-label": `${name} ${t("download")}` }, icon("file", 22),
      h("span", null, h("strong", null, name), h("small", null, [file.pretty_type, size(file.size)].filter(Boolean).join(" ・ "))));
  }));
}

function size(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
