// What people have entered and not yet sent, kept apart from the DOM so that a
// redraw loses nothing. As in Slack a value belongs to its container, block_id
// and action_id, and outlives an update of the view that keeps both.

const containers = new Map();
const touched = new Set();

/** Slack's state value for an element nobody has touched. */
export function initialValue(element) {
  const type = element.type;
  switch (type) {
    case "static_select":
    case "external_select":
      return { type, selected_option: element.initial_option ?? null };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { type, selected_options: element.initial_options ?? [] };
    case "radio_buttons":
      return { type, selected_option: element.initial_option ?? null };
    case "users_select":
      return { type, selected_user: element.initial_user ?? null };
    case "multi_users_select":
      return { type, selected_users: element.initial_users ?? [] };
    case "channels_select":
      return { type, selected_channel: element.initial_channel ?? null };
    case "multi_channels_select":
      return { type, selected_channels: element.initial_channels ?? [] };
    case "conversations_select":
      return { type, selected_conversation: element.initial_conversation ?? null };
    case "multi_conversations_select":
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case "datepicker":
      return { type, selected_date: element.initial_date ?? null };
    case "timepicker":
      return { type, selected_time: element.initial_time ?? null, ...(element.timezone ? { timezone: element.timezone } : {}) };
    case "datetimepicker":
      return { type, selected_date_time: element.initial_date_time ?? null };
    case "rich_text_input":
      return { type, rich_text_value: element.initial_value ?? null };
    case "file_input":
      return { type, files: [] };
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return { type, value: element.initial_value ?? null };
    default:
      return null;
  }
}

function slot(container, blockId) {
  if (!containers.has(container)) containers.set(container, new Map());
  const blocks = containers.get(container);
  if (!blocks.has(blockId)) blocks.set(blockId, new Map());
  return blocks.get(blockId);
}

/** The value now in an element: what was entered, else what it starts with. */
export function read(container, blockId, element) {
  const values = slot(container, blockId);
  const kept = values.get(element.action_id);
  if (kept && kept.type === element.type) return kept;
  const first = initialValue(element);
  if (first) values.set(element.action_id, first);
  return first;
}

export function write(container, blockId, element, value) {
  slot(container, blockId).set(element.action_id, { type: element.type, ...value });
  touched.add(container);
}

/** True once somebody has changed anything in the container since it was last handed over. */
export function isDirty(container) {
  return touched.has(container);
}

/** What was entered has been handed over; the fields keep it, and leaving loses nothing. */
export function settle(container) {
  touched.delete(container);
}

export function forget(container) {
  containers.delete(container);
  touched.delete(container);
}

/** Every stateful element below the blocks, with the id of its block. */
export function* inputsOf(blocks) {
  for (const block of blocks ?? []) {
    const elements = [block.element, block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])];
    for (const element of elements) {
      if (element?.action_id && initialValue(element)) yield { block, blockId: block.block_id, element };
    }
    if (block.child_blocks) yield* inputsOf(block.child_blocks);
  }
}

/** Slack's state.values of the blocks as they stand now. */
export function stateValues(container, blocks) {
  const values = {};
  for (const { blockId, element } of inputsOf(blocks)) {
    values[blockId] ??= {};
    values[blockId][element.action_id] = read(container, blockId, element);
  }
  return values;
}
