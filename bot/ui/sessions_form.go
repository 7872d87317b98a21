package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionFormData is what a form for the times of a session is drawn from.
type SessionFormData struct {
	Form Form // Subject: the session, "" of a new one; Item: the engagement of a new one; Version
	// Session is as the reader sees it; of a new one it has the two people and, of one
	// of an engagement, that.
	Session programme.SessionView
	Me      programme.PersonID
	Length  time.Duration
	// Again is what there is to choose from where the reader is bound to what the expert
	// published (programme.SessionView.Published), nil otherwise.
	Again *RequestAgain
	// Place and URL are where the expert meets people, as far as the reader may know it:
	// the form begins with them where the session has none.
	Place, URL string
	// Filled is what was in the form when it was refused; zero at first. Refused is why: by
	// a quota (programme.QuotaReached), beyond which the office may go, or because the other side
	// was first (programme.MeetsAlready).
	Filled  programme.SessionForm
	Refused error
}

// SessionBookData is what the office's form is drawn from that books for both.
type SessionBookData struct {
	SessionFormData
	// Engagements are those to choose from for a new session; without them (a session
	// between workshops) the two people are chosen.
	Engagements []programme.EngagementView
	Atsugi      []programme.Person
	Mentors     []programme.Person
	Between     bool
}

// sessionForm is the name of all forms about a session in block ids.
const sessionForm = "session"

// SessionTimesForm asks for one to three times, and what else belongs to a session.
func SessionTimesForm(d SessionFormData, l Locale) slack.ModalViewRequest {
	d = d.begun()
	if d.Again != nil {
		return requestAgainForm(d, l)
	}
	moving := d.Session.State == programme.SessionBooked
	in, title, help := fields{sessionForm, l}, "session.form.title", "session.form.help"
	if moving {
		title, help = "session.form.move_title", "session.form.move_help"
	}
	blocks := append(append(quotaInputs(in, d), metNote(d, l)...), section(lines(sessionPair(d.Session, d.Me, l), standsSoFar(d, l), l.T(help, nil)), nil), zoneNote(l))
	if d.Session.Office {
		blocks = append(blocks, in.input("for", sideChoice(d, l)))
	}
	for n := 1; n <= programme.MaxTimes; n++ {
		blocks = append(blocks, rowInputs(in, d.Filled.Spans, n)...)
	}
	blocks = append(blocks, lengthAndPlace(in, d)...)
	if moving {
		blocks = append(blocks, reasonInput(d.Filled.Reason, d.Session.Office, l))
	} else {
		blocks = append(blocks, aboutInputs(in, d)...)
	}
	return formView(l.T(title, nil), l.T("button.session_propose", nil), CallbackSessionTimes, d.Form, l, blocks...)
}

// standsSoFar is what there is before the form: the other side's times, or what was agreed
// on; "" of a new session. It is escaped markup.
func standsSoFar(d SessionFormData, l Locale) string {
	switch s := d.Session; {
	case s.ID == "":
		return ""
	case s.Waits() && s.Proposal.For == d.Me:
		return lines(l.T("session.form.theirs", nil), spanLines(s.Proposal.Spans, l))
	default:
		return sessionStands(s, d.Me, l)
	}
}

// SessionBookForm asks the office for the one time that both agreed to, by telephone
// perhaps.
func SessionBookForm(d SessionBookData, l Locale) slack.ModalViewRequest {
	d.SessionFormData = d.begun()
	in := fields{sessionForm, l}
	blocks := []slack.Block{section(lines(bold(kindName(programme.FollowUp, l)), l.T("session.book.help", nil)), nil), zoneNote(l)}
	switch {
	case d.Form.Subject != "":
		blocks[0] = section(lines(sessionPair(d.Session, "", l), kindName(d.Session.Kind, l), sessionStands(d.Session, "", l), l.T("session.book.help", nil)), nil)
	case d.Between && (len(d.Atsugi) == 0 || len(d.Mentors) == 0):
		return modal(l.T("session.book.title", nil), l, section(l.T("session.book.nobody", nil), nil))
	case d.Between:
		blocks[0] = section(lines(bold(kindName(programme.Between, l)), l.T("session.book.help", nil), l.T("session.book.between", nil)), nil)
		blocks = append(blocks, in.input("atsugi", peopleMenu(d.Atsugi, d.Filled.Atsugi, l)),
			in.input("mentor", in.one(peopleOptions(d.Mentors, l), string(d.Filled.Mentor))),
			in.optional("over", in.words(d.Filled.Over, maxMemoReason, false)))
	case len(d.Engagements) == 0:
		return modal(l.T("session.book.title", nil), l, section(l.T("session.board.none", nil), button(ActionEngageAny, "", l.T("button.engage_any", nil))))
	default:
		blocks = append(blocks, in.input("engagement", in.one(engagementOptions(d.Engagements, l), string(d.Filled.Engagement))))
	}
	blocks = append(blocks, oneTime(in, d.Filled.Spans)...)
	blocks = append(blocks, lengthAndPlace(in, d.SessionFormData)...)
	if d.Session.State == programme.SessionBooked {
		reason := formInput(sessionForm, "reason", l.T("session.book.reason", nil), l.T("session.book.reason.hint", nil),
			in.words(d.Filled.Reason, programme.MaxSessionReason, true))
		reason.Optional = true
		blocks = append(blocks, reason)
	}
	blocks = append(blocks, aboutInputs(in, d.SessionFormData)...)
	return formView(l.T("session.book.title", nil), l.T("button.session_book_save", nil), CallbackSessionBook, d.Form, l,
		append(quotaInputs(in, d.SessionFormData), blocks...)...)
}

