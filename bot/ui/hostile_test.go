package ui_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// hostile are texts that people or a configuration might bring.
var hostile = map[string]string{
	"nothing":         "",
	"blanks":          " \n　\t ",
	"3,000 kana":      strings.Repeat("あ", 3000),
	"3,000 rare":      strings.Repeat("𠮷", 3000),
	"3,000 variants":  strings.Repeat("邉\U000E0102", 1500),
	"ampersands":      strings.Repeat("&", 3000),
	"mentions":        strings.Repeat("<!channel> <@U1> <https://example.jp|bank> ", 60),
	"markup":          strings.Repeat("*_~`>", 600),
	"a family":        strings.Repeat("👨\u200d👩\u200d👧\u200d👦", 250),
	"only joiners":    strings.Repeat("\u200d", 3000),
	"empty lines":     strings.Repeat("\n", 3000),
	"right to left":   "\u202e" + strings.Repeat("אבג", 500),
	"invalid bytes":   strings.Repeat("\xff\xfe", 500),
	"control":         "a\x00b\x1b[31m",
	"templates":       "{{.Name}} {{template \"x\"}}",
	"rare but proper": "髙﨑 𠮷右衛門",
}

// largest are those that take the most room, each in a way of its own: for how many
// choices there are, nothing else about a text matters.
var largest = []string{"3,000 kana", "3,000 rare", "ampersands", "mentions", "a family"}

// maxLabel is how long choices between the first and the last are: longer than a list
// shows any. There are many of them, and what lies behind that would only take time.
const maxLabel = 400

// filled is the cast with the text in every place that holds words.
func filled(s string, choices int) cast {
	c := sample()
	words := programme.Text{Ja: s, En: s}
	for _, p := range []*programme.Person{&c.atsugi, &c.mentor, &c.supporter, &c.office, &c.bureau} {
		p.Name, p.Organisation, p.Email = s, s, s
	}
	for _, e := range []*programme.Event{&c.workshop, &c.seminar} {
		e.Title, e.Place, e.URL, e.Bring, e.Map, e.Materials = s, s, s, s, s, s
	}
	c.topic, c.place, c.room, c.deadline, c.guestName = s, s, s, s, s
	c.memo.Atsugi, c.memo.Writer = c.atsugi, c.mentor
	for i := range c.memo.Memo.Parts {
		c.memo.Memo.Parts[i].Text = s
	}
	for i := range c.parts {
		c.parts[i].Title, c.parts[i].Help = words, words
	}
	var cs []programme.Choice
	label := words
	if long := []rune(s); len(long) > maxLabel {
		label.Ja, label.En = string(long[:maxLabel]), string(long[:maxLabel])
	}
	for i := range choices {
		c := programme.Choice{ID: fmt.Sprintf("c%d", i), Words: label, Write: i == choices-1}
		if i == 0 || c.Write {
			c.Words = words
		}
		cs = append(cs, c)
	}
	for _, def := range []*programme.SurveyDef{&c.def, &c.full, &c.secret} {
		def.Title, def.Intro = words, words
		for i := range def.Sections {
			def.Sections[i].Title, def.Sections[i].Help = words, words
		}
		for i := range def.Questions {
			q := &def.Questions[i]
			q.Words, q.Help, q.Low, q.High, q.Unit = words, words, words, words, words
			if len(q.Choices) > 0 {
				q.Choices = cs
			}
		}
	}
	c.typed, c.filled = s, true
	return c
}

func TestNoTextBreaksSlacksRules(t *testing.T) {
	for what, s := range hostile {
		passes := map[int]string{5: "en"}
		if slices.Contains(largest, what) {
			passes[100] = "ja"
		}
		for choices, lang := range passes {
			for name, d := range filled(s, choices).drawings(t, ui.NewLocale(lang, tokyo)) {
				check(t, fmt.Sprintf("%s, %d choices, %s.%s", what, choices, name, lang), d)
			}
		}
	}
}

func TestNoNumberOfChoicesBreaksSlacksRules(t *testing.T) {
	for _, n := range []int{0, 1, 2, 5, 6, 10, 11, 99, 100, 101, 300} {
		for _, label := range []string{"髙橋", strings.Repeat("長い", 20)} {
			drawn, c, l := map[string]drawing{}, filled(label, n), ui.NewLocale("ja", tokyo)
			c.answering(t, l, drawn)
			c.surveyOffice(t, l, drawn)
			for name, d := range drawn {
				check(t, fmt.Sprintf("%d choices, %s", n, name), d)
			}
		}
	}
}

// check holds a drawing against Slack's rules, the size of the text, and the
// rule that no markup comes from people.
func check(t interface{ Errorf(string, ...any) }, what string, d drawing) {
	for _, p := range d.problems() {
		t.Errorf("%s: %s", what, p)
	}
	if n := len(utf16.Encode([]rune(d.Text))); d.View == nil && (n == 0 || n > 4000) {
		t.Errorf("%s: text of %d characters", what, n)
	}
	var tree any
	if err := json.Unmarshal(append(d.Blocks, d.View...), &tree); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	for _, s := range markedUp(tree) {
		if strings.ContainsAny(strings.Replace(s, "<#C0ANNOUNCE> <#C0COHORT>", "", 1), "<>") { // of the welcome, and the program's own
			t.Errorf("%s: unescaped markup in %.100q", what, s)
		}
	}
}

// markedUp finds the text of every mrkdwn object.
func markedUp(v any) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v["text"].(string); ok && v["type"] == "mrkdwn" {
			out = append(out, s)
		}
		for _, child := range v {
			out = append(out, markedUp(child)...)
		}
	case []any:
		for _, child := range v {
			out = append(out, markedUp(child)...)
		}
	}
	return out
}

