package ui_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// crowdAsked are many people of a survey, every other one of whom has answered.
func (c cast) crowdAsked(n int) programme.SurveyBoard {
	b := c.board()
	one := b.Asked[0]
	b.Asked, b.Counts = nil, programme.SurveyCounts{}
	for i := range n {
		one.Dialogue.Response.ID = programme.ResponseID(fmt.Sprintf("01%024d", i))
		one.Dialogue.Response.State = []programme.ResponseState{programme.Asked, programme.Done}[i%2]
		b.Asked = append(b.Asked, one)
		b.Counts[one.Dialogue.Response.State]++
		b.Cohorts = append(b.Cohorts, programme.Group{Name: fmt.Sprintf("R%d", i), Counts: b.Counts})
	}
	return b
}

func TestEverybodyOfTwoThousandCanBeOpenedFromTheBoard(t *testing.T) {
	for text, s := range map[string]string{"a name": "髙橋", "hostile": hostile["3,000 rare"]} {
		c := filled(s, 5)
		b := c.crowdAsked(2000)
		reached := map[string]bool{}
		for from, pages := 0, 0; pages < 25; pages++ {
			d := view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: b, From: from}, ui.NewLocale("ja", tokyo)))
			check(t, text, d)
			next := -1
			for _, e := range elements(t, d) {
				switch id := e["action_id"].(string); {
				case id == ui.ActionSurveyPerson:
					for _, o := range e["options"].([]any) {
						reached[o.(map[string]any)["value"].(string)] = true
					}
				case id == ui.PickID(ui.ActionSurveyBoard, 2):
					_, next = ui.ReadPlace(e["value"].(string))
				}
			}
			if next < 0 {
				break
			}
			from = next
		}
		if len(reached) != 2000 {
			t.Errorf("%s: %d of 2000 can be opened", text, len(reached))
		}
	}
}

func TestTheBoardSaysHowManyWaitAndNamesThem(t *testing.T) {
	c := sample()
	d := view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: c.crowdAsked(2000)}, ui.NewLocale("ja", tokyo)))
	if !strings.Contains(string(d.View), "2000人のうち1000人") || !strings.Contains(string(d.View), "ほか900人") {
		t.Error("the board does not say that 1000 of 2000 wait, 900 of them without a name")
	}
}

func TestWhatCanBeDoneWithASurveyFitsHowItStands(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	all := []string{ui.ActionSurveyChase, ui.ActionSurveyNewcomers, ui.ActionSurveyExtend, ui.ActionSurveyClose, ui.ActionSurveyPaper,
		ui.ActionSurveyMail, ui.ActionSurveyResults, ui.ActionSurveyWishes, ui.ActionSurveyPerson}
	for name, want := range map[string][]string{
		"survey-board":           all,
		"survey-board-closed":    {ui.ActionSurveyExtend, ui.ActionSurveyResults, ui.ActionSurveyWishes, ui.ActionSurveyPerson},
		"survey-board-anonymous": {ui.ActionSurveyExtend, ui.ActionSurveyClose, ui.ActionSurveyResults, ui.ActionSurveyWishes}, // before it opens
	} {
		got := actionsOf(t, drawn[name])
		for _, action := range all {
			if slices.Contains(got, action) != slices.Contains(want, action) {
				t.Errorf("%s offers %s: %v", name, action, slices.Contains(got, action))
			}
		}
	}
}

// TestChasingSaysToHowMany: on the button and before it is done; with nobody to be
// chased there is a line and no button, and after the closing neither.
func TestChasingSaysToHowMany(t *testing.T) {
	l := ui.NewLocale("ja", tokyo)
	const nobody = "いま声をかける相手はいません"
	for rule, c := range map[string]struct {
		toChase      int
		closed       bool
		button, line bool
	}{
		"three wait":         {3, false, true, false},
		"nobody waits":       {0, false, false, true},
		"closed":             {0, true, false, false},
		"closed but for one": {1, true, true, false},
	} {
		b := sample().board()
		if b.ToChase = c.toChase; c.closed {
			b.Now = b.Survey.Closes
		}
		d := view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: b}, l))
		if got := slices.Contains(actionsOf(t, d), ui.ActionSurveyChase); got != c.button {
			t.Errorf("%s: a button: %v", rule, got)
		}
		if got := strings.Contains(string(d.View), nobody); got != c.line {
			t.Errorf("%s: a line: %v", rule, got)
		}
		for _, words := range []string{fmt.Sprintf("声をかける（%d人）", c.toChase), fmt.Sprintf("まだ答えていない%d人に", c.toChase)} {
			if got := strings.Contains(string(d.View), words); got != c.button {
				t.Errorf("%s: %q: %v", rule, words, got)
			}
		}
	}
}

