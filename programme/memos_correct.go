package programme

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxReason is how many characters the reason of a correction may have.
const maxReason = 200

// CorrectMemo keeps the form as another version of the memo, with the reason. Whom or what
// the memo is of stays as it is. A correction by the office is reviewed with that and, if
// the bureau reads the memo and no walls stand, shared on; another's waits for the office, and the bureau reads
// on what it had. Who corrects a version that is not the latest any more (f.Corrects) is
// told so, unless they decided to replace the newer one (f.Over); what they typed stays as a
// draft.
func (o *Office) CorrectMemo(ctx context.Context, who Actor, id MemoID, f MemoForm, reason string) (Memo, error) {
	d := MemoDraft{Form: f, Memo: id, Reason: reason}
	var m Memo
	var overtaken *Error
	err := o.write(ctx, who, func(c *change) error {
		old, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		if err := c.mayCorrect(old); err != nil {
			return err
		}
		if m, err = c.correctedFrom(old, f, reason); err != nil {
			return err
		}
		if err := c.mustBeNew(f.Op); err != nil {
			return err
		}
		if f.Corrects != old.Version && f.Over != old.Version {
			overtaken, err = c.keepOvertaken("error.memo_corrected_meanwhile", d)
			return err
		}
		return c.correct(old, &m, d)
	})
	switch {
	case errors.Is(err, ErrRepeated):
		return o.writtenBefore(ctx, who, d, m)
	case err != nil:
		return Memo{}, err
	case overtaken != nil:
		return Memo{}, overtaken
	}
	return m, nil
}

// mayCorrect refuses everybody but the office and the memo's writer while they may read
// all of it. Of a memo about themself nobody corrects anything: they ask for it.
func (c *change) mayCorrect(m Memo) error {
	v, err := c.office.seenBy(c.Tx, c.actor, c.me, m, c.now)
	switch {
	case err != nil:
		return err
	case len(v.Memo.Parts) == 0:
		return missing("error.memo_gone")
	case aboutSelf(c.actor, c.me, m):
		return denied("error.memo_correct_denied")
	case !m.Withdrawn.IsZero():
		return &Error{Code: CodeClosed, Key: "error.memo_withdrawn"}
	case c.must(Coordinator) == nil:
		return nil
	case c.me.ID == "" || m.Writer != c.me.ID || c.must(Mentor) != nil || len(v.Memo.Parts) < len(m.Parts):
		return denied("error.memo_correct_denied")
	}
	return nil
}

// correctedFrom checks the form and is the memo as it would be.
func (c *change) correctedFrom(old Memo, f MemoForm, reason string) (Memo, error) {
	m := old
	switch {
	case f.Op == "":
		return m, invalid("", "error.form_old")
	case strings.TrimSpace(reason) == "":
		return m, invalid("reason", "error.reason_missing")
	case utf8.RuneCountInString(reason) > maxReason:
		return m, invalid("reason", "error.too_long", "Max", maxReason)
	}
	if f.Held != "" {
		m.Held = f.Held
	}
	return m, c.fill(&m, f, old.Parts)
}

// mustBeNew answers ErrRepeated for a form that wrote before.
func (c *change) mustBeNew(op string) error {
	_, err := c.MemoByOp(op)
	switch {
	case err == nil:
		return ErrRepeated
	case errors.Is(err, ErrNoRow):
		return nil
	}
	return err
}

// correct keeps the version and tells whom it concerns.
func (c *change) correct(old Memo, m *Memo, d MemoDraft) error {
	if m.same(old) {
		return invalid("", "error.memo_same")
	}
	m.Version, m.Reviewed, m.ReviewedBy = old.Version+1, time.Time{}, ""
	v := MemoVersion{Version: m.Version, At: c.now, By: c.me.ID, Reason: d.Reason}
	office := c.must(Coordinator) == nil
	if office {
		if err := c.review(m); err != nil {
			return err
		}
	}
	if err := c.AddMemoVersion(d.Form.Op, *m, v); err != nil {
		return err
	}
	m.Revision++
	if err := c.spendDraft(d.Form); err != nil {
		return err
	}
	if err := c.auditChange("memo.correct", string(m.ID), "version="+strconv.Itoa(m.Version)); err != nil {
		return err
	}
	if office {
		if err := c.putRight(*m, c.now); err != nil {
			return err
		}
	}
	if err := c.tellCorrected(old, *m); err != nil {
		return err
	}
	if office {
		return c.bureauReads(old.SharedVersion, *m, "")
	}
	return c.notify(Notice{Kind: NoticeMemoWritten, Subject: string(m.ID), Occasion: versionOf(m.Version), To: ToChannel(ChannelOffice)})
}

// tellCorrected tells the atsugi, if what they read of the memo is another and they asked
// for no correction that is made with it, and the writer whose words somebody else corrected.
func (c *change) tellCorrected(old, m Memo) error {
	news := Notice{Kind: NoticeMemoCorrected, Subject: string(m.ID), Occasion: versionOf(m.Version)}
	theirs := []Reader{ReadParticipant}
	asked, err := c.CorrectionsOf(m.ID)
	if err != nil {
		return err
	}
	told := slices.ContainsFunc(asked, func(k Correction) bool { return k.Made == m.Version })
	if before, now := visible(old, theirs), visible(m, theirs); m.Atsugi != "" && !told && !now.same(before) && len(now.Parts) > 0 {
		news.To = ToPerson(m.Atsugi)
		if err := c.notify(news); err != nil {
			return err
		}
	}
	if m.Writer == "" || m.Writer == c.me.ID || m.Writer == m.Atsugi {
		return nil
	}
	news.To = ToPerson(m.Writer)
	return c.notify(news)
}
