package blockkit

import "encoding/json"

// placed is an element with an action_id and where it stands.
type placed struct {
	block   map[string]any
	element map[string]any
}

// eachElement visits the elements of an array of blocks, those in containers,
// carousels and tables among them.
func eachElement(blocks any, visit func(p placed)) {
	eachObject(blocks, func(_ int, b map[string]any) {
		for _, name := range []string{"accessory", "element"} {
			if e, ok := b[name].(map[string]any); ok {
				visit(placed{b, e})
			}
		}
		eachCellButton(b, visit)
		switch b["type"] {
		case "actions", "context_actions":
			eachObject(b["elements"], func(_ int, e map[string]any) { visit(placed{b, e}) })
		case "card":
			eachObject(b["actions"], func(_ int, e map[string]any) { visit(placed{b, e}) })
		}
		eachElement(childBlocks(b), visit)
	})
}

// eachCellButton visits the buttons in the cells of a data_table.
func eachCellButton(b map[string]any, visit func(p placed)) {
	rows, _ := b["rows"].([]any)
	for _, row := range rows {
		eachObject(row, func(_ int, c map[string]any) {
			if e, ok := c["element"].(map[string]any); ok {
				visit(placed{b, e})
			}
		})
	}
}

// ids are the block_id and action_id under which a placed element is known.
func (p placed) ids() (blockID, actionID string) {
	blockID, _ = p.block["block_id"].(string)
	actionID, _ = p.element["action_id"].(string)
	return blockID, actionID
}

// kind is the table of the element; ok is false for unknown ones.
func (p placed) kind() (name string, e element, ok bool) {
	name, _ = p.element["type"].(string)
	e, ok = elementTypes[name]
	return name, e, ok
}

// InitialState is the state.values of a view or a message that nobody has
// touched: block_id, then action_id, then the value that the element starts
// with, null or an empty array where it starts with none. It holds every
// element that keeps a value, in input, section and actions blocks. Elements
// without ids are left out: give them ids first (NormaliseBlocks). What is not
// a view has no state.
func InitialState(view json.RawMessage) map[string]map[string]json.RawMessage {
	state := map[string]map[string]json.RawMessage{}
	eachElement(viewBlocks(view), func(p placed) {
		name, kind, ok := p.kind()
		blockID, actionID := p.ids()
		if !ok || kind.state.key == "" || blockID == "" || actionID == "" {
			return
		}
		if state[blockID] == nil {
			state[blockID] = map[string]json.RawMessage{}
		}
		state[blockID][actionID] = encode(initialValue(name, kind.state, p.element))
	})
	return state
}

// initialValue is one entry of state.values.
func initialValue(name string, s stateShape, e map[string]any) map[string]any {
	value := e[s.initial]
	if value == nil && s.many {
		value = []any{}
	}
	v := map[string]any{"type": name, s.key: value}
	if zone, ok := e["timezone"]; ok && name == "timepicker" {
		v["timezone"] = zone
	}
	return v
}

// viewBlocks are the decoded blocks of a view, or nil.
func viewBlocks(view json.RawMessage) any {
	v, err := decode(view, maxStored)
	if err != nil {
		return nil
	}
	m, _ := v.(map[string]any)
	return m["blocks"]
}

// FindAction is the element of an array of blocks with this block_id and
// action_id, so that a click on something that is not drawn can be refused.
// Empty ids find nothing.
func FindAction(blocks json.RawMessage, blockID, actionID string) (json.RawMessage, bool) {
	if blockID == "" || actionID == "" {
		return nil, false
	}
	v, err := decode(blocks, maxStored)
	if err != nil {
		return nil, false
	}
	var found json.RawMessage
	eachElement(v, func(p placed) {
		if b, a := p.ids(); b == blockID && a == actionID {
			found = encode(p.element)
		}
	})
	return found, found != nil
}
