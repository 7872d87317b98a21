package ui

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"tsugite/programme"
)

// AppName is what the app is called in Slack, in every language.
const AppName = "Tsugite"

//go:embed locales/*.yaml
var localeFiles embed.FS

// Languages are those the words exist in, the programme's own first.
var Languages = []string{"ja", "en"}

// localizers reads the words once. They are part of the binary, and a test
// reads them: if they are broken, nothing could be said, not even that.
var localizers = sync.OnceValue(func() map[string]*i18n.Localizer {
	bundle := i18n.NewBundle(language.Japanese)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	out := make(map[string]*i18n.Localizer, len(Languages))
	for _, lang := range Languages {
		if _, err := bundle.LoadMessageFileFS(localeFiles, "locales/"+lang+".yaml"); err != nil {
			panic(fmt.Sprintf("ui: words of %q: %v", lang, err))
		}
		out[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return out
})

// Locale is a language and the zone in which moments are written. The zero
// Locale is Japanese in UTC.
type Locale struct {
	lang string
	zone *time.Location
	own  *time.Location // of somebody who is elsewhere, else nil
}

// NewLocale makes the locale of a language as Slack writes it ("en-GB", "ja-JP",
// "en"): English for those that start with en, Japanese for all others. Channels
// take theirs from the configuration. A nil zone is UTC.
func NewLocale(lang string, zone *time.Location) Locale {
	l := Locale{lang: "ja", zone: zone}
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		l.lang = "en"
	}
	return l
}

// LocaleFor is the locale of a person of the roster: what their Slack says, else
// Japanese (programme.md "Words on screen").
func LocaleFor(p programme.Person, zone *time.Location) Locale {
	return NewLocale(p.Locale, zone)
}

// Abroad is the locale of somebody whose Slack is set to a zone of its own: what they
// are to come to is written in that, too, wherever its clocks show another time. A nil
// zone is none.
func (l Locale) Abroad(own *time.Location) Locale {
	l.own = own
	return l
}

// Language is "ja" or "en".
func (l Locale) Language() string {
	if l.lang == "" {
		return Languages[0]
	}
	return l.lang
}

// T is the sentence under the key, filled with args, as plain text: see mrkdwn
// for words that go into markup. An argument Count chooses between singular and
// plural. A key without a sentence is its own text; tests keep that from
// happening.
func (l Locale) T(key string, args map[string]any) string {
	s, ok := l.say(key, args)
	if !ok {
		return key
	}
	return s
}

// say is T, and whether there is such a sentence.
func (l Locale) say(key string, args map[string]any) (string, bool) {
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := args["Count"].(int); ok {
		config.PluralCount = n
	}
	s, err := localizers()[l.Language()].Localize(config)
	if err != nil && config.PluralCount != nil { // a sentence that is the same of one and of many
		config.PluralCount = nil
		s, err = localizers()[l.Language()].Localize(config)
	}
	return strings.TrimSpace(s), err == nil
}

// mrkdwn is T with every argument escaped, for text objects with markup.
func (l Locale) mrkdwn(key string, args map[string]any) string {
	safe := make(map[string]any, len(args))
	for name, v := range args {
		if s, ok := v.(string); ok {
			v = escape(s)
		}
		safe[name] = v
	}
	return l.T(key, safe)
}

// Text is the sentence of a configured text in this language; whichever there
// is, if only one is.
func (l Locale) Text(t programme.Text) string {
	if l.Language() == "en" && t.En != "" || t.Ja == "" {
		return t.En
	}
	return t.Ja
}

func (l Locale) in(t time.Time) time.Time { return t.In(l.zoneOrUTC()) }

func (l Locale) zoneOrUTC() *time.Location {
	if l.zone == nil {
		return time.UTC
	}
	return l.zone
}

var weekdaysJa = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// day writes the day of t: 9月18日(金), Fri 18 Sep.
func (l Locale) day(t time.Time) string {
	t = l.in(t)
	if l.Language() == "en" {
		return t.Format("Mon 2 Jan")
	}
	return fmt.Sprintf("%d月%d日(%s)", t.Month(), t.Day(), weekdaysJa[t.Weekday()])
}

// Moment writes a moment in the programme's zone: 9月18日(金) 14:00, Fri 18 Sep, 14:00.
func (l Locale) Moment(t time.Time) string {
	if l.Language() == "en" {
		return l.day(t) + ", " + l.in(t).Format("15:04")
	}
	return l.day(t) + " " + l.in(t).Format("15:04")
}

// Date writes a calendar day like day does, and "－" when none is given.
func (l Locale) Date(d programme.Date) string {
	t := d.At(12, 0, time.UTC)
	if t.IsZero() {
		return nothing
	}
	return NewLocale(l.lang, time.UTC).day(t)
}

// Span writes from when until when: the day once if it is the same one.
func (l Locale) Span(start, end time.Time) string {
	dash := "〜"
	if l.Language() == "en" {
		dash = "–"
	}
	switch {
	case end.IsZero() || !end.After(start):
		return l.Moment(start)
	case l.in(start).Format(time.DateOnly) == l.in(end).Format(time.DateOnly):
		return l.Moment(start) + dash + l.in(end).Format("15:04")
	default:
		return l.Moment(start) + dash + l.Moment(end)
	}
}

// list joins names: A、B、C or A, B, C.
func (l Locale) list(names []string) string {
	if l.Language() == "en" {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}
