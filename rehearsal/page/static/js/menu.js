// Pop-up menus: overflow elements, the menu of a message, the list of shortcuts.

import { h, layerOf, place } from "./dom.js";

/**
 * Opens a menu at its button. items: [{label, hint, danger, run}] or "-" for a
 * line. Arrow keys move, Escape or a press elsewhere closes, the focus returns.
 */
export function openMenu(anchor, items, { label, above = false } = {}) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label });
  for (const item of items) {
    if (item === "-") {
      menu.append(h("div", { class: "menu-line", role: "separator" }));
      continue;
    }
    menu.append(h("button", {
      class: item.danger ? "menu-item danger" : "menu-item", type: "button", role: "menuitem", tabindex: -1,
      onclick: () => {
        close();
        item.run();
      },
    }, h("span", null, item.label), item.hint ? h("small", null, item.hint) : null));
  }
  const entries = [...menu.querySelectorAll(".menu-item")];
  const close = () => {
    if (menu.isConnected) menu.hidePopover();
  };
  menu.addEventListener("keydown", (event) => moveInMenu(event, entries, close));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
    anchor.setAttribute("aria-expanded", "false");
    menu.remove();
    if (inside) anchor.focus();
  });
  layerOf(anchor).append(menu);
  menu.showPopover();
  place(menu, anchor, { above });
  anchor.setAttribute("aria-expanded", "true");
  entries[0]?.focus();
  return menu;
}

function moveInMenu(event, entries, close) {
  const now = entries.indexOf(document.activeElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    entries[(to + entries.length) % entries.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}
