package programme_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// branching has a choice to be written out, conditions, a ranking and two sections.
func branching() programme.SurveyDef {
	words := func(s string) programme.Text { return programme.Text{Ja: s, En: s} }
	choice := func(id, label string) programme.Choice { return programme.Choice{ID: id, Words: words(label)} }
	return programme.SurveyDef{
		ID: "branching", Title: words("状況"), Minutes: 3, OpenDays: 14,
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
		Sections: []programme.Section{{ID: "firm", Title: words("会社")}, {ID: "wish", Title: words("希望")}},
		Questions: []programme.Question{
			{ID: "plan", Section: "firm", Kind: programme.Single, Words: words("承継"), Choices: []programme.Choice{
				choice("soon", "すぐに"), choice("later", "あとで"), {ID: "other", Words: words("その他"), Write: true},
			}},
			{ID: "years", Section: "firm", Kind: programme.Number, Words: words("何年後"), Unit: programme.Text{Ja: "年", En: "years"},
				When: programme.Condition{Question: "plan", Is: []string{"later"}}},
			{ID: "story", Section: "firm", Kind: programme.LongText, Words: words("経緯")},
			{ID: "rank", Section: "wish", Kind: programme.Ranking, Words: words("相談"), Most: 2, Optional: true,
				When:    programme.Condition{Not: &programme.Condition{Question: "plan", Is: []string{"soon"}}},
				Choices: []programme.Choice{choice("money", "資金"), choice("people", "人材"), choice("sales", "販路")}},
			{ID: "call", Section: "wish", Kind: programme.YesNo, Words: words("連絡")},
		},
	}
}

// talker is the atsugi at a survey.
type talker struct {
	*house
	id programme.ResponseID
	n  int // messages typed
}

func (h *house) talker(def programme.SurveyDef) *talker {
	h.t.Helper()
	s, err := h.LaunchSurvey(h.t.Context(), programme.As("office"), "launch-"+def.ID, def, programme.Window{})
	must(h.t, err)
	var r programme.Response
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) (err error) {
		r, err = tx.ResponseOf(s.ID, "atsugi")
		return err
	}))
	return &talker{house: h, id: r.ID}
}

// at is the atsugi a second later, when what is due stands in Slack.
func (t *talker) at() programme.Actor {
	t.post(t.now)
	t.now = t.now.Add(time.Second)
	who := programme.As("atsugi")
	who.At = t.now
	return who
}

func (t *talker) start() (programme.Dialogue, error) {
	return t.StartSurvey(t.t.Context(), t.at(), t.id)
}

func (t *talker) press(question string, in programme.Input) (programme.Dialogue, error) {
	return t.AnswerQuestion(t.t.Context(), t.at(), t.id, question, in)
}

func (t *talker) pick(question string, choices ...string) (programme.Dialogue, error) {
	return t.press(question, programme.Input{Picked: choices})
}

func (t *talker) say(text string) (programme.Dialogue, error) {
	t.n++
	return t.AnswerTyped(t.t.Context(), t.at(), text, fmt.Sprintf("m%d", t.n))
}

// sheet sends a page in, opened now.
func (t *talker) sheet(page string, answers map[string]programme.Input) (programme.SheetResult, error) {
	return t.AnswerSheet(t.t.Context(), t.at(), t.id, programme.SheetInput{Page: page, Opened: t.now, Answers: answers})
}

// stands tells the dialogue on one line: state, question, and answers that count.
func (t *talker) stands() string {
	t.t.Helper()
	d, err := t.Dialogue(t.t.Context(), programme.As("atsugi"), t.id)
	must(t.t, err)
	return line(d)
}

func line(d programme.Dialogue) string {
	out := []string{string(d.Response.State), cmp.Or(d.Response.Current, "-")}
	for _, q := range d.Survey.Def.Questions {
		if a, ok := d.Survey.Def.Counted(d.Answers)[q.ID]; ok {
			out = append(out, q.ID+"="+said(a))
		}
	}
	answered, due := d.Progress()
	return strings.Join(append(out, fmt.Sprintf("%d/%d", answered, due)), " ")
}

