package main

import (
	"tsugite/programme"
	"tsugite/reminders"
)

// plan is the configuration as the rooms take it.
type plan struct {
	settings programme.Settings
	events   []programme.Event
	rules    reminders.Rules
	channels map[programme.Purpose]string // names or ids
}

func (c *Config) plan() plan {
	return plan{settings: c.Settings(), events: c.Events(), rules: c.Rules, channels: c.Channels}
}

// slack fetches the two tokens.
func (c *Config) slack() (slackOptions, error) {
	bot, err := c.BotToken.Reveal()
	if err != nil {
		return slackOptions{}, err
	}
	app, err := c.AppToken.Reveal()
	return slackOptions{BotToken: bot, AppToken: app}, err
}
