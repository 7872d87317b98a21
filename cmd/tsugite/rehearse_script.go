package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"time"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
	"tsugite/reminders"
)

// script says what people do in a rehearsal. sample/rehearsal.yaml is the one that
// is played unless another is named, and says what each key means.
type script struct {
	name        string
	approve     reminders.Offset // from the start of an event that has no day of approval; zero: never
	invitations []habit
	surveys     []habit
	sessions    []habit
	silent      []scriptRef // people who never answer
	acts        []scriptAct
}

// scriptRef names somebody, by Slack id or as role/number.
type scriptRef struct {
	ref  string
	line strict.Value // for the place of a fault found later
}

// habit is what a share of people does some time after they were asked.
type habit struct {
	share int // of a hundred
	after time.Duration
	does  string
}

// scriptAct is one thing that somebody does, or the office.
type scriptAct struct {
	at   scriptTime
	line strict.Value // for the place of a fault found later
	as   string       // a person: Slack id, or role/number
	// event is an id of the configuration, or kind/number in the order of their starts.
	event string
	verb  string
	what  string // the verb's object, as text
	move  scriptMove
}

// scriptTime is a moment: absolute in the programme's zone, or counted from the
// start of the act's event, else from the first day of the programme.
type scriptTime struct {
	written string
	offset  reminders.Offset
}

// scriptMove is where an event goes: so many days on, or to a moment.
type scriptMove struct {
	days  int
	to    string
	place string
}

// The verbs of acts. Those of people go over the wire as a press or typed word;
// those of the office go through Office, as the command line would.
const (
	verbPress   = "press"   // as, event: yes, online, no or later
	verbSay     = "say"     // as: words in the bot's direct message
	verbLeave   = "leave"   // as: the account is deactivated
	verbMove    = "move"    // event
	verbCancel  = "cancel"  // event: the reason
	verbApprove = "approve" // event
	verbSurvey  = "survey"  // the survey's id
	verbSession = "session" // as: the expert; the atsugi whom the memo is about
	verbHearing = "hearing" // likewise of a hearing
	verbCall    = "call"    // likewise of a telephone call
	verbEngage  = "engage"  // the atsugi who gets an expert for follow-up
	verbPropose = "propose" // the atsugi for whom their expert names times
)

var verbs = []string{verbPress, verbSay, verbLeave, verbMove, verbCancel, verbApprove, verbSurvey, verbSession, verbHearing, verbCall, verbEngage, verbPropose}

const sampleScript = "rehearsal.yaml"

// loadScript reads the script of that name, or the bundled one.
func loadScript(file string) (script, error) {
	if file == "" {
		data, err := fs.ReadFile(sampleFiles, path.Join("sample", sampleScript))
		if err != nil {
			return script{}, err
		}
		return parseScript("sample/"+sampleScript, data)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return script{}, unreadable(file, err, "name the script with --script, or leave it out for the bundled one")
	}
	return parseScript(file, data)
}

func parseScript(name string, data []byte) (script, error) {
	r, root := strict.NewReader(name, data)
	s := script{name: name}
	s.approve = readWith(root.Get("approve"), "", parseOptionalOffset)
	s.invitations = readHabits(root.Get("invitations"), words(answers)...)
	s.surveys = readHabits(root.Get("surveys"), doesAnswer, doesDecline)
	s.sessions = readHabits(root.Get("sessions"), doesPick, doesNone)
	for _, v := range root.Get("silent").List() {
		s.silent = append(s.silent, scriptRef{ref: v.Text(), line: v})
	}
	for _, v := range root.Get("acts").List() {
		s.acts = append(s.acts, readAct(v))
	}
	return s, r.Err()
}

func parseOptionalOffset(s string) (reminders.Offset, error) {
	if s == "" {
		return reminders.Offset{}, nil
	}
	return reminders.ParseOffset(s)
}

// What people do with a survey.
const (
	doesAnswer  = "answer"
	doesDecline = "decline"
)

// What people do with the times that are named for a session.
const (
	doesPick = "pick"
	doesNone = "none" // none of them suits
)

// answers are what somebody can press when asked whether they come.
var answers = []programme.Coming{programme.Yes, programme.Online, programme.No, programme.NotYet}

