package bot

import (
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// scopes are the least the bot needs (slack.md "Tokens and scopes"), each with
// what breaks without it.
var scopes = []string{
	"chat:write",        // every message
	"commands",          // /tsugite
	"im:write",          // opening a direct message before anything was said in it
	"mpim:write",        // opening a conversation of the two who meet in a session
	"mpim:history",      // looking up lost answers there
	"im:history",        // answers typed in the direct message; looking up lost answers
	"users:read",        // who an account is
	"users:read.email",  // matching it with the roster
	"app_mentions:read", // the bot's name in a channel
	"channels:read",     // finding the channels that the configuration names
	"groups:read",
	"channels:history", // looking up lost answers in channels; photos under a memo's message; answers under a question's card
	"groups:history",
	"channels:join", // posting where nobody invited the bot
	"files:write",   // calendar entries and print packs
	"files:read",    // looking up lost answers of those; photos that people send
}

// channelScopes are needed beside them where the bot makes channels.
var channelScopes = []string{
	"channels:manage", // making, naming, archiving public ones, inviting into them
	"groups:write",    // the same of private ones
}

// subscriptions are those that Slack names otherwise than the event. What people say in
// channels is not kept (see overheard), but for the office's answers under a question's card.
var subscriptions = map[string][]string{"message": {"message.channels", "message.groups", "message.im"}}

// Manifest is the Slack app manifest of what this bot registered: its command, its
// shortcuts, its events, the scopes they need.
func (b *Bot) Manifest() *slack.Manifest {
	var events []string
	for _, name := range slices.Sorted(maps.Keys(b.router.events)) {
		if full, ok := subscriptions[name]; ok {
			events = append(events, full...)
		} else {
			events = append(events, name)
		}
	}
	var words []string
	for _, w := range b.router.words {
		words = append(words, w.text)
	}
	var shortcuts []slack.Shortcut
	for _, s := range b.router.shortcuts {
		shortcuts = append(shortcuts, slack.Shortcut{Name: s.name, CallbackID: s.id, Description: s.help, Type: slack.MessageShortcut})
	}
	needed := scopes
	if b.Office.Settings.Workspace != nil {
		needed = slices.Concat(scopes, channelScopes)
	}
	return &slack.Manifest{
		Metadata: slack.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display: slack.Display{
			Name: "Tsugite", Description: "継ぎ手 ― アトツギ支援プログラムの事務局ボット", BackgroundColor: "#1f3a5f",
		},
		Features: slack.Features{
			AppHome:   slack.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true},
			BotUser:   slack.BotUser{DisplayName: "tsugite", AlwaysOnline: true},
			Shortcuts: shortcuts,
			SlashCommands: []slack.ManifestSlashCommand{{
				Command: Command, Description: "継ぎ手を使う / Use Tsugite", UsageHint: "[" + strings.Join(words, " | ") + "]",
			}},
		},
		OAuthConfig: slack.OAuthConfig{Scopes: slack.OAuthScopes{Bot: needed}},
		Settings: slack.Settings{
			SocketModeEnabled:  true,
			Interactivity:      &slack.Interactivity{IsEnabled: true},
			EventSubscriptions: &slack.EventSubscriptions{BotEvents: events},
		},
	}
}
