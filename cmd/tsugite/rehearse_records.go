package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

// scribe turns the wire log of the local Slack into records: what it accepted, to
// whom it went, and which stored notice it was.
type scribe struct {
	records []yearreport.Record
	dms     map[string]string           // channel of a direct message → the person
	views   map[string]string           // view → the person
	posted  map[string]programme.Notice // channel and ts of a message → its notice
	heard   int                         // records that habits have seen
}

// recorded are the methods that show somebody something.
var recorded = map[string]yearreport.Kind{
	"chat.postMessage": yearreport.Message, "chat.postEphemeral": yearreport.Message, "response_url": yearreport.Message,
	"chat.update": yearreport.Update, "chat.delete": yearreport.Delete,
	"views.open": yearreport.View, "views.push": yearreport.View, "views.update": yearreport.View, "ack": yearreport.View,
	"views.publish": yearreport.Home, "files.completeUploadExternal": yearreport.File,
}

// wireCall is what a scribe reads of a request.
type wireCall struct {
	Channel   string `json:"channel"`
	ChannelID string `json:"channel_id"`
	User      string `json:"user"`
	UserID    string `json:"user_id"`
	ViewID    string `json:"view_id"`
	TS        string `json:"ts"`
	Metadata  struct {
		EventPayload struct {
			Key string `json:"key"`
		} `json:"event_payload"`
	} `json:"metadata"`
	Files []struct {
		ID string `json:"id"`
	} `json:"files"`
	Payload json.RawMessage `json:"payload"` // of an acknowledgement
}

// view is the page that an acknowledgement lays on a form or puts in its place;
// nil when it closes the form, or says what is wrong in it.
func (c wireCall) view() json.RawMessage {
	var verdict struct {
		View json.RawMessage `json:"view"`
	}
	if json.Unmarshal(c.Payload, &verdict) != nil {
		return nil
	}
	return verdict.View
}

// wireAnswer is what a scribe reads of Slack's answer.
type wireAnswer struct {
	Channel any    `json:"channel"`
	TS      string `json:"ts"`
	View    struct {
		ID string `json:"id"`
	} `json:"view"`
}

// write takes what came over the wire since it was last called into the records,
// and lets those who were told something decide what they will do.
func (p *performance) write(ctx context.Context) error {
	p.mu.Lock()
	wire := p.wire
	p.wire = nil
	p.mu.Unlock()
	for _, e := range wire {
		kind, shown := recorded[e.Method]
		if !shown || e.Dir != "in" || !e.Accepted {
			continue
		}
		if err := p.record(ctx, kind, e); err != nil {
			return err
		}
	}
	for ; p.scribe.heard < len(p.scribe.records); p.scribe.heard++ {
		p.hear(p.scribe.records[p.scribe.heard])
	}
	return nil
}

func (p *performance) record(ctx context.Context, kind yearreport.Kind, e rehearsal.LogEntry) error {
	var in wireCall
	var out wireAnswer
	if err := json.Unmarshal(e.Request, &in); err != nil {
		return err
	}
	_ = json.Unmarshal(e.Response, &out) // a response_url answers with a word
	r := yearreport.Record{At: e.At.In(p.zone()), Kind: kind, Payload: e.Request, Channel: in.Channel + in.ChannelID}
	switch kind {
	case yearreport.Home:
		r.To = in.UserID
	case yearreport.View:
		if e.Method == "ack" {
			if r.Payload = in.view(); r.Payload == nil {
				return nil
			}
		}
		r.To = p.scribe.viewer(in.ViewID, out.View.ID, p.acting)
	default:
		if err := p.recordMessage(ctx, &r, in, out); err != nil {
			return err
		}
	}
	r.Answering = r.To != "" && r.To == p.acting
	p.scribe.records = append(p.scribe.records, r)
	return nil
}

// viewer is who sees a view: who acted when it was opened.
func (s *scribe) viewer(updated, shown, acting string) string {
	if s.views == nil {
		s.views = map[string]string{}
	}
	if who := s.views[updated]; who != "" {
		return who
	}
	if shown != "" {
		s.views[shown] = acting
	}
	return acting
}

// recordMessage finds out whose message it is: the channel of a direct message is
// known from the first one, which is posted to the account itself.
func (p *performance) recordMessage(ctx context.Context, r *yearreport.Record, in wireCall, out wireAnswer) error {
	s := &p.scribe
	if s.dms == nil {
		s.dms, s.posted = map[string]string{}, map[string]programme.Notice{}
	}
	if ch, _ := out.Channel.(string); ch != "" {
		if strings.HasPrefix(r.Channel, "U") || strings.HasPrefix(r.Channel, "W") {
			s.dms[ch] = r.Channel
		}
		r.Channel = ch
	}
	switch {
	case in.User != "":
		r.To = in.User
	case r.Channel == "": // a response_url, which shows where somebody acted
		r.To = p.acting
	default:
		r.To = s.dms[r.Channel]
	}
	place := r.Channel + "/" + in.TS
	if key := in.Metadata.EventPayload.Key; key != "" {
		var err error
		if s.posted[r.Channel+"/"+out.TS], err = p.noticeOf(ctx, key); err != nil {
			return err
		}
		place = r.Channel + "/" + out.TS
	}
	r.About = s.posted[place]
	if len(in.Files) > 0 {
		var err error
		if r.About, err = p.noticeOfFile(ctx, in.Files[0].ID); err != nil {
			return err
		}
	}
	r.Notice = r.About.Kind
	return nil
}

