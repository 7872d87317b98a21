package ui_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func TestTheMemoFormIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string]programme.MemoDraft{
		"memo-form": {Form: programme.MemoForm{Op: "01KOP", Kind: programme.OfSession, Atsugi: "01JA", Held: "2026-09-04", Parts: map[string]string{}}},
		"memo-form-filled": {Version: 3, Form: programme.MemoForm{Op: "01KOP", Kind: programme.OfCall, Atsugi: "01JS", Held: "2026-09-01",
			Place: "笠間工芸会館", Present: "ご家族", Parts: map[string]string{"advice": c.typed}, DraftVersion: 3,
			Readers: map[string][]programme.Reader{"advice": {programme.ReadMentor, programme.ReadOffice, programme.ReadBureau}}}},
		"memo-form-event": {Form: programme.MemoForm{Op: "01KOP", Kind: programme.OfEvent, Event: c.workshop.ID, Held: "2026-09-04", Parts: map[string]string{}}},
		"memo-form-correction": {Memo: c.memo.Memo.ID, Reason: c.typed, Form: programme.MemoForm{Op: "01KOP", Kind: programme.OfSession, Atsugi: "01JA",
			Held: "2026-09-04", Parts: map[string]string{"situation": c.typed}, Corrects: 1}},
	} {
		got, _, err := ui.ReadMemoDraft(returned(t, drawn[name]), c.parts)
		maps.DeleteFunc(got.Form.Parts, func(_, text string) bool { return text == "" })
		if d := cmp.Diff(want, got); err != nil || d != "" {
			t.Errorf("%s: %v %s", name, err, d)
		}
	}
}

// TestWhatTheFormDoesNotAskForNowIsKept has somebody look at the fields of an event and
// come back.
func TestWhatTheFormDoesNotAskForNowIsKept(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	asEvent := c.memoFormData(func(d *programme.MemoDraft) {
		d.Form.Kind, d.Form.Atsugi, d.Form.Session = programme.OfEvent, c.atsugi.ID, "01KSESS"
	})
	d, _, err := ui.ReadMemoDraft(returned(t, view(t, ui.MemoForm(asEvent, l))), c.parts)
	if err != nil || d.Form.Atsugi != c.atsugi.ID || d.Form.Session != "01KSESS" {
		t.Errorf("whom it was about is lost: %+v %v", d.Form, err)
	}
}

func TestTheLineUnderTheFormSaysWhoWillReadWhat(t *testing.T) {
	c := sample()
	for _, rule := range []struct {
		rule, want string
		change     func(*programme.MemoDraft)
	}{
		{"groups of those who read the same, in few words",
			"読む人　ご本人：助言、今後の取組、評価できる点／担当専門家、事務局：すべて／関東経済産業局：取扱注意のほかすべて", nil},
		{"nobody is participant of an event", "読む人　担当専門家、事務局：すべて／関東経済産業局：取扱注意のほかすべて",
			func(d *programme.MemoDraft) { d.Form.Kind = programme.OfEvent }},
		{"what the writer chose", "読む人　ご本人：読みません／担当専門家、事務局：すべて／関東経済産業局：取扱注意のほかすべて",
			func(d *programme.MemoDraft) {
				within := []programme.Reader{programme.ReadMentor, programme.ReadBureau}
				d.Form.Readers = map[string][]programme.Reader{"advice": within, "next": within, "praise": within}
			}},
		{"the bureau cannot be cut off from a core part",
			"読む人　ご本人：助言、今後の取組、評価できる点／担当専門家、事務局：すべて／関東経済産業局：取扱注意のほかすべて",
			func(d *programme.MemoDraft) {
				d.Form.Readers = map[string][]programme.Reader{"situation": {programme.ReadMentor}}
			}},
	} {
		v := ui.MemoForm(c.memoFormData(rule.change), ui.NewLocale("ja", tokyo))
		if got := shown(t, v); !strings.Contains(got, rule.want) {
			t.Errorf("%s: want %q in %s", rule.rule, rule.want, got)
		}
	}
}

// shown is a view as JSON without escapes.
func shown(t *testing.T, v any) string {
	t.Helper()
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestReadersAreChosenWithinTheWritersRight(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	for _, office := range []bool{false, true} {
		data := c.memoFormData(func(d *programme.MemoDraft) { d.Office = office })
		v := returned(t, view(t, ui.MemoReaders(data, false, l)))
		if got := slices.Contains(offered(v, "readers.praise"), string(programme.ReadPublic)); got != office {
			t.Errorf("office %v is offered the public: %v", office, got)
		}
		for _, always := range []string{string(programme.ReadOffice), string(programme.ReadBureau)} {
			if slices.Contains(offered(v, "readers.situation"), always) {
				t.Errorf("%s can be cut off from a core part", always)
			}
		}
		if _, asked := v.State.Values["readers."+programme.Confidential]; asked {
			t.Error("who reads 取扱注意 can be chosen")
		}
	}
}

// offered are the values of the boxes in a block.
func offered(v slack.View, block string) (values []string) {
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && in.BlockID == block {
			for _, o := range in.Element.(*slack.CheckboxGroupsBlockElement).Options {
				values = append(values, o.Value)
			}
		}
	}
	return values
}

