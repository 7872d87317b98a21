// Slack's rich_text blocks as DOM nodes.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, link, mention } from "./mrkdwn.js";
import { slackDate } from "./time.js";

export function richText(block) {
  const root = h("div", { class: "rich-text" });
  appendParts(root, block.elements ?? []);
  return root;
}

/** Lists that follow each other with deeper indents become nested lists. */
function appendParts(root, parts) {
  let stack = [];
  for (const part of parts) {
    if (part.type !== "rich_text_list") {
      stack = [];
      root.append(partNode(part));
      continue;
    }
    const indent = part.indent ?? 0;
    while (stack.length && stack.at(-1).indent >= indent) stack.pop();
    const node = listNode(part);
    (stack.at(-1)?.node.lastElementChild ?? root).append(node);
    stack.push({ indent, node });
  }
}

function partNode(part) {
  switch (part.type) {
    case "rich_text_quote":
      return inline(h("blockquote", { class: part.border ? "bordered" : null }), part.elements);
    case "rich_text_preformatted":
      return inline(h("pre", { class: "code-block" }), part.elements);
    default:
      return inline(h("div", { class: "rich-section" }), part.elements ?? []);
  }
}

function listNode(part) {
  const ordered = part.style === "ordered";
  const start = ordered && part.offset ? part.offset + 1 : null;
  return h(ordered ? "ol" : "ul", { start, class: part.border ? "bordered" : null },
    (part.elements ?? []).map((item) => inline(h("li"), item.elements ?? [])));
}

function inline(parent, elements) {
  for (const element of elements ?? []) parent.append(style(element, node(element)));
  return parent;
}

function node(element) {
  switch (element.type) {
    case "text":
      return lines(element.text ?? "");
    case "link":
      return link(element.url ?? "", element.text ?? "");
    case "emoji":
      return emoji(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name) ?? unicode(element);
    case "user":
      return mention(element.user_id);
    case "usergroup":
      return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "channel":
      return channelLink(element.channel_id);
    case "broadcast":
      return broadcast(element.range);
    case "date":
      return h("time", null, slackDate(element.timestamp, element.format ?? "{date_pretty}"));
    case "color":
      return h("code", null, element.value ?? "");
    default:
      return element.text ?? "";
  }
}

function unicode(element) {
  if (!element.unicode) return `:${element.name}:`;
  return String.fromCodePoint(...element.unicode.split("-").map((code) => Number.parseInt(code, 16)));
}

function lines(text) {
  const fragment = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    if (index) fragment.append(h("br"));
    if (line) fragment.append(line);
  });
  return fragment;
}

function style(element, inner) {
  const asked = element.style ?? {};
  let node = inner;
  if (asked.code) node = h("code", null, node);
  if (asked.strike) node = h("s", null, node);
  if (asked.underline) node = h("u", null, node);
  if (asked.highlight) node = h("mark", null, node);
  if (asked.italic) node = h("em", null, node);
  if (asked.bold) node = h("strong", null, node);
  return node;
}
