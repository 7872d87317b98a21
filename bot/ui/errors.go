package ui

import (
	"strings"

	"tsugite/programme"
)

// Sentence says what went wrong: for a programme.Error its sentence and the
// field of the form it stands beside ("" for none), for anything else that
// something went wrong, with the reference under which the log has it.
func Sentence(err error, ref string, l Locale) (field, text string) {
	if e, ok := programme.AsError(err); ok {
		if s, known := l.say(e.Key, e.Args); known {
			return e.Field, s
		}
	}
	return "", l.T("error.internal", words{"Ref": ref})
}

// TriggerGone says that a page could not be opened in time: Slack gives three
// seconds (slack.md Receiving).
func TriggerGone(l Locale) string { return l.T("error.trigger_gone", nil) }

// UnknownCommand says what can be typed after the command.
func UnknownCommand(known []string, l Locale) string {
	commands := []string{"`/tsugite`"}
	for _, word := range known {
		commands = append(commands, "`/tsugite "+word+"`")
	}
	return l.T("error.command_unknown", words{"Commands": strings.Join(commands, " ")})
}
