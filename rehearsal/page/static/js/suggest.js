// Suggestions while writing: /commands at the start, @people, #channels, :emoji:.

import { composing, fill, fold, freshId, h, place } from "./dom.js";
import { searchEmoji } from "./emoji.js";
import { channelName, displayName, store } from "./state.js";
import { t } from "./words.js";

const MOST = 12;

/** Gives a text area suggestions; answers a key handler to ask first. */
export function suggestFor(area, host) {
  const listId = freshId("suggest");
  const list = h("ul", { id: listId, class: "options suggestions", role: "listbox", popover: "manual", "aria-label": t("suggestions") });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  host.append(list);
  area.setAttribute("aria-controls", listId);
  area.setAttribute("aria-autocomplete", "list");
  let shown = [];
  let active = 0;
  let span = null;

  const isOpen = () => list.matches(":popover-open");
  const close = () => {
    if (isOpen()) list.hidePopover();
    area.removeAttribute("aria-activedescendant");
    shown = [];
  };

  function update() {
    const found = suggestionsAt(area.value, area.selectionStart);
    if (!found?.entries.length) return close();
    span = found;
    shown = found.entries.map((entry, index) => {
      const node = h("li", { id: freshId("option"), class: "option", role: "option", onclick: () => accept(index) }, h("span", null, entry.label), entry.note ? h("small", null, entry.note) : null);
      return { ...entry, node };
    });
    fill(list, shown.map((one) => one.node));
    if (!isOpen()) list.showPopover();
    place(list, host, { match: true, above: true });
    mark(0);
  }

  function mark(index) {
    active = index;
    shown.forEach((one, each) => {
      one.node.classList.toggle("active", each === index);
      one.node.setAttribute("aria-selected", each === index ? "true" : "false");
    });
    shown[index]?.node.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", shown[index]?.node.id ?? "");
  }

  function accept(index) {
    const { insert } = shown[index];
    area.setRangeText(insert, span.start, area.selectionStart, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    area.focus();
  }

  area.addEventListener("input", update);
  area.addEventListener("blur", close);
  return function onKey(event) {
    if (!isOpen() || composing(event)) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((active + step + shown.length) % shown.length);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
      // A command that is complete is sent by Enter, not completed once more.
      if (event.key === "Enter" && area.value.trim() === shown[active].insert.trim()) {
        close();
        return false;
      }
      accept(active);
    } else return false;
    event.preventDefault();
    return true;
  };
}

/** The suggestions for the word before the caret: {start, entries}, or null. */
function suggestionsAt(text, caret) {
  const before = text.slice(0, caret);
  const command = before.match(/^\/\S*$/);
  if (command) return { start: 0, entries: commands(command[0]) };
  const word = before.match(/(?:^|[\s（「、。])([@#＠＃])([^\s@#]*)$/) ?? before.match(/(?:^|\s)(:)([a-z0-9_+-]{2,})$/);
  if (!word) return null;
  const start = caret - word[1].length - word[2].length;
  const wanted = fold(word[2]);
  const find = { "@": people, "＠": people, "#": channels, "＃": channels, ":": emojis }[word[1]];
  return { start, entries: find(wanted).slice(0, MOST) };
}

function commands(typed) {
  return (store.app?.commands ?? [])
    .filter((one) => one.command.startsWith(typed))
    .map((one) => ({ label: [one.command, one.usage_hint].filter(Boolean).join(" "), note: one.description ?? "", insert: `${one.command} ` }));
}

function people(wanted) {
  return store.people
    .filter((one) => !one.deleted && one.kind !== "slackbot" && fold(`${displayName(one)} ${one.real_name} ${one.name}`).includes(wanted))
    .map((one) => ({ label: displayName(one), note: one.title ?? "", insert: `@${displayName(one)} ` }));
}

function channels(wanted) {
  return store.channels
    .filter((one) => (one.kind === "channel" || one.kind === "private") && fold(one.name).includes(wanted))
    .map((one) => ({ label: `#${channelName(one)}`, note: one.topic ?? "", insert: `#${channelName(one)} ` }));
}

function emojis(wanted) {
  return searchEmoji(wanted, MOST).map((one) => ({ label: `${one.character} :${one.name}:`, note: "", insert: `${one.character} ` }));
}
