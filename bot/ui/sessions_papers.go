package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// feePaper is one of the papers of a fee: its field in the form, and where it stands.
type feePaper struct {
	field  string
	status programme.PaperStatus
}

func feePapers(p programme.FeePapers) []feePaper {
	return []feePaper{{"appointment", p.Appointment}, {"travel", p.Travel}, {"receipts", p.Receipts}}
}

// papersPart is where the papers of the fee stand, to office and bureau; the office records
// it.
func papersPart(v programme.SessionView, l Locale) []slack.Block {
	if !v.Paid {
		return nil
	}
	stands := []string{bold(l.T("session.page.papers", nil))}
	for _, p := range feePapers(v.Papers) {
		stands = append(stands, l.T("session.paper.line", words{"Paper": l.T("session.form."+p.field, nil), "Status": paperStatus(p.status, l)}))
	}
	var change slack.BlockElement
	if v.MayPapers {
		change = button(ActionSessionPapers, string(v.ID), l.T("button.session_papers", nil))
	}
	return []slack.Block{divider(), section(lines(stands...), change)}
}

func paperStatus(s programme.PaperStatus, l Locale) string {
	if s == programme.PaperUnsaid {
		return l.T("session.paper.unsaid", nil)
	}
	return l.T("session.paper."+string(s), nil)
}

// SessionPapersForm asks the office where the papers of a session's fee stand.
func SessionPapersForm(form Form, v programme.SessionView, l Locale) slack.ModalViewRequest {
	in := fields{sessionForm, l}
	form.Subject, form.Version = string(v.ID), v.Version
	var statuses []labelled
	for _, s := range programme.PaperStatuses {
		statuses = append(statuses, labelled{string(s), paperStatus(s, l)})
	}
	blocks := []slack.Block{section(lines(sessionPair(v, "", l), sessionStands(v, "", l), l.T("session.papers.help", nil)), nil)}
	for _, p := range feePapers(v.Papers) {
		blocks = append(blocks, in.optional(p.field, in.one(statuses, string(p.status))))
	}
	return formView(l.T("session.papers.title", nil), l.T("button.session_papers_save", nil), CallbackSessionPapers, form, l, blocks...)
}

// ReadSessionPapers reads where the papers of a session, as it was seen, stand.
func ReadSessionPapers(view slack.View) (id programme.SessionID, version int, papers programme.FeePapers, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", 0, papers, err
	}
	v := readFields(view)
	status := func(field string) programme.PaperStatus { return programme.PaperStatus(v.one(field)) }
	papers = programme.FeePapers{Appointment: status("appointment"), Travel: status("travel"), Receipts: status("receipts")}
	return programme.SessionID(form.Subject), form.Version, papers, nil
}

// SessionPapersKept says that it is recorded.
func SessionPapersKept(l Locale) string { return l.T("session.done.papers", nil) }