func TestThePreviewHoldsForTenThousandPeople(t *testing.T) {
	c := sample()
	var people []programme.Person
	for i := range 10_000 {
		people = append(people, programme.Person{ID: programme.PersonID(fmt.Sprintf("01%024d", i)),
			Name: fmt.Sprintf("髙橋 %d", i), Organisation: "髙橋窯業株式会社", Email: fmt.Sprintf("p%d@example.jp", i)})
	}
	l := ui.NewLocale("ja", tokyo)
	check(t, "preview", view(t, ui.SurveyLaunch(ui.SurveyLaunchData{Def: c.def, Reach: people, Off: people, Form: ui.Form{Op: "01KOP"}}, l)))
	form := ui.MemoForm(c.memoFormData(func(d *programme.MemoDraft) { d.Subjects = people }), l)
	check(t, "memo form", view(t, form))
}

func TestALongMemoIsShownWhole(t *testing.T) {
	c := sample()
	text := strings.Repeat("窯の火を見ながら話した。\n", 220) + strings.Repeat("𠮷", 140) // 3,000 characters
	c.memo.Memo.Parts = []programme.Part{{Key: "situation", Text: text}}
	d := view(t, ui.MemoPage(c.memoPage(c.memo, c.mentor), ui.NewLocale("ja", tokyo)))
	check(t, "memo", d)
	var page struct {
		Blocks []struct {
			Text struct{ Type, Text string }
		}
	}
	if err := json.Unmarshal(d.View, &page); err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for _, b := range page.Blocks {
		if b.Text.Type == "plain_text" {
			shown.WriteString(b.Text.Text)
		}
	}
	if shown.String() != text {
		t.Errorf("shown %d bytes of %d", shown.Len(), len(text))
	}
}

func TestFortyLongPartsFitIntoAView(t *testing.T) {
	c := sample()
	c.memo.Memo.Parts, c.parts = nil, nil
	filled := programme.MemoForm{Parts: map[string]string{}}
	for i := range 40 {
		key := fmt.Sprintf("part%d", i)
		c.parts = append(c.parts, programme.PartDef{Key: key})
		c.memo.Memo.Parts = append(c.memo.Memo.Parts, programme.Part{Key: key, Text: hostile["3,000 rare"]})
		filled.Parts[key] = hostile["3,000 kana"]
	}
	l := ui.NewLocale("ja", tokyo)
	data := c.memoFormData(func(d *programme.MemoDraft) { d.Form.Parts = filled.Parts })
	for what, v := range map[string]any{"page": ui.MemoPage(c.memoPage(c.memo, c.mentor), l), "form": ui.MemoForm(data, l)} {
		d := view(t, v)
		check(t, what, d)
		if len(d.View) > 250_000 {
			t.Errorf("%s: %d bytes", what, len(d.View))
		}
	}
}

func TestChoicesTooLongForAPhoneAreSpelledOutAbove(t *testing.T) {
	const asked = "survey-asked-stage"
	for _, c := range []struct {
		rule, label string
		choices     int
		want        bool
	}{
		{"short ones are not", "話し合っている", 3, false},
		{"long ones on buttons are", strings.Repeat("あ", 25), 3, true},
		{"a menu has more room", strings.Repeat("あ", 25), 30, false},
		{"but not without end", strings.Repeat("あ", 80), 30, true},
	} {
		d := filled(c.label, c.choices).drawings(t, ui.NewLocale("ja", tokyo))[asked]
		got := strings.Contains(string(d.Blocks), `\n1. `+c.label)
		if got != c.want {
			t.Errorf("%s: spelled out: %v", c.rule, got)
		}
	}
}

// TestHomeHoldsWhateverTheData draws Homes of random size and content.
func TestHomeHoldsWhateverTheData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := filled(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			hostile["ampersands"], hostile["3,000 rare"], hostile["mentions"], "髙橋",
		})).Draw(t, "text"), rapid.IntRange(0, 100).Draw(t, "choices"))
		role := rapid.SampledFrom([]string{"office", "atsugi", "mentor", "supporter", "bureau", "nothing"}).Draw(t, "role")
		h := base.homes()[role]
		repeat := func(name string) int { return rapid.IntRange(0, 40).Draw(t, name) }
		h.Events = many(base.homes()["atsugi"].Events[0], repeat("events"))
		h.Memos = many(base.memo, repeat("memos"))
		h.Dialogues = many(base.dialogue(1, programme.Started, ""), repeat("dialogues"))
		for i := range h.Dialogues {
			h.Dialogues[i].Response.ID += programme.ResponseID(fmt.Sprint(i))
		}
		h.Atsugi = many(base.atsugi, repeat("atsugi"))
		h.Progress = many(programme.Progress{Target: programme.Target{Code: programme.TargetCode(base.typed), Least: repeat("least")},
			Done: repeat("done")}, repeat("targets"))
		h.Panel.UnknownLines = many(programme.UnsettledLine{Delivery: programme.Delivery{ID: "01KD"}}, repeat("unsettled"))
		h.Surveys = many(base.homes()["office"].Surveys[0], repeat("surveys"))
		h.Sessions, h.Engagements = many(base.proposed(), repeat("sessions")), many(base.engagementLine(), repeat("engagements"))
		h.Actions = many(base.agreed()[0], repeat("actions"))
		defs := many(base.def, repeat("definitions"))
		raw, err := json.Marshal(ui.Home(h, defs, ui.NewLocale(rapid.SampledFrom(ui.Languages).Draw(t, "language"), tokyo)))
		if err != nil {
			t.Fatal(err)
		}
		if len(raw) > 250_000 {
			t.Errorf("%d bytes", len(raw))
		}
		check(t, "home", drawing{View: raw})
	})
}

func many[T any](one T, n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = one
	}
	return out
}
