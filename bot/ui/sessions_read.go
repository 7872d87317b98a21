package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// ReadSessionTimes reads the form for times: new ones, others, or those in place of an
// agreed one. What the form did not ask for stays as the session had it; had is zero of
// a new one. Times are in the programme's zone. A time without its day, or the other
// way round, is a Faults beside "time1" to "time3".
func ReadSessionTimes(view slack.View, had programme.Session, zone *time.Location) (programme.SessionForm, error) {
	f, v, err := readSession(view, had, zone)
	if err != nil {
		return f, err
	}
	form, _ := ReadForm(view.PrivateMetadata)
	f.Session, f.Engagement = programme.SessionID(form.Subject), programme.EngagementID(form.Item)
	f.For = programme.PersonID(v.one("for"))
	return f, nil
}

// ReadSessionBook reads the form by which the office books for both.
func ReadSessionBook(view slack.View, had programme.Session, zone *time.Location) (programme.SessionForm, error) {
	f, v, err := readSession(view, had, zone)
	if err != nil {
		return f, err
	}
	form, _ := ReadForm(view.PrivateMetadata)
	f.Session, f.Engagement = programme.SessionID(form.Subject), programme.EngagementID(v.one("engagement"))
	if f.Session == "" && f.Engagement == "" {
		f.Atsugi, f.Mentor = programme.PersonID(v.one("atsugi")), programme.PersonID(v.one("mentor"))
	}
	return f, nil
}

// readSession reads what both forms ask for.
func readSession(view slack.View, had programme.Session, zone *time.Location) (programme.SessionForm, fieldValues, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.SessionForm{}, nil, err
	}
	v := readFields(view)
	f := programme.SessionForm{
		Op: form.Op, Version: form.Version,
		Venue: programme.Venue{Mode: had.Mode, Place: v.kept("place", had.Place), URL: v.kept("url", had.URL)},
		Topic: v.kept("topic", had.Topic), Bring: v.kept("bring", had.Bring), Avoid: v.kept("avoid", had.Avoid), Contest: had.Contest,
		Reason: v.words("reason"), Override: len(v.some("override")) > 0, Over: v.words("over"),
	}
	if mode := v.one("mode"); mode != "" {
		f.Mode = programme.SessionMode(mode)
	}
	if _, asked := v["contest"]; asked {
		f.Contest = len(v.some("contest")) > 0
	}
	if _, asked := v["length"]; asked {
		f.Spans, err = readSpans(v, zone)
	} else {
		f.Spans, err = readMenuTimes(v) // which have their lengths
	}
	return f, v, err
}

// kept is what was written, or what there was if the form did not ask.
func (v fieldValues) kept(field, had string) string {
	if _, asked := v[field]; !asked {
		return had
	}
	return v.words(field)
}