func TestReadersTravelWithTheFormAsChosen(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	rapid.Check(t, func(rt *rapid.T) {
		want := map[string][]programme.Reader{}
		for _, def := range c.parts {
			if rapid.Bool().Draw(rt, "chosen") {
				readers := []programme.Reader{}
				for _, r := range programme.Readers {
					if rapid.Bool().Draw(rt, string(r)) {
						readers = append(readers, r)
					}
				}
				want[def.Key] = readers
			}
		}
		v := ui.MemoForm(c.memoFormData(func(d *programme.MemoDraft) { d.Form.Readers = want }), l)
		got, _, err := ui.ReadMemoDraft(slack.View{PrivateMetadata: v.PrivateMetadata}, c.parts)
		if err != nil || len(want)+len(got.Form.Readers) > 0 && cmp.Diff(want, got.Form.Readers) != "" {
			rt.Errorf("%v %s", err, cmp.Diff(want, got.Form.Readers))
		}
	})
}

// TestUntickedBoxesNarrowAPart unticks everything on the page.
func TestUntickedBoxesNarrowAPart(t *testing.T) {
	c := sample()
	data := c.memoFormData(nil)
	v := returned(t, view(t, ui.MemoReaders(data, false, ui.NewLocale("ja", tokyo))))
	asDrawn := data.Draft
	ui.ReadMemoReaders(v, &asDrawn, c.parts)
	if len(asDrawn.Form.Readers) != 0 {
		t.Errorf("what is as configured is kept: %v", asDrawn.Form.Readers)
	}
	for block, inputs := range v.State.Values {
		for id, in := range inputs {
			in.SelectedOptions = nil
			v.State.Values[block][id] = in
		}
	}
	d := data.Draft
	ui.ReadMemoReaders(v, &d, c.parts)
	for _, def := range c.parts {
		want := []programme.Reader{programme.ReadOffice}
		if def.Core {
			want = append(want, programme.ReadBureau)
		}
		got := d.Form.Readers[def.Key]
		if def.Key == programme.Confidential {
			want = nil
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s is read by %v, want %v", def.Key, got, want)
		}
	}
}

func TestAClosedFormIsKeptIfSlackSaysWhatWasTyped(t *testing.T) {
	c := sample()
	v := returned(t, c.drawings(t, ui.NewLocale("ja", tokyo))["memo-form-filled"])
	if ui.MemoTyped(v) {
		t.Error("a form as it was drawn counts as typed into")
	}
	silent := v
	silent.State = &slack.ViewState{}
	if ui.MemoTyped(silent) {
		t.Error("a form of which Slack says nothing counts as typed into")
	}
	for id, in := range v.State.Values["memo.advice"] {
		in.Value += "。"
		v.State.Values["memo.advice"][id] = in
	}
	if !ui.MemoTyped(v) {
		t.Error("what was typed is not seen")
	}
}

func TestEachReaderDoesTheirsAboutAMemo(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	mine := []string{ui.ActionMemoReview, ui.ActionMemoCorrect, ui.ActionCorrectionAsk, ui.ActionMemoHistory}
	for name, want := range map[string][]string{
		"memo-page-office":           {ui.ActionMemoReview, ui.ActionMemoCorrect},
		"memo-page-office-shared":    {ui.ActionMemoCorrect},
		"memo-page-office-corrected": {ui.ActionMemoReview, ui.ActionMemoCorrect, ui.ActionMemoHistory},
		"memo-page-mentor":           {ui.ActionMemoCorrect},
		"memo-page-atsugi":           {ui.ActionCorrectionAsk, ui.ActionMemoHistory},
		"memo-page-bureau":           nil,
	} {
		var got []string
		for _, id := range actionsOf(t, drawn[name]) {
			if slices.Contains(mine, id) {
				got = append(got, id)
			}
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestAPressedReviewIsOfOneVersion(t *testing.T) {
	id, version, err := ui.ReadMemoVersion("01KMEMO|2")
	if id != "01KMEMO" || version != 2 || err != nil {
		t.Errorf("%s %d %v", id, version, err)
	}
	for _, value := range []string{"", "01KMEMO", "01KMEMO|", "01KMEMO|x", "01KMEMO|0", "|2"} {
		if id, _, err := ui.ReadMemoVersion(value); err == nil || id != "" {
			t.Errorf("%q was taken", value)
		}
	}
}

func TestADeskFullOfEverythingFitsIntoAView(t *testing.T) {
	c := filled(hostile["3,000 rare"], 3)
	d := c.desk()
	d.Drafts, d.Review, d.Unshared = many(d.Drafts[0], 20), many(d.Review[0], 20), many(d.Unshared[1], 20)
	d.Corrections, d.Due = many(d.Corrections[0], 20), many(d.Due[0], 20)
	check(t, "desk", view(t, ui.MemoDesk(d, ui.NewLocale("ja", tokyo))))
}

func TestNothingOfAMemoIsInItsCards(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for name, d := range drawn {
		if !strings.HasPrefix(name, "memo-written") && name != "memo-shared" && name != "memo-corrected" &&
			!strings.HasPrefix(name, "correction-card") && !strings.HasPrefix(name, "correction-decided") {
			continue
		}
		for _, p := range append(c.memo.Memo.Parts, programme.Part{Text: c.typed}) {
			if strings.Contains(string(d.Blocks)+d.Text, p.Text) {
				t.Errorf("%s holds %q", name, p.Text)
			}
		}
	}
}

func FuzzReadMemoDraft(f *testing.F) {
	f.Add(`{"private_metadata":"{\"op\":\"01\",\"readers\":\"advice=pm;x\"}","state":{"values":{"memo.held":{"value":{"selected_date":"2026-09-01"}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		d, _, err := ui.ReadMemoDraft(v, programme.DefaultParts())
		if err == nil && d.Form.Op == "" {
			t.Fatal("a form without an operation id was taken")
		}
		ui.ReadMemoReaders(v, &d, programme.DefaultParts())
		ui.MemoTyped(v)
	})
}
