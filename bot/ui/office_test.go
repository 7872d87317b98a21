package ui_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// ticked sets what is ticked in a page of ticks that came back.
func ticked(v slack.View, ids ...string) slack.View {
	for block, inputs := range v.State.Values {
		if !strings.HasPrefix(block, "checkin.") {
			continue
		}
		for id, in := range inputs {
			in.SelectedOptions = nil
			for _, b := range v.Blocks.BlockSet {
				boxes, ok := b.(*slack.InputBlock)
				if !ok || boxes.BlockID != block {
					continue
				}
				for _, o := range boxes.Element.(*slack.CheckboxGroupsBlockElement).Options {
					if slices.Contains(ids, o.Value) {
						in.SelectedOptions = append(in.SelectedOptions, *o)
					}
				}
			}
			inputs[id] = in
		}
	}
	return v
}

func TestOnlyTicksThatChangedAreRead(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["checkin"] // 01JA is ticked
	for _, c := range []struct {
		rule string
		ids  []string
		want ui.Ticks
	}{
		{"what stands as drawn is left alone", []string{"01JA"}, ui.Ticks{}},
		{"ticks are told", []string{"01JA", "01JG", "01JB"}, ui.Ticks{Here: []programme.AttendeeID{"01JG", "01JB"}}},
		{"a tick taken back is told", nil, ui.Ticks{Gone: []programme.AttendeeID{"01JA"}}},
		{"both at once", []string{"01JM"}, ui.Ticks{Here: []programme.AttendeeID{"01JM"}, Gone: []programme.AttendeeID{"01JA"}}},
	} {
		got := ui.ReadTicks(ticked(returned(t, drawn), c.ids...))
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.rule, d)
		}
	}
}

func TestAFormWithoutStateTicksNobody(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["checkin"]
	v := returned(t, drawn)
	v.State = &slack.ViewState{}
	if got := ui.ReadTicks(v); len(got.Here)+len(got.Gone) != 0 {
		t.Errorf("%+v", got)
	}
	if got := ui.ReadTicks(slack.View{}); len(got.Here)+len(got.Gone) != 0 {
		t.Errorf("%+v", got)
	}
}

// shownOn is who stands on a page of ticks, and how many blocks it has.
func shownOn(t *testing.T, d drawing) (ids []string, blocks int) {
	t.Helper()
	v := returned(t, d)
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			for _, o := range in.Element.(*slack.CheckboxGroupsBlockElement).Options {
				ids = append(ids, o.Value)
			}
		}
	}
	return ids, len(v.Blocks.BlockSet)
}

func TestEveryoneStandsOnExactlyOnePageOfTicks(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	for _, n := range []int{1, 9, 10, 11, 50, 149, 150, 151, 300, 1000} {
		page := c.crowd(n)
		seen := map[string]int{}
		for from := 0; from < n; from += 150 {
			d := view(t, ui.CheckInPage(ui.CheckInData{Page: page, From: from, Op: "01KOP"}, l))
			check(t, fmt.Sprintf("%d people from %d", n, from), d)
			ids, _ := shownOn(t, d)
			for _, id := range ids {
				seen[id]++
			}
		}
		for id, times := range seen {
			if times != 1 {
				t.Errorf("of %d, %s is shown %d times", n, id, times)
			}
		}
		if len(seen) != n {
			t.Errorf("%d of %d are shown", len(seen), n)
		}
	}
}

func TestAPlaceOutsideTheListShowsItsEnd(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	for from, first := range map[int]string{-5: "01" + fmt.Sprintf("%024d", 0), 150: "01" + fmt.Sprintf("%024d", 150), 9000: "01" + fmt.Sprintf("%024d", 150)} {
		ids, _ := shownOn(t, view(t, ui.CheckInPage(ui.CheckInData{Page: c.crowd(200), From: from, Op: "01KOP"}, l)))
		if len(ids) == 0 || ids[0] != first {
			t.Errorf("from %d: %v", from, ids)
		}
	}
}

func TestWhoIsLookedForAtTheDoorStandsFirst(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["checkin"]
	ids, _ := shownOn(t, drawn)
	want := []string{"01JA", "01JM", "01JS", "01JG", "01JC", "01JB"} // comes, speaks, online, waits; then no, no answer
	if d := cmp.Diff(want, ids); d != "" {
		t.Error(d)
	}
}