func said(a programme.Answer) string {
	if a.Skipped {
		return "skipped"
	}
	text := strings.ReplaceAll(a.Text, "\n", "|")
	switch {
	case len(a.Picked) > 0 && text != "":
		return strings.Join(a.Picked, "+") + ":" + text
	case len(a.Picked) > 0:
		return strings.Join(a.Picked, "+")
	case text != "", a.Date != "":
		return text + string(a.Date)
	}
	return fmt.Sprint(a.Number)
}

// whole answers everything with すぐに.
func (t *talker) whole() {
	t.t.Helper()
	must(t.t, second(t.start()))
	must(t.t, second(t.pick("plan", "soon")))
	must(t.t, second(t.say("父が倒れた")))
	must(t.t, second(t.pick("call", "yes")))
}

func TestDialogue(t *testing.T) {
	yes := programme.Input{Picked: []string{"yes"}}
	for rule, c := range map[string]struct {
		steps func(t *talker) error
		want  string
	}{
		"what is not due is not asked": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.say("父が倒れた")))
		}, "started call plan=soon story=父が倒れた 2/3"},
		"what becomes due is": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "later")))
		}, "started years plan=later 1/5"},
		"a choice to be written out waits for the words": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")))
		}, "started plan 0/4"},
		"which are typed": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")), second(t.say("すぐに")))
		}, "started story plan=other:すぐに 1/4"},
		"a ranking goes on place by place": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")), second(t.say("未定")), second(t.say("長い話")),
				second(t.press("rank", programme.Input{Next: "sales"})), second(t.press("rank", programme.Input{Next: "money"})))
		}, "started call plan=other:未定 story=長い話 rank=sales+money 3/4"},
		"a place pressed when the ranking is over begins nothing": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")), second(t.say("未定")), second(t.say("長い話")),
				second(t.press("rank", programme.Input{Next: "sales"})), second(t.press("rank", programme.Input{End: true})),
				second(t.press("rank", programme.Input{Next: "money"})))
		}, "started call plan=other:未定 story=長い話 rank=sales 3/4"},
		"everything answered is done": {func(t *talker) error { t.whole(); return nil },
			"done - plan=soon story=父が倒れた call=yes 3/3"},
		"a change that asks more is started again": {func(t *talker) error {
			t.whole()
			return second(t.pick("plan", "later"))
		}, "started years plan=later story=父が倒れた call=yes 3/5"},
		"and done again when that is answered": {func(t *talker) error {
			t.whole()
			return cmp.Or(second(t.pick("plan", "later")), second(t.say("３年")), second(t.press("rank", programme.Input{Skip: true})))
		}, "done - plan=later years=3 story=父が倒れた rank=skipped call=yes 5/5"},
		"what is no longer due is set aside": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "later")), second(t.say("３年")), second(t.pick("plan", "soon")))
		}, "started story plan=soon 1/3"},
		"and counts again when it is": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "later")), second(t.say("３年")), second(t.pick("plan", "soon")), second(t.pick("plan", "later")))
		}, "started story plan=later years=3 2/5"},
		"a question being asked that is no longer due stops": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "later")), second(t.pick("plan", "soon")))
		}, "started story plan=soon 1/3"},
		"an answer to a question further on leaves the one being asked": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.press("call", yes)))
		}, "started plan call=yes 1/4"},
		"back asks the one before": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.BackSurvey(t.t.Context(), t.at(), t.id)))
		}, "started plan plan=soon 1/3"},
		"its answer leads on to where one was": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.say("話")), second(t.BackSurvey(t.t.Context(), t.at(), t.id)), second(t.say("別の話")))
		}, "started call plan=soon story=別の話 2/3"},
		"left as it was leads on, too": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.BackSurvey(t.t.Context(), t.at(), t.id)), second(t.say("スキップ")))
		}, "started story plan=soon 1/3"},
		"back twice goes two back": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.say("話")), second(t.say("もどる")), second(t.say("もどる")))
		}, "started plan plan=soon story=話 2/3"},
		"pausing asks nothing": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.PauseSurvey(t.t.Context(), t.at(), t.id)))
		}, "started - plan=soon 1/3"},
		"and starting goes on": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.say("中断")), second(t.start()))
		}, "started story plan=soon 1/3"},
		"declining keeps what was said": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.DeclineSurvey(t.t.Context(), t.at(), t.id)))
		}, "declined - plan=soon 1/3"},
		"and is taken back by an answer": {func(t *talker) error {
			return cmp.Or(second(t.DeclineSurvey(t.t.Context(), t.at(), t.id)), second(t.pick("plan", "soon")))
		}, "started story plan=soon 1/3"},
		"changing after the end leaves it done": {func(t *talker) error {
			t.whole()
			return second(t.ChangeAnswer(t.t.Context(), t.at(), t.id, "story"))
		}, "done story plan=soon story=父が倒れた call=yes 3/3"},
		"another start leaves a change alone": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "soon")), second(t.ChangeAnswer(t.t.Context(), t.at(), t.id, "plan")), second(t.start()))
		}, "started story plan=soon 1/3"},
		"the same press twice is one": {func(t *talker) error {
			must(t.t, second(t.start()))
			who := t.at()
			soon := programme.Input{Picked: []string{"soon"}}
			return cmp.Or(second(t.AnswerQuestion(t.t.Context(), who, t.id, "plan", soon)),
				second(t.PauseSurvey(t.t.Context(), t.at(), t.id)), second(t.AnswerQuestion(t.t.Context(), who, t.id, "plan", soon)))
		}, "started - plan=soon 1/3"},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, c.steps(talk))
			if got := talk.stands(); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestDialogueRefuses(t *testing.T) {
	for rule, c := range map[string]struct {
		do   func(t *talker) error
		want string
	}{
		"going back from the first":    {func(t *talker) error { return cmp.Or(second(t.start()), second(t.say("もどる"))) }, "error.survey_first"},
		"changing what is not due":     {func(t *talker) error { return second(t.ChangeAnswer(t.t.Context(), t.at(), t.id, "years")) }, "error.survey_aside"},
		"a question that there is not": {func(t *talker) error { return second(t.pick("nothing", "yes")) }, "error.survey_gone"},
		"starting what is done":        {func(t *talker) error { t.whole(); return second(t.start()) }, "error.survey_done"},
		"declining what is done":       {func(t *talker) error { t.whole(); return second(t.DeclineSurvey(t.t.Context(), t.at(), t.id)) }, "error.survey_done"},
		"skipping what is needed":      {func(t *talker) error { return cmp.Or(second(t.start()), second(t.say("とばす"))) }, "error.answer_required"},
		"a wish that is none":          {func(t *talker) error { return second(t.LaterSurvey(t.t.Context(), t.at(), t.id, "never")) }, "error.survey_later"},
		"a wish beyond the end": {func(t *talker) error {
			t.now = t.now.AddDate(0, 0, 12)
			return second(t.LaterSurvey(t.t.Context(), t.at(), t.id, programme.LaterThreeDay))
		}, "error.survey_later"},
		"an answer after the end": {func(t *talker) error { t.now = t.now.AddDate(0, 0, 30); return second(t.pick("plan", "soon")) }, "error.survey_closed"},
		"a skip before the question is": {func(t *talker) error {
			must(t.t, second(t.start()))
			who := t.at()
			who.At = t.now.Add(-time.Hour)
			return second(t.AnswerTyped(t.t.Context(), who, "スキップ", "m"))
		}, "error.answer_early"},
	} {
		t.Run(rule, func(t *testing.T) {
			err := c.do(newHouse(t).talker(branching()))
			if e, ok := programme.AsError(err); !ok || e.Key != c.want {
				t.Errorf("refused with %v, want %s", err, c.want)
			}
		})
	}
}

