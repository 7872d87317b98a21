package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// CorrectionID is a ULID.
type CorrectionID string

// CorrectionState is what the office decided of what an atsugi asked for. The strings are
// stored.
type CorrectionState string

const (
	CorrectionWaits    CorrectionState = ""
	CorrectionAccepted CorrectionState = "yes"
	CorrectionRefused  CorrectionState = "no"
)

// Correction is what an atsugi asks to have put right in a memo about them, and what the
// office decided.
type Correction struct {
	ID        CorrectionID
	Memo      MemoID
	By        PersonID
	EnteredBy PersonID // of the office, for somebody whom it does not reach in Slack; "" if By pressed themself
	At        time.Time
	Text      string // in their words
	State     CorrectionState
	Reason    string // the office's, for who asked
	Decided   time.Time
	DecidedBy PersonID
	Made      int // the memo's version in which it was put right, 0 until there is one
}

// Open says whether something is to be done about it still: to decide, or to correct the memo
// as was decided. To say yes is not to have done it.
func (k Correction) Open() bool {
	return k.State == CorrectionWaits || k.State == CorrectionAccepted && k.Made == 0
}

// occasion is of the notice that tells who asked how it stands.
func (k Correction) occasion() string {
	if k.Made > 0 {
		return versionOf(k.Made)
	}
	return string(k.State)
}

// CorrectionView is a request with the memo, of which it holds no parts, and who asks.
type CorrectionView struct {
	Correction
	Memo   MemoView
	Asker  Person
	Decide bool // the reader may decide of it
}

// CorrectionsTx keeps what was asked to be put right.
type CorrectionsTx interface {
	// CreateCorrection answers ErrRepeated for an op that asked before.
	CreateCorrection(op string, c Correction) error
	CorrectionByOp(op string) (Correction, error)
	Correction(CorrectionID) (Correction, error)
	// DecideCorrection keeps the decision, and in which version the memo was put right, unless
	// it was before or the decision was no: ErrStale.
	DecideCorrection(Correction) error
	// CorrectionsOf lists those of a memo, oldest first.
	CorrectionsOf(MemoID) ([]Correction, error)
	// OpenCorrections lists those that are Open, of memos that were not taken back, oldest
	// first, limit at most.
	OpenCorrections(limit int) ([]Correction, error)
}

// How many characters what is asked for, and the office's answer to it, may have.
const (
	MaxCorrection = 1000
	MaxDecision   = 500
)

// maxCorrections is how many requests may wait at a time, of one memo.
const maxCorrections = 3

// AskCorrection asks to have put right what an atsugi may read about themself, once per op:
// the atsugi does, or the office for one whom it does not reach in Slack, which is kept with
// it (programme.md "Not everyone is on Slack").
func (o *Office) AskCorrection(ctx context.Context, who Actor, op string, id MemoID, text string) (Correction, error) {
	var k Correction
	err := o.write(ctx, who, func(c *change) error {
		m, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		want, err := c.asksOf(m)
		if err != nil {
			return err
		}
		if want.Text = text; op == "" {
			return invalid("", "error.form_old")
		}
		if k, err = c.CorrectionByOp(op); !errors.Is(err, ErrNoRow) {
			return repeats(k.asked(), want.asked(), err)
		}
		k, k.ID = want, CorrectionID(o.NewID())
		return c.askCorrection(op, k)
	})
	if err != nil {
		return Correction{}, err
	}
	return k, nil
}

// asksOf says who asks by the actor's form for a correction of the memo: everybody is
// refused but the atsugi who may read something of it, and the office for them.
func (c *change) asksOf(m Memo) (Correction, error) {
	k := Correction{Memo: m.ID, By: m.Atsugi, At: c.now}
	if m.Atsugi == "" || c.me.ID == "" || !m.Withdrawn.IsZero() || len(visible(m, []Reader{ReadParticipant}).Parts) == 0 {
		return k, missing("error.memo_gone")
	}
	if aboutSelf(c.actor, c.me, m) {
		return k, nil
	}
	if c.must(Coordinator) != nil {
		return k, missing("error.memo_gone")
	}
	k.EnteredBy = c.me.ID
	atsugi, err := c.Person(m.Atsugi)
	if err == nil && atsugi.Reachable() {
		err = missing("error.memo_gone")
	}
	return k, err
}

func (k Correction) asked() askedOf { return askedOf{k.By, k.Memo, k.Text} }

