// Who am I: everybody in the workspace, found by name, reading or e-mail.

import { avatar } from "./avatar.js";
import { openDialog } from "./dialogs.js";
import { composing, fill, fold, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { displayName, isApp, store } from "./state.js";
import { t } from "./words.js";

let open = null;

/** Takes the chooser away, when the location already says who. */
export function closeWho() {
  open?.close();
}

/** Opens the chooser; `become` is called with the chosen person's id. */
export function openWho(become, { must = false } = {}) {
  if (open) return;
  const titleId = freshId("who");
  const dialog = h("dialog", { class: "who", "aria-labelledby": titleId },
    h("header", { class: "modal-head" },
      h("div", null, h("h2", { id: titleId }, t("whoTitle")), h("p", { class: "hint" }, t("whoHint"))),
      must ? null : h("button", { type: "button", class: "button icon-only", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
    renderPeople(store.people.filter((one) => !isApp(one)), (one) => {
      dialog.close();
      become(one.id);
    }));
  if (must) dialog.addEventListener("cancel", (event) => event.preventDefault());
  open = dialog;
  openDialog(dialog, () => {
    open = null;
  });
  dialog.querySelector("input").focus();
}

/** A searchable list of people; arrow keys move, Enter chooses. */
export function renderPeople(people, choose) {
  const listId = freshId("people");
  let shown = [];
  let active = 0;
  const list = h("ul", { id: listId, class: "people", role: "listbox" });
  const search = h("input", {
    type: "search", class: "text-input", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list",
    placeholder: t("whoSearch"), "aria-label": t("whoSearch"), autocomplete: "off",
    oninput: () => draw(),
    onkeydown: (event) => {
      if (composing(event)) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && shown.length) {
        event.preventDefault();
        mark((active + step + shown.length) % shown.length);
      } else if (event.key === "Enter" && shown[active]) {
        event.preventDefault();
        choose(shown[active].one);
      }
    },
  });

  function mark(index) {
    active = index;
    shown.forEach(({ node }, each) => {
      node.classList.toggle("active", each === index);
      node.setAttribute("aria-selected", each === index ? "true" : "false");
    });
    shown[index]?.node.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", shown[index]?.node.id ?? "");
  }

  function draw() {
    const wanted = fold(search.value.trim());
    shown = people.filter((one) => fold(`${displayName(one)} ${one.real_name} ${one.name} ${one.email ?? ""} ${one.title ?? ""}`).includes(wanted)).map((one) => ({ one, node: row(one, choose) }));
    fill(list, shown.length ? shown.map(({ node }) => node) : h("li", { class: "option-note", role: "presentation" }, t("whoNone")));
    mark(0);
  }

  draw();
  return h("div", { class: "people-box" }, search, list);
}

function row(one, choose) {
  const tags = [one.deleted ? t("deactivated") : "", /guest/.test(one.kind) ? t("guest") : "", one.kind === "outsider" ? t("outsider") : "", one.id === store.as ? t("you") : ""].filter(Boolean);
  return h("li", { id: freshId("person"), class: one.deleted ? "person gone" : "person", role: "option", onclick: () => choose(one) },
    avatar(one),
    h("span", { class: "person-text" },
      h("span", { class: "person-name" }, h("strong", null, displayName(one)), tags.map((tag) => h("span", { class: "tag" }, tag))),
      h("small", null, [one.title, one.email ?? one.name].filter(Boolean).join(" ・ "))));
}
