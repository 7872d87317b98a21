package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// MemoStart is what a form for a memo is begun with. Fields that are empty say nothing.
type MemoStart struct {
	Session SessionID
	Event   EventID
	Atsugi  PersonID
	Kind    MemoKind
	Text    string // of a message: it goes into the first required part as a quotation
	Draft   string // the op of a kept draft to go on with
	Correct MemoID // the memo to put right
}

// BeginMemo is the form to begin or to go on with: a draft that was named, one's own draft
// of that session, event or correction, or a new form, filled as far as is known. A new
// form is refused while too many drafts are kept.
func (o *Office) BeginMemo(ctx context.Context, who Actor, s MemoStart) (MemoDraft, error) {
	var d MemoDraft
	err := o.read(ctx, func(tx Tx) error {
		me, err := load(tx, who)
		if err != nil {
			return err
		}
		c := &change{Tx: tx, office: o, now: o.Now(), actor: who, me: me}
		if c.must(Mentor, Coordinator) != nil {
			return denied("error.memo_denied")
		}
		if d, err = c.startOrGoOn(s); err != nil {
			return err
		}
		return c.dress(&d)
	})
	if err != nil {
		return MemoDraft{}, err
	}
	return d, nil
}

func (c *change) startOrGoOn(s MemoStart) (MemoDraft, error) {
	own, err := c.ownDrafts()
	if err != nil {
		return MemoDraft{}, err
	}
	if i := slices.IndexFunc(own, s.goesOn); i >= 0 {
		return own[i], nil
	}
	switch {
	case s.Draft != "":
		return MemoDraft{}, missing("error.draft_gone")
	case c.me.ID != "" && len(own) >= maxDrafts:
		return MemoDraft{}, &Error{Code: CodeConflict, Key: "error.memo_drafts_full", Args: map[string]any{"Max": maxDrafts}}
	case s.Correct != "":
		return c.startCorrection(s.Correct)
	}
	return c.startMemo(s)
}

func (c *change) ownDrafts() ([]MemoDraft, error) {
	if c.me.ID == "" {
		return nil, nil
	}
	return c.MemoDraftsOf(c.me.ID)
}

// goesOn says whether the draft is what is to be begun: of a session, event or memo to
// correct one person needs no second one. A message goes into a form of its own.
func (s MemoStart) goesOn(d MemoDraft) bool {
	switch {
	case s.Draft != "":
		return d.Form.Op == s.Draft
	case s.Correct != "" || d.Memo != "":
		return d.Memo == s.Correct
	case s.Text != "":
		return false
	case s.Session != "":
		return d.Form.Session == s.Session
	}
	return s.Event != "" && d.Form.Event == s.Event
}

// startMemo is a new form.
func (c *change) startMemo(s MemoStart) (MemoDraft, error) {
	d := MemoDraft{Person: c.me.ID, Form: MemoForm{
		Op: c.office.NewID(), Kind: s.Kind, Atsugi: s.Atsugi, Event: s.Event, Session: s.Session,
		Held: c.office.Settings.Today(c.now), Parts: map[string]string{},
	}}
	d.Cut = c.quote(d.Form.Parts, s.Text)
	f := &d.Form
	if f.Kind == "" {
		f.Kind = OfSession
	}
	switch {
	case s.Session != "":
		session, err := c.Session(s.Session)
		if errors.Is(err, ErrNoRow) || err == nil && !c.mayWriteOf(session) {
			return d, missing("error.session_gone")
		}
		if err != nil {
			return d, err
		}
		if !session.begun(c.now) {
			return d, &Error{Code: CodeConflict, Key: "error.memo_session_not_held"}
		}
		there, err := memoOfSession(c.Tx, session.ID)
		switch {
		case err != nil:
			return d, err
		case there.ID != "" && c.mayCorrect(there) == nil:
			return c.startOrGoOn(MemoStart{Correct: there.ID})
		case there.ID != "":
			return d, &Error{Code: CodeConflict, Key: "error.memo_session_written"}
		}
		f.Kind, f.Atsugi, f.Event = OfSession, session.Atsugi, ""
		f.Held = DateOf(session.Span.From, c.office.Settings.Zone)
	case s.Event != "":
		e, err := c.eventOfMemo(s.Event)
		if err != nil {
			return d, err
		}
		f.Kind, f.Atsugi = OfEvent, ""
		f.Held, f.Place = DateOf(e.Start, c.office.Settings.Zone), take(e.Place, maxPlace)
	}
	return d, nil
}