// latest is among how many of the messages sent last the one of a file is looked for:
// more than go out at one moment.
const latest = 1000

// noticeOfFile is the stored notice that a file was sent for: files carry no
// metadata, so the delivery keeps the file's id.
func (p *performance) noticeOfFile(ctx context.Context, id string) (programme.Notice, error) {
	var n programme.Notice
	err := p.app.DB.Read(ctx, func(tx programme.Tx) error {
		sent, err := tx.Deliveries(programme.Sent, latest)
		for _, d := range sent {
			if d.FileID == id {
				n = d.Notice
			}
		}
		return err
	})
	return n, err
}

// noticeOf is the stored notice behind the key in a message's metadata.
func (p *performance) noticeOf(ctx context.Context, key string) (programme.Notice, error) {
	var d programme.Delivery
	err := p.app.DB.Read(ctx, func(tx programme.Tx) (err error) {
		d, err = tx.Delivery(key)
		return err
	})
	if errors.Is(err, programme.ErrNoRow) {
		return programme.Notice{}, nil
	}
	return d.Notice, err
}

// mostLost is how many deliveries of a state are looked at.
const mostLost = 100000

// outcome gathers what there is to evaluate.
func (p *performance) outcome(ctx context.Context) (yearreport.Facts, error) {
	if err := p.slack.Move(p.to); err != nil {
		return yearreport.Facts{}, err
	}
	facts, err := p.app.Office.Facts(ctx)
	if err != nil {
		return yearreport.Facts{}, err
	}
	home, err := p.app.Office.Home(ctx, programme.Operator)
	if err != nil {
		return yearreport.Facts{}, err
	}
	asleep := p.plan.rules.Quiet.Asleep(p.zone())
	f := yearreport.Facts{
		Settings: p.plan.settings, From: p.from, To: p.to, Skipped: p.skipped, Records: p.scribe.records,
		People: facts.People, Events: facts.Events, Attendance: facts.Attendance, Progress: home.Progress,
		Open: p.cal.Open,
		Quiet: func(t time.Time) bool {
			_, quiet := asleep(programme.Notice{Kind: programme.NoticeEventReminder}, t)
			return quiet
		},
	}
	err = p.app.DB.Read(ctx, func(tx programme.Tx) error {
		surveys, err := tx.Surveys()
		if err != nil {
			return err
		}
		f.Surveys = slices.DeleteFunc(surveys, func(s programme.Survey) bool { return s.Event != "" })
		for _, state := range []programme.DeliveryState{programme.Refused, programme.Lapsed, programme.Unknown} {
			lost, err := tx.Deliveries(state, mostLost)
			if err != nil {
				return err
			}
			f.Lost = append(f.Lost, lost...)
		}
		return nil
	})
	f.Ladders = slices.Concat(ladders(p.plan, facts.Events), surveyLadders(p.plan, f.Surveys))
	return f, err
}

// surveyLadders counts likewise how many chasers of each survey are left by its
// opening.
func surveyLadders(p plan, surveys []programme.Survey) []yearreport.Ladder {
	var out []yearreport.Ladder
	for _, s := range surveys {
		early := s
		early.Opens = s.Closes.AddDate(-2, 0, 0)
		out = append(out, yearreport.Ladder{Survey: s.ID, Full: chasers(p, early), Left: chasers(p, s)})
	}
	return out
}

// chasers counts those of a survey for one who answers nothing.
func chasers(p plan, s programme.Survey) int {
	return len(reminders.Plan(s.Closes, reminders.Facts{
		Facts: programme.Facts{
			Surveys: []programme.Survey{s}, People: []programme.Person{{ID: "silent", SlackID: "U1"}},
			Waiting: []programme.Response{{Survey: s.ID, Person: "silent", State: programme.Asked}},
		},
		Rules: p.rules, Zone: p.settings.Zone,
	}))
}

// ladders counts, with the planner's own rules, how many notices of each event's
// ladder are left by the day of its approval, and how many there are in full.
func ladders(p plan, events []programme.Event) []yearreport.Ladder {
	var out []yearreport.Ladder
	for _, e := range events {
		if e.Announced(programme.DateOf(e.Start, p.settings.Zone)) {
			early := e
			early.Approved = programme.DateOf(e.Start.AddDate(-2, 0, 0), p.settings.Zone)
			out = append(out, yearreport.Ladder{Event: e.ID, Full: rungs(p, early), Left: rungs(p, e)})
		}
	}
	return out
}

// rungs counts the notices of an event for one who answers nothing and one who
// comes.
func rungs(p plan, e programme.Event) int {
	e.Cancelled = time.Time{}
	e.Audience = programme.Audience{People: []programme.PersonID{"silent", "comes"}}
	people := []programme.Person{{ID: "silent", SlackID: "U1"}, {ID: "comes", SlackID: "U2"}}
	return len(reminders.Plan(e.Start, reminders.Facts{
		Facts: programme.Facts{Events: []programme.Event{e}, People: people, Attendance: []programme.Attendance{
			{Event: e.ID, Person: "comes", Answer: programme.Yes, At: e.Start.AddDate(-3, 0, 0)},
		}},
		Rules: p.rules, Zone: p.settings.Zone,
	}))
}
