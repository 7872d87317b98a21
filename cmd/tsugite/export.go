package main

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// exportCmd takes data out (design.md section 6).
type exportCmd struct {
	Answers      exportAnswers      `cmd:"" help:"What was answered to a survey: a row a person, a column a question."`
	Attendance   exportAttendance   `cmd:"" help:"Who was asked, answered, spoke and was there, for every event."`
	Deliveries   exportDeliveries   `cmd:"" help:"What was sent to whom and when, without its text."`
	Publications exportPublications `cmd:"" help:"What may stand in the report, by everybody's consent: nothing else."`
	Memos        exportMemos        `cmd:"" help:"What was written of sessions, events, hearings and calls: all parts, for the office's record."`
	Sessions     exportSessions     `cmd:"" help:"Who met whom, when, how long and what for: evidence for the accounts."`
}

// outlet is where an export goes and how.
type outlet struct {
	where
	Format string `enum:"csv,xlsx,json," default:"" help:"csv, xlsx or json, one object a line; else by the file's name, else csv."`
	Out    string `short:"o" name:"output" placeholder:"FILE" help:"Where to write; else standard output."`
	Lang   string `enum:"ja,en," default:"" help:"Headers and words in ja or en; else LANG decides."`
}

// takeOut takes data out of the database of a command that makes nothing new, as the
// operator. zone is the programme's.
func takeOut[T any](ctx context.Context, from where, take func(*programme.Office, context.Context, programme.Actor) (T, error)) (data T, zone *time.Location, err error) {
	office, closeOffice, err := openKept(ctx, from.Config, from.DB)
	if err != nil {
		return data, nil, err
	}
	data, err = take(office, ctx, programme.Operator)
	return data, office.Settings.Zone, errors.Join(err, closeOffice())
}

// table is an export: every line as JSON has it, and as a spreadsheet does.
type table[T any] struct {
	name    string   // of the sheet
	header  []string // in words
	numbers []int    // columns of whole numbers
	lines   []T
	cells   func(T) []string
	beside  []sheet.Sheet // further sheets of a workbook
}

// write writes the table in the format asked for.
func write[T any](o outlet, std streams, t table[T]) error {
	format := formatOf(o.Format, o.Out, "csv", "xlsx", "json")
	return writeOut(o.Out, std, func(w io.Writer) error {
		if format == "json" {
			return writeLines(w, t.lines)
		}
		cells := make([][]string, len(t.lines))
		for i, l := range t.lines {
			cells[i] = t.cells(l)
		}
		first := sheet.Sheet{Name: t.name, Header: t.header, Rows: cells, Numbers: t.numbers}
		return writeSheets(w, format, append([]sheet.Sheet{first}, t.beside...)...)
	})
}

// words are the sentences under keys.
func (s speech) words(keys ...string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = s.say(key, nil)
	}
	return out
}

// exportAttendance writes a line for everyone of every event's list.
type exportAttendance struct{ outlet }

// attendanceLine is one line of the export. Moments are RFC 3339 in the
// programme's zone; what is not known is left out.
type attendanceLine struct {
	Event        programme.EventID       `json:"event"`
	Title        string                  `json:"title"`
	Start        string                  `json:"start"`
	ID           programme.AttendeeID    `json:"id"`
	Name         string                  `json:"name"`
	Kana         string                  `json:"kana,omitempty"`
	Organisation string                  `json:"organisation,omitempty"`
	Prefecture   string                  `json:"prefecture,omitempty"`
	Roles        []programme.Role        `json:"roles,omitempty"`
	Cohorts      []string                `json:"cohorts,omitempty"`
	Guest        bool                    `json:"guest"`
	Speaker      programme.SpeakerStatus `json:"speaker,omitempty"`
	Answer       programme.Coming        `json:"answer,omitempty"`
	Answered     string                  `json:"answered,omitempty"`
	ByOffice     bool                    `json:"by_office"`
	Arrived      string                  `json:"arrived,omitempty"`
}

// Run writes who was asked, answered, spoke and was there. The reasons that people
// gave stay inside, as do their addresses and numbers.
func (c exportAttendance) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	pages, zone, err := takeOut(ctx, c.where, (*programme.Office).ExportAttendance)
	if err != nil {
		return err
	}
	var lines []attendanceLine
	for _, page := range pages {
		for _, a := range page.Attendees {
			lines = append(lines, attendanceLine{
				Event: page.Event.ID, Title: page.Event.Title, Start: stampOf(page.Event.Start, zone),
				ID: a.ID, Name: a.Name(), Kana: a.Kana(), Organisation: a.Organisation(), Prefecture: a.Prefecture(),
				Roles: a.Roles(), Cohorts: a.Person.Cohorts, Guest: a.Person.ID == "", Speaker: a.Speaker,
				Answer: a.Answer, Answered: stampOf(a.At, zone),
				ByOffice: a.Answer != programme.Undecided && programme.AttendeeID(a.By) != a.ID,
				Arrived:  stampOf(a.Arrived, zone),
			})
		}
	}
	return write(c.outlet, std, table[attendanceLine]{
		name: say.say("export.attendance", nil),
		header: say.words(
			"export.event", "export.title", "export.start", "export.name", "export.kana", "export.organisation",
			"export.prefecture", "export.role", "export.cohort", "export.speaker", "export.answer",
			"export.answered", "export.arrived",
		),
		lines: lines,
		cells: func(l attendanceLine) []string {
			return []string{
				string(l.Event), l.Title, clock(l.Start), l.Name, l.Kana, l.Organisation, l.Prefecture,
				say.roles(l), strings.Join(l.Cohorts, ";"), say.speaker(l.Speaker), say.answer(l.Answer),
				clock(l.Answered), clock(l.Arrived),
			}
		},
	})
}

