package main

import (
	"bytes"
	"encoding/json"

	"tsugite/bot"
	"tsugite/programme"
)

type manifestCmd struct{}

// Run prints the Slack app manifest of what the bot registers.
func (manifestCmd) Run(std streams) error {
	text, err := manifestText()
	if err != nil {
		return err
	}
	_, err = std.Out.Write(text)
	return err
}

// manifestText is the manifest as JSON, which the page for new Slack apps takes.
func manifestText() ([]byte, error) {
	b := &bot.Bot{Office: &programme.Office{}}
	if err := b.Prepare(); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	err := out.Encode(b.Manifest())
	return text.Bytes(), err
}