// TestTheBoardPromisesNoReminderThatDoesNotGoOut: who wished to be asked later is not
// if the survey is closed for them by then.
func TestTheBoardPromisesNoReminderThatDoesNotGoOut(t *testing.T) {
	later := at(9, 5, 8, 0)
	for rule, c := range map[string]struct {
		closes, reopened time.Time
		want             bool
	}{
		"open until after it":          {at(9, 15, 23, 59), time.Time{}, true},
		"closes before it":             {at(9, 4, 23, 59), time.Time{}, false},
		"closed":                       {at(9, 4, 8, 0), time.Time{}, false},
		"closed, but not for them":     {at(9, 4, 8, 0), at(9, 7, 23, 59), true},
		"closes for them at that time": {at(9, 4, 8, 0), later, false},
	} {
		b := sample().board()
		b.Survey.Closes = c.closes
		for i := range b.Asked {
			b.Asked[i].Dialogue.Survey.Closes = c.closes
			b.Asked[i].Dialogue.Response.OpenUntil = c.reopened
		}
		d := view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: b}, ui.NewLocale("ja", tokyo)))
		if got := strings.Contains(string(d.View), "に再度ご案内"); got != c.want {
			t.Errorf("%s: says when they are asked again: %v", rule, got)
		}
	}
}

func TestNobodySeesOnePersonsAnswerToAQuestionForTotals(t *testing.T) {
	c := sample()
	d, versions := c.answered()
	secret := programme.Answer{Question: "tried", Picked: []string{"other"}, Text: "誰にも見せない言葉", Version: 1}
	d.Answers["tried"] = secret
	page := view(t, ui.SurveyPerson(ui.SurveyPersonData{Dialogue: d, Versions: append(versions, secret), Now: at(9, 4, 9, 0)}, ui.NewLocale("ja", tokyo)))
	if strings.Contains(string(page.View), secret.Text) {
		t.Error("the page shows it")
	}
	d.Answers["free"] = programme.Answer{Question: "free", Text: "事務局に伝える言葉", Version: 1}
	page = view(t, ui.SurveyPerson(ui.SurveyPersonData{Dialogue: d, Versions: versions, Now: at(9, 4, 9, 0)}, ui.NewLocale("ja", tokyo)))
	if !strings.Contains(string(page.View), "事務局に伝える言葉") {
		t.Error("the page shows no answer at all")
	}
}

func TestTheCardAboutChangedAnswersHasNoContent(t *testing.T) {
	c := sample()
	d, _ := c.answered()
	before := programme.Answer{Text: "前の言葉"}
	after := programme.Answer{Text: "後の言葉"}
	card := message(t, programme.Matter{Notice: notice(programme.NoticeSurveyChanged), Dialogue: d, Over: true,
		Changes: []programme.AnswerChange{{Question: d.Survey.Def.Questions[9], Before: before, After: after}}}, ui.NewLocale("ja", tokyo))
	for _, word := range []string{before.Text, after.Text} {
		if strings.Contains(string(card.Blocks), word) {
			t.Errorf("the card holds %q", word)
		}
	}
	if !slices.Contains(actionsOf(t, card), ui.ActionSurveyPerson) {
		t.Error("the answers cannot be opened from the card after the closing")
	}
}

func TestAPersonsPageHoldsFortyLongAnswers(t *testing.T) {
	c := filled(hostile["3,000 kana"], 100)
	d, versions := c.answered()
	q := d.Survey.Def.Questions[9]
	for i := range 40 {
		q.ID = fmt.Sprintf("q%d", i)
		d.Survey.Def.Questions = append(d.Survey.Def.Questions, q)
		for v := range 30 {
			versions = append(versions, programme.Answer{Question: q.ID, Text: c.typed, By: c.atsugi.ID, Version: v + 1})
		}
		d.Answers[q.ID] = versions[len(versions)-1]
	}
	seen := 0
	for from := 0; from < len(d.Survey.Def.Questions); from += 15 {
		page := view(t, ui.SurveyPerson(ui.SurveyPersonData{Dialogue: d, Versions: versions, Now: at(9, 4, 9, 0), From: from}, ui.NewLocale("ja", tokyo)))
		check(t, "person", page)
		if len(page.View) > 250_000 {
			t.Errorf("%d bytes", len(page.View))
		}
		if strings.Contains(string(page.View), "入りきらない") {
			t.Errorf("from %d not everything is shown", from)
		}
		seen++
	}
	if seen != 4 {
		t.Errorf("%d pages", seen)
	}
}

