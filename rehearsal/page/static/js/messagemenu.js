// What one can do with a message: reply, react, copy its link, edit, delete,
// and the app's message shortcuts.

import { act } from "./actions.js";
import { ask } from "./dialogs.js";
import { startEditing } from "./editing.js";
import { openEmojiPicker } from "./emojipicker.js";
import { openMenu } from "./menu.js";
import { goChannel, placeHash } from "./place.js";
import { store } from "./state.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

export function openMessageMenu(anchor, channel, message) {
  const own = message.user === store.as && !message.bot_id && !message.subtype?.startsWith("channel_");
  const where = { channel: channel.id, ts: message.ts };
  const shortcuts = (store.app?.shortcuts ?? []).filter((one) => one.type === "message");
  openMenu(anchor, [
    { label: t("reply"), run: () => goChannel(channel.id, message.thread_ts ?? message.ts) },
    { label: t("addReaction"), run: () => pickReaction(anchor, channel, message) },
    { label: t("copyLink"), run: () => copyLink(channel, message) },
    ...(own ? ["-", { label: t("edit"), run: () => startEditing(channel, message) }, { label: t("remove"), danger: true, run: () => removeMessage(where) }] : []),
    ...(shortcuts.length ? ["-", ...shortcuts.map((one) => ({ label: one.name, hint: store.app.name, run: () => act("shortcut", { callback_id: one.callback_id, ...where }) }))] : []),
  ], { label: t("more") });
}

export function pickReaction(anchor, channel, message) {
  openEmojiPicker(anchor, (name) => act("react", { channel: channel.id, ts: message.ts, name }));
}

async function copyLink(channel, message) {
  const hash = placeHash({ kind: "channel", id: channel.id, thread: message.thread_ts ?? "", message: message.ts });
  try {
    await navigator.clipboard.writeText(new URL(hash, location.href).href);
    toast(t("copied"));
  } catch {
    location.hash = hash; // no clipboard here: the address bar then holds the link
  }
}

async function removeMessage(where) {
  if (await ask({ title: t("removeTitle"), text: t("removeText"), confirm: t("remove"), style: "danger" })) act("delete", where);
}
