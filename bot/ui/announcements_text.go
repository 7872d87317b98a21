package ui

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// broadcast finds what Slack may read as a call to everybody in a channel, however it is
// written.
var broadcast = regexp.MustCompile(`(?i)@(channel|here|everyone|group)`)

// wordJoiner stands between the @ and the word of such a call: it cannot be seen, and
// nobody is called.
const wordJoiner = "\u2060"

// calmed is what somebody wrote without whatever rings at everybody's, and without characters
// that steer a screen. It is not escaped yet.
func calmed(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return broadcast.ReplaceAllString(s, "@"+wordJoiner+"$1")
}

// formatted shows what the office wrote with Slack's formatting: bold, lists, quotes, and
// addresses that can be pressed. It is escaped, so that no mention and no link with other
// words on it comes of it, in as many sections as it takes.
func formatted(s string) []slack.Block {
	var out []slack.Block
	for _, piece := range pieces(strings.TrimSpace(calmed(s)), maxSection/2) {
		for _, part := range escapedPieces(piece) {
			out = append(out, section(part, nil))
		}
	}
	return out
}

// escapedPieces are the escaped text in sections: an ampersand takes five times its room.
func escapedPieces(s string) []string {
	if e := escape(s); size(e) <= maxSection {
		return []string{e}
	}
	var out []string
	for _, half := range pieces(s, max(1, size(s)/2)) {
		out = append(out, escapedPieces(half)...)
	}
	return out
}

// maxTemplateField bounds what a template takes over from an event.
const maxTemplateField = 300

// announceTemplate is the title and text that a template begins with, in the locale's
// language; the zero Event leaves marks where the office fills in.
func announceTemplate(t programme.AnnouncementTemplate, e programme.Event, l Locale) (title, body string) {
	if t == "" {
		return "", ""
	}
	key := "announce.template." + string(t)
	args := words{"Event": l.T("announce.template.event", nil)}
	facts := l.T("announce.template.facts", nil)
	if e.ID != "" {
		args["Event"] = eventTitle(e, l)
		if l.Language() == "ja" { // its sentences put the title in brackets
			args["Event"] = quotedTitle(e, l)
		}
		facts = templateFacts(t, e, l)
	}
	title = l.T(key+".title", args)
	return title, strings.Join([]string{l.T(key+".opening", args), facts, l.T(key+".closing", args)}, "\n\n")
}

// templateFacts are what the event says that the template is about.
func templateFacts(t programme.AnnouncementTemplate, e programme.Event, l Locale) string {
	said := func(key, name, value string) string {
		if strings.TrimSpace(value) == "" {
			return ""
		}
		return l.T(key, words{name: value})
	}
	when := l.T("event.when", words{"When": l.Span(e.Start, e.End)})
	switch t {
	case programme.TemplateThanks:
		return when
	case programme.TemplateMaterials:
		return lines(when, or(said("announce.template.materials_at", "Address", line(e.Materials, maxTemplateField)),
			l.T("announce.template.materials_open", nil)))
	}
	online := ""
	if link(e.URL) != "" {
		online = l.T("mail.online", words{"Address": line(e.URL, programme.MaxEventURL)})
	}
	deadline := ""
	if t == programme.TemplateInvitation && !e.Deadline.IsZero() {
		deadline = l.T("event.deadline", words{"When": l.Moment(e.Deadline)})
	}
	return lines(when, l.T("event.where", words{"Where": eventPlace(e, programme.Undecided, l)}),
		said("mail.map", "Address", line(e.Map, programme.MaxEventURL)), online,
		said("event.bring", "Bring", line(e.Bring, maxTemplateField)), deadline)
}
