package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Home is what one person sees first. Parts that are not theirs are empty.
type Home struct {
	Me       Person
	Now      time.Time
	Settings Settings

	Dialogues []Dialogue  // surveys put to them, still open
	Events    []EventLine // their own (they are invited or speak), then all others for office and bureau; not over, by start
	More      int         // how many further events there would be
	Today     bool        // one of them is today, and they have not checked in
	Past      []EventLine // likewise, over not long ago and with materials, newest first
	Memos     []MemoView  // that they may open, newest first
	Drafts    []MemoDraft // of memos that they began, newest first
	Atsugi    []Person    // an expert's own
	// Actions are what the reader, as an atsugi, agreed to do, what waits first.
	Actions []MemoAction

	// Engagements are the reader's own that run, with how many sessions there were;
	// Sessions their own that run, or of which they have not said what came of it.
	Engagements []EngagementLine
	Sessions    []SessionView
	// Offer is what an expert publishes of their own times (OfferingOpen), nil for others;
	// who draws Home asks for it.
	Offer *OfferView
	// Recommended counts, for supporters, the sessions of the firms they recommended.
	Recommended SessionTallies
	// RecommendedFirms are those of which an atsugi agreed that they are shown.
	RecommendedFirms []FirmPresence

	// Enquiries are the reader's own to the office that are open, newest first.
	Enquiries []EnquiryView

	// Consents is what they are asked to agree to.
	Consents HomeConsents

	// Surveys are for those who may see results: office, bureau and supporters.
	Surveys []SurveyLine

	// For the office; the bureau gets Progress only.
	Asked    EnquiryCounts
	Progress []Progress
	Board    BoardCounts
	Panel    Panel      // how the deliveries stand
	Upcoming []Upcoming // what is planned next; the planner knows, who draws Home asks it
	Office   bool       // may manage
	Writes   bool       // may write memos
	Supports bool       // acts for a support organisation
}

// EventLine is an event with the reader's own part in it and, for those who may
// see it, who comes.
type EventLine struct {
	Event    Event
	Mine     bool // the reader is of the audience
	Answer   Coming
	Reason   string         // the reader's
	Speaker  Speaker        // the reader's, zero if they are not asked to speak
	Meetings []AgreedTime   // the reader's sessions while it lasts
	Moved    bool           // time or place are not what was said first
	Here     bool           // the reader was checked in
	Counts   map[Coming]int // nil for participants
	Asked    int            // size of the audience
	Silent   int            // how many of them were asked as often as anybody is, and gave no answer
}

// UnsettledLine is a delivery of which nobody can tell whether it arrived, and
// the person it went to (zero for a channel).
type UnsettledLine struct {
	Delivery
	Person Person
}

// SurveyLine is a survey with how many people stand where.
type SurveyLine struct {
	Survey Survey
	Counts SurveyCounts
}

// How much of each kind Home gathers: what it shows is 100 blocks at most
// (slack.md Sizes).
const (
	homeMemos  = 8
	homeEvents = 6
	homePast   = 3
)

// materialsFor is how long Home leads to the materials of an event that is over.
const materialsFor = 30 * 24 * time.Hour

// askedEnough is how often somebody who does not answer is asked before they are
// the office's to telephone: not answering is chased at most twice.
const askedEnough = 2

// Home gathers what the person sees first.
func (o *Office) Home(ctx context.Context, who Actor) (Home, error) {
	h := Home{Settings: o.Settings}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		h.Me, h.Now = me, o.Now()
		h.Office = o.may(who, me, h.Now, Coordinator)
		h.Writes = h.Office || o.may(who, me, h.Now, Mentor) && me.WritesMemos()
		_, refused := o.supports(who, me, h.Now)
		h.Supports = refused == nil
		overview := h.Office || o.may(who, me, h.Now, Bureau)
		if err := o.ownLines(tx, who, &h); err != nil {
			return err
		}
		events, err := tx.Events()
		if err != nil {
			return err
		}
		if err := o.eventLines(tx, &h, events, overview); err != nil {
			return err
		}
		if err := o.pastLines(tx, &h, events); err != nil {
			return err
		}
		if o.may(who, me, h.Now, Supporter) {
			if h.RecommendedFirms, err = o.recommendedFirms(tx, me.Organisation, events, h.Now); err != nil {
				return err
			}
		}
		surveys, err := tx.Surveys()
		if err != nil {
			return err
		}
		if err := o.surveyLines(tx, who, &h, surveys); err != nil || !overview {
			return err
		}
		if h.Office {
			if h.Asked, err = enquiryCounts(tx); err != nil {
				return err
			}
		}
		return overviewLines(tx, &h, events, surveys, o.Settings)
	})
	return h, err
}

