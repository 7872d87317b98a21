package ui_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
	"tsugite/rehearsal/blockkit"
)

var tokyo = time.FixedZone("JST", 9*60*60)

func at(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, tokyo)
}

// drawing is one thing that people see: a message with its text, or a view.
type drawing struct {
	Text   string          `json:"text,omitempty"`
	Blocks json.RawMessage `json:"blocks,omitempty"`
	View   json.RawMessage `json:"view,omitempty"`
}

// problems are the rules of Slack that the drawing breaks.
func (d drawing) problems() []blockkit.Problem {
	if d.View != nil {
		return blockkit.ValidateView(d.View)
	}
	return blockkit.ValidateMessage(d.Blocks)
}

func message(t testing.TB, m programme.Matter, l ui.Locale) drawing {
	t.Helper()
	letter, err := ui.Letter(m, l)
	if err != nil {
		t.Fatal(err)
	}
	return drawing{Text: letter.Text, Blocks: letter.Body}
}

func view(t testing.TB, v any) drawing {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return drawing{View: raw}
}

func notice(kind programme.NoticeKind) programme.Notice { return programme.Notice{Kind: kind} }

// cast is everything that drawings are made from.
type cast struct {
	atsugi, mentor, supporter, office, bureau programme.Person
	workshop, seminar                         programme.Event
	def, full, secret                         programme.SurveyDef // short; with every kind of question; anonymous
	memo                                      programme.MemoView
	parts                                     []programme.PartDef
	typed, guestName                          string
	filled                                    bool   // with typed, in every place that holds words
	topic, place, room                        string // of events: what is spoken about, and where else
	deadline                                  string // a key date's title
}

func sample() cast {
	c := cast{
		atsugi: programme.Person{ID: "01JA", SlackID: "U1", Name: "髙橋 陶子", Kana: "たかはし とうこ", Organisation: "髙橋窯",
			Roles: []programme.Role{programme.Atsugi}, Mentors: []programme.PersonID{"01JM"}, Email: "toko@example.jp"},
		mentor: programme.Person{ID: "01JM", SlackID: "U2", Name: "塩﨑 一", Organisation: "塩﨑経営研究所",
			Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert},
		supporter: programme.Person{ID: "01JS", SlackID: "U3", Name: "𠮷野 花", Organisation: "笠間商工会",
			Roles: []programme.Role{programme.Supporter}},
		office: programme.Person{ID: "01JC", SlackID: "U4", Name: "佐藤 由美", Roles: []programme.Role{programme.Coordinator}},
		bureau: programme.Person{ID: "01JB", SlackID: "U5", Name: "山本 健", Roles: []programme.Role{programme.Bureau}},
		parts:  programme.DefaultParts(),
		typed:  "父の窯の釉薬を、もう一度見直したいです。",
		topic:  "受け継いだ道具の使い道", place: "笠間工芸会館 研修室", room: "https://example.jp/other-room",
		deadline: "最終報告書の案",
	}
	c.workshop = programme.Event{ID: "ws1", Kind: programme.Workshop, Title: "第1回ミニワークショップ", Start: at(9, 18, 14, 0), End: at(9, 18, 16, 30),
		Place: "さいたま新都心合同庁舎1号館", URL: "https://example.jp/room", Bring: "自社のパンフレット", Approved: "2026-08-20",
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}, Map: "https://example.jp/map", Materials: "https://example.jp/materials"}
	c.seminar = programme.Event{ID: "sem", Kind: programme.Seminar, Title: "普及啓発セミナー", Start: at(9, 29, 13, 30), End: at(9, 29, 16, 0),
		Place: "都道府県会館"}
	c.def, c.full, c.secret = sampleSurvey(), fullSurvey(), secretSurvey()
	c.memo = programme.MemoView{
		Atsugi: c.atsugi, Writer: c.mentor,
		Memo: programme.Memo{ID: "01K4MEMO00000000000ABCDEF", Kind: programme.OfSession, Atsugi: "01JA", Writer: "01JM", Held: "2026-09-03",
			Written: at(9, 4, 10, 0), Parts: []programme.Part{
				{Key: programme.Confidential, Text: "親族の間で意見が分かれている。", Readers: []programme.Reader{programme.ReadMentor, programme.ReadOffice}},
				{Key: "situation", Text: "窯の売上は横ばい。\n直販が伸びている。", Readers: []programme.Reader{programme.ReadMentor, programme.ReadOffice, programme.ReadBureau}},
				{Key: "advice", Text: "釉薬の記録を整理する。", Readers: []programme.Reader{programme.ReadParticipant, programme.ReadMentor, programme.ReadOffice, programme.ReadBureau}},
			}},
	}
	c.guestName = "倉本 湊"
	return c
}