func readHabits(v strict.Value, does ...string) []habit {
	var out []habit
	total := 0
	for _, item := range v.List() {
		m := item.Map()
		h := habit{
			share: m.Need("share").Int(1, 100),
			after: readWith(m.Need("after"), "1h", parseWait),
			does:  m.Need("does").OneOf(does...),
		}
		if total += h.share; total > 100 {
			item.Fault(fmt.Sprintf("the shares add up to %d", total), "100 at most; who is in none of them never answers")
		}
		out = append(out, h)
	}
	return out
}

var waitForm = regexp.MustCompile(`^([1-9][0-9]{0,3})([mhd])$`)

// parseWait reads 30m, 3h or 2d.
func parseWait(s string) (time.Duration, error) {
	m := waitForm.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("%.40q is no length of time (write 30m, 3h or 2d)", s)
	}
	n, _ := strconv.Atoi(m[1]) // at most four digits
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[m[2]]
	return time.Duration(n) * unit, nil
}

func readAct(v strict.Value) scriptAct {
	m := v.Map()
	a := scriptAct{line: v, at: readScriptTime(m.Need("at")), as: m.Get("as").Text(), event: m.Get("event").Text()}
	found := 0
	for _, verb := range verbs {
		if object := m.Get(verb); object.Given() {
			a.verb = verb
			found++
			a.readObject(object)
		}
	}
	if found != 1 && m.Given() {
		m.Fault(fmt.Sprintf("does %d things", found), "each act has exactly one of press, say, leave, move, cancel, approve, survey, session, hearing, call, engage, propose")
		return a
	}
	a.check(m)
	return a
}

func (a *scriptAct) readObject(v strict.Value) {
	switch a.verb {
	case verbPress:
		a.what = v.OneOf(words(answers)...)
	case verbLeave, verbApprove:
		if !v.Bool() {
			v.Fault("must be true", "or remove the act")
		}
	case verbMove:
		m := v.Map()
		a.move = scriptMove{days: m.Get("days").Int(-366, 366), to: m.Get("to").Text(), place: m.Get("place").TextUpTo(maxPlace)}
		if _, err := parseScriptMoment(a.move.to); a.move.to != "" && err != nil {
			m.Get("to").Fault(err.Error(), "")
		}
		if (a.move.days == 0) == (a.move.to == "") {
			m.Fault("says not where to", "write {days: 7}, or {to: 2026-10-30 14:00}")
		}
	default:
		a.what = v.TextUpTo(maxBring)
	}
}

// check says which of as and event the verb needs.
func (a *scriptAct) check(m *strict.Map) {
	person := a.verb == verbPress || a.verb == verbSay || a.verb == verbLeave || isMemoVerb(a.verb)
	event := a.verb == verbPress || a.verb == verbMove || a.verb == verbCancel || a.verb == verbApprove
	switch {
	case person && a.as == "":
		m.Fault("says not who", "write as: atsugi/1, or a Slack id")
	case !person && a.as != "":
		m.Get("as").Fault("is not for "+a.verb, "the office, or the atsugi's own expert, does this: remove it")
	case event && a.event == "":
		m.Fault("says not which event", "write event: workshop/1, or an id")
	}
}

// scriptMoments are how moments are written.
var scriptMoments = []string{"2006-01-02 15:04", "2006-01-02T15:04"}

func parseScriptMoment(s string) (time.Time, error) {
	for _, layout := range scriptMoments {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%.40q is not a day and time (write 2026-09-18 14:00)", s)
}

func readScriptTime(v strict.Value) scriptTime {
	s := v.Text()
	if s == "" {
		return scriptTime{}
	}
	if _, err := parseScriptMoment(s); err == nil {
		return scriptTime{written: s}
	}
	offset, err := reminders.ParseOffset(s)
	if err != nil {
		v.Fault(fmt.Sprintf("%.40q is no moment", s), "write 2026-09-18 14:00, or -3d 10:00 counted from the event, else from the first day of the programme")
	}
	return scriptTime{offset: offset}
}

// in is the moment in a zone, counted from the anchor if it is an offset.
func (t scriptTime) in(zone *time.Location, anchor time.Time, cal *reminders.Calendar) time.Time {
	if t.written == "" {
		return t.offset.At(anchor, cal)
	}
	return inZone(t.written, zone)
}

// inZone reads a moment whose form was checked before.
func inZone(written string, zone *time.Location) time.Time {
	t, err := parseScriptMoment(written)
	if err != nil {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, zone)
}