// longResults are those of more questions than a message has, with 100 choices and 300
// free answers each.
func (c cast) longResults() programme.Results {
	r := c.results()
	t := r.Tallies[5]
	for i := range 4 {
		t.Question.ID = fmt.Sprintf("q%d", i)
		t.Said = many(programme.Saying{Person: c.atsugi, Answer: programme.Answer{Text: c.typed}}, 300)
		r.Survey.Def.Questions = append(r.Survey.Def.Questions, t.Question)
		r.Tallies = append(r.Tallies, t)
		r.ByCohort[t.Question.ID] = many(programme.Cross{Group: c.cohort(), Tally: t}, 16)
	}
	r.Parts = 0
	for programme.ResultsOf(r, r.Parts) != nil {
		r.Parts++
	}
	return r
}

func TestResultsFitIntoMessagesWhateverWasSaid(t *testing.T) {
	for what, s := range hostile {
		r := filled(s, 100).longResults()
		for part := range r.Parts {
			l := ui.NewLocale("ja", tokyo)
			letter, err := ui.Letter(programme.Matter{Notice: notice(programme.NoticeSurveyResults), Results: r, Part: part}, l)
			if err != nil {
				t.Fatal(err)
			}
			check(t, what, drawing{Text: letter.Text, Blocks: letter.Body})
			if letter.Spare != nil {
				check(t, what+", spare", drawing{Text: letter.Text, Blocks: letter.Spare})
			}
		}
	}
}

func TestTheSpareBlocksAreTheSameWithoutCharts(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	charts := 0
	for part := range c.results().Parts {
		letter, err := ui.Letter(programme.Matter{Notice: notice(programme.NoticeSurveyResults), Results: c.results(), Part: part}, l)
		if err != nil {
			t.Fatal(err)
		}
		var with []json.RawMessage
		if err := json.Unmarshal(letter.Body, &with); err != nil {
			t.Fatal(err)
		}
		all := len(with)
		with = slices.DeleteFunc(with, func(b json.RawMessage) bool { return bytes.Contains(b, []byte(`"data_visualization"`)) })
		charts += all - len(with)
		want, err := json.Marshal(with)
		if err != nil {
			t.Fatal(err)
		}
		if all == len(with) {
			want = nil
		}
		if d := cmp.Diff(string(want), string(letter.Spare)); d != "" {
			t.Errorf("part %d: %s", part, d)
		}
	}
	if charts == 0 {
		t.Error("there is no chart at all")
	}
	letter, err := ui.Letter(programme.Matter{Notice: notice(programme.NoticeHint), To: c.atsugi}, l)
	if err != nil || letter.Spare != nil {
		t.Errorf("a letter without charts has a spare: %q %v", letter.Spare, err)
	}
}

func TestTheBarsAndSharesOfResultsAreText(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["survey-results-1"]
	for _, want := range []string{`はい\n■■■■■■□□□□ 5人（63%）`, `いいえ\n□□□□□□□□□□ 0人（0%）`, "平均 3.2人（ばらつき 1.1）", "5人未満のため表示しません"} {
		if !strings.Contains(string(d.Blocks), want) {
			t.Errorf("the results lack %q", want)
		}
	}
}

func TestResultsSayThatUnfinishedAnswersAreCounted(t *testing.T) {
	open := func(r *programme.Results) { r.Now = r.Survey.Closes.Add(-time.Minute) }
	for rule, c := range map[string]struct {
		is   func(*programme.Results)
		said bool
	}{
		"somebody is at it":           {open, true},
		"nobody is":                   {func(r *programme.Results) { open(r); r.Counts[programme.Started] = 0 }, false},
		"it is over":                  {func(*programme.Results) {}, false},
		"all is shown at the end":     {func(r *programme.Results) { open(r); atEnd(r.Tallies) }, false},
		"all but one is":              {func(r *programme.Results) { open(r); atEnd(r.Tallies[1:]) }, true},
		"nothing is shown while open": {func(r *programme.Results) { open(r); r.TooFew, r.Tallies = true, nil }, false},
	} {
		r := sample().results()
		c.is(&r)
		d := message(t, programme.Matter{Notice: notice(programme.NoticeSurveyResults), Results: r}, ui.NewLocale("ja", tokyo))
		if said := strings.Contains(string(d.Blocks), "まだ回答の途中の人の答えも数えています。"); said != c.said {
			t.Errorf("%s: said %t", rule, said)
		}
	}
}

