package programme

import "time"

// settle ends every act on a response. A question that is no longer due stops being
// asked; if none is and chat says that the person is answering in the chat, the first
// due one without an answer is; when none is left the response is done. Then it is
// saved, and every message that says something else now is drawn again.
//
// A question being asked stays asked until it is answered, left or no longer due,
// even if an earlier one became due: nobody has a question taken from their hands.
func (t *talk) settle(chat bool) error {
	r, def := &t.d.Response, t.d.Survey.Def
	if !contains(def.Due(t.d.Answers), r.Current) {
		r.Current = ""
	}
	next, more := def.Next(t.d.Answers)
	switch {
	case !more && r.State == Started:
		r.State, r.Later = Done, time.Time{}
		if r.DoneAt.IsZero() {
			r.DoneAt = t.now
		}
	case more && r.State == Done:
		r.State = Started
	}
	if more && chat && r.Current == "" {
		if err := t.ask(next.ID); err != nil {
			return err
		}
	}
	if err := t.save(); err != nil {
		return err
	}
	if err := t.redrawQuestions(); err != nil {
		return err
	}
	if err := t.tell(); err != nil {
		return err
	}
	return t.tellOffice()
}

func contains(questions []Question, id string) bool {
	for _, q := range questions {
		if q.ID == id {
			return true
		}
	}
	return false
}

// save keeps the response, and lets the messages about the survey as a whole show
// where the person stands.
func (t *talk) save() error {
	r := &t.d.Response
	moved := *r != t.was
	if moved {
		if err := t.SaveResponse(*r); err != nil {
			return err
		}
		r.Version++
	}
	if !moved && len(t.changed()) == 0 {
		return nil
	}
	if err := t.redrawInvite(); err != nil {
		return err
	}
	if err := t.redrawWaiting(); err != nil {
		return err
	}
	asks := func(r Response) bool { return r.Current != "" }
	if r.State == t.was.State && r.Later.Equal(t.was.Later) && asks(*r) == asks(t.was) {
		return nil
	}
	t.factsChanged()
	for _, kind := range []NoticeKind{NoticeSurveyLater, NoticeSurveyStop, NoticeSurveyReopened} {
		if err := t.redraw(Notice{Kind: kind, Subject: string(r.ID)}); err != nil {
			return err
		}
	}
	return t.redraw(Notice{Kind: NoticeSurveyChase, Subject: string(r.Survey), To: ToPerson(r.Person)})
}

// redrawInvite draws again the invitation, or the thanks that came with the
// questionnaire.
func (t *talk) redrawInvite() error {
	if e := t.d.Survey.Event; e != "" {
		return t.redraw(Notice{Kind: NoticeEventThanks, Subject: string(e), To: ToPerson(t.d.Response.Person)})
	}
	return t.redraw(Notice{Kind: NoticeSurveyInvite, Subject: string(t.d.Response.ID)})
}

// changed are the questions whose answer says something else than before.
func (t *talk) changed() []string {
	var ids []string
	for _, q := range t.d.Survey.Def.Questions {
		was, stood := t.before[q.ID]
		is, stands := t.d.Answers[q.ID]
		if stood != stands || !was.same(is) {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// redrawQuestions draws again the questions that were answered, that are asked or no
// longer asked, and that became due or no longer are.
func (t *talk) redrawQuestions() error {
	stale := map[string]bool{}
	for _, id := range t.changed() {
		stale[id] = true
	}
	r := t.d.Response
	if r.Current != t.was.Current || r.Round != t.was.Round {
		stale[r.Current], stale[t.was.Current] = true, true
	}
	def := t.d.Survey.Def
	due, dueBefore := def.Due(t.d.Answers), def.Due(t.before)
	for _, q := range def.Questions {
		if !stale[q.ID] && contains(due, q.ID) == contains(dueBefore, q.ID) {
			continue
		}
		if err := t.redrawQuestion(r, q.ID); err != nil {
			return err
		}
	}
	return nil
}

// redrawQuestion draws a question's message of every round again.
func (c *change) redrawQuestion(r Response, question string) error {
	for ; r.Round >= 0 && question != ""; r.Round-- {
		n := Notice{Kind: NoticeSurveyQuestion, Subject: string(r.ID), Occasion: r.occasion(question)}
		if err := c.redraw(n); err != nil {
			return err
		}
	}
	return nil
}

// receiptUseful is how long after the end a receipt still goes out.
const receiptUseful = 24 * time.Hour

// tell sends the question now asked, and the receipt.
func (t *talk) tell() error {
	r, reachable := t.d.Response, t.d.Person.Reachable()
	if r.Current != "" && (r.Current != t.was.Current || r.Round != t.was.Round) && reachable {
		n := r.question()
		n.UsefulUntil = t.d.Closes()
		if err := t.notify(n); err != nil {
			return err
		}
	}
	moved := r.State != t.was.State
	if r.DoneAt.IsZero() || !moved && len(t.changed()) == 0 {
		return nil
	}
	n := Notice{Kind: NoticeSurveyReceipt, Subject: string(r.ID), To: ToPerson(r.Person)}
	if err := t.redraw(n); err != nil || r.State != Done || !reachable {
		return err
	}
	n.UsefulUntil = t.d.Closes().Add(receiptUseful)
	return t.notify(n)
}

// tellOffice lets the office see that somebody changed what they had answered, in
// one message a day. The coordinator's own trials are nobody's news.
func (t *talk) tellOffice() error {
	if t.was.DoneAt.IsZero() || t.adds || !t.own() || t.d.Survey.Trial || len(t.changed()) == 0 {
		return nil
	}
	n := Notice{
		Kind: NoticeSurveyChanged, Subject: string(t.d.Response.ID), To: ToChannel(ChannelOffice),
		Occasion: string(t.office.Settings.Today(t.now)),
	}
	if err := t.redraw(n); err != nil {
		return err
	}
	return t.notify(n)
}
