package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// RequestFormData is what the form is drawn from by which an atsugi asks for a time.
type RequestFormData struct {
	Form   Form // its Op keeps the time; Subject and Item are filled in from Filled
	Expert programme.OfferLine
	// Filled has the expert and the time, and what was in the form when it was drawn
	// before.
	Filled programme.RequestForm
	// Taken says that somebody else has the time by now; Next is what is free instead.
	Taken bool
	Next  []programme.Span
}

// RequestForm asks what the atsugi wants to talk about at a time that is kept for them while
// the form is open. If somebody else was quicker all the same, the next times stand above
// what was filled in.
func RequestForm(d RequestFormData, l Locale) slack.ModalViewRequest {
	in, f := fields{sessionForm, l}, d.Filled
	d.Form.Subject, d.Form.Item = string(f.Mentor), f.Start.UTC().Format(time.RFC3339)
	blocks := []slack.Block{section(lines(
		bold(l.T("session.with_expert", words{"Who": name(d.Expert.Person, l)})),
		whenLine(programme.Span{From: f.Start, Until: f.Start.Add(d.Expert.Offer.Length)}, l)), nil)}
	if !d.Taken {
		blocks = append(blocks, small(lines(
			l.T("session.request.kept", words{"Minutes": int(programme.HoldFor / time.Minute)}), answeredHow(d.Expert.Offer, l))))
	} else {
		blocks = append(blocks, insteadOf(d, l)...)
	}
	blocks = append(blocks,
		in.input("topic", in.words(f.Topic, programme.MaxSessionText, true)),
		in.optional("stage", stageChoice(f.Stage, l)),
		in.optional("contest", tick(l.T("session.contest", nil), f.Contest)),
		in.optional("bring", in.words(f.Bring, programme.MaxSessionText, true)),
		in.optional("avoid", in.words(f.Avoid, programme.MaxSessionText, true)))
	if modes := offeredModes(d.Expert.Offer, l); len(modes) > 0 {
		blocks = append(blocks, in.input("mode", radio(modes, or(string(f.Mode), modes[0].value))))
	}
	v := formView(l.T("session.request.title", nil), l.T("button.request_send", nil), CallbackRequest, d.Form, l, blocks...)
	v.NotifyOnClose = true // the time is free again then
	return v
}

// answeredHow is who decides about the request.
func answeredHow(o programme.Offer, l Locale) string {
	if o.Accepts {
		return l.T("session.request.at_once", nil)
	}
	return l.T("session.request.asked", nil)
}

// insteadOf are the next times after one that was taken; a press on one leaves the rest of
// the form as it is.
func insteadOf(d RequestFormData, l Locale) []slack.Block {
	blocks := []slack.Block{section(bold(l.T("session.request.taken", nil)), nil)}
	if len(d.Next) == 0 {
		return append(blocks, noTimes(d.Filled.Mentor, d.Expert.Waiting, l)...)
	}
	var buttons []slack.BlockElement
	for i, s := range d.Next {
		buttons = append(buttons, button(PickID(ActionRequestOther, i), timeValue(d.Filled.Mentor, s.From), l.Span(s.From, s.Until)).
			WithStyle(slack.StylePrimary))
	}
	return append(blocks, section(l.T("session.request.instead", nil), nil), row(buttons...))
}

// stageChoice is how far the idea has come.
func stageChoice(stage programme.IdeaStage, l Locale) slack.BlockElement {
	var stages []labelled
	for _, s := range programme.IdeaStages {
		stages = append(stages, labelled{string(s), l.T("session.stage."+string(s), nil)})
	}
	return radio(stages, string(stage))
}

// ReadRequest reads the form by which an atsugi asks for a time, sent or still open.
func ReadRequest(view slack.View) (programme.RequestForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.RequestForm{}, err
	}
	start, err := time.Parse(time.RFC3339, form.Item)
	if err != nil || form.Subject == "" {
		return programme.RequestForm{}, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	v := readFields(view)
	f := programme.RequestForm{
		Op: form.Op, Mentor: programme.PersonID(form.Subject), Start: start, Mode: programme.SessionMode(v.one("mode")),
		Topic: v.words("topic"), Bring: v.words("bring"), Avoid: v.words("avoid"), Contest: len(v.some("contest")) > 0,
	}
	if stage := programme.IdeaStage(v.one("stage")); slices.Contains(programme.IdeaStages, stage) {
		f.Stage = stage
	}
	return f, nil
}

// SessionRefused is the sentence for an expert who declined a request.
func SessionRefused(l Locale) string { return l.T("session.done.refused", nil) }

// SessionRequested is the sentence for who asked for a time.
func SessionRequested(s programme.Session, l Locale) string {
	if s.State == programme.SessionBooked {
		return SessionBooked(s, l)
	}
	return l.T("session.request.sent", nil)
}