// atEnd are tallies as somebody sees them who is shown none before the end.
func atEnd(tallies []programme.Tally) {
	for i := range tallies {
		tallies[i] = programme.Tally{Question: tallies[i].Question, Hidden: true, AtEnd: true}
	}
}

func TestFormsOfTheOfficeAreReadAsTheyWereFilled(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	form, window, err := ui.ReadSurveyLaunch(returned(t, drawn["survey-launch"]))
	if err != nil || form.Op != "01KOP" || form.Subject != "status" || !window.Opens.IsZero() || !window.Closes.Equal(at(9, 18, 23, 59)) ||
		window.Seen != sample().def.Fingerprint() || window.Seen == "" {
		t.Errorf("launch: %+v %+v %v", form, window, err)
	}
	if got := ui.ReadSurveyExtend(returned(t, drawn["survey-extend"])); !got.Equal(at(9, 15, 23, 59)) {
		t.Errorf("extend: %s", got)
	}
	if got := ui.ReadSurveyExtend(returned(t, drawn["survey-extend-closed"])); !got.Equal(at(9, 23, 23, 59)) {
		t.Errorf("open again: %s, want a week on", got)
	}
	if got := ui.ReadSurveyReopen(returned(t, drawn["survey-reopen"])); !got.Equal(at(9, 23, 23, 59)) {
		t.Errorf("reopen: %s, want a week on", got)
	}
	engage, err := ui.ReadEngagementForm(returned(t, drawn["engagement-form"]))
	want := programme.EngagementForm{Op: "01KOP", Survey: "01KS", Atsugi: "01JA", Sessions: 2}
	if d := cmp.Diff(want, engage); err != nil || d != "" {
		t.Errorf("engagement: %v %s", err, d)
	}
	if _, err := ui.ReadEngagementForm(slack.View{PrivateMetadata: "{"}); err == nil {
		t.Error("a form of another program was taken")
	}
}

func TestFieldErrorsOfTheOfficesFormsFindTheirInput(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for form, fields := range map[string][]string{"survey-launch": {"opens", "closes"}, "survey-extend": {"closes"},
		"survey-reopen": {"until"}, "engagement-form": {"mentor", "sessions"}} {
		v := returned(t, drawn[form])
		for _, field := range fields {
			if block := ui.FieldBlock(v, field); v.State.Values[block] == nil {
				t.Errorf("%s: %s stands beside %q, which is no input", form, field, block)
			}
		}
	}
}

func TestTheMailGoesToThoseWhoWaitOffSlackOnly(t *testing.T) {
	c := sample()
	b := c.board()
	b.Asked[2].Dialogue.Person.Email = "hana@example.jp"
	done := b.Asked[2]
	done.Dialogue.Person.Email, done.Dialogue.Response.State = "done@example.jp", programme.Done
	b.Asked = append(b.Asked, done)
	d := view(t, ui.SurveyMail(b, ui.NewLocale("ja", tokyo)))
	for mail, want := range map[string]bool{"hana@example.jp": true, "done@example.jp": false, c.atsugi.Email: false} {
		if got := strings.Contains(string(d.View), mail); got != want {
			t.Errorf("%s is written to: %v", mail, got)
		}
	}
}

func TestAClickNamesAPersonByButtonAndByMenu(t *testing.T) {
	for rule, c := range map[string]struct {
		click slack.BlockAction
		from  int
	}{
		"a button":         {slack.BlockAction{Value: "01KR"}, 0},
		"a page turned":    {slack.BlockAction{Value: "01KR|15"}, 15},
		"chosen in a menu": {slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "01KR"}}, 0},
	} {
		if id, from := ui.ReadChosen(c.click); id != "01KR" || from != c.from {
			t.Errorf("%s: %q from %d", rule, id, from)
		}
	}
}

func TestOnlyWhatWasAskedBecauseOfTheWishStandsBesideIt(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["wishes"]
	if !strings.Contains(string(d.View), "どの方法がよいですか。 → オンライン") || strings.Contains(string(d.View), "働く方は何人ですか。") {
		t.Errorf("%s", d.View)
	}
}