func TestATickMovesNobody(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	page := c.eventPage()
	before, _ := shownOn(t, view(t, ui.CheckInPage(ui.CheckInData{Page: page, Op: "01KOP"}, l)))
	for i := range slices.Backward(page.Attendees) { // the last of the others first
		page.Attendees[i].Arrived = at(9, 18, 14, 10)
		after, _ := shownOn(t, view(t, ui.CheckInPage(ui.CheckInData{Page: page, Op: "01KOP"}, l)))
		if d := cmp.Diff(before, after); d != "" {
			t.Errorf("once %s is there: %s", page.Attendees[i].ID, d)
		}
	}
}

func TestGroupsOfTicksAreNamedByKana(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["checkin"]
	if !strings.Contains(string(d.View), "たかはし とうこ から くらもと みなと まで") {
		t.Errorf("%s", d.View)
	}
}

func TestTheGuestFormIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	want := c.guest()
	want.Answer = programme.Yes // who waits goes on waiting by saying yes
	form, got, err := ui.ReadGuestForm(returned(t, drawn["guest-change"]))
	if d := cmp.Diff(want, got); err != nil || d != "" || form.From != ui.ActionGuests {
		t.Errorf("%v %+v %s", err, form, d)
	}
	form, got, err = ui.ReadGuestForm(returned(t, drawn["guest-walk-in"]))
	fresh := programme.Guest{ID: "01KOP", Event: c.workshop.ID, Answer: programme.Yes}
	if d := cmp.Diff(fresh, got); err != nil || d != "" || form.From != ui.ActionCheckInGuest {
		t.Errorf("%v %+v %s", err, form, d)
	}
}

func TestFieldErrorsOfAGuestFindTheirInput(t *testing.T) {
	v := returned(t, sample().drawings(t, ui.NewLocale("ja", tokyo))["guest-change"])
	for _, field := range []string{"name", "kana", "organisation", "prefecture", "email", "phone", "role", "note", "answer"} {
		if block := ui.FieldBlock(v, field); v.State.Values[block] == nil {
			t.Errorf("%s stands beside %q, which is no input", field, block)
		}
	}
}

func TestWhatAButtonIsAboutIsReadAgain(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	o, err := ui.ReadNotice(clickOn(t, drawn["upcoming"], "保留").Value)
	want := programme.Override{Subject: "ws1", Kind: programme.NoticeEventAsk, Occasion: "remind-1d@20260918T0500Z"}
	if d := cmp.Diff(want, o); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	if e, item := ui.ReadItem(clickOn(t, drawn["guests"], "変更").Value); e != "ws1" || item != "01JG" {
		t.Errorf("%q %q", e, item)
	}
	choice := clickOn(t, drawn["speakers"], "資料受領")
	if e, p, s := ui.ReadSpeakerStatus(choice); e != "ws1" || p != "01JM" || s != programme.SpeakerMaterials {
		t.Errorf("%q %q %q", e, p, s)
	}
	for value, want := range map[string]struct {
		about string
		from  int
	}{"ws1|150": {"ws1", 150}, "a|b|10": {"a|b", 10}, "ws1": {"ws1", 0}, "ws1|-3": {"ws1", 0}, "ws1|x": {"ws1", 0}, "": {"", 0}} {
		if about, from := ui.ReadPlace(value); about != want.about || from != want.from {
			t.Errorf("%q: %q %d", value, about, from)
		}
	}
}