func sampleSurvey() programme.SurveyDef {
	text := func(ja, en string) programme.Text { return programme.Text{Ja: ja, En: en} }
	choices := func(words ...string) []programme.Choice {
		var cs []programme.Choice
		for i, w := range words {
			cs = append(cs, programme.Choice{ID: fmt.Sprintf("c%d", i+1), Words: text(w, "")})
		}
		return cs
	}
	return programme.SurveyDef{
		ID: "status", Title: text("現状把握アンケート", "Status survey"), Minutes: 5, OpenDays: 14,
		Intro: text("その後のご様子をお聞かせください。", "Please tell us how things are."),
		Questions: []programme.Question{
			{ID: "stage", Kind: programme.Single, Words: text("事業承継は、いまどの段階ですか。", "How far is the succession?"),
				Choices: choices("まだ話していない", "話し合っている", "時期が決まった", "引き継いだ")},
			{ID: "worry", Kind: programme.Multi, Words: text("いま困っていることは何ですか。", "What worries you now?"),
				Choices: choices("後継者としての経験", "資金", "人手", "新しい商品"), Optional: true,
				ShownTo: []programme.Reader{programme.ReadMentor}},
			{ID: "where", Kind: programme.Single, Words: text("所在地はどちらですか。", "Where is your firm?"),
				Choices: choices("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都")},
			{ID: "koshien", Kind: programme.YesNo, Words: text("アトツギ甲子園に関心がありますか。", "Are you interested in Atotsugi Koshien?"),
				ShownTo: []programme.Reader{programme.ReadBureau}},
			{ID: "sure", Kind: programme.Scale, Max: 5, Words: text("承継への自信はどのくらいですか。", "How confident are you?"),
				Help: text("1がない、5がある。", "1 is low, 5 is high.")},
			{ID: "free", Kind: programme.LongText, Words: text("ほかに伝えたいことはありますか。", "Anything else?"), Optional: true},
		},
	}
}

// homes are the Homes of each role.
func (c cast) homes() map[string]programme.Home {
	line := programme.EventLine{Event: c.workshop, Mine: true, Asked: 10}
	counted := programme.EventLine{Event: c.workshop, Asked: 10,
		Counts: map[programme.Coming]int{programme.Yes: 5, programme.Online: 1, programme.No: 1, programme.Undecided: 3}}
	waiting := programme.EventLine{Event: c.seminar, Asked: 50, Counts: map[programme.Coming]int{programme.Undecided: 50}}
	progress := []programme.Progress{
		{Target: programme.Target{Code: programme.TargetSeminar, Least: 1}, Planned: 1, Next: c.seminar.Start},
		{Target: programme.Target{Code: programme.TargetWorkshop, Least: 3}, Planned: 1, Next: c.workshop.Start},
		{Target: programme.Target{Code: programme.TargetReport, Least: 1}},
		{Target: programme.Target{Code: programme.TargetSurvey, Least: 1}, Done: 1},
		{Target: programme.Target{Code: programme.TargetFollowUp, Least: 10, Most: 15}, Done: 2},
		{Target: programme.Target{Code: programme.TargetStepUp, Least: 1}},
	}
	surveys := []programme.SurveyLine{{Survey: c.dialogue(0, programme.Asked, "").Survey,
		Counts: programme.SurveyCounts{programme.Asked: 20, programme.Started: 3, programme.Done: 9, programme.Declined: 1}}}
	shared := c.memo
	shared.Memo.Shared = at(9, 5, 9, 30)
	settings := programme.Settings{Name: "後継者支援ネットワーク事業", Zone: tokyo}
	answered := line
	answered.Answer = programme.Yes
	homes := map[string]programme.Home{
		"office": {Me: c.office, Settings: settings, Office: true, Writes: true, Panel: c.panel(), Upcoming: c.upcoming(), Progress: progress, Surveys: surveys,
			Events: []programme.EventLine{counted, waiting}, Memos: []programme.MemoView{c.memo, shared}},
		"atsugi": {Me: c.atsugi, Settings: settings, Dialogues: []programme.Dialogue{c.dialogue(2, programme.Started, "where")},
			Events: []programme.EventLine{answered}, Memos: []programme.MemoView{shared}},
		"mentor":    {Me: c.mentor, Settings: settings, Writes: true, Atsugi: []programme.Person{c.atsugi}, Memos: []programme.MemoView{c.memo}},
		"supporter": {Me: c.supporter, Settings: settings, Events: []programme.EventLine{line}},
		"bureau": {Me: c.bureau, Settings: settings, Progress: progress, Surveys: surveys, Events: []programme.EventLine{waiting},
			Memos: []programme.MemoView{shared}},
		"nothing": {Me: programme.Person{ID: "01JX"}},
	}
	for role, h := range homes {
		h.Now = at(9, 4, 9, 0)
		homes[role] = h
	}
	return homes
}

