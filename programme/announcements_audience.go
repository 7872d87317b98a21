package programme

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

const (
	// maxAnnouncementParts bounds how many values an audience lists by name.
	maxAnnouncementParts = 500
	// announcementLongest is how long ahead an announcement goes out at most.
	announcementLongest = 200 * 24 * time.Hour
)

// check finds what is wrong with the form of a draft: it may lack anything but a title.
func (f AnnouncementForm) check(now time.Time) error {
	var faults Faults
	add := func(bad bool, field, key string, args ...any) {
		if bad {
			faults = append(faults, invalid(field, key, args...))
		}
	}
	long := func(field, text string, most int) {
		add(strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unprintable(r) }), field, "error.unprintable")
		add(len(utf16.Encode([]rune(text))) > most, field, "error.too_long", "Max", most)
	}
	add(strings.TrimSpace(f.Title.Ja) == "", "title", "error.required")
	long("title", f.Title.Ja, MaxAnnouncementTitle)
	long("title_en", f.Title.En, MaxAnnouncementTitle)
	long("body", f.Body.Ja, MaxAnnouncementBody)
	long("body_en", f.Body.En, MaxAnnouncementBody)
	add(f.Body.En != "" && f.Body.Ja == "", "body", "error.required")
	add(slices.ContainsFunc(f.Channels, func(p Purpose) bool { return p == "" }), "channels", "error.choice")
	to := f.To
	parts := len(to.People) + len(to.Except) + len(to.Organisations) + len(to.Prefectures) + len(to.Cohorts) + len(to.Answers)
	add(parts > maxAnnouncementParts, "to", "error.number", "Min", 0, "Max", maxAnnouncementParts)
	for _, x := range to.Answers {
		add(slices.ContainsFunc(x.Which, func(w EventAnswer) bool { return !slices.Contains(EventAnswers, w) }), "to", "error.choice")
	}
	if at := f.At; !at.IsZero() {
		add(!at.After(now), "at", "error.time_past")
		add(at.Sub(now) > announcementLongest, "at", "error.time_far", "Days", wholeDays(announcementLongest))
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// apply is the announcement with what the form says.
func (f AnnouncementForm) apply(a Announcement) Announcement {
	trim := func(t Text) Text { return Text{Ja: strings.TrimSpace(t.Ja), En: strings.TrimSpace(t.En)} }
	a.Title, a.Body, a.Event, a.Survey = trim(f.Title), trim(f.Body), f.Event, f.Survey
	a.Channels, a.Direct, a.To, a.At, a.Acknowledge = f.Channels, f.Direct, f.To, f.At, f.Acknowledge
	return a
}

// sendable finds what an announcement lacks for being sent, and what it leads to. An event
// that the bureau has not approved is announced to nobody (programme.md).
func (o *Office) sendable(tx Tx, a Announcement, now time.Time) (Attached, error) {
	var faults Faults
	add := func(bad bool, field, key string) {
		if bad {
			faults = append(faults, invalid(field, key))
		}
	}
	add(a.Body.Ja == "", "body", "error.required")
	add(!a.Direct && len(a.Channels) == 0, "channels", "error.announcement_nowhere")
	add(a.Direct && a.To.Empty(), "to", "error.audience_missing")
	add(a.Acknowledge && !a.Direct, "acknowledge", "error.announcement_acknowledge")
	add(!a.At.IsZero() && !a.At.After(now), "at", "error.time_past")
	of := func(x AudienceAnswers) bool { return x.Event == "" }
	add(slices.ContainsFunc(a.To.Answers, of), "answers_event", "error.announcement_which_event")
	add(a.To.Survey != nil && a.To.Survey.Survey == "", "survey_of", "error.announcement_which_survey")
	x, err := attached(tx, a)
	if err != nil {
		return x, err
	}
	if a.Event != "" {
		add(!x.Event.Announced(o.Settings.Today(now)), "event", "error.announcement_unapproved")
		add(!x.Event.Cancelled.IsZero(), "event", "error.event_cancelled")
	}
	if len(faults) > 0 {
		return x, faults
	}
	return x, nil
}

// attached finds what an announcement leads to.
func attached(tx Tx, a Announcement) (x Attached, err error) {
	if a.Event != "" {
		if x.Event, err = tx.Event(a.Event); err != nil {
			return x, orMissing(err, "error.event_gone")
		}
	}
	if a.Survey != "" {
		x.Survey, err = sentOut(tx, a.Survey)
	}
	return x, err
}

// EventAnswer is what the attendee said, as audiences tell people apart; "" for who was
// neither asked nor said anything.
func (a Attendee) EventAnswer() EventAnswer {
	switch {
	case a.Answer.Comes():
		return AnswerComing
	case a.Answer == No:
		return AnswerDeclined
	case a.Answer == Waiting:
		return AnswerWaiting
	case a.Answer == NotYet:
		return AnswerUndecided
	case a.Awaited():
		return AnswerSilent
	}
	return ""
}

// recipients are the people of an audience today, by kana.
func recipients(tx Tx, to AnnouncementAudience) ([]Person, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	said, err := saidAbout(tx, to.Answers)
	if err != nil {
		return nil, err
	}
	responses, err := respondedTo(tx, to.Survey)
	if err != nil {
		return nil, err
	}
	named, except := setOf(to.People), setOf(to.Except)
	in := func(p Person) bool {
		return (len(to.Roles) == 0 || overlap(to.Roles, p.Roles)) &&
			(len(to.Cohorts) == 0 || overlap(to.Cohorts, p.Cohorts)) &&
			(len(to.Prefectures) == 0 || slices.Contains(to.Prefectures, p.Prefecture)) &&
			(len(to.Organisations) == 0 || slices.Contains(to.Organisations, p.Organisation)) &&
			(len(to.Answers) == 0 || slices.ContainsFunc(said, func(s eventSaid) bool { return s.includes(p) })) &&
			(to.Survey == nil || responses[p.ID] == answeredOrNot(to.Survey.Answered))
	}
	narrows := to.narrows()
	var out []Person
	for _, p := range people {
		if p.Active() && !except[p.ID] && (named[p.ID] || narrows && in(p)) {
			out = append(out, p)
		}
	}
	return out, nil
}

func setOf(ids []PersonID) map[PersonID]bool {
	set := make(map[PersonID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// eventSaid is what people said about one event.
type eventSaid struct {
	event Event
	which []EventAnswer
	known map[AttendeeID]Attendee
}

func (s eventSaid) includes(p Person) bool {
	a := s.known[AttendeeID(p.ID)]
	a.Asked = s.event.Audience.Includes(p)
	answer := a.EventAnswer()
	return answer != "" && (len(s.which) == 0 || slices.Contains(s.which, answer))
}

func saidAbout(tx Tx, answers []AudienceAnswers) ([]eventSaid, error) {
	var out []eventSaid
	for _, x := range answers {
		e, err := tx.Event(x.Event)
		if errors.Is(err, ErrNoRow) {
			return nil, &Error{Code: CodeNotFound, Field: "to", Key: "error.event_gone"}
		} else if err != nil {
			return nil, err
		}
		known, err := aboutAttendees(tx, e.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, eventSaid{event: e, which: x.Which, known: known})
	}
	return out, nil
}

// surveyAnswered is whether somebody answered a survey: 0 for who was not asked, or said
// that they would rather not.
type surveyAnswered int

const (
	didAnswer surveyAnswered = iota + 1
	didNotAnswer
)

func answeredOrNot(answered bool) surveyAnswered {
	if answered {
		return didAnswer
	}
	return didNotAnswer
}

func respondedTo(tx Tx, s *AudienceSurvey) (map[PersonID]surveyAnswered, error) {
	if s == nil {
		return nil, nil
	}
	if _, err := sentSurvey(tx, s.Survey); err != nil {
		return nil, err
	}
	rs, err := tx.Responses(s.Survey)
	out := make(map[PersonID]surveyAnswered, len(rs))
	for _, r := range rs {
		switch {
		case r.State == Done:
			out[r.Person] = didAnswer
		case r.State.Unanswered():
			out[r.Person] = didNotAnswer
		}
	}
	return out, err
}

// preview looks at what sending the announcement would do now.
func (o *Office) preview(tx Tx, a Announcement, now time.Time) (AnnouncementPreview, error) {
	v := AnnouncementPreview{Announcement: a}
	var err error
	if v.Attached, err = o.sendable(tx, a, now); err != nil {
		return v, err
	}
	if a.Direct {
		people, err := recipients(tx, a.To)
		if err != nil {
			return v, err
		}
		if len(people) == 0 {
			return v, invalid("to", "error.audience_empty")
		}
		for _, p := range people {
			if why := unreached(p); why != UnreachedNone {
				v.Off = append(v.Off, UnreachedPerson{Person: p, Why: why})
			} else {
				v.Reach = append(v.Reach, p)
			}
		}
	}
	v.Fingerprint = v.fingerprint()
	return v, nil
}

// fingerprint is of everything that the coordinator looks at before sending.
func (v AnnouncementPreview) fingerprint() string {
	a := v.Announcement
	sum := sha256.New()
	// Strings, times and lists of them alone: encoding them cannot fail.
	_ = json.NewEncoder(sum).Encode([]any{
		a.Title, a.Body, a.Event, a.Survey, a.Channels, a.Direct, a.At.UTC(), a.Acknowledge,
		v.Attached.Event.Title, v.Attached.Event.Start.UTC(), v.Attached.Event.End.UTC(), v.Attached.Event.Place, v.Attached.Survey.Closes.UTC(),
	})
	lines := make([]string, 0, len(v.Reach)+len(v.Off))
	for _, p := range v.Reach {
		lines = append(lines, string(p.ID)+" ")
	}
	for _, p := range v.Off {
		lines = append(lines, string(p.Person.ID)+" "+string(p.Why))
	}
	slices.Sort(lines) // somebody's new kana is no other audience
	for _, line := range lines {
		sum.Write([]byte(line + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// sortReceipts puts channels first, in the order of the announcement, then people by kana.
func sortReceipts(rs []AnnouncementReceipt, channels []Purpose) {
	slices.SortStableFunc(rs, func(a, b AnnouncementReceipt) int {
		place := func(r AnnouncementReceipt) int {
			if r.Channel == "" {
				return len(channels)
			}
			return slices.Index(channels, r.Channel)
		}
		return cmp.Or(cmp.Compare(place(a), place(b)), byKana(a.Person, b.Person))
	})
}
