package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// sentences reads one locale file as it stands: forms by key.
func sentences(t *testing.T, lang string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("locales", lang+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for key, v := range file {
		switch v := v.(type) {
		case string:
			out[key] = []string{v}
		case map[string]any:
			for _, form := range v {
				out[key] = append(out[key], form.(string))
			}
		}
	}
	return out
}

var argument = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func arguments(sentence string) []string {
	var names []string
	for _, m := range argument.FindAllStringSubmatch(sentence, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestBothLanguagesHaveTheSameKeysAndArguments(t *testing.T) {
	ja, en := sentences(t, "ja"), sentences(t, "en")
	for key := range en {
		if ja[key] == nil {
			t.Errorf("%s has no Japanese", key)
		}
	}
	for key, forms := range ja {
		if en[key] == nil {
			t.Errorf("%s has no English", key)
		}
		want := arguments(forms[0])
		for _, form := range slices.Concat(forms, en[key]) {
			if strings.TrimSpace(form) == "" {
				t.Errorf("%s is empty", key)
			}
			if d := cmp.Diff(want, arguments(form)); d != "" {
				t.Errorf("%s: arguments differ: %s", key, d)
			}
		}
	}
}

// keyed are the functions whose first argument is a key.
var keyed = []string{"T", "mrkdwn", "say", "title"}

// wordsInCode finds the keys that the code names, and all its string literals.
func wordsInCode(t *testing.T) (keys, literals map[string]bool) {
	t.Helper()
	keys, literals = map[string]bool{}, map[string]bool{}
	for _, pattern := range []string{"*.go", "../*.go", "../../programme/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				inspect(t, name, keys, literals)
			}
		}
	}
	return keys, literals
}

func inspect(t *testing.T, name string, keys, literals map[string]bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := func(n ast.Node) string {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value)
			return s
		}
		return ""
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s := text(n); s != "" {
			literals[s] = true
			if strings.HasPrefix(s, "error.") || strings.HasPrefix(s, "target.") {
				keys[s] = true
			}
		}
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 && slices.Contains(keyed, called(call)) {
			if s := text(call.Args[0]); s != "" {
				keys[s] = true
			}
		}
		return true
	})
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// eventFields are the fields of the forms about an event, and whether a hint
// stands below.
var eventFields = map[string]bool{
	"title": false, "kind": false, "start": false, "end": false, "place": false, "url": true, "map": false,
	"audience": true, "cohorts": false, "prefectures": false, "organisations": false, "people": true,
	"host": true, "cohosts": true, "capacity": false, "deadline": false, "bring": false, "materials": true,
	"survey": false, "notes": true, "reason": true, "person": false, "answer": false, "returned": false, "approved": false,
}

// composed are the keys that the code puts together from stored words.
func composed() []string {
	var keys []string
	for _, when := range programme.Laters {
		keys = append(keys, "survey.later_"+string(when))
	}
	for _, k := range []string{"survey.later", "survey.reopened"} {
		keys = append(keys, k+".text", k+".help")
	}
	for _, c := range []programme.Coming{programme.Yes, programme.Online, programme.No, programme.NotYet} {
		keys = append(keys, "event.answer."+string(c), "button.come_"+string(c))
	}
	for _, k := range programme.MemoKinds {
		keys = append(keys, "memo.kind."+string(k))
	}
	for _, r := range []programme.Reader{programme.ReadParticipant, programme.ReadMentor, programme.ReadOffice,
		programme.ReadBureau, programme.ReadPublic} {
		keys = append(keys, "memo.reader."+string(r))
	}
	for _, status := range programme.SpeakerStatuses {
		keys = append(keys, "speaker.status."+string(status))
	}
	for _, c := range []programme.Coming{programme.Online, programme.Waiting, programme.No, programme.NotYet} {
		keys = append(keys, "checkin.said_"+string(c))
	}
	for _, c := range []programme.Coming{programme.Yes, programme.Online, programme.Waiting, programme.No} {
		keys = append(keys, "guest.answer_"+string(c))
	}
	for _, field := range []string{"name", "kana", "organisation", "role", "prefecture", "email", "phone", "answer", "note"} {
		keys = append(keys, "guest.form."+field)
	}
	keys = append(keys, "speaker.form.person", "speaker.form.topic")
	for _, a := range []programme.OverrideAction{programme.OverrideHold, programme.OverrideSkip, programme.OverrideEarly} {
		keys = append(keys, "upcoming.state_"+string(a))
	}
	for kind := range letters {
		keys = append(keys, "notice."+string(kind))
	}
	keys = append(keys, "event.answer."+string(programme.Waiting),
		"digest.delivery_"+string(programme.Refused), "digest.delivery_"+string(programme.Unknown))
	for _, k := range programme.EventKinds {
		keys = append(keys, "event.kind."+string(k))
	}
	for _, r := range programme.Roles {
		keys = append(keys, "role."+string(r))
	}
	for _, h := range []programme.Host{programme.ByBureau, programme.ByOffice} {
		keys = append(keys, "event.host."+string(h))
	}
	for _, c := range []programme.Coming{programme.Yes, programme.Online, programme.Waiting, programme.NotYet, programme.No, "open", "speaks", "came"} {
		keys = append(keys, "event.group."+string(c))
	}
	for _, state := range []string{"draft", "submitted", "returned"} {
		keys = append(keys, "event.state."+state, "event.unapproved."+state)
	}
	for _, off := range []string{"", "off_"} {
		keys = append(keys, "event.changed."+off+"title", "event.changed."+off+"text")
	}
	keys = append(keys, composedForOffice()...)
	keys = append(keys, composedForAnnouncements()...)
	keys = append(keys, composedForSessions()...)
	keys = append(keys, composedForOffers()...)
	keys = append(keys, composedForMemos()...)
	keys = append(keys, composedForSearch()...)
	keys = append(keys, composedForEnquiries()...)
	keys = append(keys, composedForSharing()...)
	keys = append(keys, composedForPhotos()...)
	keys = append(keys, composedForKnown()...)
	keys = append(keys, composedForConsents()...)
	keys = append(keys, composedForWorkspace()...)
	keys = append(keys, "faq.form.question", "faq.form.answer", "faq.form.question_en", "faq.form.answer_en")
	keys = append(keys, composedForJoining()...)
	keys = append(keys, composedForRecommendations()...)
	for field, hint := range eventFields {
		keys = append(keys, "event.form."+field)
		if hint {
			keys = append(keys, "event.form."+field+".hint")
		}
	}
	for _, field := range []string{"cohorts", "prefectures", "organisations", "people", "cohosts"} {
		keys = append(keys, "event.form.too_many_"+field)
	}
	return keys
}

