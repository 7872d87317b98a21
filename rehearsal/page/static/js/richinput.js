// The rich text input: an editable region with a small toolbar, read back into
// Slack's rich_text JSON. What is pasted comes in as plain text.

import { composing, fill, h } from "./dom.js";
import { fire, inputProps, keep, valueOf } from "./fire.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";
import { t } from "./words.js";

const TOOLS = [
  ["bold", "bold", "bold"],
  ["italic", "italic", "italic"],
  ["strikeThrough", "strike", "strike"],
  ["insertUnorderedList", "bullets", "bulletList"],
  ["insertOrderedList", "numbers", "orderedList"],
];

export function richInput(element, slot) {
  const props = inputProps(slot, element);
  const editor = h("div", {
    class: "rich-editor", contenteditable: "true", role: "textbox", "aria-multiline": "true", tabindex: 0, ...props,
    "data-placeholder": element.placeholder?.text ?? "",
    oninput: () => store(),
    onpaste: (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    },
    onkeydown: (event) => {
      const triggers = element.dispatch_action_config?.trigger_actions_on ?? [];
      if (event.key !== "Enter" || composing(event) || event.shiftKey || !slot.dispatch || !triggers.includes("on_enter_pressed")) return;
      event.preventDefault();
      fire(slot, element, valueOf(slot, element), editor);
    },
  });
  const store = () => {
    const value = readRichText(editor);
    editor.classList.toggle("is-empty", !value);
    keep(slot, element, { rich_text_value: value });
  };
  const start = valueOf(slot, element).rich_text_value;
  if (start) fill(editor, [...richText(start).childNodes]);
  editor.classList.toggle("is-empty", !start);
  return h("div", { class: "rich-input" },
    h("div", { class: "rich-tools", role: "toolbar", "aria-label": t("formatting") }, TOOLS.map(([command, sign, word]) => h("button", {
      type: "button", class: "tool", "aria-label": t(word), title: t(word),
      onmousedown: (event) => event.preventDefault(),
      onclick: () => {
        editor.focus();
        document.execCommand(command);
        store();
      },
    }, icon(sign, 18)))),
    editor);
}

/** The rich_text block that an edited region stands for; null when it is empty. */
export function readRichText(root) {
  const parts = [];
  let run = [];
  const flush = () => {
    while (run.at(-1)?.text === "\n") run.pop();
    if (run.length) parts.push({ type: "rich_text_section", elements: merged(run) });
    run = [];
  };
  const walk = (node, style, depth) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) push(run, child.data, style);
      else if (child.nodeName === "BR") push(run, "\n", {});
      else if (child.nodeName === "UL" || child.nodeName === "OL") {
        flush();
        readList(child, parts, style, depth);
      } else if (/^(DIV|P|BLOCKQUOTE)$/.test(child.nodeName)) {
        if (run.length && run.at(-1).text !== "\n") push(run, "\n", {});
        walk(child, style, depth);
        if (run.length && run.at(-1).text !== "\n") push(run, "\n", {});
      } else walk(child, { ...style, ...styleOf(child) }, depth);
    }
  };
  walk(root, {}, 0);
  flush();
  const written = parts.some((part) => part.type === "rich_text_list" || part.elements.some((one) => (one.text ?? "").trim()));
  return written ? { type: "rich_text", elements: parts } : null;
}

function readList(list, parts, style, depth) {
  let items = [];
  const kind = list.nodeName === "OL" ? "ordered" : "bullet";
  const flush = () => {
    if (items.length) parts.push({ type: "rich_text_list", style: kind, indent: depth, elements: items });
    items = [];
  };
  for (const item of list.children) {
    if (item.nodeName === "UL" || item.nodeName === "OL") {
      flush();
      readList(item, parts, style, depth + 1);
      continue;
    }
    const run = [];
    const nested = [];
    gatherItem(item, style, run, nested);
    while (run.at(-1)?.text === "\n") run.pop();
    items.push({ type: "rich_text_section", elements: merged(run) });
    if (nested.length) flush();
    for (const inner of nested) readList(inner, parts, style, depth + 1);
  }
  flush();
}

function gatherItem(node, style, run, nested) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) push(run, child.data, style);
    else if (child.nodeName === "BR") push(run, "\n", {});
    else if (child.nodeName === "UL" || child.nodeName === "OL") nested.push(child);
    else gatherItem(child, { ...style, ...styleOf(child) }, run, nested);
  }
}

const MARKS = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };

function styleOf(node) {
  const mark = MARKS[node.nodeName];
  return mark ? { [mark]: true } : {};
}

function push(run, text, style) {
  if (text) run.push({ type: "text", text: text.replace(/\u00a0/g, " "), style });
}

/** Joins neighbours of one style; a style without marks is left out, as Slack does. */
function merged(run) {
  const out = [];
  for (const { text, style } of run) {
    const same = out.at(-1);
    if (same && JSON.stringify(same.style) === JSON.stringify(style)) same.text += text;
    else out.push({ type: "text", text, style });
  }
  return out.map(({ style, ...rest }) => (Object.keys(style).length ? { ...rest, style } : rest));
}