func (o *Office) ownLines(tx Tx, who Actor, h *Home) error {
	rs, err := tx.ResponsesOf(h.Me.ID)
	if err != nil {
		return err
	}
	if err := o.sessionLines(tx, who, h); err != nil {
		return err
	}
	if h.Consents, err = o.homeConsents(tx, h.Me); err != nil {
		return err
	}
	for _, r := range rs {
		d, err := dialogue(tx, r.ID)
		if err != nil {
			return err
		}
		if d.Open(h.Now) {
			h.Dialogues = append(h.Dialogues, d)
		}
	}
	if h.Writes && !h.Office {
		people, err := tx.AssignedTo(h.Me.ID)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Active() && h.Me.Advises(p) {
				h.Atsugi = append(h.Atsugi, p)
			}
		}
	}
	if h.Enquiries, err = openEnquiries(tx, h.Me.ID); err != nil {
		return err
	}
	if h.Actions, err = o.ownActions(tx, h.Me, h.Now); err != nil {
		return err
	}
	if h.Writes {
		c := &change{Tx: tx, office: o, now: h.Now, actor: who, me: h.Me}
		if h.Drafts, err = c.deskDrafts(h.Office); err != nil {
			return err
		}
	}
	h.Memos, err = o.memosFor(tx, who, h.Me, h.Now, homeMemos)
	return err
}

// eventLines lists what lies ahead: one's own for everyone, and after them all
// others with counts for office and bureau (design.md section 5). More counts
// those that Home has no room for.
func (o *Office) eventLines(tx Tx, h *Home, events []Event, overview bool) error {
	var own, others []EventLine
	for _, e := range events {
		if !e.Open(h.Now) {
			continue
		}
		line, err := o.eventLine(tx, h, e)
		switch {
		case err != nil:
			return err
		case line.own():
			own = append(own, line)
			h.Today = h.Today || !line.Here && o.today(e, h.Now)
		case overview:
			others = append(others, line)
		}
	}
	all := append(own, others...)
	h.Events = all[:min(homeEvents, len(all))]
	h.More = len(all) - len(h.Events)
	if !overview {
		return nil
	}
	for i := range h.Events {
		if err := addCounts(tx, &h.Events[i]); err != nil {
			return err
		}
	}
	return nil
}

// today says whether the event begins on the day of now.
func (o *Office) today(e Event, now time.Time) bool {
	return DateOf(e.Start, o.Settings.Zone) == o.Settings.Today(now)
}

// addCounts adds to a line who comes, for those who may see it.
func addCounts(tx Tx, line *EventLine) error {
	list, err := roll(tx, line.Event)
	if err != nil {
		return err
	}
	line.Counts, line.Asked = tally(list)
	line.Silent, err = silent(tx, line.Event)
	return err
}

// pastLines lists the reader's own events whose materials Home still leads to.
func (o *Office) pastLines(tx Tx, h *Home, events []Event) error {
	for _, e := range slices.Backward(events) {
		if e.Materials == "" || !e.Held(h.Now) || h.Now.Sub(e.End) > materialsFor || len(h.Past) == homePast {
			continue
		}
		line, err := o.eventLine(tx, h, e)
		if err != nil {
			return err
		}
		if line.own() {
			h.Past = append(h.Past, line)
		}
	}
	return nil
}