func TestNoticesOfAnotherProgramAreRefused(t *testing.T) {
	for _, value := range []string{"", "{", "[]", `["a","b"]`, `["a","b","c","d"]`, `[1,2,3]`} {
		if _, err := ui.ReadNotice(value); !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestOnlyMessagesOfChannelsAreLinked(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["panel"]
	links := 0
	for _, e := range elements(t, drawn) {
		if e["url"] == nil {
			continue
		}
		links++
		if e["url"] != "https://kanto.slack.com/archives/C0OFFICE1/p1789600000000100" {
			t.Errorf("a link to %v", e["url"])
		}
	}
	if links != 4 { // three refused and one late, all of the office's channel
		t.Errorf("%d links", links)
	}
}

func TestEventPagesOfOthersHaveNoTools(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, d := range drawn {
		if !strings.HasPrefix(name, "event-page-") {
			continue
		}
		want := name != "event-page-bureau" && name != "event-page-cohost"
		if got := slices.Contains(actionsOf(t, d), ui.ActionMail); got != want {
			t.Errorf("%s has the coordinator's tools: %v", name, got)
		}
	}
}

func TestAddressesAreGivenWholeInPieces(t *testing.T) {
	c := sample()
	var contacts programme.Contacts
	var want []string
	for i := range 400 {
		mail := fmt.Sprintf("person%03d@long-name-of-a-workshop.example.jp", i)
		want = append(want, mail)
		contacts.Mail = append(contacts.Mail, programme.Attendee{ID: programme.AttendeeID(mail), Guest: programme.Guest{ID: programme.GuestID(mail), Name: "n", Email: mail}})
	}
	contacts.Event = c.workshop
	d := view(t, ui.MailPage(contacts, ui.NewLocale("ja", tokyo)))
	check(t, "mail", d)
	var got []string
	v := returned(t, d)
	for _, b := range v.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok || !strings.HasPrefix(in.BlockID, "mail.addresses") {
			continue
		}
		got = append(got, strings.Split(v.State.Values[in.BlockID]["value"].Value, ", ")...)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestThePagesOfTheOfficeHoldForTenThousandPeople(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	page := c.crowd(10_000)
	var contacts programme.Contacts
	for _, a := range page.Attendees {
		a.Person.Phone, a.Person.Email = "090-0000-0000", string(a.ID)+"@example.jp"
		contacts.Mail, contacts.Phone = append(contacts.Mail, a), append(contacts.Phone, a)
		page.Speakers = append(page.Speakers, programme.SpeakerLine{Person: a.Person})
	}
	var people []programme.Person
	for _, a := range page.Attendees {
		people = append(people, a.Person)
	}
	for what, v := range map[string]any{
		"checkin": ui.CheckInPage(ui.CheckInData{Page: page, Op: "01KOP"}, l), "mail": ui.MailPage(contacts, l),
		"phones": ui.PhonesPage(contacts, l), "speakers": ui.SpeakersPage(page, l),
		"speaker form": ui.SpeakerForm(ui.Form{Op: "01KOP"}, c.workshop, people, l),
		"upcoming":     ui.UpcomingPage(many(c.upcoming()[0], 500), l),
	} {
		d := view(t, v)
		check(t, what, d)
		if len(d.View) > 250_000 {
			t.Errorf("%s: %d bytes", what, len(d.View))
		}
	}
}

func TestAFullPageOfTicksHoldsWhateverTheNames(t *testing.T) {
	l := ui.NewLocale("ja", tokyo)
	for what, text := range hostile {
		page := filled(text, 1).crowd(150)
		for i := range page.Attendees {
			page.Attendees[i].Arrived, page.Attendees[i].Answer = at(9, 18, 13, 50), programme.Waiting
		}
		d := view(t, ui.CheckInPage(ui.CheckInData{Page: page, Op: "01KOP"}, l))
		check(t, what, d)
		if ids, _ := shownOn(t, d); len(ids) != 150 {
			t.Errorf("%s: %d of 150 are shown", what, len(ids))
		}
	}
}

func FuzzReadTicks(f *testing.F) {
	f.Add(`{"blocks":[{"type":"input","block_id":"checkin.a.0","label":{"type":"plain_text","text":"x"},"element":{"type":"checkboxes","action_id":"value","options":[{"text":{"type":"plain_text","text":"n"},"value":"01JA"}]}}],"state":{"values":{"checkin.a.0":{"value":{"selected_options":[{"value":"01JA"}]}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		got := ui.ReadTicks(v)
		for _, id := range got.Here {
			if slices.Contains(got.Gone, id) && strings.Count(raw, string(id)) < 4 {
				t.Fatalf("%q came and went", id)
			}
		}
	})
}

func FuzzReadNotice(f *testing.F) {
	f.Add(`["ws1","event.ask","remind-1d@20260918T0500Z"]`)
	f.Fuzz(func(t *testing.T, value string) {
		if o, err := ui.ReadNotice(value); err != nil && o.Subject != "" {
			t.Fatalf("refused, yet %+v", o)
		}
	})
}
