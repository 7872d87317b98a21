// Short notices at the foot of the page, also spoken by screen readers.

import { h } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 6000;

export function toast(text, { bad = false } = {}) {
  const host = document.getElementById("toasts");
  const note = h("div", { class: bad ? "toast toast-bad" : "toast" }, text,
    h("button", { class: "toast-close", type: "button", "aria-label": t("close"), onclick: () => note.remove() }, "×"));
  host.append(note);
  if (host.matches(":popover-open")) host.hidePopover();
  host.showPopover(); // to the top layer again, above any open dialog
  setTimeout(() => {
    note.remove();
    if (!host.childElementCount && host.matches(":popover-open")) host.hidePopover();
  }, SHOWN_MS);
}

/** Says something to screen readers only. */
export function say(text) {
  const host = document.getElementById("spoken");
  host.textContent = "";
  requestAnimationFrame(() => {
    host.textContent = text;
  });
}
