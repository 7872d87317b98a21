// Every select menu of Block Kit, single and multi, as one ARIA combobox: type
// to narrow, arrow keys to move, Enter to pick, Escape to leave the list.

import { choosing, groupsFor } from "./choosing.js";
import { composing, fill, freshId, h, place, swallowEnter } from "./dom.js";
import { change, inputProps, keep, speaks, valueOf } from "./fire.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const EXTERNAL_PAUSE_MS = 250;

export function combobox(element, slot) {
  const how = choosing(element.type);
  const listId = freshId("list");
  let chosen = how.entries(valueOf(slot, element));
  let sent = chosen;
  let shown = [];
  let active = -1;
  let asked = 0;
  let waiting = 0;
  let unsent = false;
  let toggled = "";

  const chips = h("span", { class: "chips" });
  const input = h("input", {
    type: "text", class: "combo-input", role: "combobox", autocomplete: "off", spellcheck: "false",
    ...inputProps(slot, element), "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
    onclick: () => open(),
    oninput: () => open(input.value),
    onkeydown: (event) => onKey(event),
    onkeypress: swallowEnter,
    onblur: () => leave(),
  });
  const clear = h("button", { class: "combo-clear", type: "button", "aria-label": t("clear"), onclick: () => pick([]) }, icon("close", 14));
  const list = h("ul", { id: listId, class: "options", role: "listbox", popover: "manual", "aria-multiselectable": how.many ? "true" : null });
  const root = h("div", { class: how.many ? "combo combo-many" : "combo" }, chips, input, clear, icon("down", 16), list);
  // Keeps the focus in the input while the list is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  const isOpen = () => list.matches(":popover-open");
  const isChosen = (entry) => chosen.some((one) => one.id === entry.id);

  function drawChosen() {
    fill(chips, how.many ? chosen.map((entry) => h("span", { class: "chip" }, entry.label,
      h("button", { type: "button", "aria-label": t("unpick", { name: entry.label }), onclick: () => pick(chosen.filter((one) => one.id !== entry.id)) }, "×"))) : null);
    input.value = how.many ? "" : (chosen[0]?.label ?? "");
    input.placeholder = chosen.length && how.many ? "" : (element.placeholder?.text ?? t("choose"));
    clear.hidden = !(chosen.length && !how.many && slot.inInput);
  }

  function open(query = "") {
    if (!isOpen()) {
      list.showPopover();
      input.setAttribute("aria-expanded", "true");
      if (!how.many && !query) input.select();
    }
    clearTimeout(waiting);
    const external = how.kind === "external_select";
    const least = element.min_query_length ?? 3;
    if (external && [...query].length < least) return note(t("typeMore", { n: least - [...query].length }));
    if (external) note(t("loading"));
    waiting = setTimeout(() => load(query), external ? EXTERNAL_PAUSE_MS : 0);
  }

  async function load(query) {
    asked += 1;
    const mine = asked;
    const groups = await groupsFor(element, slot, query);
    if (mine !== asked || !isOpen()) return;
    if (!groups) return note(t("troubleConnecting"));
    drawList(groups);
  }

  function note(text) {
    shown = [];
    active = -1;
    fill(list, h("li", { class: "option-note", role: "presentation" }, text));
    place(list, root, { match: true });
  }

  function drawList(groups) {
    shown = [];
    fill(list, groups.map((group) => [
      group.label ? h("li", { class: "option-group", role: "presentation" }, group.label) : null,
      group.entries.map((entry) => option(entry)),
    ]));
    if (!shown.length) return note(t("noMatch"));
    const first = shown.findIndex(({ entry }) => (toggled ? entry.id === toggled : isChosen(entry)));
    toggled = "";
    setActive(Math.max(0, first));
    place(list, root, { match: true });
    shown[active].node.scrollIntoView({ block: "nearest" });
  }

  function option(entry) {
    const node = h("li", {
      id: freshId("option"), class: "option", role: "option", "aria-selected": isChosen(entry) ? "true" : "false",
      onclick: () => choose(entry),
    }, h("span", null, entry.label), entry.note ? h("small", null, entry.note) : null, isChosen(entry) ? icon("check", 16) : null);
    shown.push({ entry, node });
    return node;
  }

  function setActive(index) {
    shown[active]?.node.classList.remove("active");
    active = index;
    const node = shown[active]?.node;
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", node?.id ?? "");
  }

  function choose(entry) {
    if (!how.many) {
      close();
      if (!isChosen(entry)) pick([entry]);
      else drawChosen();
      return;
    }
    const next = isChosen(entry) ? chosen.filter((one) => one.id !== entry.id) : [...chosen, entry];
    const most = element.max_selected_items;
    if (most && next.length > most) return note(t("tooMany", { n: most }));
    pick(next);
    toggled = entry.id;
    open();
  }

  // A multi select is sent when its list closes, like Slack does; a single one at once.
  async function pick(next) {
    chosen = next;
    drawChosen();
    if (how.many && isOpen() && speaks(slot)) {
      keep(slot, element, how.value(chosen));
      unsent = true;
      return;
    }
    await send();
  }

  async function send() {
    unsent = false;
    if (await change(slot, element, how.value(chosen), root)) {
      sent = chosen;
      return;
    }
    chosen = sent;
    keep(slot, element, how.value(chosen));
    drawChosen();
  }

  function close() {
    clearTimeout(waiting);
    asked += 1;
    if (isOpen()) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function leave() {
    close();
    drawChosen();
    if (unsent) send();
  }

  function onKey(event) {
    if (composing(event)) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (!isOpen()) open();
      else if (shown.length) setActive((active + moves[event.key] + shown.length) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!isOpen()) open();
      else if (shown[active]) choose(shown[active].entry);
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (event.key === "Backspace" && how.many && !input.value && chosen.length) {
      pick(chosen.slice(0, -1));
    }
  }

  drawChosen();
  return root;
}
