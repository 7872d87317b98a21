// The `markdown` block: the common Markdown that language models and people
// write. Headings, lists, quotes, fences, tables, emphasis and links.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = /(`[^`\n]+`)|\*\*(?=\S)([\s\S]+?)\*\*|__(?=\S)([\s\S]+?)__|~~(?=\S)([\s\S]+?)~~|\*(?=\S)([^*\n]+?)\*|(?<![\p{L}\p{N}])_(?=\S)([^_\n]+?)_(?![\p{L}\p{N}])|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>、。）」]+)/gu;

export function markdown(text) {
  const root = h("div", { class: "markdown" });
  const lines = String(text ?? "").replace(/\r\n?/g, "\n").split("\n");
  for (let i = 0; i < lines.length; ) i = block(root, lines, i);
  return root;
}

/** Renders the block that starts at line i and answers where the next begins. */
function block(root, lines, i) {
  const line = lines[i];
  if (!line.trim()) return i + 1;
  if (/^\s*```/.test(line)) return fence(root, lines, i);
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading) {
    root.append(inline(h("p", { class: `md-heading md-h${Math.min(heading[1].length, 3)}`, role: "heading", "aria-level": heading[1].length + 2 }), heading[2]));
    return i + 1;
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
    root.append(h("hr"));
    return i + 1;
  }
  if (/^\s*>/.test(line)) return gather(root, lines, i, /^\s*>\s?/, "blockquote");
  if (isListItem(line)) return list(root, lines, i);
  if (line.includes("|") && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[i + 1] ?? "")) return table(root, lines, i);
  return paragraph(root, lines, i);
}

function fence(root, lines, i) {
  let end = i + 1;
  while (end < lines.length && !/^\s*```/.test(lines[end])) end += 1;
  root.append(h("pre", { class: "code-block" }, lines.slice(i + 1, end).join("\n")));
  return end + 1;
}

function gather(root, lines, i, prefix, tag) {
  const inner = [];
  for (; i < lines.length && prefix.test(lines[i]); i += 1) inner.push(lines[i].replace(prefix, ""));
  root.append(inline(h(tag), inner.join("\n")));
  return i;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const isListItem = (line) => ITEM.test(line);

function list(root, lines, i) {
  const stack = [];
  for (; i < lines.length && isListItem(lines[i]); i += 1) {
    const [, indent, marker, text] = lines[i].match(ITEM);
    while (stack.length && stack.at(-1).indent > indent.length) stack.pop();
    if (!stack.length || stack.at(-1).indent < indent.length) {
      const node = h(/\d/.test(marker) ? "ol" : "ul");
      (stack.at(-1)?.node.lastElementChild ?? root).append(node);
      stack.push({ indent: indent.length, node });
    }
    const task = text.match(/^\[([ xX])\]\s+(.*)$/);
    stack.at(-1).node.append(inline(h("li"), task ? `${task[1] === " " ? "☐" : "☑"} ${task[2]}` : text));
  }
  return i;
}

function table(root, lines, i) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const head = cells(lines[i]);
  const body = [];
  for (i += 2; i < lines.length && lines[i].includes("|"); i += 1) body.push(cells(lines[i]));
  root.append(h("div", { class: "table-scroll", tabindex: 0 }, h("table", null,
    h("thead", null, h("tr", null, head.map((cell) => inline(h("th", { scope: "col" }), cell)))),
    h("tbody", null, body.map((row) => h("tr", null, head.map((_, column) => inline(h("td"), row[column] ?? ""))))))));
  return i;
}

function paragraph(root, lines, i) {
  const inner = [];
  for (; i < lines.length && lines[i].trim() && !/^\s*(```|>|#{1,6}\s)/.test(lines[i]) && !isListItem(lines[i]); i += 1) inner.push(lines[i]);
  root.append(inline(h("p"), inner.join("\n")));
  return inner.length ? i : i + 1;
}

function inline(parent, text) {
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    words(parent, text.slice(last, match.index));
    parent.append(styled(match));
    last = match.index + match[0].length;
  }
  words(parent, text.slice(last));
  return parent;
}

function styled([, code, strong, strong2, strike, em, em2, label, url, bare]) {
  if (code) return h("code", null, code.slice(1, -1));
  if (strong ?? strong2) return inline(h("strong"), strong ?? strong2);
  if (strike) return inline(h("s"), strike);
  if (em ?? em2) return inline(h("em"), em ?? em2);
  return bare ? link(bare) : link(url, label);
}

function words(parent, text) {
  withEmoji(text).split("\n").forEach((line, index) => {
    if (index) parent.append(h("br"));
    if (line) parent.append(line);
  });
}