// exportDeliveries writes a line for everything that was or will be sent.
type exportDeliveries struct{ outlet }

// deliveryLine is one line of the export, never the text of a message.
type deliveryLine struct {
	ID       string                  `json:"id"`
	Kind     programme.NoticeKind    `json:"kind"`
	Subject  string                  `json:"subject"`
	Occasion string                  `json:"occasion,omitempty"`
	To       string                  `json:"to"`
	Name     string                  `json:"name,omitempty"`
	Due      string                  `json:"due"`
	Until    string                  `json:"useful_until,omitempty"`
	State    programme.DeliveryState `json:"state"`
	Sent     string                  `json:"sent,omitempty"`
	Attempts int                     `json:"attempts"`
	Error    string                  `json:"error,omitempty"`
}

// Run writes what was sent to whom and when.
func (c exportDeliveries) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	found, zone, err := takeOut(ctx, c.where, (*programme.Office).ExportDeliveries)
	if err != nil {
		return err
	}
	lines := make([]deliveryLine, len(found))
	for i, d := range found {
		lines[i] = deliveryLine{
			ID: d.Delivery.ID, Kind: d.Kind, Subject: d.Subject, Occasion: d.Occasion, To: string(d.To), Name: d.Person.Name,
			Due: stampOf(d.Due, zone), Until: stampOf(d.UsefulUntil, zone), State: d.State,
			Sent: stampOf(programme.Moment(d.SlackTS), zone), Attempts: d.Attempts, Error: d.LastError,
		}
	}
	return write(c.outlet, std, table[deliveryLine]{
		name: say.say("export.deliveries", nil),
		header: say.words(
			"export.id", "export.kind", "export.subject", "export.occasion", "export.to", "export.name", "export.due",
			"export.until", "export.state", "export.sent", "export.attempts", "export.error",
		),
		lines: lines,
		cells: func(l deliveryLine) []string {
			return []string{
				l.ID, string(l.Kind), l.Subject, l.Occasion, l.To, l.Name, clock(l.Due), clock(l.Until),
				say.state(l.State), clock(l.Sent), strconv.Itoa(l.Attempts), l.Error,
			}
		},
	})
}

// stampOf is a moment in the programme's zone, "" for none.
func stampOf(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(time.RFC3339)
}

// clock is a stamp as a spreadsheet takes it for a moment: to the minute, without
// the zone.
func clock(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// answer is what somebody said, in the reader's words.
func (s speech) answer(c programme.Coming) string {
	switch c {
	case programme.Yes:
		return s.say("export.yes", nil)
	case programme.Online:
		return s.say("export.online", nil)
	case programme.No:
		return s.say("export.no", nil)
	case programme.NotYet:
		return s.say("export.later", nil)
	case programme.Waiting:
		return s.say("export.waiting", nil)
	}
	return s.say("export.undecided", nil)
}

// speaker is how far a speaker is.
func (s speech) speaker(status programme.SpeakerStatus) string {
	switch status {
	case programme.SpeakerAsked:
		return s.say("export.asked", nil)
	case programme.SpeakerAgreed:
		return s.say("export.agreed", nil)
	case programme.SpeakerMaterials:
		return s.say("export.materials", nil)
	case programme.SpeakerTravel:
		return s.say("export.travel", nil)
	case programme.SpeakerDeclined:
		return s.say("export.declined", nil)
	}
	return ""
}

// state is where a delivery stands.
func (s speech) state(state programme.DeliveryState) string {
	switch state {
	case programme.Pending:
		return s.say("export.pending", nil)
	case programme.Sending:
		return s.say("export.sending", nil)
	case programme.Sent:
		return s.say("export.delivered", nil)
	case programme.Cancelled:
		return s.say("export.cancelled", nil)
	case programme.Lapsed:
		return s.say("export.lapsed", nil)
	case programme.Refused:
		return s.say("export.refused", nil)
	case programme.Deleted:
		return s.say("export.deleted", nil)
	}
	return s.say("export.unknown", nil)
}

// roles are those of a line, a guest's told apart from nobody's.
func (s speech) roles(l attendanceLine) string {
	words := make([]string, len(l.Roles))
	for i, r := range l.Roles {
		words[i] = s.value(programme.ColRole, string(r))
	}
	if l.Guest {
		words = append(words, s.say("export.guest", nil))
	}
	return strings.Join(words, ";")
}
