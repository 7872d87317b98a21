package ui

import (
	"fmt"
	"strings"

	"tsugite/programme"
)

// Sentence says what went wrong: for a programme.Error its sentence and the
// field of the form it stands beside ("" for none), for anything else that
// something went wrong, with the reference under which the log has it.
func Sentence(err error, ref string, l Locale) (field, text string) {
	if e, ok := programme.AsError(err); ok {
		args := l.errorWords(e)
		if s, known := l.say(errorKey(e), args); known {
			return e.Field, lines(s, howToWriteOut(e, args, l))
		}
	}
	return "", l.T("error.internal", words{"Ref": ref})
}

// howToWriteOut says how a choice is typed with words of one's own, "" where there is
// none to be written out.
func howToWriteOut(e *programme.Error, args words, l Locale) string {
	if _, ok := e.Args["Write"]; !ok {
		return ""
	}
	return l.T("error.choice_write", args)
}

// errorKey is the key of an error's sentence. A choice that was not understood has
// another sentence where the choices can be listed.
func errorKey(e *programme.Error) string {
	_, listed := e.Args["Choices"]
	near, _ := e.Args["Near"].(*programme.Choice)
	switch {
	case e.Key == "error.choice" && near != nil:
		return "error.choice_near"
	case e.Key == "error.choice" && listed:
		return "error.choice_of"
	}
	return e.Key
}

// errorWords puts the arguments of an error into words of the language.
func (l Locale) errorWords(e *programme.Error) words {
	out := make(words, len(e.Args))
	for name, arg := range e.Args {
		switch v := arg.(type) {
		case []programme.Wall:
			arg = WallWords(v, l)
			if e.Key == "error.wall_own" {
				arg = OwnWallWords(v, l)
			}
		case programme.Date:
			arg = l.fullDate(v)
		case programme.Event:
			arg = quotedTitle(v, l)
		case programme.Amount:
			arg = l.T("survey.number", words{"N": grouped(v.N), "Unit": l.Text(v.Unit)})
		case programme.Choice:
			arg = choiceWords(v, l)
		case *programme.Choice:
			arg = ""
			if v != nil {
				arg = choiceWords(*v, l)
			}
		case []programme.Choice:
			arg = numbered(v, l)
		case []programme.Person:
			names := make([]string, len(v))
			for i, p := range v {
				names[i] = nameAndFirm(p, l)
			}
			arg = l.list(names)
		}
		out[name] = arg
	}
	return out
}

// maxListed is how many choices a sentence lists: what a phone shows at a glance.
const maxListed = 12

// numbered lists choices with the numbers by which they can be typed.
func numbered(choices []programme.Choice, l Locale) string {
	var out []string
	for i, c := range choices {
		if i == maxListed {
			out = append(out, "…")
			break
		}
		out = append(out, fmt.Sprintf("%d. %s", i+1, line(choiceWords(c, l), maxOption)))
	}
	return strings.Join(out, "\n")
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
