// The emoji picker of reactions and of the composer.

import { fill, h, layerOf, place } from "./dom.js";
import { emoji, FREQUENT, searchEmoji } from "./emoji.js";
import { t } from "./words.js";

const MOST = 96;
const COLUMNS = 8;

export function openEmojiPicker(anchor, onPick) {
  const grid = h("div", { class: "emoji-grid" });
  const search = h("input", { type: "search", class: "text-input", "aria-label": t("insertEmoji"), placeholder: "smile, tada, +1…", oninput: () => draw() });
  const picker = h("div", { class: "emoji-picker", popover: "auto", role: "dialog", "aria-label": t("insertEmoji") }, search, grid);
  const entry = ({ name, character }) => h("button", {
    type: "button", class: "emoji-choice", "aria-label": name, title: `:${name}:`,
    onclick: () => {
      picker.hidePopover();
      onPick(name, character);
    },
  }, character);
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const first = wanted ? [] : FREQUENT.map((name) => ({ name, character: emoji(name) }));
    const rest = searchEmoji(wanted, MOST).filter((one) => !first.some((each) => each.character === one.character));
    fill(grid, [...first, ...rest].map(entry));
  };
  picker.addEventListener("keydown", (event) => move(event, search, [...grid.children]));
  picker.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const inside = picker.contains(document.activeElement) || document.activeElement === document.body;
    picker.remove();
    if (inside) anchor.focus();
  });
  layerOf(anchor).append(picker);
  draw();
  picker.showPopover();
  place(picker, anchor, { above: true });
  search.focus();
}

function move(event, search, entries) {
  const now = entries.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (event.key === "Enter" && document.activeElement === search) {
    event.preventDefault();
    entries[0]?.click();
  } else if (step && (now >= 0 || event.key === "ArrowDown")) {
    event.preventDefault();
    const next = now < 0 ? 0 : now + step;
    if (next < 0) search.focus();
    else entries[Math.min(next, entries.length - 1)]?.focus();
  }
}
