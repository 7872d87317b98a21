// A drawer for those who develop an app: the protocol log and a few faults.

import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { fill, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const LINES = 80;

const FAULTS = [
  ["faultLimit", { method: "chat.postMessage", status: 429, retry_after: 2 }],
  ["faultLost", { method: "chat.postMessage", accept_then_drop: true }],
  ["faultDrop", { disconnect: true }],
  ["faultRedeliver", { redeliver: true }],
];

export function openDrawer() {
  const titleId = freshId("tools");
  const log = h("ol", { class: "log-lines", tabindex: 0, "aria-label": t("log") });
  const dialog = h("dialog", { class: "drawer", "aria-labelledby": titleId },
    h("header", { class: "modal-head" }, h("h2", { id: titleId }, t("tools")),
      h("button", { type: "button", class: "button icon-only", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
    h("section", { class: "drawer-part" }, h("h3", null, t("faults")),
      h("div", { class: "b-actions" }, FAULTS.map(([word, fault]) => h("button", { type: "button", class: "button small", onclick: () => run(() => api.fault(fault)) }, t(word))),
        h("button", { type: "button", class: "button small", onclick: () => run(() => api.clearFaults()) }, t("faultClear")))),
    h("section", { class: "drawer-part grow" }, h("h3", null, t("log"), " ", h("button", { type: "button", class: "button small", onclick: () => load(log) }, t("reload"))), log));
  openDialog(dialog);
  load(log);
}

async function run(call) {
  try {
    await call();
    toast(t("done"));
  } catch (trouble) {
    toast(t("failed", { code: trouble.code }), { bad: true });
  }
}

async function load(log) {
  try {
    const lines = await api.log(LINES);
    fill(log, lines.reverse().map((line) => h("li", { class: line.accepted ? "" : "refused" }, h("details", null,
      h("summary", null, `${line.seq} `, h("b", null, { in: "→", out: "←", act: "●" }[line.dir] ?? line.dir), ` ${line.method} `, line.status ? String(line.status) : ""),
      h("pre", null, JSON.stringify({ request: line.request, response: line.response }, null, 1))))));
  } catch (trouble) {
    toast(t("failed", { code: trouble.code }), { bad: true });
  }
}
