package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// audienceHouse has people of every sort, an event to which each of the atsugi said
// something else, and a survey.
func audienceHouse(t *testing.T) (*house, programme.SurveyID) {
	t.Helper()
	h := newHouse(t)
	ctx := context.Background()
	h.write(func(tx programme.Tx) error {
		for _, p := range []programme.Person{
			{ID: "coming", Cohorts: []string{"R8"}, Prefecture: "群馬県", Organisation: "木工所"},
			{ID: "online", Cohorts: []string{"R8"}, Prefecture: "埼玉県", Organisation: "酒造"},
			{ID: "declined", Cohorts: []string{"R7"}, Prefecture: "群馬県"},
			{ID: "undecided", Cohorts: []string{"R7", "R8"}, Prefecture: "新潟県"},
			{ID: "silent", Cohorts: []string{"R6"}, Prefecture: "群馬県"},
			{ID: "gone", Cohorts: []string{"R8"}, Prefecture: "群馬県", Left: firstDay},
		} {
			p.Name, p.Kana, p.SlackID, p.Roles = string(p.ID), string(p.ID), "U"+string(p.ID), []programme.Role{programme.Atsugi}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	e := h.workshop()
	e.URL = "https://example.jp/"
	e.Audience = programme.Audience{People: []programme.PersonID{"coming", "online", "declined", "undecided", "silent", "gone"}}
	h.sync(e)
	for p, a := range map[programme.PersonID]programme.Coming{
		"coming": programme.Yes, "online": programme.Online, "declined": programme.No, "undecided": programme.NotYet,
	} {
		_, _, err := h.AnswerEvent(ctx, programme.As(p), e.ID, a, "")
		wantCode(t, err, "")
	}
	def := programme.SurveyDef{
		ID: "now", Title: programme.Text{Ja: "現状"}, OpenDays: 14,
		Audience:  programme.Audience{People: []programme.PersonID{"coming", "online", "declined"}},
		Questions: []programme.Question{{ID: "q", Kind: programme.LongText, Words: programme.Text{Ja: "いかがですか"}}},
	}
	s, err := h.LaunchSurvey(ctx, programme.As("office"), "survey", def, programme.Window{})
	wantCode(t, err, "")
	h.write(func(tx programme.Tx) error {
		for p, state := range map[programme.PersonID]programme.ResponseState{"coming": programme.Done, "online": programme.Declined} {
			r, err := tx.ResponseOf(s.ID, p)
			if err != nil {
				return err
			}
			r.State = state
			if err := tx.SaveResponse(r); err != nil {
				return err
			}
		}
		return nil
	})
	return h, s.ID
}

// TestToWhomAnAnnouncementGoes is the table of audiences.
func TestToWhomAnAnnouncementGoes(t *testing.T) {
	h, survey := audienceHouse(t)
	type audience = programme.AnnouncementAudience
	roster := func(a programme.Audience) audience { return audience{Audience: a} }
	said := func(which ...programme.EventAnswer) []programme.AudienceAnswers {
		return []programme.AudienceAnswers{{Event: "workshop-1", Which: which}}
	}
	atsugi := []programme.Role{programme.Atsugi}
	for _, c := range []struct {
		rule string
		to   audience
		want string
	}{
		{"everyone is the whole roster, without who left", audience{Everyone: true},
			"atsugi bureau coming declined expert new-office office online other-atsugi other-expert senior silent supporter undecided unpledged"},
		{"a role", roster(programme.Audience{Roles: []programme.Role{programme.Bureau}}), "bureau"},
		{"values within a field add up", roster(programme.Audience{Roles: []programme.Role{programme.Bureau, programme.Supporter}}), "bureau supporter"},
		{"fields narrow each other", roster(programme.Audience{Roles: atsugi, Cohorts: []string{"R7"}, Prefectures: []string{"群馬県"}}), "declined"},
		{"a cohort of several", roster(programme.Audience{Cohorts: []string{"R6", "R7"}}), "declined other-atsugi silent undecided"},
		{"an organisation", roster(programme.Audience{Organisations: []string{"木工所", "酒造"}}), "coming online"},
		{"a prefecture", roster(programme.Audience{Prefectures: []string{"新潟県"}}), "undecided"},
		{"who comes, in the room or online", audience{Answers: said(programme.AnswerComing)}, "coming online"},
		{"who does not", audience{Answers: said(programme.AnswerDeclined)}, "declined"},
		{"who does not know yet", audience{Answers: said(programme.AnswerUndecided)}, "undecided"},
		{"who was asked and said nothing", audience{Answers: said(programme.AnswerSilent)}, "silent"},
		{"nobody waits", audience{Answers: said(programme.AnswerWaiting)}, ""},
		{"of several answers any", audience{Answers: said(programme.AnswerSilent, programme.AnswerUndecided)}, "silent undecided"},
		{"everybody who was asked", audience{Answers: said()}, "coming declined online silent undecided"},
		{"answers narrow the roster", audience{Audience: programme.Audience{Prefectures: []string{"群馬県"}}, Answers: said(programme.AnswerComing)}, "coming"},
		{"who answered a survey", audience{Survey: &programme.AudienceSurvey{Survey: survey, Answered: true}}, "coming"},
		{"who is still to answer it, not who would rather not", audience{Survey: &programme.AudienceSurvey{Survey: survey}}, "declined"},
		{"a survey and an answer", audience{Answers: said(programme.AnswerComing), Survey: &programme.AudienceSurvey{Survey: survey}}, ""},
		{"named people are in whatever the rest says", audience{Audience: programme.Audience{Cohorts: []string{"R6"}, People: []programme.PersonID{"bureau", "coming"}}}, "bureau coming silent"},
		{"named people alone", roster(programme.Audience{People: []programme.PersonID{"online", "nobody"}}), "online"},
		{"who left is not, even by name", roster(programme.Audience{People: []programme.PersonID{"gone", "left", "online"}}), "online"},
		{"exceptions win over roles", audience{Audience: programme.Audience{Roles: []programme.Role{programme.Bureau, programme.Supporter}}, Except: []programme.PersonID{"bureau"}}, "supporter"},
		{"exceptions win over names", audience{Audience: programme.Audience{People: []programme.PersonID{"bureau", "coming"}}, Except: []programme.PersonID{"coming"}}, "bureau"},
		{"everyone, narrowed", audience{Everyone: true, Audience: programme.Audience{Prefectures: []string{"埼玉県"}}}, "online"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			a, err := h.SaveAnnouncement(t.Context(), programme.As("office"), draft("aud/"+c.rule, c.to))
			wantCode(t, err, "")
			v, err := h.PreviewAnnouncement(t.Context(), programme.As("office"), a.ID)
			if c.want == "" {
				wantCode(t, err, programme.CodeInvalid)
				return
			}
			wantCode(t, err, "")
			var got []string
			for _, p := range v.Reach {
				got = append(got, string(p.ID))
			}
			if slices.Sort(got); strings.Join(got, " ") != c.want || len(v.Off) > 0 {
				t.Errorf("it goes to %q, and not to %v; want %q", got, v.Off, c.want)
			}
		})
	}
}

// draft is a form of an announcement to an audience.
func draft(op string, to programme.AnnouncementAudience) programme.AnnouncementForm {
	return programme.AnnouncementForm{
		Op: op, Title: programme.Text{Ja: "見学会"}, Body: programme.Text{Ja: "工場を見に行きます。"}, Direct: true, To: to,
	}
}

// toAtsugi is an audience of the two atsugi of every house.
var toAtsugi = programme.AnnouncementAudience{Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}}

func TestThePreviewSaysWhoCannotBeReachedAndWhy(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for id, change := range map[programme.PersonID]func(*programme.Person){
			"atsugi":       func(p *programme.Person) { p.SlackID, p.Email = "", "a@example.jp" },
			"other-atsugi": func(p *programme.Person) { p.OffSlack = h.now },
		} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			change(&p)
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	to := toAtsugi
	to.People = []programme.PersonID{"bureau"}
	a, err := h.SaveAnnouncement(t.Context(), programme.As("office"), draft("op", to))
	wantCode(t, err, "")
	v, err := h.PreviewAnnouncement(t.Context(), programme.As("office"), a.ID)
	wantCode(t, err, "")
	why := map[programme.PersonID]programme.Unreached{}
	for _, off := range v.Off {
		why[off.Person.ID] = off.Why
	}
	if len(v.Reach) != 1 || v.Reach[0].ID != "bureau" || len(why) != 2 ||
		why["atsugi"] != programme.UnreachedOff || why["other-atsugi"] != programme.UnreachedClosed {
		t.Errorf("reached are %v, the others %v", v.Reach, why)
	}
}

// TestWhatAnAnnouncementLacks goes through what is refused before it is sent, and where it
// is said.
func TestWhatAnAnnouncementLacks(t *testing.T) {
	for rule, c := range map[string]struct {
		change  func(*programme.AnnouncementForm)
		saving  string // field and key of the refusal
		sending string
	}{
		"no title":            {func(f *programme.AnnouncementForm) { f.Title.Ja = " \n" }, "title error.required", ""},
		"a long title":        {func(f *programme.AnnouncementForm) { f.Title.En = strings.Repeat("x", 101) }, "title_en error.too_long", ""},
		"what cannot be seen": {func(f *programme.AnnouncementForm) { f.Title.Ja = "見\u202e学" }, "title error.unprintable", ""},
		"a long body":         {func(f *programme.AnnouncementForm) { f.Body.Ja = strings.Repeat("あ", 3001) }, "body error.too_long", ""},
		"only in English":     {func(f *programme.AnnouncementForm) { f.Body = programme.Text{En: "Hello"} }, "body error.required", ""},
		"an answer nobody gives": {func(f *programme.AnnouncementForm) {
			f.To.Answers = []programme.AudienceAnswers{{Event: "workshop-1", Which: []programme.EventAnswer{"maybe"}}}
		}, "to error.choice", ""},
		"in the past":            {func(f *programme.AnnouncementForm) { f.At = firstDay.Add(-time.Minute) }, "at error.time_past", ""},
		"in a year":              {func(f *programme.AnnouncementForm) { f.At = firstDay.AddDate(1, 0, 0) }, "at error.time_far", ""},
		"an event that is not":   {func(f *programme.AnnouncementForm) { f.Event = "nothing" }, " error.event_gone", ""},
		"no text":                {func(f *programme.AnnouncementForm) { f.Body.Ja = "" }, "", "body error.required"},
		"nowhere":                {func(f *programme.AnnouncementForm) { f.Direct = false }, "", "channels error.announcement_nowhere"},
		"to nobody":              {func(f *programme.AnnouncementForm) { f.To = programme.AnnouncementAudience{} }, "", "to error.audience_missing"},
		"to nobody who is there": {func(f *programme.AnnouncementForm) { f.To.Prefectures = []string{"沖縄県"} }, "", "to error.audience_empty"},
		"acknowledged in channels": {func(f *programme.AnnouncementForm) {
			f.Direct, f.Channels, f.Acknowledge = false, []programme.Purpose{programme.ChannelAnnounce}, true
		}, "", "acknowledge error.announcement_acknowledge"},
		"an unapproved event":     {func(f *programme.AnnouncementForm) { f.Event = "unapproved" }, "", "event error.announcement_unapproved"},
		"answers to none named":   {func(f *programme.AnnouncementForm) { f.To.Answers = []programme.AudienceAnswers{{}} }, "", "answers_event error.announcement_which_event"},
		"a survey that is unsaid": {func(f *programme.AnnouncementForm) { f.To.Survey = &programme.AudienceSurvey{} }, "", "survey_of error.announcement_which_survey"},
		"answers to no event":     {func(f *programme.AnnouncementForm) { f.To.Answers = []programme.AudienceAnswers{{Event: "nothing"}} }, "", "to error.event_gone"},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			h.sync(e, with(e, func(e *programme.Event) { e.ID, e.Approved = "unapproved", "" }))
			f := draft("op", toAtsugi)
			c.change(&f)
			a, err := h.SaveAnnouncement(t.Context(), programme.As("office"), f)
			wantFault(t, err, c.saving)
			if c.saving != "" {
				return
			}
			_, err = h.PreviewAnnouncement(t.Context(), programme.As("office"), a.ID)
			wantFault(t, err, c.sending)
			_, err = h.SendAnnouncement(t.Context(), programme.As("office"), "send", a.ID, a.Version, "")
			wantFault(t, err, c.sending)
		})
	}
}

// wantFault checks the first refusal, as field and key; "" means that it went through.
func wantFault(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	if e, refused := programme.AsError(err); refused { // of several the first
		got = e.Field + " " + e.Key
	} else if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("refused with %q, want %q", got, want)
	}
}