// begun is the data with what the session has, unless the form was filled in before.
func (d SessionFormData) begun() SessionFormData {
	if d.Filled.Op != "" {
		return d
	}
	s := d.Session
	d.Filled = programme.SessionForm{
		Op: d.Form.Op, Venue: s.Venue, Topic: s.Topic, Bring: s.Bring, Avoid: s.Avoid, Contest: s.Contest,
	}
	if s.Proposal.Waits() {
		d.Filled.Venue = s.Proposal.Venue
	}
	d.Filled.Place, d.Filled.URL = or(d.Filled.Place, d.Place), or(d.Filled.URL, d.URL)
	return d
}

// zoneNote says in which zone the times are meant: the pickers do not know where
// somebody is.
func zoneNote(l Locale) slack.Block {
	return small(l.T("session.form.zone", words{"Zone": zoneName(l)}))
}

// zoneName is what the programme's zone is called.
func zoneName(l Locale) string { return zoneCalled(l.zoneOrUTC().String(), l) }

// rowInputs are day and time of one row. The first has to be filled in.
func rowInputs(in fields, filled []programme.Span, n int) []slack.Block {
	day, clock := slack.NewDatePickerBlockElement(inputValue), slack.NewTimePickerBlockElement(inputValue)
	if n <= len(filled) && !filled[n-1].From.IsZero() {
		at := in.l.in(filled[n-1].From)
		day.InitialDate, clock.InitialTime = at.Format(time.DateOnly), at.Format("15:04")
	}
	d, t := in.input(rowField("day", n), day), in.input(rowField("time", n), clock)
	d.Optional, t.Optional = n > 1, n > 1
	return []slack.Block{d, t}
}

// oneTime is the row of a form that asks for a single time.
func oneTime(in fields, filled []programme.Span) []slack.Block {
	row := rowInputs(in, filled, 1)
	for i, label := range []string{"session.form.day", "session.form.time"} {
		row[i].(*slack.InputBlock).Label = plain(in.l.T(label, nil), maxLabel)
	}
	return row
}

// lengthAndPlace ask how long, and how and where the two meet.
func lengthAndPlace(in fields, d SessionFormData) []slack.Block {
	length := d.Length
	for _, s := range slices.Concat(d.Filled.Spans, []programme.Span{d.Session.Span}, d.Session.Proposal.Spans) {
		if s.Minutes() > 0 {
			length = s.Until.Sub(s.From)
			break
		}
	}
	return []slack.Block{
		in.input("length", in.one(lengthOptions(in.l), inMinutes(length))),
		in.input("mode", modeChoice(in, d.Filled.Mode)),
		in.optional("place", in.words(d.Filled.Place, programme.MaxEventPlace, false)),
		in.optional("url", in.words(d.Filled.URL, programme.MaxEventURL, false)),
	}
}

func modeChoice(in fields, mode programme.SessionMode) slack.BlockElement {
	if mode == "" {
		mode = programme.ModeOnline
	}
	var modes []labelled
	for _, m := range []programme.SessionMode{programme.ModeOnline, programme.ModeOnSite} {
		modes = append(modes, labelled{string(m), in.l.T("session.mode."+string(m), nil)})
	}
	return radio(modes, string(mode))
}

// radio is a choice of few, one of them chosen if it is among them.
func radio(cs []labelled, value string) slack.BlockElement {
	os := options(cs, len(cs))
	e := slack.NewRadioButtonsBlockElement(inputValue, os...)
	e.InitialOption = first(chosen(os, []string{value}))
	return e
}

// sideChoice is on whose behalf the office names times.
func sideChoice(d SessionFormData, l Locale) slack.BlockElement {
	return radio([]labelled{
		{string(d.Session.Atsugi), nameAndFirm(d.Session.AtsugiPerson, l)},
		{string(d.Session.Mentor), nameAndFirm(d.Session.MentorPerson, l)},
	}, string(d.Filled.For))
}