// own says whether the reader has a part in the event.
func (l EventLine) own() bool { return l.Mine || l.Speaker.Status != "" }

// eventLine is the reader's own part in an event. Who is asked to speak knows of
// it before it is announced.
func (o *Office) eventLine(tx Tx, h *Home, e Event) (EventLine, error) {
	line := EventLine{Event: e}
	a, err := tx.Attendance(e.ID, h.Me.ID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return line, err
	}
	invited := e.Audience.Includes(h.Me) || err == nil
	if line.Speaker, err = tx.Speaker(e.ID, h.Me.ID); err != nil && !errors.Is(err, ErrNoRow) {
		return line, err
	}
	line.Mine, line.Answer, line.Reason = invited && e.Announced(o.Settings.Today(h.Now)), a.Answer, a.Reason
	for _, v := range h.Sessions {
		if v.agreedDuring(e, h.Now) {
			line.Meetings = append(line.Meetings, AgreedTime{Session: v.ID, Span: v.Span})
		}
	}
	if line.own() && o.today(e, h.Now) {
		if line.Here, _, err = tx.Arrived(e.ID, AttendeeID(h.Me.ID)); err != nil {
			return line, err
		}
	}
	if e.Seq == 0 || !line.own() {
		return line, nil
	}
	changes, err := tx.EventChanges(e.ID)
	if err != nil || len(changes) == 0 {
		return line, err
	}
	line.Moved = e.stands(h.Now).Moved(changes[0])
	return line, nil
}

// silent says how many were asked as often as anybody is and gave no answer.
func silent(tx Tx, e Event) (int, error) {
	asks, err := tx.DeliveriesOf(Notice{Kind: NoticeEventAsk, Subject: string(e.ID)})
	if err != nil || len(asks) == 0 {
		return 0, err
	}
	asked := map[PersonID]int{}
	for _, d := range asks {
		if d.stands() && ofPresentStart(d.Occasion, e) {
			asked[d.To.Person()]++
		}
	}
	answers, err := tx.AttendanceOf(e.ID)
	if err != nil {
		return 0, err
	}
	for _, a := range answers {
		if a.Answer != Undecided {
			delete(asked, a.Person)
		}
	}
	people, err := tx.People()
	n := 0
	for _, p := range people {
		if asked[p.ID] >= askedEnough && e.Audience.Includes(p) {
			n++
		}
	}
	return n, err
}

// surveyLines lists surveys for those who may see results: all of them for the office,
// for others those of which Results would show them anything.
func (o *Office) surveyLines(tx Tx, who Actor, h *Home, surveys []Survey) error {
	v, err := o.viewer(who, h.Me, h.Now)
	if err != nil {
		return nil
	}
	for _, s := range surveys {
		n, err := tx.SurveyCounts(s.ID)
		if err != nil {
			return err
		}
		told := !h.Now.Before(s.Opens) && (!s.Def.Anonymous || shownBallots(s, h.Now, n[Done]))
		if v.office || told {
			h.Surveys = append(h.Surveys, SurveyLine{Survey: s, Counts: n})
		}
	}
	return nil
}

// overviewLines are how the programme and its sessions stand, for office and bureau, and
// for the office how deliveries do.
func overviewLines(tx Tx, h *Home, events []Event, surveys []Survey, settings Settings) error {
	sessions, err := tx.Sessions(SessionFilter{})
	if err != nil {
		return err
	}
	elsewhere, err := agreedElsewhere(tx)
	if err != nil {
		return err
	}
	h.Progress = measure(h.Now, settings.Targets, progressFacts{events: events, surveys: surveys, sessions: sessions, elsewhere: elsewhere})
	written, err := tx.SessionsWithMemo()
	if err != nil {
		return err
	}
	w := sortOut(sessions, written, elsewhere, h.Now).keepBack(func(s Session) bool { return !h.Office || s.Of(h.Me.ID) })
	h.Board = w.summary(settings.Sessions.Most)
	if h.Office {
		h.Panel, err = panel(tx, h.Now)
	}
	return err
}
