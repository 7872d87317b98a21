package ui_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func TestTheEventFormIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	e := c.meeting()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	change := e.Form()
	change.Op = "01KOP"
	copied := change.Undated()
	fresh := programme.EventForm{Op: "01KOP", Kind: programme.Workshop, Host: programme.ByBureau}
	for name, c := range map[string]struct {
		sheet programme.EventSheet
		want  programme.EventForm
	}{
		"event-form-change": {c.sheet(e), change},
		"event-form-copy":   {c.sheet(e), copied},
		"event-form-new":    {programme.EventSheet{}, fresh},
	} {
		got, err := ui.ReadEventForm(returned(t, drawn[name]), c.sheet)
		sameMoment := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
		if d := cmp.Diff(c.want, got, sameMoment); err != nil || d != "" {
			t.Errorf("%s: %v %s", name, err, d)
		}
	}
}

// TestWhatTheFormCannotShowStays: who changes the title of an event with 150 named
// people must not uninvite 50 of them.
func TestWhatTheFormCannotShowStays(t *testing.T) {
	long := strings.Repeat("株", 160)
	e := sample().meeting()
	e.Audience.Organisations = []string{long, "髙橋窯"}
	sheet := programme.EventSheet{Event: e}
	e.Audience.People = nil
	for i := range 150 {
		id := programme.PersonID(fmt.Sprintf("01%024d", i))
		e.Audience.People = append(e.Audience.People, id)
		sheet.Named = append(sheet.Named, programme.Person{ID: id, Name: "髙橋"})
		e.CoHosts = append(e.CoHosts, fmt.Sprintf("団体%d", i))
	}
	sheet.Event = e
	d := view(t, ui.EventForm(ui.EventFormData{Form: ui.Form{Op: "01KOP", Subject: string(e.ID)}, Sheet: sheet, Filled: e.Form()},
		ui.NewLocale("ja", tokyo)))
	check(t, "form", d)
	got, err := ui.ReadEventForm(returned(t, d), sheet)
	if diff := cmp.Diff(e.Audience, got.Audience); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if diff := cmp.Diff(e.CoHosts, got.CoHosts); diff != "" {
		t.Error(diff)
	}
}

// TestNamesOfAnyLengthLeaveTheFormWhole: what does not fit must not push other
// inputs off the page, which would be read as empty.
func TestNamesOfAnyLengthLeaveTheFormWhole(t *testing.T) {
	for what, s := range hostile {
		e := sample().meeting()
		e.Audience, e.CoHosts = programme.Audience{}, nil
		sheet := programme.EventSheet{}
		for i := range 90 {
			name := fmt.Sprint(i) + strings.ToValidUTF8(s, "?")
			e.Audience.Organisations, e.CoHosts = append(e.Audience.Organisations, name), append(e.CoHosts, name)
			id := programme.PersonID(fmt.Sprintf("01%024d", i))
			e.Audience.People = append(e.Audience.People, id)
			sheet.Named = append(sheet.Named, programme.Person{ID: id, Name: name, Organisation: name})
			sheet.Cohorts = append(sheet.Cohorts, name)
		}
		e.Notes = s
		sheet.Event = e
		d := view(t, ui.EventForm(ui.EventFormData{Form: ui.Form{Op: "01KOP", Subject: string(e.ID)}, Sheet: sheet, Filled: e.Form()},
			ui.NewLocale("ja", tokyo)))
		check(t, what, d)
		got, err := ui.ReadEventForm(returned(t, d), sheet)
		if err != nil || got.Capacity != e.Capacity || got.Host != e.Host || len(got.Audience.Organisations) != 90 ||
			len(got.Audience.People) != 90 || len(got.CoHosts) != 90 {
			t.Errorf("%s: read %d organisations, %d people, %d hosts, %d seats: %v", what, len(got.Audience.Organisations),
				len(got.Audience.People), len(got.CoHosts), got.Capacity, err)
		}
	}
}

