package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
)

// rehearsedWords is what people write in a rehearsal: the same everywhere.
func rehearsedWords(string, programme.PersonID) string { return "（稽古）" }

// writeMemo writes a memo with all its parts, and lets those whom it concerns go on with it.
func (p *performance) writeMemo(ctx context.Context, writer programme.PersonID, f programme.MemoForm) error {
	office := p.app.Office
	f.Op, f.Kind, f.Parts = office.NewID(), cmp.Or(f.Kind, programme.OfSession), p.parts(f, 1)
	m, err := office.WriteMemo(ctx, programme.As(writer), f)
	if err != nil {
		return err
	}
	p.written++
	p.follow(m, p.written)
	return nil
}

// parts are the words of a memo's parts; a correction has others.
func (p *performance) parts(f programme.MemoForm, version int) map[string]string {
	parts := map[string]string{}
	for _, def := range p.plan.settings.Parts {
		parts[def.Key] = p.phrase("memo."+def.Key, f.Atsugi)
		if version > 1 {
			parts[def.Key] += "（訂正）"
		}
	}
	return parts
}

// onDay is a moment counted from the day of a memo. All of them lie in office hours, however
// late the memo was written: what they send is not for the night.
type onDay struct{ days, hour int }

// The moments at which those whom a memo concerns go on with it.
var (
	reviewedOn = onDay{1, 10}
	sharedOn   = onDay{1, 14}
	askedOn    = onDay{2, 13}
	decidedOn  = onDay{3, 13}
	mendedOn   = onDay{3, 18}
	againOn    = onDay{4, 10}
)

// follow puts on the agenda what becomes of the nth memo: the office looks at it and shares
// it, the bureau says that it has it and asks back, the atsugi says what they did; of every
// third the atsugi asks for a correction, and gets one; every fourth they open to a support
// organisation. What the Office refuses by then is not done.
func (p *performance) follow(m programme.Memo, n int) {
	office, today := p.app.Office, programme.DateOf(p.slack.Now(), p.zone())
	officer := p.officerFor(m)
	on := func(d onDay, do func(context.Context) error) {
		p.later(today.Add(0, d.days).At(d.hour, 0, p.zone()), "", do)
	}
	on(reviewedOn, func(ctx context.Context) error {
		_, err := office.ReviewMemo(ctx, officer, m.ID, 1)
		return err
	})
	on(sharedOn, func(ctx context.Context) error {
		over := programme.Over{Reason: p.phrase("share.reason", m.Atsugi)}
		_, err := office.ShareMemos(ctx, officer, []programme.MemoID{m.ID}, over)
		if ws := programme.WallsOf(err); len(ws) > 0 {
			over.Seen = programme.WallsPrint(ws)
			_, err = office.ShareMemos(ctx, officer, []programme.MemoID{m.ID}, over)
		}
		return err
	})
	on(askedOn, func(ctx context.Context) error { return p.bureauAnswers(ctx, m, officer, n%2 == 0) })
	if m.Atsugi == "" {
		return
	}
	atsugi := programme.As(m.Atsugi)
	on(askedOn, func(ctx context.Context) error { return p.saysDone(ctx, m.Atsugi) })
	if n%4 == 0 {
		on(askedOn, func(ctx context.Context) error {
			names, err := office.SupportOrganisations(ctx, atsugi)
			if err != nil || len(names) == 0 {
				return err
			}
			v, err := office.ReadMemo(ctx, atsugi, m.ID)
			if err != nil {
				return err
			}
			return office.OpenToOrganisation(ctx, atsugi, m.ID, v.Memo.Version, names[0], true)
		})
	}
	if n%3 == 1 {
		p.getsCorrected(on, m, officer)
	}
}