// TestMessagesOfADialogue: what is not asked any more must not come, and a receipt
// comes even when the survey closed at that moment.
func TestMessagesOfADialogue(t *testing.T) {
	talk := newHouse(t).talker(branching())
	withdrawn := func(kind programme.NoticeKind, occasion string) string {
		return talk.matter(kind, string(talk.id), occasion, "p:atsugi").Withdrawn
	}
	must(t, second(talk.start()))
	if m := talk.matter(programme.NoticeSurveyQuestion, string(talk.id), "plan", "p:atsugi"); m.Withdrawn != "" || !m.Asked {
		t.Errorf("the question asked: %q, asked %v", m.Withdrawn, m.Asked)
	}
	must(t, second(talk.pick("plan", "soon")))
	if got := withdrawn(programme.NoticeSurveyQuestion, "plan"); got != "answered" {
		t.Errorf("the question answered: %q", got)
	}
	if got := withdrawn(programme.NoticeSurveyReceipt, ""); got != "answered" {
		t.Errorf("a receipt before the end: %q", got)
	}
	must(t, second(talk.say("やめる")))
	var stop string
	must(t, talk.Store.Read(t.Context(), func(tx programme.Tx) error {
		ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeSurveyStop, Subject: string(talk.id)})
		stop = ds[0].Occasion
		return err
	}))
	if m := talk.matter(programme.NoticeSurveyStop, string(talk.id), stop, "p:atsugi"); !strings.HasPrefix(stop, "stop:") || m.WantsLater() {
		t.Errorf("やめる is asked about as %q", stop)
	}
	must(t, second(talk.say("話")))
	must(t, second(talk.pick("call", "no")))
	talk.now = talk.now.AddDate(0, 0, 30)
	if got := withdrawn(programme.NoticeSurveyReceipt, ""); got != "" {
		t.Errorf("the receipt after the end: %q", got)
	}
}

