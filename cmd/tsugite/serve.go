package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"tsugite/bot"
	"tsugite/calendars"
	"tsugite/programme"
)

// serveCmd runs the bot on a real workspace.
type serveCmd struct {
	Config string `short:"c" required:"" placeholder:"FILE" help:"The configuration."`
}

// Run serves until ctx ends. SLACK_API_URL points it to another Slack.
func (c serveCmd) Run(ctx context.Context, std streams) error {
	log := slog.New(slog.NewTextHandler(std.Err, nil))
	config, err := LoadConfig(c.Config)
	if err != nil {
		return err
	}
	options, err := config.slack()
	if err != nil {
		return err
	}
	options.APIURL = os.Getenv("SLACK_API_URL")
	api, err := newSlack(options)
	if err != nil {
		return err
	}
	busy, err := config.Busy.open()
	if err != nil {
		return err
	}
	config.warnUnapproved(log)
	if err := c.firstRoster(ctx, config, std, log); err != nil {
		return err
	}
	app, err := newApp(ctx, parts{
		plan: config.plan(), database: config.DB, api: api, now: time.Now, log: log,
		connections: 2, workers: 32, senders: 8, pace: slackPace,
		calendars: &calendars.Reader{Calendars: busy, Every: config.Busy.Every},
	})
	if err != nil {
		return explainTokens(err)
	}
	go func() {
		select {
		case <-app.Bot.Ready():
			fmt.Fprintln(std.Out, "tsugite: connected")
		case <-ctx.Done():
		}
	}()
	return explainTokens(errors.Join(app.Run(ctx), app.Close()))
}

// warnUnapproved says that real data has to wait: using Slack for it needs the
// bureau's approval (programme.md duties 12-14).
func (c *Config) warnUnapproved(log *slog.Logger) {
	if !c.SlackApproval.Date.Reached(c.settings.Today(time.Now())) {
		log.Warn("the use of Slack is not approved yet: set approvals.slack in the configuration once the bureau has agreed")
	}
}

// firstRoster brings the configured roster into an empty database. Later changes
// go through people import, where they can be looked at first.
func (c serveCmd) firstRoster(ctx context.Context, config *Config, std streams, log *slog.Logger) error {
	if config.PeopleFile == "" {
		return nil
	}
	office, closeOffice, err := openOffice(ctx, c.Config, "")
	if err != nil {
		return err
	}
	there, err := office.ExportRoster(ctx, programme.Operator)
	if err = errors.Join(err, closeOffice()); err != nil || len(there) > 0 {
		return err
	}
	std.Out = io.Discard // the plan has names in it, and this goes where logs go
	err = peopleImport{where: where{Config: c.Config}, File: config.PeopleFile, Format: "text"}.Run(ctx, std)
	if err == nil {
		log.Info("the configured roster was brought in; later changes go through people import")
	}
	return err
}

// explainTokens says which token Slack refuses and what to do about it.
func explainTokens(err error) error {
	var t *bot.TokenError
	if !errors.As(err, &t) {
		return err
	}
	if t.Token == "app" {
		return withHint(t, `SLACK_APP_TOKEN must be an app-level token, xapp-…, with the scope connections:write: make one under "Basic Information" of the app`)
	}
	return withHint(t, `SLACK_BOT_TOKEN must be the bot token, xoxb-…: copy it from "OAuth & Permissions" of the app, reinstall the app if it was revoked`)
}
