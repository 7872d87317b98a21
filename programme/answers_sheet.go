package programme

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// SurveySheet is a page of the survey as a form, filled with what was said: of one's
// own survey, or for the office to fill in for somebody who still takes part. Page ""
// is where one stands. A page on which nothing is due gives way to the next one.
func (o *Office) SurveySheet(ctx context.Context, who Actor, id ResponseID, page string) (Sheet, error) {
	return o.sheet(ctx, who, id, func(s *Sheet) error { return s.open(page) })
}

// QuestionSheet is SurveySheet at the page of a question, which must be due.
func (o *Office) QuestionSheet(ctx context.Context, who Actor, id ResponseID, question string) (Sheet, error) {
	return o.sheet(ctx, who, id, func(s *Sheet) error {
		if err := s.changeable(question); err != nil {
			return err
		}
		return s.open(s.pageOf(question))
	})
}

func (o *Office) sheet(ctx context.Context, who Actor, id ResponseID, turn func(*Sheet) error) (Sheet, error) {
	var s Sheet
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if s.Dialogue, s.Own, err = o.dialogueFor(tx, who, me, id); err != nil {
			return err
		}
		if err := fillable(s.Dialogue, o.Now()); err != nil {
			return err
		}
		if err := turn(&s); err != nil || s.Own {
			return err
		}
		s.Dialogue = s.Dialogue.forOffice()
		return nil
	})
	return s, err
}

// fillable says whether a form of the survey can be filled in now.
func fillable(d Dialogue, now time.Time) error {
	switch {
	case !d.Person.Active():
		return missing("error.person_gone")
	case !d.Open(now):
		return notTaking(d.Survey, now)
	case d.Survey.Def.Anonymous && d.Response.State == Done:
		return &Error{Code: CodeClosed, Key: "error.survey_cast"}
	}
	return nil
}

// open turns to a page.
func (s *Sheet) open(page string) error {
	pages := s.duePages()
	if page == "" {
		page = s.next("")
	}
	if page == "" && len(pages) > 0 {
		page = pages[0].ID
	}
	order := slices.IndexFunc(s.Survey.Def.Pages(), func(p Page) bool { return p.ID == page })
	if order < 0 || len(pages) == 0 {
		return &Error{Code: CodeConflict, Key: "error.form_old"}
	}
	later := s.Survey.Def.Pages()[order:]
	at := slices.IndexFunc(pages, func(p Page) bool {
		return slices.ContainsFunc(later, func(l Page) bool { return l.ID == p.ID })
	})
	if at < 0 {
		at = len(pages) - 1
	}
	s.Place, s.Of, s.Due = at+1, len(pages), pages[at].Questions
	for _, p := range s.Survey.Def.Pages() {
		if p.ID == pages[at].ID {
			s.Page = p
		}
	}
	return nil
}

// changeable says whether the answer to a question can be changed: it must be due.
func (d Dialogue) changeable(question string) error {
	def := d.Survey.Def
	if _, i := def.Question(question); i < 0 {
		return missing("error.survey_gone")
	}
	if !contains(def.Due(d.Answers), question) {
		return &Error{Code: CodeConflict, Key: "error.survey_aside"}
	}
	return nil
}

// pageOf is the page that has a question, "" if none has.
func (d Dialogue) pageOf(question string) string {
	for _, p := range d.Survey.Def.Pages() {
		if contains(p.Questions, question) {
			return p.ID
		}
	}
	return ""
}

// duePages are the pages with something due, with no more than that.
func (d Dialogue) duePages() []Page {
	due := d.Survey.Def.Due(d.Answers)
	var pages []Page
	for _, p := range d.Survey.Def.Pages() {
		p.Questions = slices.DeleteFunc(slices.Clone(p.Questions), func(q Question) bool { return !contains(due, q.ID) })
		if len(p.Questions) > 0 {
			pages = append(pages, p)
		}
	}
	return pages
}

