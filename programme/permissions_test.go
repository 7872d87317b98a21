package programme_test

import (
	"context"
	"slices"
	"testing"

	"tsugite/programme"
)

// TestWhoMayManageEvents goes through everything about events that is not for
// everyone, person by person (design.md section 5). Each act is harmless to repeat.
func TestWhoMayManageEvents(t *testing.T) {
	office := []programme.PersonID{"office"}
	both := []programme.PersonID{"office", "bureau"}
	none := []programme.PersonID{}
	for act, c := range map[string]struct {
		may []programme.PersonID
		do  func(h *house, ctx context.Context, who programme.Actor) error
	}{
		"see the whole list": {both, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.EventPage(ctx, who, "workshop-1")
			return err
		}},
		"see every event": {both, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.ManagedEvents(ctx, who)
			return err
		}},
		"make an event": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.PutEvent(ctx, who, h.form("new-"+string(who.Person)))
			return err
		}},
		"enter an answer": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, _, err := h.AnswerFor(ctx, who, "workshop-1", "atsugi", programme.Yes, "")
			return err
		}},
		"submit an event": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.SubmitEvent(ctx, who, "unapproved")
			return err
		}},
		"return an event": {[]programme.PersonID{"bureau"}, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.DecideEvent(ctx, who, "unapproved", "", "会場の住所")
			return err
		}},
		"add a guest": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.AddGuest(ctx, who, guest("g-"+string(who.Person), "workshop-1"))
			return err
		}},
		"import guests": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.ImportGuests(ctx, who, "workshop-1", nil, false)
			return err
		}},
		"open the check-in": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.OpenCheckIn(ctx, who, "workshop-1")
			return err
		}},
		"check somebody in": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.CheckIn(ctx, who, "today", "atsugi", true)
		}},
		"check a page in": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.CheckInSet(ctx, who, "today", []programme.AttendeeID{"atsugi"}, nil)
		}},
		"ask a speaker": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.AskSpeaker(ctx, who, "workshop-1", "senior", "")
			return err
		}},
		"answer for a speaker": {none, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.SetSpeaker(ctx, who, "workshop-1", "nobody", programme.SpeakerAgreed)
			return err
		}},
		"see addresses": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.Contacts(ctx, who, "workshop-1")
			return err
		}},
		"ask for the print pack": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.RequestPack(ctx, who, "workshop-1", "op")
		}},
		"hold a notice": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.OverrideNotice(ctx, who, programme.Override{Subject: "workshop-1", Action: programme.OverrideHold})
		}},
		"release a notice": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.ReleaseNotice(ctx, who, "workshop-1", "", "")
		}},
		"hold everything": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.HoldDeliveries(ctx, who, true)
		}},
		"see the panel": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.Panel(ctx, who)
			return err
		}},
		"export attendance": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.ExportAttendance(ctx, who)
			return err
		}},
		"export deliveries": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.ExportDeliveries(ctx, who)
			return err
		}},
		"move an event": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.MoveEvent(ctx, who, "workshop-1", 0, h.now.AddDate(0, 0, 30), h.now.AddDate(0, 0, 31), "公民館")
			return err
		}},
		"cancel an event": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.CancelEvent(ctx, who, "unapproved", "")
			return err
		}},
	} {
		t.Run(act, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			h.sync(with(e, func(e *programme.Event) { e.ID, e.Approved = "unapproved", "" }),
				with(e, func(e *programme.Event) { e.ID, e.Start, e.End = "today", h.now, h.now.Add(3600e9) }))
			for _, who := range cast {
				err := c.do(h, t.Context(), programme.As(who))
				refusal, refused := programme.AsError(err)
				switch may := slices.Contains(c.may, who); {
				case may && err != nil:
					t.Errorf("%s may not: %v", who, err)
				case !may && err == nil:
					t.Errorf("%s may", who)
				case !may && (!refused || refusal.Code != codeOf(who)) && !(act == "answer for a speaker" && who == "office"):
					t.Errorf("%s is refused with %v", who, err)
				}
			}
		})
	}
}

// TestWhoMayRunSurveys goes through everything that is done with a survey but for
// answering it and reading its results (design.md section 5).
func TestWhoMayRunSurveys(t *testing.T) {
	for act, do := range map[string]func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, r programme.ResponseID) error{
		"see the audience": func(h *house, ctx context.Context, who programme.Actor, _ programme.Survey, _ programme.ResponseID) error {
			def := surveyDef()
			def.ID = "another"
			_, _, err := h.SurveyAudience(ctx, who, def)
			return err
		},
		"see the terms": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			_, _, err := h.SurveyTerms(ctx, who, s.Def)
			return err
		},
		"try": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.TrySurvey(ctx, who, "try-"+string(who.Person), s.Def))
		},
		"launch": func(h *house, ctx context.Context, who programme.Actor, _ programme.Survey, _ programme.ResponseID) error {
			def := surveyDef()
			def.ID = "another"
			return second(h.LaunchSurvey(ctx, who, "launch-"+string(who.Person), def, programme.Window{}))
		},
		"ask newcomers": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.AskNewcomers(ctx, who, s.ID))
		},
		"see the board": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.SurveyBoard(ctx, who, s.ID))
		},
		"chase": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.ChaseSurvey(ctx, who, s.ID, "op"))
		},
		"extend": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.ExtendSurvey(ctx, who, s.ID, h.now.AddDate(0, 0, 30)))
		},
		"close": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return second(h.CloseSurvey(ctx, who, s.ID))
		},
		"reopen": func(h *house, ctx context.Context, who programme.Actor, _ programme.Survey, r programme.ResponseID) error {
			return h.ReopenSurvey(ctx, who, r, h.now.AddDate(0, 0, 30))
		},
		"ask for the sheet": func(h *house, ctx context.Context, who programme.Actor, s programme.Survey, _ programme.ResponseID) error {
			return h.RequestSurveySheet(ctx, who, s.ID, "op")
		},
	} {
		t.Run(act, func(t *testing.T) {
			h := newHouse(t)
			s := h.launch("launch", surveyDef(), programme.Window{})
			r := h.responses(s.ID)["atsugi"]
			for _, who := range cast {
				err := do(h, t.Context(), programme.As(who), s, r.ID)
				refusal, refused := programme.AsError(err)
				switch may := who == "office"; {
				case may && err != nil:
					t.Errorf("%s may not: %v", who, err)
				case !may && (!refused || refusal.Code != codeOf(who)):
					t.Errorf("%s: %v, want to be refused as %s", who, err, codeOf(who))
				}
			}
		})
	}
}

