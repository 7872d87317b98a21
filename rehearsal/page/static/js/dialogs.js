// Small dialogs: Slack's confirmation objects, and the page's own questions.

import { h, freshId } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { t } from "./words.js";

/** Asks; resolves to true when the person says yes. Texts are Slack text objects or strings. */
export function ask({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const titleId = freshId("ask");
    const yes = h("button", { class: style === "danger" ? "button danger" : "button primary", type: "button", onclick: () => dialog.close("yes") }, textObject(confirm ?? t("yes")));
    const no = h("button", { class: "button", type: "button", onclick: () => dialog.close("no") }, textObject(deny ?? t("cancel")));
    const dialog = h("dialog", { class: "ask", role: "alertdialog", "aria-labelledby": titleId },
      h("h2", { id: titleId }, textObject(title ?? "")),
      h("div", { class: "ask-text" }, textObject(text ?? "")),
      h("div", { class: "ask-buttons" },
        no,
        yes));
    openDialog(dialog, () => resolve(dialog.returnValue === "yes"));
    (style === "danger" ? no : yes).focus();
  });
}

/** Shows a dialog, keeps Tab inside it, and takes it away when it closes; the browser gives the focus back. */
export function openDialog(dialog, onClosed) {
  trapFocus(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClosed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), textarea:not([disabled]), select:not([disabled]), summary, [tabindex]:not([tabindex='-1']), [contenteditable=true]";

/** What Tab reaches below a node, in order. */
export function focusable(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter((node) => node.tabIndex >= 0 && node.offsetParent !== null);
}

/** Tab after the last element goes to the first, and back. */
export function trapFocus(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.defaultPrevented) return;
    const nodes = focusable(dialog);
    if (!nodes.length) return;
    const first = nodes[0];
    const last = nodes.at(-1);
    const here = document.activeElement;
    if (event.shiftKey && (here === first || here === dialog)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && here === last) {
      event.preventDefault();
      first.focus();
    }
  });
}
