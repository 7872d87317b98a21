// Editing one's own message in place. The text being written lives here, so a
// redraw of the list keeps it.

import { act } from "./actions.js";
import { composing, h, swallowEnter } from "./dom.js";
import { unescape } from "./mrkdwn.js";
import { announceChange, channelName, displayName, nameOf, store } from "./state.js";
import { t } from "./words.js";

const drafts = new Map();
const keyOf = (channel, ts) => `${store.as}/${channel}/${ts}`;

/** The text under edit, or null. Only its presence matters to the list. */
export function editing(channel, ts) {
  return drafts.has(keyOf(channel, ts)) ? true : null;
}

export function startEditing(channel, message) {
  drafts.set(keyOf(channel.id, message.ts), toTyped(message.text));
  announceChange();
  document.querySelector(`[data-key="edit/${message.ts}"]`)?.focus();
}

export function editorOf(channel, message) {
  const key = keyOf(channel.id, message.ts);
  const stop = () => {
    drafts.delete(key);
    announceChange();
  };
  const save = async () => {
    const answer = await act("edit", { channel: channel.id, ts: message.ts, text: toWire(box.value) });
    if (answer.ok) stop();
  };
  const box = h("textarea", {
    class: "text-input", rows: 3, "aria-label": t("edit"), "data-key": `edit/${message.ts}`, value: drafts.get(key),
    onkeypress: swallowEnter,
    oninput: () => drafts.set(key, box.value),
    onkeydown: (event) => {
      if (composing(event)) return;
      if (event.key === "Escape") stop();
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        save();
      }
    },
  });
  return h("div", { class: "editor" }, box, h("div", { class: "b-actions" },
    h("button", { class: "button small", type: "button", onclick: stop }, t("cancel")),
    h("button", { class: "button small primary", type: "button", onclick: save }, t("save"))));
}

/** What people type to what the server takes: @name and #name as ids. It escapes & < > itself. */
export function toWire(typed) {
  let text = typed;
  const names = [
    ...store.people.map((one) => [`@${displayName(one)}`, `<@${one.id}>`]),
    ...store.channels.filter((one) => one.kind === "channel" || one.kind === "private").map((one) => [`#${channelName(one)}`, `<#${one.id}>`]),
    ["@channel", "<!channel>"], ["@here", "<!here>"], ["@everyone", "<!everyone>"],
  ];
  names.sort((a, b) => b[0].length - a[0].length);
  for (const [name, id] of names) if (name.length > 1) text = text.split(name).join(id);
  return text;
}

/** The other way, for editing. */
export function toTyped(wire) {
  return unescape(String(wire ?? "")
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${nameOf(id)}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id, name) => `#${channelName(store.channels.find((one) => one.id === id)) || name || id}`)
    .replace(/<!(channel|here|everyone)(?:\|[^>]*)?>/g, "@$1")
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1"));
}
