package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxFaqQuestion and maxFaqAnswer are how long the two may be, in characters.
	maxFaqQuestion = 300
	maxFaqAnswer   = 2000
)

// FaqDraft is what the office's form for an entry of the FAQ begins with.
type FaqDraft struct {
	Enquiry EnquiryID
	Entry   FaqEntry // what stands, if one was made of this enquiry before; its Version is 0 if none was
}

// FaqForm is what the office filled in.
type FaqForm struct {
	Enquiry  EnquiryID
	Version  int // of the entry as it was shown, 0 of a new one
	Question Text
	Answer   Text
}

// FaqOf begins an entry of the FAQ with what was asked and what the office answered, or with
// the one that was made of this enquiry before.
func (o *Office) FaqOf(ctx context.Context, who Actor, id EnquiryID) (FaqDraft, error) {
	d := FaqDraft{Enquiry: id}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		v, err := o.enquiryToAnswer(tx, who, me, id)
		if err != nil {
			return err
		}
		d.Entry, err = faqMadeOf(tx, id)
		if errors.Is(err, ErrNoRow) {
			d.Entry, err = FaqEntry{Question: Text{Ja: firstSaid(v.Words)}, Answer: Text{Ja: saidInAnswer(v.Words)}}, nil
		}
		return err
	})
	return d, err
}

// enquiryToAnswer is an enquiry that the office was told of.
func (o *Office) enquiryToAnswer(tx Tx, who Actor, me Person, id EnquiryID) (EnquiryView, error) {
	if !o.may(who, me, o.Now(), Coordinator) {
		return EnquiryView{}, denied("error.denied")
	}
	e, err := tx.Enquiry(id)
	if err != nil {
		return EnquiryView{}, orMissing(err, "error.enquiry_gone")
	}
	if e.Opened.IsZero() {
		return EnquiryView{}, missing("error.enquiry_gone")
	}
	return enquiryView(tx, e, true)
}

// faqMadeOf is the entry that was made of an enquiry.
func faqMadeOf(tx Tx, id EnquiryID) (FaqEntry, error) {
	entries, err := tx.FaqEntries()
	for _, f := range entries {
		if f.Source == id {
			return f, err
		}
	}
	if err == nil {
		err = ErrNoRow
	}
	return FaqEntry{}, err
}

func firstSaid(words []EnquiryWord) string {
	for _, w := range words {
		if w.Side == FromAsker && !w.Gone() {
			return cutTo(w.Text, maxFaqQuestion)
		}
	}
	return ""
}

// saidInAnswer is what the office said, in one piece.
func saidInAnswer(words []EnquiryWord) string {
	var said []string
	for _, w := range words {
		if w.Side == FromOffice && !w.Gone() && strings.TrimSpace(w.Text) != "" {
			said = append(said, strings.TrimSpace(w.Text))
		}
	}
	return cutTo(strings.Join(said, "\n"), maxFaqAnswer)
}

func cutTo(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// KeepFaq keeps an entry of the FAQ, once per op, or changes the one that was made of this
// enquiry before. Who asked must not be told by it: an Error stands beside the field that has
// their name or firm.
func (o *Office) KeepFaq(ctx context.Context, who Actor, op string, f FaqForm) error {
	err := o.manage(ctx, who, func(c *change) error {
		v, err := o.enquiryToAnswer(c.Tx, who, c.me, f.Enquiry)
		if err != nil {
			return err
		}
		f.Question = Text{Ja: strings.TrimSpace(f.Question.Ja), En: strings.TrimSpace(f.Question.En)}
		f.Answer = Text{Ja: strings.TrimSpace(f.Answer.Ja), En: strings.TrimSpace(f.Answer.En)}
		people, err := c.People()
		if err != nil {
			return err
		}
		if err := f.check(op, v.Asker, people); err != nil {
			return err
		}
		if _, err := c.FaqByOp(op); !errors.Is(err, ErrNoRow) {
			return err // it was kept
		}
		entry, err := faqMadeOf(c.Tx, f.Enquiry)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if entry.Version != f.Version {
			return &Error{Code: CodeConflict, Key: "error.faq_newer"}
		}
		if entry.Question, entry.Answer = f.Question, f.Answer; entry.Version > 0 {
			err = c.SaveFaq(entry)
		} else {
			entry.ID, entry.Made, entry.By, entry.Source = o.NewID(), c.now, c.me.ID, f.Enquiry
			err = c.CreateFaq(op, entry)
		}
		if err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeEnquiryCard, Subject: string(f.Enquiry)}); err != nil {
			return err
		}
		return c.audit("faq.keep", entry.ID)
	})
	if errors.Is(err, ErrRepeated) {
		return nil
	}
	return err
}

// check looks at what was filled in: every fault beside its field.
func (f FaqForm) check(op string, asker Person, people []Person) error {
	if op == "" {
		return invalid("", "error.form_old")
	}
	var faults Faults
	for _, in := range []struct {
		field, text string
		most        int
		needed      bool
	}{
		{"question", f.Question.Ja, maxFaqQuestion, true},
		{"answer", f.Answer.Ja, maxFaqAnswer, true},
		{"question_en", f.Question.En, maxFaqQuestion, f.Answer.En != ""},
		{"answer_en", f.Answer.En, maxFaqAnswer, f.Question.En != ""},
	} {
		switch {
		case in.needed && in.text == "":
			faults = append(faults, invalid(in.field, "error.words_missing"))
		case utf8.RuneCountInString(in.text) > in.most:
			faults = append(faults, invalid(in.field, "error.too_long", "Max", in.most))
		case tellsWho(in.text, asker), tellsOfOthers(in.text, people):
			faults = append(faults, invalid(in.field, "error.faq_name"))
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// tellsWho says whether a text has somebody's name, a part of it, or their firm. A part of one
// character is in too many other words.
func tellsWho(text string, p Person) bool {
	folded := foldName(text)
	parts := append(strings.FieldsFunc(p.Name, unicode.IsSpace), p.Name, p.Organisation)
	return slices.ContainsFunc(parts, func(part string) bool {
		part = foldName(part)
		return utf8.RuneCountInString(part) > 1 && strings.Contains(folded, part)
	})
}
