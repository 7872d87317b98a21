// The box one writes in: messages, slash commands, files, shortcuts. Drafts are
// kept per person and place; what could not be sent comes back into the box.

import { act } from "./actions.js";
import { composing, fill, h, swallowEnter } from "./dom.js";
import { toWire } from "./editing.js";
import { openEmojiPicker } from "./emojipicker.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { store } from "./state.js";
import { suggestFor } from "./suggest.js";
import { toast } from "./toast.js";
import { upload } from "./upload.js";
import { t } from "./words.js";

const drafts = new Map();

/** Builds a composer; call `at({channel, thread, hint})` whenever the place changes. */
export function createComposer() {
  let where = null;
  let key = "";
  const files = h("ul", { class: "file-list" });
  const area = h("textarea", {
    class: "composer-text", rows: 1,
    oninput: () => {
      draft().text = area.value;
      grow();
    },
    onkeydown: (event) => onKey(event),
    onkeypress: swallowEnter,
    onpaste: (event) => event.clipboardData.files.length && addFiles([...event.clipboardData.files]),
  });
  const picker = h("input", { type: "file", class: "file-native", multiple: true, tabindex: -1, "aria-hidden": "true", onchange: () => takePicked() });
  const tool = (name, word, run) => h("button", { type: "button", class: "tool", "aria-label": t(word), title: t(word), onclick: run }, icon(name));
  const attach = tool("attach", "attach", () => picker.click());
  const smile = tool("smile", "insertEmoji", () => openEmojiPicker(smile, (_, character) => insert(character)));
  const bolt = tool("bolt", "shortcuts", () => openShortcuts());
  const send = h("button", { type: "button", class: "button primary send", "aria-label": t("send"), onclick: () => submit() }, icon("send", 18));
  const box = h("div", { class: "composer-box" }, files, area, picker, h("div", { class: "composer-tools" }, attach, smile, bolt, h("span", { class: "composer-hint" }, t("composerHint")), send));
  const root = h("div", { class: "composer" }, box);
  const suggest = suggestFor(area, box);

  const draft = () => {
    if (!drafts.has(key)) drafts.set(key, { text: "", files: [] });
    return drafts.get(key);
  };

  function at(next) {
    where = next;
    area.placeholder = next.hint;
    area.setAttribute("aria-label", next.hint);
    const to = `${store.as}/${next.channel}/${next.thread ?? ""}`;
    if (to === key) return;
    key = to;
    area.value = draft().text;
    drawFiles();
    grow();
  }

  function grow() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, innerHeight * 0.4)}px`;
  }

  function insert(text) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
    area.focus();
  }

  function onKey(event) {
    if (suggest(event) || composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  }

  function openShortcuts() {
    const shortcuts = (store.app?.shortcuts ?? []).filter((one) => one.type === "global");
    const commands = store.app?.commands ?? [];
    const items = [
      ...shortcuts.map((one) => ({ label: one.name, hint: one.description ?? store.app.name, run: () => act("shortcut", { callback_id: one.callback_id }) })),
      ...(shortcuts.length && commands.length ? ["-"] : []),
      ...commands.map((one) => ({ label: one.command, hint: one.description, run: () => setText(`${one.command} `) })),
    ];
    if (items.length) openMenu(bolt, items, { label: t("shortcuts"), above: true });
    else toast(t("noShortcuts"));
  }

  function setText(text) {
    area.value = text;
    draft().text = text;
    grow();
    area.focus();
  }

  async function takePicked() {
    await addFiles([...picker.files]);
    picker.value = "";
  }

  async function addFiles(chosen) {
    const to = draft();
    for (const file of chosen) {
      attach.setAttribute("aria-busy", "true");
      const stored = await upload(file);
      attach.removeAttribute("aria-busy");
      if (stored) to.files.push(stored);
    }
    drawFiles();
    area.focus();
  }

  function drawFiles() {
    fill(files, draft().files.map((file) => h("li", null, icon("file", 18), h("span", null, file.name ?? file.id),
      h("button", { type: "button", class: "link-button", "aria-label": t("unpick", { name: file.name ?? file.id }), onclick: () => {
        draft().files = draft().files.filter((one) => one.id !== file.id);
        drawFiles();
      } }, "×"))));
  }

  async function submit() {
    const text = area.value;
    const sent = draft();
    if ((!text.trim() && !sent.files.length) || !where) return;
    const from = key;
    drafts.delete(key);
    area.value = "";
    drawFiles();
    grow();
    const answer = await transmit(where, text, sent.files);
    if (answer.ok) return;
    // Back into the box, unless something new has been written there meanwhile.
    if (!drafts.get(from)?.text) drafts.set(from, { text, files: sent.files });
    if (from === key) {
      area.value = draft().text;
      drawFiles();
      grow();
    }
  }

  return { root, at, addFiles, focus: () => area.focus() };
}

function transmit({ channel, thread }, text, files) {
  const command = text.match(/^(\/\S+)(?:\s+([\s\S]*))?$/);
  if (command && !files.length) {
    if (thread) {
      toast(t("noCommandInThread", { command: command[1] }), { bad: true });
      return { ok: false };
    }
    return act("command", { command: command[1], text: (command[2] ?? "").trimEnd(), channel });
  }
  return act("say", {
    channel, text: toWire(text.trimEnd()), ...(thread ? { thread_ts: thread } : {}), ...(files.length ? { files: files.map((file) => file.id) } : {}),
  });
}
