package main

import (
	"bytes"
	"encoding/json"

	"tsugite/bot"
	"tsugite/programme"
)

type manifestCmd struct {
	Config string `short:"c" placeholder:"FILE" help:"The configuration: with a section workspace the app needs more scopes."`
}

// Run prints the Slack app manifest of what the bot registers.
func (c manifestCmd) Run(std streams) error {
	var settings programme.Settings
	if c.Config != "" {
		config, err := LoadConfig(c.Config)
		if err != nil {
			return err
		}
		settings = config.Settings()
	}
	text, err := manifestText(settings)
	if err != nil {
		return err
	}
	_, err = std.Out.Write(text)
	return err
}

// manifestText is the manifest as JSON, which the page for new Slack apps takes, of a bot
// with these settings.
func manifestText(settings programme.Settings) ([]byte, error) {
	b := &bot.Bot{Office: &programme.Office{Settings: settings}}
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
