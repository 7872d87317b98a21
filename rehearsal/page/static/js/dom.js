// Small helpers to build DOM nodes. Nothing here, or anywhere in the page,
// turns a string into markup: what people wrote only ever becomes text nodes.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "htmlFor", "textContent", "selected", "indeterminate", "multiple", "readOnly", "required"]);

/** Builds an element: h("p", {class: "note", onclick: f}, "text", node). */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

/** The children that are there, nested lists flattened. */
function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces all children of a node. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

let serial = 0;

/** An id that no other element of the page has. */
export function freshId(prefix = "x") {
  serial += 1;
  return `${prefix}-${serial}`;
}

/**
 * Redraws without taking the keyboard away: the element that had the focus is
 * found again by its data-key, with its selection.
 */
export function keepFocus(root, draw) {
  const active = document.activeElement;
  const key = root.contains(active) ? active.dataset?.key : undefined;
  const selection = key && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
  draw();
  if (!key || document.activeElement?.dataset?.key === key) return;
  const again = root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (selection && again.setSelectionRange) {
    try {
      again.setSelectionRange(...selection);
    } catch {
      // Inputs of type date, number and e-mail have no selection to set.
    }
  }
}

/**
 * Redraws a part only when what it shows has changed: a button must not be
 * replaced between the press and the release of a pointer.
 */
export function redraw(root, shown, draw) {
  const signature = JSON.stringify(shown);
  if (root.signature === signature) return;
  root.signature = signature;
  keepFocus(root, draw);
}

/**
 * Puts keyed nodes in order below parent, keeping those that are unchanged.
 * items: [{key, signature, draw}]; a changed signature draws the node again.
 */
export function reconcile(parent, items) {
  const old = new Map();
  for (const node of parent.children) old.set(node.dataset.item, node);
  let cursor = parent.firstElementChild;
  for (const item of items) {
    let node = old.get(item.key);
    if (!node || node.signature !== item.signature) {
      const drawn = item.draw();
      drawn.dataset.item = item.key;
      drawn.signature = item.signature;
      if (node) {
        if (cursor === node) cursor = drawn;
        keepFocus(parent, () => node.replaceWith(drawn));
      }
      node = drawn;
    }
    old.delete(item.key);
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
}

/** Places a popover beside its anchor, inside the window. */
export function place(popup, anchor, { match = false, above = false } = {}) {
  const gap = 4;
  const edge = 8;
  const box = anchor.getBoundingClientRect();
  if (match) popup.style.minWidth = `${Math.min(box.width, innerWidth - 2 * edge)}px`;
  popup.style.maxWidth = `${innerWidth - 2 * edge}px`;
  const below = innerHeight - box.bottom - gap - edge;
  const over = box.top - gap - edge;
  const upwards = above ? over > 160 || over > below : below < Math.min(popup.scrollHeight, 220) && over > below;
  popup.style.maxHeight = `${Math.max(120, Math.min(upwards ? over : below, 360))}px`;
  const { width, height } = popup.getBoundingClientRect();
  popup.style.left = `${Math.max(edge, Math.min(box.left, innerWidth - width - edge))}px`;
  popup.style.top = `${Math.max(edge, upwards ? box.top - gap - height : Math.min(box.bottom + gap, innerHeight - height - edge))}px`;
}

/** Where a popup must be put so that an open dialog does not make it inert. */
export function layerOf(anchor) {
  return anchor.closest("dialog") ?? document.body;
}

/** Folds text for searching: width, case and kana do not matter. */
export function fold(text) {
  return String(text ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/**
 * For onkeypress where Enter was handled on key down: automated browsers send
 * the press all the same, and it would submit the form or break the line.
 */
export function swallowEnter(event) {
  if (event.key === "Enter" && !event.shiftKey) event.preventDefault();
}

/** True while an input method is composing: Enter then picks a word and sends nothing. */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}
