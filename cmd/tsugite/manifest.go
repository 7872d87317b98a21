package main

import (
	"encoding/json"

	"tsugite/bot"
	"tsugite/programme"
)

type manifestCmd struct{}

// Run prints the Slack app manifest of what the bot registers.
func (manifestCmd) Run(std streams) error {
	b := &bot.Bot{Office: &programme.Office{}}
	if err := b.Prepare(); err != nil {
		return err
	}
	out := json.NewEncoder(std.Out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(b.Manifest())
}