// codeOf is how somebody is refused what is not theirs.
func codeOf(who programme.PersonID) programme.Code {
	if who == "nobody" {
		return programme.CodeNotFound
	}
	if who == "left" {
		return programme.CodeUnknown
	}
	return programme.CodeDenied
}

// with is e with something else in it.
func with(e programme.Event, change func(*programme.Event)) programme.Event {
	change(&e)
	return e
}

func (h *house) sync(events ...programme.Event) {
	h.t.Helper()
	if err := h.SyncEvents(context.Background(), events); err != nil {
		h.t.Fatal(err)
	}
}

// form is a sound form for a new event, two weeks ahead.
func (h *house) form(op string) programme.EventForm {
	return programme.EventForm{
		Op: op, Kind: programme.Workshop, Title: "第2回", Start: h.now.AddDate(0, 0, 14), End: h.now.AddDate(0, 0, 14).Add(3 * 3600e9),
		Place: "公民館", Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}, Host: programme.ByOffice,
	}
}

func guest(id string, event programme.EventID) programme.Guest {
	return programme.Guest{ID: programme.GuestID(id), Event: event, Name: "客 " + id, Kana: id, Answer: programme.Yes}
}

// TestWhoSeesTheNamesOfAnEvent: staff of a co-hosting organisation and experts who
// speak there see names and attendance, and no more.
func TestWhoSeesTheNamesOfAnEvent(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for id, organisation := range map[programme.PersonID]string{"supporter": "商工会", "atsugi": "商工会"} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			p.Organisation, p.Email, p.Phone, p.Note = organisation, string(id)+"@example.jp", "029-000-0000", "私事"
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	e := h.workshop()
	h.sync(with(e, func(e *programme.Event) { e.CoHosts, e.Notes = []string{"商工会"}, "内緒" }),
		with(e, func(e *programme.Event) { e.ID, e.CoHosts, e.Approved = "secret", []string{"商工会"}, "" }))
	ctx, office := t.Context(), programme.As("office")
	g := guest("g1", e.ID)
	g.Email, g.Phone, g.Note = "guest@example.jp", "03-0000-0000", "車椅子"
	for _, err := range []error{
		second(h.AddGuest(ctx, office, g)),
		second(h.AskSpeaker(ctx, office, e.ID, "expert", "継ぐ")), second(h.AskSpeaker(ctx, office, e.ID, "other-expert", "")),
		second(h.AskSpeaker(ctx, office, e.ID, "unpledged", "")), second(h.AskSpeaker(ctx, office, e.ID, "other-atsugi", "")),
		second(h.SetSpeaker(ctx, office, e.ID, "expert", programme.SpeakerAgreed)), second(h.SetSpeaker(ctx, office, e.ID, "unpledged", programme.SpeakerAgreed)),
		second(h.SetSpeaker(ctx, office, e.ID, "other-atsugi", programme.SpeakerAgreed)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := h.AnswerEvent(ctx, programme.As("atsugi"), e.ID, programme.No, "通院"); err != nil {
		t.Fatal(err)
	}
	for _, who := range cast {
		page, err := h.EventPage(ctx, programme.As(who), e.ID)
		whole := who == "office" || who == "bureau"
		if names := who == "supporter" || who == "expert"; !whole && !names {
			if err == nil {
				t.Errorf("%s sees the names", who)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", who, err)
			continue
		}
		if page.Manages != (who == "office") || (page.Event.Notes != "") != (who == "office") {
			t.Errorf("%s manages: %v, notes %q", who, page.Manages, page.Event.Notes)
		}
		if page.Counts[programme.No] != 1 || page.Counts[programme.Yes] != 1 || page.Asked != 1 {
			t.Errorf("%s: counts %v of %d", who, page.Counts, page.Asked)
		}
		var private, named int
		for _, a := range page.Attendees {
			if a.Name() != "" {
				named++
			}
			if a.Reason != "" || a.Email() != "" || a.Phone() != "" || a.Person.SlackID != "" || a.Person.Note != "" || a.Guest.Note != "" {
				private++
			}
		}
		if named != 6 || (private > 0) != whole { // one answered, one guest, four speakers
			t.Errorf("%s: %d names, %d with something private", who, named, private)
		}
		if asked := len(page.Speakers) == 4; asked != whole {
			t.Errorf("%s sees who was asked to speak: %v", who, page.Speakers)
		}
	}
	if _, err := h.EventPage(ctx, programme.As("supporter"), "secret"); err == nil {
		t.Error("a co-host sees an event that is not announced")
	}
}

// second is the error of a call that answers something else, too.
func second[T any](_ T, err error) error { return err }
