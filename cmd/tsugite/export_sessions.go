package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// exportSessions writes a line for every session: evidence for the accounts
// (programme.md 2-③b). A workbook has the sums of each expert on a sheet of its own.
type exportSessions struct{ outlet }

// sessionLine is one line of the export. Moments are RFC 3339 in the programme's zone;
// what is not known is left out.
type sessionLine struct {
	Session      programme.SessionID    `json:"session"`
	Kind         programme.SessionKind  `json:"kind"`
	Engagement   programme.EngagementID `json:"engagement,omitempty"`
	Organisation string                 `json:"organisation,omitempty"`
	Atsugi       programme.PersonID     `json:"atsugi"`
	AtsugiName   string                 `json:"atsugi_name"`
	Mentor       programme.PersonID     `json:"mentor"`
	MentorName   string                 `json:"mentor_name"`
	Start        string                 `json:"start,omitempty"`
	End          string                 `json:"end,omitempty"`
	Minutes      int                    `json:"minutes,omitempty"`
	Mode         programme.SessionMode  `json:"mode"`
	State        programme.SessionState `json:"state"`
	Unsettled    programme.Unsettled    `json:"unsettled,omitempty"`
	Declined     bool                   `json:"declined,omitempty"`
	AtsugiSays   programme.Word         `json:"atsugi_says,omitempty"`
	MentorSays   programme.Word         `json:"mentor_says,omitempty"`
	OfficeSays   programme.Word         `json:"office_says,omitempty"`
	Payable      bool                   `json:"payable"`
	Memo         bool                   `json:"memo"`
	Appointment  programme.PaperStatus  `json:"appointment,omitempty"`
	Travel       programme.PaperStatus  `json:"travel,omitempty"`
	Receipts     programme.PaperStatus  `json:"receipts,omitempty"`
	Asked        string                 `json:"asked,omitempty"` // for when a request asked that nobody agreed to
}

// Run writes who met whom, when, how long and what for. What was talked about, and what
// people wrote, stay inside.
func (c exportSessions) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	records, zone, err := takeOut(ctx, c.where, (*programme.Office).SessionRecords)
	if err != nil {
		return err
	}
	lines := make([]sessionLine, len(records))
	for i, r := range records {
		lines[i] = sessionLineOf(r, zone)
	}
	return write(c.outlet, std, table[sessionLine]{
		name: say.say("export.sessions", nil),
		header: say.words(
			"export.organisation", "export.atsugi", "export.mentor", "export.date", "export.start", "export.end", "export.minutes",
			"export.kind", "export.mode", "export.state", "export.atsugi_says", "export.mentor_says", "export.office_says",
			"export.payable", "export.memo", "export.paper_appointment", "export.paper_travel", "export.paper_receipts", "export.session_asked",
		),
		numbers: []int{6},
		lines:   lines,
		cells: func(l sessionLine) []string {
			day, from, _ := strings.Cut(clock(l.Start), " ")
			_, until, _ := strings.Cut(clock(l.End), " ")
			return []string{
				l.Organisation, l.AtsugiName, l.MentorName, day, from, until, unlessZero(l.Minutes),
				say.sessionKind(l.Kind), say.sessionMode(l.Mode), say.sessionState(l),
				say.word(l.AtsugiSays), say.word(l.MentorSays), say.word(l.OfficeSays),
				say.whenHeld(l, l.Payable, "export.payable_yes", "export.payable_no"),
				say.whenHeld(l, l.Memo, "export.memo_yes", "export.memo_no"),
				say.paper(l.Appointment), say.paper(l.Travel), say.paper(l.Receipts), clock(l.Asked),
			}
		},
		beside: []sheet.Sheet{sessionSums(records, say)},
	})
}

func sessionLineOf(r programme.SessionRecord, zone *time.Location) sessionLine {
	atsugi, mentor := r.Said()
	return sessionLine{
		Session: r.ID, Kind: r.Kind, Engagement: r.Engagement, Organisation: r.AtsugiPerson.Organisation,
		Atsugi: r.Atsugi, AtsugiName: r.AtsugiPerson.Name, Mentor: r.Mentor, MentorName: r.MentorPerson.Name,
		Start: stampOf(r.Span.From, zone), End: stampOf(r.Span.Until, zone), Minutes: r.Span.Minutes(),
		Mode: r.Mode, State: r.State, AtsugiSays: atsugi, MentorSays: mentor, OfficeSays: r.OfficeSays,
		Payable: r.Payable, Memo: r.Memo,
		Appointment: r.Papers.Appointment, Travel: r.Papers.Travel, Receipts: r.Papers.Receipts,
		Unsettled: r.Unsettled, Declined: r.RequestDeclined(), Asked: stampOf(r.Asked().From, zone),
	}
}

