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

// MemoReceipt is that somebody of the bureau has a version of a memo.
type MemoReceipt struct {
	Memo    MemoID
	Version int
	Person  PersonID
	At      time.Time
}

// MemoQuestionID is a ULID.
type MemoQuestionID string

// MemoQuestion is what the bureau asked the office of a memo, and the answer. Both are
// words between the two, kept verbatim.
type MemoQuestion struct {
	ID         MemoQuestionID
	Memo       MemoID
	Version    int // that the bureau read when it asked
	By         PersonID
	At         time.Time
	Text       string
	Answer     string
	Answered   time.Time // zero while it waits
	AnsweredBy PersonID  // "" from the command line
}

// Waits says whether nobody answered yet.
func (q MemoQuestion) Waits() bool { return q.Answered.IsZero() }

// MemoQuestionsTx keeps what the bureau said of memos, and why some were taken back.
type MemoQuestionsTx interface {
	// RecordReceipt says whether it is the first of that person and version.
	RecordReceipt(MemoReceipt) (first bool, err error)
	MemoReceipts(MemoID) ([]MemoReceipt, error)
	// CreateMemoQuestion inserts; a second insert with the same op answers ErrRepeated.
	CreateMemoQuestion(op string, q MemoQuestion) error
	MemoQuestion(MemoQuestionID) (MemoQuestion, error)
	MemoQuestionByOp(op string) (MemoQuestion, error)
	// MemoQuestions lists those of a memo, oldest first.
	MemoQuestions(MemoID) ([]MemoQuestion, error)
	// OpenMemoQuestions lists those that wait for an answer, of memos that were not taken
	// back and are not about this person ("": of all), oldest first, limit at most.
	OpenMemoQuestions(notAbout PersonID, limit int) ([]MemoQuestion, error)
	// AnswerMemoQuestion answers ErrStale if somebody answered before.
	AnswerMemoQuestion(id MemoQuestionID, answer string, by PersonID, at time.Time) error
	RecordWithdrawal(MemoWithdrawal) error
	Withdrawal(MemoID) (MemoWithdrawal, error)
}

// MaxQuestion is how long a question and its answer may be, in characters.
const MaxQuestion = 1000

// maxQuestions is how many questions of one memo may wait at a time.
const maxQuestions = 3

// sharedMemo finds a memo that the actor reads as one of the bureau.
func (c *change) sharedMemo(id MemoID) (Memo, error) {
	if c.actor.Kind != ByPerson || c.must(Bureau) != nil {
		return Memo{}, denied("error.denied")
	}
	m, err := c.Memo(id)
	if err != nil {
		return m, orMissing(err, "error.memo_gone")
	}
	if m.SharedVersion == 0 || !m.Withdrawn.IsZero() || m.Atsugi == c.me.ID {
		return m, missing("error.memo_gone")
	}
	return m, nil
}

// ConfirmReceipt says that somebody of the bureau has the memo in that version: what they had
// before them. CodeConflict if the bureau reads another one by now. Doing it again changes
// nothing.
func (o *Office) ConfirmReceipt(ctx context.Context, who Actor, id MemoID, version int) error {
	return o.write(ctx, who, func(c *change) error {
		m, err := c.sharedMemo(id)
		if err != nil {
			return err
		}
		if version != m.SharedVersion {
			return &Error{Code: CodeConflict, Key: "error.memo_newer"}
		}
		first, err := c.RecordReceipt(MemoReceipt{Memo: id, Version: version, Person: c.me.ID, At: c.now})
		if err != nil || !first {
			return err
		}
		if err := c.redrawMemo(id); err != nil {
			return err
		}
		return c.auditChange("memo.receipt", string(id), "version="+strconv.Itoa(version))
	})
}

// AskOfMemo asks the office something of a shared memo, once per op. Only so many wait at a
// time: each goes to two channels.
func (o *Office) AskOfMemo(ctx context.Context, who Actor, op string, id MemoID, text string) (MemoQuestion, error) {
	var q MemoQuestion
	err := o.write(ctx, who, func(c *change) error {
		m, err := c.sharedMemo(id)
		if err != nil {
			return err
		}
		if err := wordsOf("text", op, text); err != nil {
			return err
		}
		want := MemoQuestion{Memo: id, Version: m.SharedVersion, By: c.me.ID, At: c.now, Text: text}
		if q, err = c.MemoQuestionByOp(op); !errors.Is(err, ErrNoRow) {
			return repeats(q.asked(), want.asked(), err)
		}
		q, q.ID = want, MemoQuestionID(o.NewID())
		return c.askOffice(op, q)
	})
	if err != nil {
		return MemoQuestion{}, err
	}
	return q, nil
}