// drawings are all things that people see, by name.
func (c cast) drawings(t testing.TB, l ui.Locale) map[string]drawing {
	out := map[string]drawing{}
	c.events(t, l, out)
	c.moreEvents(t, l, out)
	c.eventPages(t, l, out)
	c.surveyOffice(t, l, out)
	c.answering(t, l, out)
	c.memos(t, l, out)
	c.coordinator(t, l, out)
	c.sessions(t, l, out)
	c.clashes(t, l, out)
	c.consents(t, l, out)
	c.next(t, l, out)
	c.known(t, l, out)
	c.relayed(t, l, out)
	c.joining(t, l, out)
	c.recommends(t, l, out)
	c.handovers(t, l, out)
	c.months(t, l, out)
	c.shares(t, l, out)
	c.photos(t, l, out)
	c.searches(t, l, out)
	c.enquiries(t, l, out)
	c.announcements(t, l, out)
	c.workspaces(t, l, out)
	for role, h := range c.homes() {
		out["home-"+role] = view(t, ui.Home(h, []programme.SurveyDef{c.def, {ID: "second", Title: c.def.Title}}, l))
	}
	out["home-stranger"] = view(t, ui.HomeStranger(programme.JoinStanding{}, l))
	for name, p := range map[string]programme.Person{"stranger": {}, "atsugi": c.atsugi, "mentor": c.mentor, "office": c.office} {
		out["hint-"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeHint), To: p}, l)
	}
	out["page-help"] = view(t, ui.HelpPage(c.mentor, l))
	out["page-saved"] = view(t, ui.Saved(ui.AppName, ui.MemoKept(l), l))
	return out
}

func (c cast) events(t testing.TB, l ui.Locale, out map[string]drawing) {
	inRoom := c.workshop
	inRoom.URL, inRoom.Bring = "", ""
	cancelled := c.workshop
	cancelled.Cancelled = at(9, 10, 9, 0)
	ask := func(kind programme.NoticeKind, e programme.Event, answer programme.Coming) drawing {
		return message(t, programme.Matter{Notice: notice(kind), To: c.atsugi, Event: e,
			Attendance: programme.Attendance{Answer: answer}}, l)
	}
	out["event-ask"] = ask(programme.NoticeEventAsk, c.workshop, programme.Undecided)
	out["event-ask-room"] = ask(programme.NoticeEventAsk, inRoom, programme.NotYet)
	out["event-ask-answered"] = ask(programme.NoticeEventAsk, c.workshop, programme.Yes)
	out["event-ask-cancelled"] = ask(programme.NoticeEventAsk, cancelled, programme.Yes)
	out["event-reminder"] = ask(programme.NoticeEventReminder, c.workshop, programme.Yes)
	out["event-reminder-online"] = ask(programme.NoticeEventReminder, c.workshop, programme.Online)
	out["event-reminder-no"] = ask(programme.NoticeEventReminder, c.workshop, programme.No)
}