// TestTheOfficeSeesWhatChanged after the receipt: the net change of the day, without
// what it entered itself.
func TestTheOfficeSeesWhatChanged(t *testing.T) {
	talk := newHouse(t).talker(branching())
	talk.whole()
	changes := func() []string {
		day := string(programme.DateOf(talk.now, tokyo))
		m := talk.matter(programme.NoticeSurveyChanged, string(talk.id), day, programme.ToChannel(programme.ChannelOffice))
		var out []string
		for _, c := range m.Changes {
			out = append(out, c.Question.ID+" "+said(c.Before)+">"+said(c.After))
		}
		return out
	}
	told := func() int { return talk.notices()["survey.changed c:office"] }
	if n := told(); n != 0 {
		t.Errorf("told %d times before anything changed", n)
	}
	talk.now = talk.now.Add(time.Hour)
	must(t, second(talk.pick("call", "no")))
	must(t, second(talk.pick("plan", "later")))
	must(t, second(talk.say("３年")))
	if got, want := changes(), []string{"plan soon>later", "years 0>3", "call yes>no"}; told() != 1 || !slices.Equal(got, want) {
		t.Errorf("told %d times of %v, want %v", told(), got, want)
	}
	must(t, second(talk.pick("plan", "soon")))
	must(t, second(talk.pick("call", "yes")))
	if got := changes(); len(got) != 0 {
		t.Errorf("changed back: %v", got)
	}
	talk.now = talk.now.AddDate(0, 0, 1)
	in := programme.SheetInput{Page: "wish", Via: programme.ViaPhone, Opened: talk.now, Answers: map[string]programme.Input{"call": {Picked: []string{"no"}}}}
	must(t, second(talk.AnswerSheet(t.Context(), programme.As("office"), talk.id, in)))
	if got := changes(); told() != 1 || len(got) != 0 {
		t.Errorf("told %d times, also of what it entered itself: %v", told(), got)
	}
}