// next is the page to show after one, "" for before all: the first from there on with
// a due question that has no answer, else the first of all with one, else "".
func (d Dialogue) next(after string) string {
	counted := d.Survey.Def.Counted(d.Answers)
	first, seen := "", after == ""
	for _, p := range d.Survey.Def.Pages() {
		seen = seen || p.ID == after
		for _, q := range p.Questions {
			if _, has := counted[q.ID]; has || !contains(d.Survey.Def.Due(d.Answers), q.ID) {
				continue
			}
			if seen {
				return p.ID
			}
			if first == "" {
				first = p.ID
			}
		}
	}
	return first
}

// AnswerSheet keeps a page of the form: whole, or as a draft what is good of it. The
// office may fill it in for somebody: it says in which way it got the answers, and is
// named as who entered them.
//
// What still says what stood when the page was opened was not touched and is not
// saved, so a form never undoes a newer answer from the chat. Faults lists every
// field that must be mended; Field is the question.
func (o *Office) AnswerSheet(ctx context.Context, who Actor, id ResponseID, in SheetInput) (SheetResult, error) {
	var out SheetResult
	err := o.write(ctx, who, func(c *change) error {
		t, err := c.talk(id)
		if err != nil {
			return err
		}
		if !t.own() && (t.d.Survey.Def.Anonymous || !o.may(who, c.me, c.now, Coordinator)) {
			return missing("error.survey_gone")
		}
		if err := fillable(t.d, c.now); err != nil {
			return err
		}
		if t.d.Survey.Def.Anonymous {
			return &Error{Code: CodeConflict, Key: "error.survey_form_only"}
		}
		out, err = t.fill(in)
		return err
	})
	return out, err
}

// fill reads and keeps a page.
func (t *talk) fill(in SheetInput) (SheetResult, error) {
	def := t.d.Survey.Def
	at := slices.IndexFunc(def.Pages(), func(p Page) bool { return p.ID == in.Page })
	if at < 0 {
		return SheetResult{}, &Error{Code: CodeConflict, Key: "error.form_old"}
	}
	read, err := t.readPage(def.Pages()[at], in)
	if err != nil {
		return SheetResult{}, err
	}
	if len(read.faults) > 0 && !in.Draft {
		return SheetResult{}, read.faults
	}
	if err := t.keepPage(read, in); err != nil {
		return SheetResult{}, err
	}
	out := SheetResult{Dialogue: t.d, Next: t.d.next(in.Page), Faults: read.faults}
	if in.Draft {
		out.Next = in.Page
	}
	if !t.own() {
		out.Dialogue = t.d.forOffice()
	}
	return out, nil
}

// sheetRead is what a page says: new answers in the order of the questions, and what
// must be mended.
type sheetRead struct {
	answers []Answer
	faults  Faults
}

func (t *talk) readPage(p Page, in SheetInput) (sheetRead, error) {
	var read sheetRead
	versions, err := t.AnswerVersions(t.d.Response.ID)
	if err != nil {
		return read, err
	}
	def, opened := t.d.Survey.Def, stoodAt(versions, in.Opened)
	drawn := def.Due(opened)
	after := maps.Clone(t.d.Answers)
	var faults Faults
	for _, q := range p.Questions {
		given, came := in.Answers[q.ID]
		if !came && !contains(drawn, q.ID) {
			continue // it was not on the page
		}
		people, err := nameable(t.Tx, q, t.d.Person)
		if err != nil {
			return read, err
		}
		a, fault := t.readField(q, given, opened[q.ID], people, in.Draft)
		switch {
		case fault != nil:
			faults = append(faults, fault)
		case a.Question != "":
			after[q.ID] = a
			read.answers = append(read.answers, a)
		}
	}
	for _, f := range faults { // what is not asked any more needs no mending
		if contains(def.Due(after), f.Field) {
			read.faults = append(read.faults, f)
		}
	}
	return read, nil
}

// stoodAt are the answers that stood at a moment, to the millisecond that a form
// tells. A press that was made before the form was opened and came after it counts as
// seen: nobody can tell.
func stoodAt(versions []Answer, at time.Time) map[string]Answer {
	return standing(versions, at.Truncate(time.Millisecond).Add(time.Millisecond))
}