func TestEveryKeyInTheCodeHasASentence(t *testing.T) {
	ja := sentences(t, "ja")
	keys, _ := wordsInCode(t)
	for _, key := range composed() {
		keys[key] = true
	}
	for key := range keys {
		if key != "error." && !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "_") && ja[key] == nil {
			t.Errorf("the code says %q, the words do not", key)
		}
	}
}

func TestEverySentenceIsSaidSomewhere(t *testing.T) {
	keys, literals := wordsInCode(t)
	said := composed()
	for key := range sentences(t, "ja") {
		if !keys[key] && !literals[key] && !slices.Contains(said, key) {
			t.Errorf("nobody says %q", key)
		}
	}
}

func TestDatesAreWrittenInTheProgrammesZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	ja, en := NewLocale("ja", tokyo), NewLocale("en-US", tokyo)
	start := time.Date(2026, 9, 18, 5, 0, 0, 0, time.UTC)
	night := time.Date(2026, 12, 31, 15, 30, 0, 0, time.UTC) // already January in Tokyo
	for _, c := range []struct{ rule, got, want string }{
		{"a moment", ja.Moment(start), "9月18日(金) 14:00"},
		{"a moment in English", en.Moment(start), "Fri 18 Sep, 14:00"},
		{"the day is Tokyo's", ja.Moment(night), "1月1日(金) 00:30"},
		{"within a day the day stands once", ja.Span(start, start.Add(2*time.Hour)), "9月18日(金) 14:00〜16:00"},
		{"in English too", en.Span(start, start.Add(2*time.Hour)), "Fri 18 Sep, 14:00–16:00"},
		{"over midnight both days", ja.Span(start, start.Add(24*time.Hour)), "9月18日(金) 14:00〜9月19日(土) 14:00"},
		{"without an end the start", ja.Span(start, time.Time{}), "9月18日(金) 14:00"},
		{"a day has no zone", ja.Date("2026-09-03"), "9月3日(木)"},
		{"a day in English", en.Date("2026-09-03"), "Thu 3 Sep"},
		{"no day", ja.Date(""), "－"},
		{"no zone is UTC", NewLocale("ja", nil).Moment(start), "9月18日(金) 05:00"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.rule, c.got, c.want)
		}
	}
}

func TestSlacksLocaleChoosesTheLanguage(t *testing.T) {
	for slack, want := range map[string]string{"": "ja", "ja-JP": "ja", "en-US": "en", "en-GB": "en", "EN": "en", "fr-FR": "ja"} {
		if got := LocaleFor(programme.Person{Locale: slack}, nil).Language(); got != want {
			t.Errorf("%q: %s, want %s", slack, got, want)
		}
	}
	if got := (Locale{}).T("button.open", nil); got != "開く" {
		t.Errorf("the zero Locale says %q", got)
	}
}

func TestATextInOneLanguageIsShownInBoth(t *testing.T) {
	ja, en := NewLocale("ja", nil), NewLocale("en", nil)
	for _, c := range []struct {
		text   programme.Text
		ja, en string
	}{
		{programme.Text{Ja: "現状", En: "Situation"}, "現状", "Situation"},
		{programme.Text{Ja: "現状"}, "現状", "現状"},
		{programme.Text{En: "Situation"}, "Situation", "Situation"},
	} {
		if ja.Text(c.text) != c.ja || en.Text(c.text) != c.en {
			t.Errorf("%+v: %q and %q", c.text, ja.Text(c.text), en.Text(c.text))
		}
	}
}

func TestOneAndManyInEnglish(t *testing.T) {
	en := NewLocale("en", nil)
	if got := en.T("survey.receipt.more", words{"Count": 1}); got != "and 1 more question" {
		t.Errorf("one: %q", got)
	}
	if got := en.T("survey.receipt.more", words{"Count": 2}); got != "and 2 more questions" {
		t.Errorf("two: %q", got)
	}
}