// getsCorrected has the atsugi ask for a correction, the office agree, the writer correct the
// memo and the office look at that.
func (p *performance) getsCorrected(on func(onDay, func(context.Context) error), m programme.Memo, officer programme.Actor) {
	office := p.app.Office
	var asked programme.Correction
	on(askedOn, func(ctx context.Context) (err error) {
		asked, err = office.AskCorrection(ctx, programme.As(m.Atsugi), office.NewID(), m.ID, p.phrase("correction.text", m.Atsugi))
		return err
	})
	on(decidedOn, func(ctx context.Context) error {
		_, err := office.DecideCorrection(ctx, officer, asked.ID, true, p.phrase("correction.decision", m.Atsugi))
		return err
	})
	on(mendedOn, func(ctx context.Context) error {
		f := programme.MemoForm{Op: office.NewID(), Kind: m.Kind, Atsugi: m.Atsugi, Session: m.Session, Corrects: 1}
		f.Parts = p.parts(f, 2)
		_, err := office.CorrectMemo(ctx, programme.As(m.Writer), m.ID, f, p.phrase("correction.reason", m.Atsugi))
		return err
	})
	on(againOn, func(ctx context.Context) error {
		_, err := office.ReviewMemo(ctx, officer, m.ID, 2)
		return err
	})
}

// bureauAnswers has somebody of the bureau say that they have the memo, and of some ask back;
// the office answers.
func (p *performance) bureauAnswers(ctx context.Context, m programme.Memo, officer programme.Actor, asks bool) error {
	office, who := p.app.Office, p.personOf(string(programme.Bureau)+"/1")
	if who.ID == "" {
		return nil
	}
	v, err := office.ReadMemo(ctx, programme.As(who.ID), m.ID)
	if err != nil {
		return err
	}
	if err := office.ConfirmReceipt(ctx, programme.As(who.ID), m.ID, v.Memo.Version); err != nil || !asks {
		return err
	}
	q, err := office.AskOfMemo(ctx, programme.As(who.ID), office.NewID(), m.ID, p.phrase("question.text", m.Atsugi))
	if err != nil {
		return err
	}
	return office.AnswerOfMemo(ctx, officer, q.ID, p.phrase("question.answer", m.Atsugi))
}

// saysDone has an atsugi say of the first thing that waits that it is done.
func (p *performance) saysDone(ctx context.Context, atsugi programme.PersonID) error {
	list, err := p.app.Office.Actions(ctx, programme.As(atsugi), atsugi)
	if err != nil {
		return err
	}
	for _, a := range list.Actions {
		if a.Waits() && a.Whose == programme.ReadParticipant {
			_, err := p.app.Office.SayAction(ctx, programme.As(atsugi), a.ID, programme.ActionDone)
			return err
		}
	}
	return nil
}

// officerFor is who of the office sees to a memo: nobody does of one about themself.
func (p *performance) officerFor(m programme.Memo) programme.Actor {
	for _, one := range p.people {
		if one.Has(programme.Coordinator) && one.Admitted(p.plan.settings.Today(p.slack.Now())) && one.ID != m.Atsugi {
			return programme.As(one.ID)
		}
	}
	return programme.Operator
}

// hearOfEvent has the office write the memo of an event when its channel is told of it.
func (p *performance) hearOfEvent(r yearreport.Record) {
	p.later(r.At.Add(3*time.Hour), "", func(ctx context.Context) error {
		officer := p.officerFor(programme.Memo{})
		return p.writeMemo(ctx, officer.Person, programme.MemoForm{Kind: programme.OfEvent, Event: programme.EventID(r.About.Subject)})
	})
}

// agree has every atsugi say on the first day whether they agree to take part and to be
// named.
func (p *performance) agree() {
	for _, one := range p.people {
		if !one.Has(programme.Atsugi) || p.isSilent(one.SlackID) {
			continue
		}
		p.later(p.from.Add(9*time.Hour), "", func(ctx context.Context) error {
			for _, kind := range []programme.ConsentKind{programme.ConsentTakingPart, programme.ConsentNamed} {
				if err := p.app.Office.SayConsent(ctx, programme.As(one.ID), p.app.Office.NewID(), kind, true); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// memoVerbs are the acts that write a memo, and of what.
var memoVerbs = map[string]programme.MemoKind{
	verbSession: programme.OfSession, verbHearing: programme.OfHearing, verbCall: programme.OfCall,
}

func isMemoVerb(verb string) bool {
	return slices.Contains([]string{verbSession, verbHearing, verbCall}, verb)
}

// answer is what somebody says to a question that is answered in words.
func (p *performance) answer(as string) string {
	var who programme.PersonID
	for _, one := range p.people {
		if one.SlackID == as {
			who = one.ID
		}
	}
	return p.phrase("answer", who)
}
