// The modal on top of one's stack: a form that sends Slack's view_submission,
// shows field errors beside their inputs, and loses nothing that was typed
// unless the person says so.

import { act, sentence } from "./actions.js";
import { appAvatar } from "./avatar.js";
import { field, renderBlocks, showError } from "./blocks.js";
import { ask, openDialog } from "./dialogs.js";
import { fill, freshId, h, keepFocus } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { store, subscribe } from "./state.js";
import { say } from "./toast.js";
import { faultsOf } from "./validate.js";
import { forget, isDirty, settle, stateValues } from "./values.js";
import { getLanguage, t } from "./words.js";

let dialog = null;
let drawn = { id: "", hash: "", signature: "" };
let known = new Set();
/** The view whose submission is under way. */
let sending = "";

const keyOf = (view) => `view:${view.id}`;

export function startModal() {
  subscribe(render);
}

function render() {
  const open = new Set(store.views.map(keyOf));
  for (const key of known) if (!open.has(key)) forget(key);
  known = open;
  const view = store.views.at(-1);
  if (!view) {
    dialog?.close();
    return;
  }
  const signature = `${view.hash}/${store.views.length}/${getLanguage()}`;
  if (dialog && drawn.id === view.id && drawn.signature === signature) return;
  const again = dialog && drawn.id === view.id;
  // The app answered by replacing the view: it took what was entered.
  if (again && sending === view.id && drawn.hash !== view.hash) settle(keyOf(view));
  drawn = { id: view.id, hash: view.hash, signature };
  if (!dialog) show();
  if (again) keepFocus(dialog, () => draw(view));
  else {
    draw(view);
    focusFirst(view);
  }
}

function show() {
  dialog = h("dialog", { class: "modal" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    requestClose(false);
  });
  openDialog(dialog, () => {
    dialog = null;
    drawn = { id: "", hash: "", signature: "" };
  });
}

function draw(view) {
  const scroll = dialog.querySelector(".modal-body")?.scrollTop ?? 0;
  const titleId = freshId("title");
  const stacked = store.views.length > 1;
  const ctx = { key: keyOf(view), target: { view_id: view.id }, blocks: view.blocks };
  const banner = h("div", { class: "modal-banner", role: "alert", hidden: true });
  const submit = view.submit ? h("button", { class: "button primary", type: "submit", disabled: Boolean(view.submit_disabled) }, plain(view.submit.text)) : null;
  dialog.setAttribute("aria-labelledby", titleId);
  const body = h("div", { class: "modal-body", tabindex: -1 }, banner, renderBlocks(view.blocks, ctx));
  fill(dialog, h("form", {
    class: "modal-form", novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      send(view, ctx, { banner, submit });
    },
  },
  h("header", { class: "modal-head" },
    stacked ? h("button", { class: "button icon-only", type: "button", "aria-label": t("back"), onclick: () => requestClose(false) }, icon("back")) : appAvatar(),
    h("h2", { id: titleId, tabindex: -1 }, plain(view.title?.text ?? "")),
    h("button", { class: "button icon-only", type: "button", "aria-label": t("close"), "data-close": "", onclick: () => requestClose(true) }, icon("close"))),
  body,
  h("footer", { class: "modal-foot" },
    h("button", { class: "button", type: "button", onclick: () => requestClose(false) }, view.close ? plain(view.close.text) : t(submit ? "cancel" : "close")),
    submit)));
  body.scrollTop = scroll;
}

function focusFirst(view) {
  const wanted = dialog.querySelector("[data-autofocus]") ?? (matchMedia("(pointer: fine)").matches ? firstField() : null);
  (wanted ?? dialog.querySelector("h2")).focus();
  say(view.title?.text ?? "");
}

const firstField = () => {
  const input = dialog.querySelector(".b-input");
  return input ? field(input) : null;
};

async function send(view, ctx, { banner, submit }) {
  if (!submit || submit.getAttribute("aria-busy") === "true") return;
  const faults = faultsOf(ctx.key, view.blocks);
  if (showFaults(faults, banner)) return;
  submit.setAttribute("aria-busy", "true");
  sending = view.id;
  const answer = await act("submit", { view_id: view.id, values: stateValues(ctx.key, view.blocks) }, { quiet: true });
  sending = "";
  submit.removeAttribute("aria-busy");
  if (answer.errors && Object.keys(answer.errors).length) showFaults(answer.errors, banner);
  else if (!answer.ok) showBanner(banner, sentence(answer));
}

/** Shows each error beside its input and goes to the first. Answers whether there were any. */
function showFaults(faults, banner) {
  const left = { ...faults };
  let first = null;
  for (const input of dialog.querySelectorAll(".b-input")) {
    const id = input.dataset.block;
    showError(input, left[id] ?? "");
    if (left[id]) first ??= input;
    delete left[id];
  }
  const count = Object.keys(faults).length;
  showBanner(banner, count ? [t("fixErrors", { n: count }), ...Object.values(left)].join(" ") : "");
  if (first) {
    field(first)?.focus();
    first.scrollIntoView({ block: "center" });
  }
  return count > 0;
}

function showBanner(banner, text) {
  banner.hidden = !text;
  banner.textContent = text;
  if (text) banner.scrollIntoView({ block: "nearest" });
}

let asking = false;

/** Closes the top view, or with `all` the whole stack; asks first if something was entered. */
async function requestClose(all) {
  const view = store.views.at(-1);
  if (!view || asking) return;
  if (store.views.some((one) => (all || one === view) && isDirty(keyOf(one)))) {
    asking = true;
    const leave = await ask({ title: t("discardTitle"), text: t("discardText"), confirm: t("discard"), deny: t("keepEditing"), style: "danger" });
    asking = false;
    if (!leave) return;
  }
  await act("close", { view_id: view.id, ...(all && store.views.length > 1 ? { all: true } : {}) });
}
