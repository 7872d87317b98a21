package blockkit

import "encoding/json"

// NormaliseBlocks writes an array of blocks as Slack gives it back: a block_id
// for every block and an action_id for every interactive element without one,
// `"emoji": true` on plain_text, `"verbatim": false` on mrkdwn, `optional` and
// `dispatch_action` on input blocks, `fallback` on layouts. Nothing is HTML-escaped, keys are sorted.
//
// newID makes a short random id; it is asked again while an id is taken. What
// ValidateMessage would refuse as no JSON comes back as it was.
func NormaliseBlocks(blocks json.RawMessage, newID func() string) json.RawMessage {
	v, err := decode(blocks, MaxMessageBytes)
	if err != nil {
		return blocks
	}
	normalise(v, newID)
	return encode(v)
}

// NormaliseView does for a view what NormaliseBlocks does for blocks; the texts
// beside its blocks get their flags as well.
func NormaliseView(view json.RawMessage, newID func() string) json.RawMessage {
	v, err := decode(view, MaxViewBytes)
	if err != nil {
		return view
	}
	if m, ok := v.(map[string]any); ok {
		normalise(m["blocks"], newID)
	}
	defaultTexts(v)
	return encode(v)
}

// normalise fills in what is missing in decoded blocks.
func normalise(blocks any, newID func() string) {
	n := normaliser{newID: newID, taken: map[string]bool{}}
	n.collect(blocks)
	n.blocks(blocks)
	eachElement(blocks, n.element)
	defaultTexts(blocks)
}

// normaliser gives out ids that are not taken.
type normaliser struct {
	newID func() string
	taken map[string]bool
}

// attempts bounds how often a generator that repeats itself is asked.
const attempts = 100

func (n normaliser) id() string {
	id := n.newID()
	for range attempts {
		if !n.taken[id] {
			break
		}
		id = n.newID()
	}
	n.taken[id] = true
	return id
}

// collect notes the ids that the app chose.
func (n normaliser) collect(blocks any) {
	eachObject(blocks, func(_ int, b map[string]any) {
		if id, ok := b["block_id"].(string); ok {
			n.taken[id] = true
		}
		n.collect(childBlocks(b))
	})
	eachElement(blocks, func(p placed) {
		if _, id := p.ids(); id != "" {
			n.taken[id] = true
		}
	})
}

func (n normaliser) blocks(blocks any) {
	eachObject(blocks, func(_ int, b map[string]any) {
		if id, _ := b["block_id"].(string); id == "" {
			b["block_id"] = n.id()
		}
		switch b["type"] {
		case "input":
			setDefault(b, "optional", false)
			setDefault(b, "dispatch_action", false)
		case "layout":
			setDefault(b, "fallback", []any{})
		}
		n.blocks(childBlocks(b))
	})
}

func (n normaliser) element(p placed) {
	name, _, known := p.kind()
	if _, id := p.ids(); known && name != "image" && id == "" {
		p.element["action_id"] = n.id()
	}
}

// defaultTexts fills in the flag of every text object.
func defaultTexts(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			defaultTexts(item)
		}
	case map[string]any:
		if _, ok := v["text"].(string); ok {
			switch v["type"] {
			case "plain_text":
				setDefault(v, "emoji", true)
			case "mrkdwn":
				setDefault(v, "verbatim", false)
			}
		}
		for _, item := range v {
			defaultTexts(item)
		}
	}
}

func setDefault(m map[string]any, name string, value any) {
	if !has(m, name) {
		m[name] = value
	}
}
