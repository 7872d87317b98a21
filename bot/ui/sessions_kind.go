package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// kindName is what a session of the kind counts for, in the words of office and bureau.
func kindName(k programme.SessionKind, l Locale) string { return l.T("session.kind."+string(k), nil) }

// kindLine is what the session counts for: of interest to office and bureau.
func kindLine(v programme.SessionView, me programme.PersonID, l Locale) string {
	if v.Of(me) {
		return ""
	}
	return kindName(v.Kind, l)
}

// kindPart lets the office say anew what the session counts for. Without an engagement of
// the two there is none that it could count for: it leads to that instead.
func kindPart(v programme.SessionView, l Locale) []slack.Block {
	if !v.MayKind {
		return nil
	}
	if v.Kind == programme.Between && !v.Engaged {
		return []slack.Block{divider(), section(lines(bold(l.T("session.page.kind", nil)), kindName(v.Kind, l), l.T("session.page.kind_none", nil)),
			button(ActionEngageAny, "", l.T("button.engage_any", nil)))}
	}
	return []slack.Block{divider(), section(lines(bold(l.T("session.page.kind", nil)), kindName(v.Kind, l)),
		button(ActionSessionKind, string(v.ID), l.T("button.session_kind", nil)))}
}

// SessionKindData is what the form is drawn from for what a session counts for.
type SessionKindData struct {
	Form    Form // Subject and Version are filled in from Session, unless it comes back
	Session programme.SessionView
	// Filled is what was chosen when a quota refused it (programme.QuotaReached).
	Filled  programme.SessionKind
	Refused error
}

// SessionKindForm asks the office what a session counts for.
func SessionKindForm(d SessionKindData, l Locale) slack.ModalViewRequest {
	in, v := fields{sessionForm, l}, d.Session
	if d.Form.Subject == "" {
		d.Form.Subject, d.Form.Version = string(v.ID), v.Version
	}
	var kinds []labelled
	for _, k := range []programme.SessionKind{programme.FollowUp, programme.Between} {
		kinds = append(kinds, labelled{string(k), kindName(k, l)})
	}
	blocks := append(quotaInputs(in, SessionFormData{Refused: d.Refused}),
		section(lines(sessionPair(v, "", l), sessionStands(v, "", l), l.T("session.kind.help", nil)), nil),
		in.input("kind", radio(kinds, or(string(d.Filled), string(v.Kind)))))
	return formView(l.T("session.kind.title", nil), l.T("button.session_kind_save", nil), CallbackSessionKind, d.Form, l, blocks...)
}

// SessionKindChoice is what was chosen in that form.
type SessionKindChoice struct {
	Session  programme.SessionID
	Version  int // of the session as it was seen
	Kind     programme.SessionKind
	Override bool
}

// ReadSessionKind reads that form.
func ReadSessionKind(view slack.View) (SessionKindChoice, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return SessionKindChoice{}, err
	}
	v := readFields(view)
	return SessionKindChoice{
		Session: programme.SessionID(form.Subject), Version: form.Version,
		Kind: programme.SessionKind(v.one("kind")), Override: len(v.some("override")) > 0,
	}, nil
}

// SessionKindKept says that it is recorded.
func SessionKindKept(l Locale) string { return l.T("session.done.kind", nil) }