// askOffice keeps a question and brings it to the office and under the bureau's card.
func (c *change) askOffice(op string, q MemoQuestion) error {
	before, err := c.MemoQuestions(q.Memo)
	if err != nil {
		return err
	}
	if waiting := slices.DeleteFunc(before, func(b MemoQuestion) bool { return !b.Waits() }); len(waiting) >= maxQuestions {
		return &Error{Code: CodeConflict, Key: "error.questions_wait", Args: map[string]any{"Max": maxQuestions}}
	}
	if err := c.CreateMemoQuestion(op, q); err != nil {
		return err
	}
	if err := c.audit("memo.ask", string(q.Memo)); err != nil {
		return err
	}
	return c.notify(
		Notice{Kind: NoticeMemoQuestion, Subject: string(q.ID), To: ToChannel(ChannelOffice)},
		Notice{Kind: NoticeMemoAsked, Subject: string(q.ID), To: ToChannel(ChannelBureau)})
}

// askedOf is what one form asked of a memo, and who by it.
type askedOf struct {
	by   PersonID
	memo MemoID
	text string
}

func (q MemoQuestion) asked() askedOf { return askedOf{q.By, q.Memo, q.Text} }

// repeats answers a form that asked before: nothing is wrong if it asks the same again. What
// else it says now is not taken for said. err is of looking for what it asked then.
func repeats(then, now askedOf, err error) error {
	if err == nil && then != now {
		return invalid("", "error.form_old")
	}
	return err
}

// wordsOf checks what somebody typed into a form.
func wordsOf(field, op, text string) error {
	switch {
	case op == "":
		return invalid("", "error.form_old")
	case strings.TrimSpace(text) == "":
		return invalid(field, "error.words_missing")
	case utf8.RuneCountInString(text) > MaxQuestion:
		return invalid(field, "error.too_long", "Max", MaxQuestion)
	}
	return nil
}

// MemoQuestionPage shows a question to the office, which answers it. Of a memo about
// themself a coordinator leaves that to another.
func (o *Office) MemoQuestionPage(ctx context.Context, who Actor, id MemoQuestionID) (MemoQuestion, error) {
	var q MemoQuestion
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		q, _, err = questionFor(tx, who, me, id)
		return err
	})
	return q, err
}

func questionFor(tx Tx, who Actor, me Person, id MemoQuestionID) (MemoQuestion, Memo, error) {
	q, err := tx.MemoQuestion(id)
	if err != nil {
		return q, Memo{}, orMissing(err, "error.memo_gone")
	}
	m, err := tx.Memo(q.Memo)
	switch {
	case err != nil:
		return q, m, err
	case aboutSelf(who, me, m):
		return MemoQuestion{}, Memo{}, denied("error.memo_about_you")
	case !m.Withdrawn.IsZero():
		return MemoQuestion{}, Memo{}, &Error{Code: CodeClosed, Key: "error.memo_withdrawn"}
	}
	return q, m, nil
}

// AnswerOfMemo answers the bureau's question, once; the same answer again changes nothing.
func (o *Office) AnswerOfMemo(ctx context.Context, who Actor, id MemoQuestionID, text string) error {
	return o.manage(ctx, who, func(c *change) error {
		q, m, err := questionFor(c.Tx, who, c.me, id)
		if err != nil {
			return err
		}
		if err := wordsOf("text", string(id), text); err != nil {
			return err
		}
		if !q.Waits() {
			if q.Answer == text {
				return nil
			}
			return &Error{Code: CodeConflict, Key: "error.question_answered"}
		}
		if err := c.AnswerMemoQuestion(id, text, c.me.ID, c.now); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeMemoQuestion, Subject: string(id)}); err != nil {
			return err
		}
		if err := c.audit("memo.answer", string(m.ID)); err != nil {
			return err
		}
		return c.notify(Notice{Kind: NoticeMemoAnswer, Subject: string(id), To: ToChannel(ChannelBureau)})
	})
}

// InThread says whether messages of the kind are replies to another message.
func (k NoticeKind) InThread() bool {
	return k == NoticeMemoAsked || k == NoticeMemoAnswer || k.UnderEnquiry()
}

// ThreadOf finds the message under which a notice of a kind InThread belongs: the bureau's
// card of the memo, or the office's of an enquiry. ok is false if there is none, because the
// bureau gets files instead, or the notice goes to who asked.
func (o *Office) ThreadOf(ctx context.Context, n Notice) (parent Delivery, ok bool, err error) {
	err = o.read(ctx, func(tx Tx) error {
		if n.Kind.UnderEnquiry() {
			parent, err = enquiryCard(tx, n)
			return err
		}
		q, err := tx.MemoQuestion(MemoQuestionID(n.Subject))
		if err != nil {
			return err
		}
		parent, err = tx.DeliveryOf(Notice{Kind: NoticeMemoShared, Subject: string(q.Memo), To: n.To})
		return err
	})
	if errors.Is(err, ErrNoRow) {
		return Delivery{}, false, nil
	}
	return parent, err == nil, err
}