func TestEveryFieldThatTheRulesNameIsAnInput(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, fields := range map[string][]string{
		"event-form-new": {"kind", "title", "start", "end", "place", "map", "url", "audience", "capacity", "deadline", "host",
			"bring", "materials", "notes"},
		"event-move":       {"start", "end", "place"},
		"event-cancel":     {"reason"},
		"event-return":     {"returned"},
		"event-approved":   {"approved"},
		"event-answer-for": {"answer", "reason"},
	} {
		v := returned(t, drawn[name])
		for _, field := range fields {
			if _, ok := v.State.Values[ui.FieldBlock(v, field)]; !ok {
				t.Errorf("%s has no input for %q", name, field)
			}
		}
	}
}

func TestTheFormsOfAnEventAreReadAsTheyWereFilled(t *testing.T) {
	field := func(name string, a slack.BlockAction) slack.View {
		return slack.View{PrivateMetadata: `{"op":"01KOP","subject":"01KEVENT"}`,
			State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{"event." + name: {"value": a}}}}
	}
	if start, end, place := ui.ReadEventMove(field("start", slack.BlockAction{SelectedDateTime: 1797568200})); !start.Equal(at(12, 18, 13, 30)) || !end.IsZero() || place != "" {
		t.Errorf("moved to %v, %v, %q", start, end, place)
	}
	if got := ui.ReadEventReason(field("reason", slack.BlockAction{Value: " 台風のため \n"})); got != "台風のため" {
		t.Errorf("reason %q", got)
	}
	if got := ui.ReadEventReturn(field("returned", slack.BlockAction{Value: "定員"})); got != "定員" {
		t.Errorf("returned %q", got)
	}
	if got := ui.ReadEventApproved(field("approved", slack.BlockAction{SelectedDate: "2026-12-01"})); got != "2026-12-01" {
		t.Errorf("approved %q", got)
	}
	chosen := slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "online"}}
	if _, answer, _ := ui.ReadEventAnswer(field("answer", chosen)); answer != programme.Online {
		t.Errorf("answer %q", answer)
	}
}

func TestSeatsThatAreNoNumberAreRefusedByTheRules(t *testing.T) {
	for typed, want := range map[string]int{"": 0, "20": 20, " 20 ": 20, "たくさん": -1, "99999999999999999999": -1} {
		v := slack.View{PrivateMetadata: `{"op":"01KOP"}`, State: &slack.ViewState{
			Values: map[string]map[string]slack.BlockAction{"event.capacity": {"value": {Value: typed}}}}}
		if f, err := ui.ReadEventForm(v, programme.EventSheet{}); err != nil || f.Capacity != want {
			t.Errorf("%q: %d, %v", typed, f.Capacity, err)
		}
	}
}

// TestWhatAMenuOffersFitsAnAcknowledgement: Slack drops one of more than 20 KB
// without a word (slack.md Receiving).
func TestWhatAMenuOffersFitsAnAcknowledgement(t *testing.T) {
	for what, s := range hostile {
		var people []programme.Person
		var firms []string
		for i := range 200 {
			people = append(people, programme.Person{ID: programme.PersonID(fmt.Sprintf("01%024d", i)), Name: s, Organisation: s})
			firms = append(firms, fmt.Sprint(i)+s)
		}
		for _, options := range [][]*slack.OptionBlockObject{ui.OfferPeople(people, ui.NewLocale("ja", tokyo)), ui.OfferOrganisations(firms)} {
			raw, err := json.Marshal(map[string]any{"options": options})
			if err != nil || len(raw) > 20_000 || len(options) == 0 || len(options) > ui.OfferMost {
				t.Errorf("%s: %d options in %d bytes: %v", what, len(options), len(raw), err)
			}
		}
	}
}

// TestAnEventOfTenThousandPeople: the page says how many there are and shows some.
func TestAnEventOfTenThousandPeople(t *testing.T) {
	c := sample()
	page := c.page(c.meeting(), true)
	reach := c.reach(c.meeting())
	for i := range 10_000 {
		p := programme.Person{ID: programme.PersonID(fmt.Sprintf("01%024d", i)), Name: fmt.Sprintf("髙橋 %d", i)}
		page.Attendees = append(page.Attendees, programme.Attendee{Person: p, Answer: programme.Yes})
		reach.Slack = append(reach.Slack, p)
	}
	l := ui.NewLocale("ja", tokyo)
	d := view(t, ui.EventPage(ui.EventPageData{Page: page, Now: at(12, 1, 9, 0), Today: "2026-12-01"}, l))
	check(t, "page", d)
	if !strings.Contains(string(d.View), "参加 10002人") || !strings.Contains(string(d.View), "ほか9902人") {
		t.Error("the page does not say how many come")
	}
	check(t, "cancel", view(t, ui.EventCancel(reach, ui.Form{Op: "01KOP"}, l)))
}

