package programme

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	single = Question{ID: "q", Kind: Single, Choices: []Choice{
		{ID: "now", Words: Text{Ja: "すぐに", En: "Now"}},
		{ID: "soon", Words: Text{Ja: "３年以内", En: "Within 3 years"}},
		{ID: "open", Words: Text{Ja: "まだ決めていない", En: "Not decided"}},
	}}
	multi   = Question{ID: "q", Kind: Multi, Choices: single.Choices}
	scale   = Question{ID: "q", Kind: Scale, Max: 5}
	yesNo   = Question{ID: "q", Kind: YesNo}
	short   = Question{ID: "q", Kind: Short}
	long    = Question{ID: "q", Kind: LongText}
	freely  = Question{ID: "q", Kind: Short, Optional: true}
	limited = Question{ID: "q", Kind: LongText, Max: 10}
)

func TestReadAnswer(t *testing.T) {
	for _, c := range []struct {
		rule string
		q    Question
		in   Input
		want Answer
	}{
		{"a button", single, Input{Picked: []string{"soon"}}, Answer{Picked: []string{"soon"}}},
		{"a typed label", single, Input{Text: "すぐに"}, Answer{Picked: []string{"now"}}},
		{"a label in katakana", single, Input{Text: "スグニ"}, Answer{Picked: []string{"now"}}},
		{"a label in another width", single, Input{Text: " 3年以内 "}, Answer{Picked: []string{"soon"}}},
		{"a label in English, any case", single, Input{Text: "NOT DECIDED"}, Answer{Picked: []string{"open"}}},
		{"a number", single, Input{Text: "3"}, Answer{Picked: []string{"open"}}},
		{"a wide number", single, Input{Text: "２"}, Answer{Picked: []string{"soon"}}},
		{"several in any order are kept in the question's", multi, Input{Picked: []string{"open", "now"}}, Answer{Picked: []string{"now", "open"}}},
		{"several typed", multi, Input{Text: "1、３"}, Answer{Picked: []string{"now", "open"}}},
		{"yes in words", yesNo, Input{Text: "はい"}, Answer{Picked: []string{"yes"}}},
		{"a scale's button", scale, Input{Picked: []string{"4"}}, Answer{Number: 4}},
		{"a scale typed wide", scale, Input{Text: "５"}, Answer{Number: 5}},
		{"text is kept verbatim", short, Input{Text: " 髙橋と𠮷野の件 "}, Answer{Text: " 髙橋と𠮷野の件 "}},
		{"exactly the most characters, not bytes", long, Input{Text: strings.Repeat("継", 3000)}, Answer{Text: strings.Repeat("継", 3000)}},
		{"an optional question may be skipped", freely, Input{Skip: true}, Answer{Skipped: true}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := c.q.Read(c.in, Answer{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadAnswerRefuses(t *testing.T) {
	for _, c := range []struct {
		rule, key string
		q         Question
		in        Input
	}{
		{"a choice that there is not", "error.choice", single, Input{Picked: []string{"never"}}},
		{"a real choice beside a made-up one", "error.choice", multi, Input{Picked: []string{"now", "never"}}},
		{"two of a single question", "error.choice", single, Input{Picked: []string{"now", "soon"}}},
		{"nothing at all", "error.choice", multi, Input{}},
		{"a number past the choices", "error.choice", single, Input{Text: "4"}},
		{"a scale's zero", "error.scale", scale, Input{Text: "0"}},
		{"a scale past its end", "error.scale", scale, Input{Text: "6"}},
		{"words for a scale", "error.scale", scale, Input{Text: "とても"}},
		{"only spaces", "error.answer_required", short, Input{Text: " 　\n"}},
		{"too long by one", "error.too_long", short, Input{Text: strings.Repeat("継", 301)}},
		{"longer than the question allows", "error.too_long", limited, Input{Text: strings.Repeat("継", 11)}},
		{"skipping what is needed", "error.answer_required", short, Input{Skip: true}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := c.q.Read(c.in, Answer{}, nil)
			e, ok := AsError(err)
			if !ok || e.Key != c.key || e.Field != c.q.ID {
				t.Errorf("Read = %v, want %s beside %s", err, c.key, c.q.ID)
			}
		})
	}
}

// FuzzReadTyped: whatever is typed is an answer or a refusal for people.
func FuzzReadTyped(f *testing.F) {
	for _, s := range []string{"", "1", "１、２", "すぐに", "\x00", "𠮷", "🙂", strings.Repeat("あ", 4000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range []Question{single, multi, scale, yesNo, short, long, freely, limited} {
			a, err := q.Read(Input{Text: s}, Answer{}, nil)
			if err != nil {
				if _, ok := AsError(err); !ok {
					t.Errorf("%s: %v is not meant for people", q.Kind, err)
				}
				continue
			}
			if len(a.Picked) == 0 && a.Number == 0 && a.Text == "" {
				t.Errorf("%s: %q became an empty answer", q.Kind, s)
			}
		}
	})
}
