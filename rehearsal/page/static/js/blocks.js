// Block Kit blocks as DOM nodes, for messages, modals and Homes alike.
//
// ctx says where they stand: {key, target, blocks, errors}. key names the
// container for what is entered (values.js), target is what `click` wants.

import { chart, table, taskCard } from "./datablocks.js";
import { freshId, h } from "./dom.js";
import { renderElement } from "./elements.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { textObject } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { richText } from "./richtext.js";
import { t } from "./words.js";

const DRAW = {
  section,
  header: (block) => h("div", { class: "b-header", role: "heading", "aria-level": Math.min((block.level ?? 1) + 2, 6) }, textObject(block.text)),
  divider: () => h("hr", { class: "b-divider" }),
  context,
  actions,
  context_actions: actions,
  input: inputBlock,
  image: imageBlock,
  rich_text: (block) => richText(block),
  markdown: (block) => markdown(block.text),
  table: (block) => table(block),
  data_table: (block) => table(block),
  data_visualization: (block) => chart(block),
  task_card: (block) => taskCard(block),
  plan: (block) => h("div", { class: "b-card" }, h("p", { class: "card-title" }, block.title), (block.tasks ?? []).map(taskCard)),
  alert: (block) => h("div", { class: `b-alert ${block.level ?? "default"}`, role: "note" }, icon(block.level === "warning" || block.level === "error" ? "warn" : "info"), h("div", null, textObject(block.text))),
  card,
  carousel: (block, ctx) => h("div", { class: "b-carousel", tabindex: 0 }, (block.elements ?? []).map((one) => card(one, ctx, block.block_id))),
  container,
  video: (block) => h("div", { class: "b-card" }, h("p", { class: "card-title" }, textObject(block.title)), textObject(block.description), picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "b-image")),
};

export function renderBlocks(blocks, ctx) {
  const root = h("div", { class: "blocks" });
  for (const block of blocks ?? []) root.append(renderBlock(block, ctx));
  return root;
}

function renderBlock(block, ctx) {
  const draw = DRAW[block.type];
  if (!draw) return h("p", { class: "unknown" }, t("unknownBlock", { type: block.type }));
  const node = draw(block, ctx);
  node.classList?.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.block = block.block_id;
  return node;
}

function section(block, ctx) {
  const body = h("div", { class: "section-body" });
  const textId = freshId("section");
  if (block.text) body.append(h("div", { id: textId, class: "text" }, textObject(block.text)));
  if (block.fields?.length) body.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text" }, textObject(field)))));
  if (!block.accessory) return h("div", { class: "b-section" }, body);
  // A button says itself what it does; an input needs the section's text.
  const labelled = block.text && !["button", "image", "overflow"].includes(block.accessory.type);
  return h("div", { class: "b-section has-accessory" }, body,
    h("div", { class: `accessory accessory-${block.accessory.type}` }, renderElement(block.accessory, { ctx, blockId: block.block_id, labelId: labelled ? textId : null })));
}

function context(block) {
  return h("div", { class: "b-context" }, (block.elements ?? []).map((element) =>
    element.type === "image" ? picture(element, "context-image") : h("span", { class: "text" }, textObject(element))));
}

function actions(block, ctx) {
  return h("div", { class: "b-actions" }, (block.elements ?? []).map((element) => renderElement(element, { ctx, blockId: block.block_id })));
}

function inputBlock(block, ctx) {
  const element = block.element ?? {};
  const labelId = freshId("label");
  const hintId = freshId("hint");
  const errorId = freshId("error");
  const fault = ctx.errors?.[block.block_id];
  const slot = {
    ctx, blockId: block.block_id, labelId, inInput: true, optional: Boolean(block.optional), dispatch: Boolean(block.dispatch_action),
    hintId: [block.hint ? hintId : "", errorId].filter(Boolean).join(" "),
    touched: () => root.classList.contains("has-error") && showError(root, ""),
  };
  const root = h("div", { class: fault ? "b-input has-error" : "b-input" },
    h("div", { class: "label", id: labelId }, textObject(block.label), block.optional ? h("span", { class: "optional" }, t("optional")) : null),
    renderElement(element, slot),
    h("div", { class: "field-error", id: errorId }),
    block.hint ? h("div", { class: "hint", id: hintId }, textObject(block.hint)) : null);
  // The label is no <label>: pressing it still leads to the field.
  root.querySelector(".label").addEventListener("click", () => field(root)?.focus());
  if (fault) showError(root, fault);
  return root;
}

/** The element of an input block that takes the focus. */
export function field(inputNode) {
  return inputNode.querySelector("input:not([type=hidden]), textarea, [contenteditable=true], button");
}

/** Writes an error beside a field, or takes it away. */
export function showError(inputNode, text) {
  inputNode.classList.toggle("has-error", Boolean(text));
  inputNode.querySelector(".field-error").textContent = text;
  const target = inputNode.querySelector(".choices") ?? field(inputNode);
  if (text) target?.setAttribute("aria-invalid", "true");
  else target?.removeAttribute("aria-invalid");
}

function imageBlock(block) {
  return h("figure", { class: "b-image-block" }, block.title ? h("figcaption", null, textObject(block.title)) : null, picture(block, "b-image"));
}

function card(block, ctx, parentId) {
  return h("div", { class: "b-card" },
    block.hero_image ? picture(block.hero_image, "b-image") : null,
    block.title ? h("p", { class: "card-title" }, textObject(block.title)) : null,
    block.subtitle ? h("p", { class: "card-subtitle" }, textObject(block.subtitle)) : null,
    block.body ? h("div", { class: "text" }, textObject(block.body)) : null,
    block.subtext ? h("p", { class: "card-subtitle" }, textObject(block.subtext)) : null,
    block.actions?.length ? h("div", { class: "b-actions" }, block.actions.map((element) => renderElement(element, { ctx, blockId: block.block_id ?? parentId }))) : null);
}

function container(block, ctx) {
  const title = [h("strong", null, block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title)), block.subtitle ? h("small", null, textObject(block.subtitle)) : null];
  const inner = (block.child_blocks ?? []).map((child) => renderBlock(child, ctx));
  if (!block.is_collapsible) return h("div", { class: "b-card" }, h("div", { class: "card-title" }, title), inner);
  return h("details", { class: "b-card", open: !block.default_collapsed }, h("summary", null, title), inner);
}