func TestThePagesOfTheListHoldEveryEventOnce(t *testing.T) {
	c := sample()
	var lines []programme.EventLine
	for i := range 95 {
		e := c.workshop
		e.ID = programme.EventID(fmt.Sprintf("e%d", i))
		e.Start, e.End = e.Start.AddDate(0, 0, i-40), e.End.AddDate(0, 0, i-40)
		lines = append(lines, programme.EventLine{Event: e})
	}
	seen := map[string]int{}
	for from, pages := "0", 0; from != ""; pages++ {
		n := 0
		if _, err := fmt.Sscan(from, &n); err != nil || pages > 10 {
			t.Fatalf("page %d begins at %q", pages, from)
		}
		d := view(t, ui.EventList(ui.EventListData{Lines: lines, From: n, Now: at(9, 18, 0, 0), Today: "2026-09-18"}, ui.NewLocale("ja", tokyo)))
		check(t, "list", d)
		from = ""
		for _, e := range elements(t, d) {
			switch value, _ := e["value"].(string); e["action_id"] {
			case ui.ActionEventOpen:
				seen[value]++
			case ui.PickID(ui.ActionEventList, 1):
				from = value
			}
		}
	}
	for _, line := range lines {
		if seen[string(line.Event.ID)] != 1 {
			t.Errorf("%s stands %d times", line.Event.ID, seen[string(line.Event.ID)])
		}
	}
}

func TestWhoMayDoWhatOnAnEventsPage(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	change := []string{ui.ActionEventChange, ui.ActionEventMove, ui.ActionEventCancel, ui.ActionEventCopy, ui.ActionEventAnswerFor, ui.ActionEventSubmit}
	for name, want := range map[string][]string{
		"event-page-bureau":    {ui.ActionEventApprove, ui.ActionEventReturn, ui.ActionEventList},
		"event-page-cohost":    nil,
		"event-page-draft":     append(change, ui.ActionEventApproved, ui.ActionEventReturn, ui.ActionEventList),
		"event-page-submitted": append(change[:5:5], ui.ActionEventApproved, ui.ActionEventReturn, ui.ActionEventList),
		"event-page-announced": append(change[:5:5], ui.ActionEventList),
		"event-page-cancelled": {ui.ActionEventCopy, ui.ActionEventList},
	} {
		got := map[string]bool{}
		for _, id := range actionsOf(t, drawn[name]) {
			got[id] = true
		}
		for _, id := range append(change, ui.ActionEventApprove, ui.ActionEventApproved, ui.ActionEventReturn, ui.ActionEventList) {
			should := false
			for _, w := range want {
				should = should || w == id
			}
			if got[id] != should {
				t.Errorf("%s offers %s: %v", name, id, got[id])
			}
		}
	}
}

func TestTheBureausCardNamesNobody(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for _, name := range []string{"event-approval", "event-approval-approved", "event-approval-returned"} {
		for _, who := range []string{c.atsugi.Name, c.mentor.Name, c.meeting().Notes} {
			if strings.Contains(string(drawn[name].Blocks), who) {
				t.Errorf("%s holds %q", name, who)
			}
		}
	}
}

func FuzzReadEventForm(f *testing.F) {
	f.Add(`{"private_metadata":"{\"op\":\"01\"}","state":{"values":{"event.start":{"value":{"selected_date_time":1797568200}},"event.capacity":{"value":{"value":"20"}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		form, err := ui.ReadEventForm(v, programme.EventSheet{})
		if err == nil && form.Op == "" {
			t.Fatal("a form without an operation id was taken")
		}
		if err != nil && !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
			t.Fatal(err)
		}
	})
}