// quote puts a message into the first required part, and says whether some of it had no
// room.
func (c *change) quote(parts map[string]string, text string) bool {
	const marks = 2 // the brackets
	i := slices.IndexFunc(c.office.Settings.Parts, func(d PartDef) bool { return d.Required })
	if strings.TrimSpace(text) == "" || len(c.office.Settings.Parts) == 0 {
		return false
	}
	parts[c.office.Settings.Parts[max(i, 0)].Key] = "「" + take(text, maxPart-marks) + "」"
	return utf8.RuneCountInString(text) > maxPart-marks
}

// take is the beginning of a text, n characters at most.
func take(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n])
	}
	return text
}

// startCorrection is the memo's latest version as a form.
func (c *change) startCorrection(id MemoID) (MemoDraft, error) {
	m, err := c.Memo(id)
	if err != nil {
		return MemoDraft{}, orMissing(err, "error.memo_gone")
	}
	if err := c.mayCorrect(m); err != nil {
		return MemoDraft{}, err
	}
	f := MemoForm{
		Op: c.office.NewID(), Kind: m.Kind, Atsugi: m.Atsugi, Event: m.Event, Session: m.Session, Held: m.Held,
		Place: m.Place, Present: m.Present, Parts: map[string]string{}, Readers: map[string][]Reader{}, Corrects: m.Version,
	}
	for _, p := range m.Parts {
		f.Parts[p.Key], f.Readers[p.Key] = p.Text, p.Readers
	}
	return MemoDraft{Form: f, Memo: id, Person: c.me.ID}, nil
}

// dress adds what the form is drawn from.
func (c *change) dress(d *MemoDraft) error {
	d.Office = c.must(Coordinator) == nil
	if d.Memo != "" {
		return c.dressCorrection(d)
	}
	people, err := subjects(c.Tx, c.me, c.now, d.Office)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Has(Atsugi) && p.Active() && p.ID != c.me.ID {
			d.Subjects = append(d.Subjects, p)
		}
	}
	if d.Events, err = c.eventsToWriteOf(d.Office); err != nil {
		return err
	}
	if len(d.Subjects)+len(d.Events) == 0 {
		return denied("error.memo_no_atsugi")
	}
	return c.name(d)
}

// dressCorrection looks again at what is corrected: it may have another version by now, or
// not be the person's to correct any more. Which version the draft began with stays: to be
// shown a newer one is not to have decided.
func (c *change) dressCorrection(d *MemoDraft) error {
	m, err := c.Memo(d.Memo)
	if err != nil {
		return err
	}
	if err := c.mayCorrect(m); err != nil {
		return err
	}
	v, err := memoView(c.Tx, m)
	if err != nil {
		return err
	}
	d.Latest, d.Atsugi, d.Event = m, v.Atsugi, v.Event
	if d.Openings, err = c.Openings(m.ID); err != nil {
		return err
	}
	d.Openings = slices.DeleteFunc(d.Openings, func(v Opening) bool { return !v.Stands() })
	if !d.Office {
		return nil
	}
	d.Asked, err = c.CorrectionsOf(m.ID)
	d.Asked = slices.DeleteFunc(d.Asked, func(k Correction) bool { return !k.Open() })
	return err
}

// name finds whom or what the form is of, if that is among what there is to choose or the
// session's.
func (c *change) name(d *MemoDraft) error {
	if i := slices.IndexFunc(d.Events, func(e Event) bool { return e.ID == d.Form.Event }); i >= 0 {
		d.Event = d.Events[i]
	}
	if i := slices.IndexFunc(d.Subjects, func(p Person) bool { return p.ID == d.Form.Atsugi }); i >= 0 {
		d.Atsugi = d.Subjects[i]
		return nil
	}
	s, err := c.Session(d.Form.Session)
	if errors.Is(err, ErrNoRow) || err == nil && (!c.mayWriteOf(s) || s.Atsugi != d.Form.Atsugi) {
		return nil
	}
	if err != nil {
		return err
	}
	if d.Atsugi, err = c.Person(s.Atsugi); err == nil {
		d.Subjects = append(d.Subjects, d.Atsugi)
	}
	return err
}

// eventsToWriteOf are the events whose memo is the person's to write, newest first.
func (c *change) eventsToWriteOf(office bool) ([]Event, error) {
	events, err := c.Events()
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, e := range slices.Backward(events) {
		own := office
		if !own && c.me.expert() {
			s, err := c.Speaker(e.ID, c.me.ID)
			if err != nil && !errors.Is(err, ErrNoRow) {
				return nil, err
			}
			own = s.Status.Speaks()
		}
		if own && e.begun(c.now) {
			out = append(out, e)
		}
	}
	return out, nil
}