// readSpans reads the times, row by row: a row that was left blank before another is a
// zero span, so that the rules name the row that they mean.
func readSpans(v fieldValues, zone *time.Location) ([]programme.Span, error) {
	var faults programme.Faults
	var out []programme.Span
	length, err := strconv.Atoi(v.one("length"))
	if err != nil {
		faults = append(faults, &programme.Error{Code: programme.CodeInvalid, Field: "length", Key: "error.required"})
	}
	for n := 1; n <= programme.MaxTimes; n++ {
		from, key := v.rowTime(n, zone)
		switch {
		case key != "":
			faults = append(faults, &programme.Error{Code: programme.CodeInvalid, Field: rowField("time", n), Key: key})
		case !from.IsZero():
			blank := make([]programme.Span, n-1-len(out))
			out = append(append(out, blank...), programme.Span{From: from, Until: from.Add(time.Duration(length) * time.Minute)})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return out, nil
}

// rowField names one of the inputs of a row, which count from 1.
func rowField(part string, n int) string { return part + strconv.Itoa(n) }

// rowTime is the moment that a row names, zero if it was left blank, or the key of what is
// wrong with it: a part is missing, or clocks skip that time in the zone.
func (v fieldValues) rowTime(n int, zone *time.Location) (time.Time, string) {
	day, clock := v[rowField("day", n)].SelectedDate, v[rowField("time", n)].SelectedTime
	if day == "" && clock == "" {
		return time.Time{}, ""
	}
	if day == "" || clock == "" {
		return time.Time{}, "error.time_half"
	}
	at, err := time.Parse("15:04", clock)
	from := programme.Date(day).At(at.Hour(), at.Minute(), zone)
	if err != nil || from.IsZero() || from.Format("15:04") != at.Format("15:04") {
		return time.Time{}, "error.time_skipped"
	}
	return from.UTC(), ""
}

// errOldButton is for a click that another program drew.
var errOldButton = &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}

// Pick is a press on one of the times that were proposed, as it was seen.
type Pick struct {
	Session  programme.SessionID
	Proposed time.Time // when the times were proposed
	Start    time.Time
	Behalf   programme.PersonID // for whom the office picks, "" of who picks for themselves
}

// pickValue is the session, when the times were proposed, the one that is picked, and on
// whose behalf the office picks.
func pickValue(s programme.Session, start time.Time, by programme.PersonID) string {
	return declineValue(s) + "|" + start.UTC().Format(time.RFC3339) + "|" + string(by)
}

// ReadSessionPick reads which time was picked. A button that does not say when the times
// were proposed cannot tell what was seen, and is too old.
func ReadSessionPick(value string) (Pick, error) {
	parts := strings.Split(value, "|")
	if len(parts) != 4 || parts[0] == "" {
		return Pick{}, errOldButton
	}
	proposed, err := time.Parse(time.RFC3339Nano, parts[1])
	if err != nil {
		return Pick{}, errOldButton
	}
	start, err := time.Parse(time.RFC3339, parts[2])
	if err != nil {
		return Pick{}, errOldButton
	}
	return Pick{programme.SessionID(parts[0]), proposed, start, programme.PersonID(parts[3])}, nil
}

// declineValue is the session and when the times were proposed that do not suit.
func declineValue(s programme.Session) string {
	return string(s.ID) + "|" + s.Proposal.At.UTC().Format(time.RFC3339Nano)
}

// ReadSessionNone reads which times do not suit.
func ReadSessionNone(value string) (id programme.SessionID, proposed time.Time, err error) {
	session, at, _ := strings.Cut(value, "|")
	if proposed, err = time.Parse(time.RFC3339Nano, at); err != nil || session == "" {
		return "", time.Time{}, errOldButton
	}
	return programme.SessionID(session), proposed, nil
}

// ReadSessionSay reads what was said of a session.
func ReadSessionSay(value string) (programme.SessionID, programme.Word, error) {
	session, word, _ := strings.Cut(value, "|")
	if session == "" || !slices.Contains(programme.Words, programme.Word(word)) {
		return "", "", errOldButton
	}
	return programme.SessionID(session), programme.Word(word), nil
}

// ReadSessionNoneForm reads which times do not suit, and why.
func ReadSessionNoneForm(view slack.View) (id programme.SessionID, proposed time.Time, reason string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", time.Time{}, "", err
	}
	if proposed, err = time.Parse(time.RFC3339Nano, form.Item); err != nil {
		return "", time.Time{}, "", &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	return programme.SessionID(form.Subject), proposed, readFields(view).words("reason"), nil
}

// ReadSessionStop reads which session, as it was seen, is called off and why.
func ReadSessionStop(view slack.View) (id programme.SessionID, version int, reason string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", 0, "", err
	}
	return programme.SessionID(form.Subject), form.Version, readFields(view).words("reason"), nil
}

// ReadSessionWords reads the atsugi's two lines after a session that took place.
func ReadSessionWords(view slack.View) (programme.SessionID, programme.WordForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", programme.WordForm{}, err
	}
	v := readFields(view)
	return programme.SessionID(form.Subject), programme.WordForm{
		Word: programme.SaysHeld, Next: v.words("next"), ToOffice: v.words("to_office"), Lines: true,
	}, nil
}