// askCorrection keeps the request and brings it to the office.
func (c *change) askCorrection(op string, k Correction) error {
	switch {
	case strings.TrimSpace(k.Text) == "":
		return invalid("text", "error.correction_missing")
	case utf8.RuneCountInString(k.Text) > MaxCorrection:
		return invalid("text", "error.too_long", "Max", MaxCorrection)
	}
	before, err := c.CorrectionsOf(k.Memo)
	if err != nil {
		return err
	}
	waiting := slices.DeleteFunc(before, func(b Correction) bool { return b.State != CorrectionWaits })
	if len(waiting) >= maxCorrections {
		return &Error{Code: CodeConflict, Key: "error.corrections_wait", Args: map[string]any{"Max": maxCorrections}}
	}
	if err := c.CreateCorrection(op, k); err != nil {
		return err
	}
	behalf := ""
	if k.EnteredBy != "" {
		behalf = "for=" + string(k.By)
	}
	if err := c.auditChange("memo.correction.ask", string(k.Memo), behalf); err != nil {
		return err
	}
	return c.notify(Notice{Kind: NoticeMemoCorrection, Subject: string(k.ID), To: ToChannel(ChannelOffice)})
}

// DecideCorrection is the office's. Saying yes changes no memo: the request stays open until
// the office has corrected it, and may be decided otherwise until then. The reason goes to who
// asked, and a no needs one.
func (o *Office) DecideCorrection(ctx context.Context, who Actor, id CorrectionID, yes bool, reason string) (Correction, error) {
	var k Correction
	state := CorrectionRefused
	if yes {
		state = CorrectionAccepted
	}
	err := o.manage(ctx, who, func(c *change) error {
		var err error
		if k, err = c.Correction(id); err != nil {
			return orMissing(err, "error.correction_gone")
		}
		m, err := c.Memo(k.Memo)
		if err != nil {
			return err
		}
		if err := c.mustNotBeAbout(m); err != nil {
			return err
		}
		switch {
		case k.State == state && k.Reason == reason:
			return nil
		case !k.Open() || k.State == state:
			return &Error{Code: CodeConflict, Key: "error.correction_decided"}
		case !yes && strings.TrimSpace(reason) == "":
			return invalid("reason", "error.reason_missing")
		case utf8.RuneCountInString(reason) > MaxDecision:
			return invalid("reason", "error.too_long", "Max", MaxDecision)
		}
		k.State, k.Reason, k.Decided, k.DecidedBy = state, reason, c.now, c.me.ID
		return c.keepDecision(k)
	})
	return k, err
}

// keepDecision keeps the decision and tells who asked.
func (c *change) keepDecision(k Correction) error {
	if err := c.DecideCorrection(k); err != nil {
		return err
	}
	if err := c.auditChange("memo.correction.decide", string(k.Memo), "decision="+string(k.State)); err != nil {
		return err
	}
	return c.tellAsker(k)
}

// tellAsker tells who asked how it stands now; what was said before follows it.
func (c *change) tellAsker(k Correction) error {
	if err := c.redrawKinds(string(k.ID), NoticeMemoCorrection, NoticeMemoDecided); err != nil {
		return err
	}
	return c.notify(Notice{Kind: NoticeMemoDecided, Subject: string(k.ID), To: ToPerson(k.By), Occasion: k.occasion()})
}

// putRight ends the requests that the office had said yes to when the memo's latest version
// was written, and tells who asked. The office wrote that version, or looked at it.
func (c *change) putRight(m Memo, written time.Time) error {
	list, err := c.CorrectionsOf(m.ID)
	if err != nil {
		return err
	}
	for _, k := range list {
		if k.State != CorrectionAccepted || k.Made > 0 || k.Decided.After(written) {
			continue
		}
		k.Made = m.Version
		if err := c.DecideCorrection(k); err != nil {
			return err
		}
		if err := c.tellAsker(k); err != nil {
			return err
		}
	}
	return nil
}

// CorrectionOf is a request as who asked for it and the office may see it.
func (o *Office) CorrectionOf(ctx context.Context, who Actor, id CorrectionID) (CorrectionView, error) {
	var v CorrectionView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		k, err := tx.Correction(id)
		if err != nil {
			return orMissing(err, "error.correction_gone")
		}
		if v, err = o.correctionView(tx, who, me, k); err != nil {
			return err
		}
		if !v.Decide && k.By != me.ID {
			return missing("error.correction_gone")
		}
		return nil
	})
	if err != nil {
		return CorrectionView{}, err
	}
	return v, nil
}

func (o *Office) correctionView(tx Tx, who Actor, me Person, k Correction) (CorrectionView, error) {
	v := CorrectionView{Correction: k}
	m, err := tx.Memo(k.Memo)
	if err != nil {
		return v, err
	}
	if v.Memo, err = memoView(tx, m.withoutWords()); err != nil {
		return v, err
	}
	v.Decide = o.may(who, me, o.Now(), Coordinator) && !aboutSelf(who, me, m)
	v.Asker, err = tx.Person(k.By)
	return v, err
}