// aboutInputs ask what the session is to be about; whether it is for the contest, and what
// not to touch on, only the atsugi's side says.
func aboutInputs(in fields, d SessionFormData) []slack.Block {
	expert := d.Me == d.Session.Mentor && d.Me != ""
	var blocks []slack.Block
	for _, each := range []struct{ field, theirs, filled string }{
		{"topic", d.Session.Topic, d.Filled.Topic}, {"bring", d.Session.Bring, d.Filled.Bring},
	} {
		if expert && each.theirs != "" { // the atsugi's words are theirs to change
			blocks = append(blocks, section(bold(in.l.T("session.form."+each.field, nil)), nil))
			blocks = append(blocks, verbatim(each.theirs)...)
			continue
		}
		blocks = append(blocks, in.optional(each.field, in.words(each.filled, programme.MaxSessionText, true)))
	}
	if expert {
		return blocks
	}
	return append(blocks, in.optional("avoid", in.words(d.Filled.Avoid, programme.MaxSessionText, true)),
		in.optional("contest", tick(in.l.T("session.contest", nil), d.Filled.Contest)))
}

// tick is one box to tick.
func tick(label string, ticked bool) slack.BlockElement {
	os := options([]labelled{{"yes", label}}, 1)
	e := slack.NewCheckboxGroupsBlockElement(inputValue, os...)
	if ticked {
		e.InitialOptions = os
	}
	return e
}

// metNote says that there are times already, which these would take the place of.
func metNote(d SessionFormData, l Locale) []slack.Block {
	s, key := d.Session, "session.form.met"
	if _, met := programme.MeetsAlready(d.Refused); !met {
		return nil
	}
	if s.Waits() && s.Proposal.For == d.Me {
		key = "session.form.met_theirs"
	}
	return []slack.Block{section(bold(l.T(key, nil)), nil)}
}

// quotaInputs say to the office which quota is in the way, and let it go beyond.
func quotaInputs(in fields, d SessionFormData) []slack.Block {
	e, _ := programme.AsError(d.Refused)
	if !programme.QuotaReached(d.Refused) {
		return nil
	}
	return []slack.Block{
		section(bold(in.l.T("session.full."+strings.TrimPrefix(e.Key, "error.quota_"), e.Args)), nil),
		in.optional("override", tick(in.l.T("session.override", nil), false)),
	}
}

// engagementOptions are the firms that the office can book for.
func engagementOptions(all []programme.EngagementView, l Locale) []labelled {
	var out []labelled
	for _, e := range all {
		out = append(out, labelled{string(e.ID), l.T("session.pair", words{"Atsugi": name(e.AtsugiPerson, l), "Expert": name(e.MentorPerson, l)})})
	}
	return out
}

// SessionNoneForm asks, if they like, why none of the times suits.
func SessionNoneForm(form Form, v programme.SessionView, l Locale) slack.ModalViewRequest {
	in := fields{sessionForm, l}
	form.Subject, form.Item = string(v.ID), v.Proposal.At.UTC().Format(time.RFC3339Nano)
	if v.Asks() {
		return refuseForm(form, v, l)
	}
	return formView(l.T("session.none.title", nil), l.T("button.session_none_yes", nil), CallbackSessionNone, form, l,
		section(lines(sessionPair(v, v.Proposal.For, l), spanLines(v.Proposal.Spans, l), l.T("session.none.help", nil)), nil),
		in.optional("reason", in.words("", programme.MaxSessionReason, true)))
}

// reasonInput asks why, of the two or of the office, whose words both of them read.
func reasonInput(filled string, office bool, l Locale) *slack.InputBlock {
	hint := "session.form.reason.hint"
	if office {
		hint = "session.form.reason.hint_office"
	}
	in := fields{sessionForm, l}
	return formInput(sessionForm, "reason", l.T("session.form.reason", nil), l.T(hint, nil), in.words(filled, programme.MaxSessionReason, true))
}

// SessionStopForm asks why a session is called off, or its proposal withdrawn. Who takes
// back a request that was not answered need not say it.
func SessionStopForm(form Form, v programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	form.Subject, form.Version = string(v.ID), v.Version
	title, help, yes := "session.stop.title", "session.stop.help", "button.session_stop_yes"
	reason, stands := reasonInput("", v.Office, l), sessionStands(v, me, l)
	if v.Asks() {
		title, help, yes = "session.stop.request_title", "session.stop.request_help", "button.request_withdraw_yes"
		reason.Optional, stands = true, requestLines(v, l)
	}
	if v.Office {
		help += "_office"
	}
	page := formView(l.T(title, nil), l.T(yes, nil), CallbackSessionStop, form, l,
		section(lines(sessionPair(v, me, l), stands, l.T(help, nil)), nil), reason)
	page.Close = plain(l.T("button.back", nil), maxModalWord) // やめる would be either
	return page
}

// SessionWordsForm asks the atsugi for two lines, both of which may stay empty.
func SessionWordsForm(form Form, v programme.SessionView, l Locale) slack.ModalViewRequest {
	in := fields{sessionForm, l}
	form.Subject = string(v.ID)
	return formView(l.T("session.words.title", nil), l.T("button.session_words_save", nil), CallbackSessionWords, form, l,
		section(lines(sessionPair(v, v.Atsugi, l), sessionStands(v, v.Atsugi, l)), nil),
		in.optional("next", in.words(v.Next, programme.MaxSessionText, true)),
		in.optional("to_office", in.words(v.ToOffice, programme.MaxSessionText, true)))
}