// sessionSum is what one expert held of one kind.
type sessionSum struct {
	mentor                 programme.Person
	kind                   programme.SessionKind
	held, minutes, payable int
}

// sessionSums counts what was held by expert, in order of kana, and by kind: 2-② and 2-③b
// are counted apart (programme.md duties).
func sessionSums(records []programme.SessionRecord, say speech) sheet.Sheet {
	var sums []*sessionSum
	for _, r := range records {
		if r.State != programme.SessionHeld {
			continue
		}
		i := slices.IndexFunc(sums, func(s *sessionSum) bool { return s.mentor.ID == r.Mentor && s.kind == r.Kind })
		if i < 0 {
			sums, i = append(sums, &sessionSum{mentor: r.MentorPerson, kind: r.Kind}), len(sums)
		}
		sums[i].held++
		sums[i].minutes += r.Span.Minutes()
		if r.Payable {
			sums[i].payable++
		}
	}
	slices.SortFunc(sums, func(a, b *sessionSum) int {
		return cmp.Or(cmp.Compare(a.mentor.Kana, b.mentor.Kana), cmp.Compare(a.mentor.ID, b.mentor.ID), cmp.Compare(b.kind, a.kind))
	})
	s := sheet.Sheet{
		Name:    say.say("export.session_sums", nil),
		Header:  say.words("export.mentor", "export.kind", "export.held", "export.minutes", "export.held_payable"),
		Numbers: []int{2, 3, 4},
	}
	for _, x := range sums {
		s.Rows = append(s.Rows, []string{
			x.mentor.Name, say.sessionKind(x.kind), strconv.Itoa(x.held), strconv.Itoa(x.minutes), strconv.Itoa(x.payable),
		})
	}
	return s
}

// unlessZero is a number that is left out when there is nothing to count.
func unlessZero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// sessionKind is what a session counts for.
func (s speech) sessionKind(k programme.SessionKind) string {
	if k == programme.FollowUp {
		return s.say("export.follow_up", nil)
	}
	return s.say("export.between", nil)
}

// sessionMode is how the two meet.
func (s speech) sessionMode(m programme.SessionMode) string {
	if m == programme.ModeOnSite {
		return s.say("export.on_site", nil)
	}
	return s.say("export.mode_online", nil)
}

// sessionState is where a session stands.
func (s speech) sessionState(l sessionLine) string {
	switch {
	case l.Declined:
		return s.say("export.session_declined", nil)
	case l.Unsettled == programme.AwaitsVerdict:
		return s.say("export.session_disputed", nil)
	case l.Unsettled == programme.AwaitsWords:
		return s.say("export.session_unsaid", nil)
	}
	switch l.State {
	case programme.SessionOpen:
		return s.say("export.session_open", nil)
	case programme.SessionBooked:
		return s.say("export.session_booked", nil)
	case programme.SessionHeld:
		return s.say("export.session_held", nil)
	case programme.SessionNotHeld:
		return s.say("export.session_not_held", nil)
	}
	return s.say("export.session_cancelled", nil)
}

// word is what somebody said of a session afterwards, "" for nothing.
func (s speech) word(w programme.Word) string {
	switch w {
	case programme.SaysHeld:
		return s.say("export.says_held", nil)
	case programme.SaysNotHeld:
		return s.say("export.says_not_held", nil)
	case programme.SaysMoved:
		return s.say("export.says_moved", nil)
	}
	return ""
}

// paper is where a paper of the fee stands, "" if nobody recorded it.
func (s speech) paper(p programme.PaperStatus) string {
	switch p {
	case programme.PaperNotNeeded:
		return s.say("export.paper_not_needed", nil)
	case programme.PaperAwaited:
		return s.say("export.paper_awaited", nil)
	case programme.PaperReceived:
		return s.say("export.paper_received", nil)
	}
	return ""
}

// whenHeld says yes or no of a session that took place, and of another nothing.
func (s speech) whenHeld(l sessionLine, is bool, yes, no string) string {
	switch {
	case l.State != programme.SessionHeld:
		return ""
	case is:
		return s.say(yes, nil)
	}
	return s.say(no, nil)
}