// readField reads a field of a page on which the answer opened stood. The zero Answer
// says that there is nothing to save.
func (t *talk) readField(q Question, given Input, opened Answer, people []Person, draft bool) (Answer, *Error) {
	stands, answered := t.d.Answers[q.ID]
	answered = answered && !stands.Open
	if empty(given) {
		untouched := opened.Question == "" || opened.Skipped || !t.own() && q.TotalsOnly
		switch {
		case draft, untouched && answered:
			return Answer{}, nil
		case !q.Optional:
			return Answer{}, invalid(q.ID, "error.answer_required")
		}
		return Answer{Question: q.ID, Skipped: true}, nil
	}
	a, err := q.Read(q.fromSheet(given), opened, people)
	if err != nil {
		fault, meant := AsError(err)
		if !meant {
			fault = invalid(q.ID, "error.answer_required")
		}
		return Answer{}, fault
	}
	switch untouched := opened.Question != "" && a.same(opened); {
	case untouched && answered, answered && a.same(stands):
		return Answer{}, nil
	case a.Open && !draft:
		return Answer{}, invalid(q.ID, "error.write_out")
	}
	a.Question = q.ID
	return a, nil
}

// fromSheet is what a field says: words in the field of the choice to be written out,
// with nothing else picked, are that choice.
func (q Question) fromSheet(in Input) Input {
	if write, ok := q.writable(); ok && len(in.Picked) == 0 && !blank(in.Text) {
		in.Picked = []string{write.ID}
	}
	return in
}

// empty says whether nothing was given.
func empty(in Input) bool {
	return len(in.Picked) == 0 && strings.TrimSpace(in.Text) == "" && in.Date == "" && in.Next == "" && !in.Skip
}

func (t *talk) keepPage(read sheetRead, in SheetInput) error {
	def, chat, action := t.d.Survey.Def, t.d.Response.Current != "", "survey.answer"
	via := ViaForm
	if !t.own() {
		if in.Via != ViaPhone && in.Via != ViaPaper {
			return &Error{Code: CodeInvalid, Key: "error.sheet_way"}
		}
		action, via = "survey.enter", in.Via
	}
	for _, a := range read.answers {
		q, _ := def.Question(a.Question)
		a.Via = via
		kept, err := t.keep(q, a)
		if err != nil {
			return err
		}
		if kept {
			t.answered(q, a)
		}
	}
	if r := &t.d.Response; !in.Draft && (r.State == Asked || r.State == Declined) {
		r.State = Started
	}
	if len(read.answers) > 0 {
		if err := t.audit(action, string(t.d.Response.ID)); err != nil {
			return err
		}
	}
	return t.settle(chat)
}

// SurveyPeople lists who may be named in answer to a question for a person, and whose
// name, kana or organisation has what was typed in it.
func (o *Office) SurveyPeople(ctx context.Context, who Actor, id ResponseID, question, typed string, limit int) ([]Person, error) {
	var found []Person
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		d, _, err := o.dialogueFor(tx, who, me, id)
		if err != nil {
			return err
		}
		q, _ := d.Survey.Def.Question(question)
		people, err := nameable(tx, q, d.Person)
		for _, p := range people {
			known := []string{foldName(p.Name), foldName(p.Kana), foldName(p.Organisation)}
			if len(found) < limit && strings.Contains(strings.Join(known, " "), foldName(typed)) {
				found = append(found, p)
			}
		}
		return err
	})
	return found, err
}

// AnswerHistory is a response with every answer that was ever given in it, by question
// and the one that stands last, for the office. That it was read is audited.
func (o *Office) AnswerHistory(ctx context.Context, who Actor, id ResponseID) (Dialogue, []Answer, error) {
	var d Dialogue
	var versions []Answer
	err := o.manage(ctx, who, func(c *change) (err error) {
		if d, err = dialogue(c.Tx, id); err != nil {
			return err
		}
		if d.Survey.Def.Anonymous {
			return missing("error.survey_gone")
		}
		if versions, err = c.AnswerVersions(id); err != nil {
			return err
		}
		d = d.forOffice()
		for i, a := range versions {
			if q, _ := d.Survey.Def.Question(a.Question); q.TotalsOnly {
				versions[i] = a.withoutContent()
			}
		}
		return c.audit("survey.read_answers", string(id))
	})
	return d, versions, err
}
