package main

import (
	"context"
	"encoding/json"

	"tsugite/rehearsal"
)

// shown is a message of the bot's direct message as somebody sees it.
type shown struct {
	Channel string            `json:"-"`
	TS      string            `json:"ts"`
	Blocks  []json.RawMessage `json:"blocks"`
}

// control is something that can be pressed or chosen in a block.
type control struct {
	Block    string            `json:"-"`
	Type     string            `json:"type"`
	ActionID string            `json:"action_id"`
	Value    string            `json:"value"`
	Options  []json.RawMessage `json:"options"`
}

// screenful is how many of the latest messages somebody scrolls through.
const screenful = 60

// screen are the latest messages in somebody's direct message with the bot.
func (p *performance) screen(as string) ([]shown, error) {
	state, err := p.slack.State(as, rehearsal.StateQuery{Limit: screenful})
	if err != nil {
		return nil, &refusedAct{as + ": " + err.Error()}
	}
	var seen struct {
		Channels []struct {
			ID       string  `json:"id"`
			Kind     string  `json:"kind"`
			User     string  `json:"user"`
			Messages []shown `json:"messages"`
		} `json:"channels"`
	}
	if err := json.Unmarshal(state, &seen); err != nil {
		return nil, err
	}
	for _, c := range seen.Channels {
		if c.Kind == "im" && c.User == p.slack.BotUserID() {
			for i := range c.Messages {
				c.Messages[i].Channel = c.ID
			}
			return c.Messages, nil
		}
	}
	return nil, nil
}

// controls are everything in the message that can be pressed or chosen, in order.
func (m shown) controls() []control {
	var out []control
	for _, raw := range m.Blocks {
		var b struct {
			ID        string    `json:"block_id"`
			Elements  []control `json:"elements"`
			Accessory *control  `json:"accessory"`
		}
		if json.Unmarshal(raw, &b) != nil {
			continue // a block whose elements are of another kind
		}
		if b.Accessory != nil {
			b.Elements = append(b.Elements, *b.Accessory)
		}
		for _, e := range b.Elements {
			if e.ActionID != "" {
				e.Block = b.ID
				out = append(out, e)
			}
		}
	}
	return out
}

func (m shown) find(is func(control) bool) (control, bool) {
	for _, c := range m.controls() {
		if is(c) {
			return c, true
		}
	}
	return control{}, false
}

// click presses a control; option is what is chosen in a menu.
func (p *performance) click(ctx context.Context, as string, m shown, c control, option json.RawMessage) error {
	return p.clickWith(ctx, as, m, c, option, nil)
}

// clickWith is click with the choices that stand beside the control.
func (p *performance) clickWith(ctx context.Context, as string, m shown, c control, option json.RawMessage, values map[string]map[string]json.RawMessage) error {
	action, err := json.Marshal(struct {
		Type     string          `json:"type"`
		Block    string          `json:"block_id"`
		ActionID string          `json:"action_id"`
		Value    string          `json:"value,omitempty"`
		Selected json.RawMessage `json:"selected_option,omitempty"`
	}{c.Type, c.Block, c.ActionID, c.Value, option})
	if err != nil {
		return err
	}
	return p.act(ctx, rehearsal.Act{As: as, Click: &rehearsal.ActClick{Channel: m.Channel, TS: m.TS, Action: action, Values: values}})
}
