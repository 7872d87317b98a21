package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// AnnounceFormData is what the pages of the form for an announcement are drawn from.
type AnnounceFormData struct {
	Sheet programme.AnnouncementSheet
	Form  Form   // Subject and Version: the announcement's, "" and 0 of a new one
	Note  string // what was just done, as a sentence
}

// announceForm is the name of all forms about an announcement in block ids.
const announceForm = "announce"

// AnnounceStart asks what to begin with: nothing, or a template filled from an event.
func AnnounceStart(sheet programme.AnnouncementSheet, f Form, l Locale) slack.ModalViewRequest {
	in := fields{announceForm, l}
	kinds := []labelled{{blankTemplate, l.T("announce.template.blank", nil)}}
	for _, t := range programme.AnnouncementTemplates {
		kinds = append(kinds, labelled{string(t), l.T("announce.template."+string(t), nil)})
	}
	os := options(kinds, len(kinds))
	radio := slack.NewRadioButtonsBlockElement(inputValue, os...)
	radio.InitialOption = os[0]
	blocks := []slack.Block{in.input("template", radio)}
	if events := eventOptions(sheet.Events, l); len(events) > 0 {
		blocks = append(blocks, in.optional("event_of", in.one(events, "")))
	}
	return formView(l.T("announce.form.title_new", nil), l.T("button.announce_next", nil), CallbackAnnounceStart, f, l, blocks...)
}

// blankTemplate is the value of beginning with nothing.
const blankTemplate = "blank"

// ReadAnnounceStart reads what the announcement begins with.
func ReadAnnounceStart(view slack.View) (Form, programme.AnnouncementTemplate, programme.EventID, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	t := programme.AnnouncementTemplate(v.one("template"))
	if !slices.Contains(programme.AnnouncementTemplates, t) {
		t = ""
	}
	return form, t, programme.EventID(v.one("event_of")), err
}

// AnnounceFilled is an announcement as a template begins it, in both languages.
func AnnounceFilled(t programme.AnnouncementTemplate, e programme.Event, l Locale) programme.Announcement {
	a := programme.Announcement{Event: e.ID}
	ja, en := NewLocale("ja", l.zone), NewLocale("en", l.zone)
	a.Title.Ja, a.Body.Ja = announceTemplate(t, e, ja)
	a.Title.En, a.Body.En = announceTemplate(t, e, en)
	return a
}

// AnnounceText is the form's first page: what is said.
func AnnounceText(d AnnounceFormData, l Locale) slack.ModalViewRequest {
	in, a := fields{announceForm, l}, d.Sheet.Announcement
	blocks := announceNote(d.Note)
	blocks = append(blocks,
		in.input("title", in.words(a.Title.Ja, programme.MaxAnnouncementTitle, false)),
		in.input("body", in.words(a.Body.Ja, programme.MaxAnnouncementBody, true)),
		in.optional("title_en", in.words(a.Title.En, programme.MaxAnnouncementTitle, false)),
		in.optional("body_en", in.words(a.Body.En, programme.MaxAnnouncementBody, true)),
	)
	if events := eventOptions(d.Sheet.Events, l); len(events) > 0 {
		blocks = append(blocks, in.optional("event", in.one(events, string(a.Event))))
	}
	if surveys := launchedOptions(d.Sheet.Surveys, l); len(surveys) > 0 {
		blocks = append(blocks, in.optional("survey", in.one(surveys, string(a.Survey))))
	}
	beside := []slack.BlockElement{button(ActionAnnounceKeep, "", l.T("button.announce_keep", nil))}
	if d.Form.Subject != "" {
		drop := button(ActionAnnounceDrop, d.Form.Subject, l.T("button.announce_drop", nil)).WithStyle(slack.StyleDanger)
		drop.Confirm = sure(l, l.T("button.announce_drop", nil), l.T("announce.drop_sure", nil), l.T("button.announce_drop", nil))
		beside = append(beside, drop)
	}
	blocks = append(blocks, row(beside...))
	return formView(announceFormTitle(d, l), l.T("button.announce_next", nil), CallbackAnnounceText, d.Form, l, blocks...)
}

func announceFormTitle(d AnnounceFormData, l Locale) string {
	if d.Form.Subject == "" {
		return l.T("announce.form.title_new", nil)
	}
	return l.T("announce.form.title_change", nil)
}

// announceNote says what was just done, above the form.
func announceNote(note string) []slack.Block {
	if note == "" {
		return nil
	}
	return []slack.Block{section(escape(note), nil)}
}

func eventOptions(events []programme.Event, l Locale) []labelled {
	var out []labelled
	for _, e := range events {
		out = append(out, labelled{string(e.ID), line(l.day(e.Start)+" "+eventTitle(e, l), maxOption)})
	}
	return out
}

func launchedOptions(surveys []programme.Survey, l Locale) []labelled {
	var out []labelled
	for _, s := range surveys {
		out = append(out, labelled{string(s.ID), line(l.day(s.Opens)+" "+surveyTitle(s.Def, l), maxOption)})
	}
	return out
}

// AnnounceTo is the form's second page: where it goes, to whom, and when.
func AnnounceTo(d AnnounceFormData, l Locale) slack.ModalViewRequest {
	in, a := fields{announceForm, l}, d.Sheet.Announcement
	blocks := announceNote(d.Note)
	blocks = append(blocks, section(lines(bold(announceTitle(a, l)), l.T("announce.form.to_help", nil)), nil),
		in.input("channels", whereTicks(a, d.Sheet.Channels, l)))
	blocks = append(blocks, announceAudience(in, d.Sheet)...)
	blocks = append(blocks, divider(), in.optional("acknowledge", oneTick(a.Acknowledge, l.T("announce.form.acknowledge_yes", nil))),
		in.optional("at", in.moment(a.At)),
		row(button(ActionAnnounceKeep, "", l.T("button.announce_keep", nil)), button(ActionAnnounceBack, "", l.T("button.announce_back", nil))))
	return formView(announceFormTitle(d, l), l.T("button.announce_preview", nil), CallbackAnnounceTo, d.Form, l, blocks...)
}

// direct is the value of the tick for direct messages; those of channels are their purpose.
const direct = "direct"

// whereTicks are the places where an announcement can go: direct messages, and the channels
// that the workspace has.
func whereTicks(a programme.Announcement, channels []programme.Purpose, l Locale) slack.BlockElement {
	places := []labelled{{direct, l.T("announce.where.direct", nil)}}
	var picked []string
	if a.Direct {
		picked = append(picked, direct)
	}
	for _, p := range channels {
		places = append(places, labelled{string(p), channelWords(p, l)})
	}
	for _, p := range a.Channels {
		picked = append(picked, string(p))
	}
	return ticks(places, picked)
}

// channelWords are how a channel is called, by what it is for.
func channelWords(p programme.Purpose, l Locale) string {
	if cohort, ok := strings.CutPrefix(string(p), string(programme.CohortChannel(""))); ok {
		return l.T("announce.where_cohort", words{"Cohort": line(cohort, maxName)})
	}
	if s, ok := l.say("announce.where."+string(p), nil); ok {
		return s
	}
	return line(string(p), maxName)
}

// yes is the value of a tick that stands alone.
const yes = "yes"

func oneTick(on bool, label string) slack.BlockElement {
	var picked []string
	if on {
		picked = []string{yes}
	}
	return ticks([]labelled{{yes, label}}, picked)
}

// announceAudience says to whom it goes: fields narrow each other, named people are added,
// and the exceptions always win.
func announceAudience(in fields, s programme.AnnouncementSheet) []slack.Block {
	to, l := s.Announcement.To, in.l
	blocks := []slack.Block{divider(), in.optional("to", oneTick(to.Everyone, l.T("announce.form.to_yes", nil)))}
	var roles []labelled
	for _, r := range programme.Roles {
		roles = append(roles, labelled{string(r), l.T("role."+string(r), nil)})
	}
	var picked []string
	for _, r := range to.Roles {
		picked = append(picked, string(r))
	}
	blocks = append(blocks, in.optional("roles", ticks(roles, picked)))
	add := func(field string, have int, draw func() slack.BlockElement) {
		if menu := in.optional(field, draw()); have <= maxChoices && bytesOf(menu) <= maxMenuBytes {
			blocks = append(blocks, menu)
			return
		}
		blocks = append(blocks, small(l.T("event.form.too_many_"+tooManyOf[field], nil)))
	}
	if cohorts := union(s.Cohorts, to.Cohorts); len(cohorts) > 0 {
		add("cohorts", len(cohorts), func() slack.BlockElement { return in.some(namedOptions(cohorts), keysOf(to.Cohorts)) })
	}
	prefectures := union(s.Prefectures, to.Prefectures)
	if len(prefectures) > 0 {
		add("prefectures", len(prefectures), func() slack.BlockElement { return in.some(namedOptions(prefectures), keysOf(to.Prefectures)) })
	}
	add("organisations", len(to.Organisations), func() slack.BlockElement {
		return in.asks(MenuOrganisations, namedOptions(to.Organisations))
	})
	blocks = append(blocks, announceByAnswer(in, s)...)
	add("people", len(to.People), func() slack.BlockElement { return in.asks(MenuPeople, peopleOptions(s.Named, l)) })
	add("except", len(to.Except), func() slack.BlockElement { return in.asks(MenuPeople, peopleOptions(s.Excepted, l)) })
	return blocks
}

// tooManyOf are the words for a menu that would be too big, by field.
var tooManyOf = map[string]string{"cohorts": "cohorts", "prefectures": "prefectures", "organisations": "organisations", "people": "people", "except": "people"}

// announceByAnswer narrows it by what people answered to an event, or whether they answered a
// survey.
func announceByAnswer(in fields, s programme.AnnouncementSheet) []slack.Block {
	to, l := s.Announcement.To, in.l
	var blocks []slack.Block
	if events := eventOptions(s.Events, l); len(events) > 0 {
		var of programme.AudienceAnswers
		if len(to.Answers) > 0 {
			of = to.Answers[0]
		}
		var whiches []labelled
		var picked []string
		for _, w := range programme.EventAnswers {
			whiches = append(whiches, labelled{string(w), l.T("announce.which."+string(w), nil)})
		}
		for _, w := range of.Which {
			picked = append(picked, string(w))
		}
		blocks = append(blocks, in.optional("answers_event", in.one(events, string(of.Event))), in.optional("answers", ticks(whiches, picked)))
	}
	if surveys := launchedOptions(s.Surveys, l); len(surveys) > 0 {
		had, state := "", ""
		if to.Survey != nil {
			had, state = string(to.Survey.Survey), answeredState(to.Survey.Answered)
		}
		var states []labelled
		for _, answered := range []bool{true, false} {
			states = append(states, labelled{answeredState(answered), l.T("announce.survey_state."+answeredState(answered), nil)})
		}
		blocks = append(blocks, in.optional("survey_of", in.one(surveys, had)), in.optional("survey_state", in.one(states, state)))
	}
	return blocks
}

// answeredState is the value of having answered a survey or not.
func answeredState(answered bool) string {
	if answered {
		return "answered"
	}
	return "unanswered"
}

// ReadAnnounceText reads the form's first page into the announcement as it stands: what the
// page does not ask stays.
func ReadAnnounceText(view slack.View, f *programme.AnnouncementForm) {
	v := readFields(view)
	f.Title = programme.Text{Ja: v.words("title"), En: v.words("title_en")}
	f.Body = programme.Text{Ja: v.words("body"), En: v.words("body_en")}
	if _, asked := v["event"]; asked {
		f.Event = programme.EventID(v.one("event"))
	}
	if _, asked := v["survey"]; asked {
		f.Survey = programme.SurveyID(v.one("survey"))
	}
}

// ReadAnnounceTo reads the form's second page likewise, with the names of the sheet.
func ReadAnnounceTo(view slack.View, s programme.AnnouncementSheet, f *programme.AnnouncementForm) {
	v := readFields(view)
	f.Direct, f.Channels = false, nil
	for _, place := range v.some("channels") {
		if place == direct {
			f.Direct = true
		} else {
			f.Channels = append(f.Channels, programme.Purpose(place))
		}
	}
	f.To = readAnnounceAudience(v, s, f.Event, f.Survey)
	f.Acknowledge = slices.Contains(v.some("acknowledge"), yes)
	f.At = v.moment("at")
}

// readAnnounceAudience reads to whom it goes; answers to no event are those to the one that is
// attached, and so with the survey.
func readAnnounceAudience(v fieldValues, s programme.AnnouncementSheet, attached programme.EventID, asked programme.SurveyID) programme.AnnouncementAudience {
	had := s.Announcement.To
	to := programme.AnnouncementAudience{Everyone: slices.Contains(v.some("to"), yes)}
	to.Cohorts = v.names("cohorts", s.Cohorts, had.Cohorts)
	to.Prefectures = v.names("prefectures", s.Prefectures, had.Prefectures)
	to.Organisations = v.names("organisations", s.Organisations, had.Organisations)
	for _, r := range v.some("roles") {
		to.Roles = append(to.Roles, programme.Role(r))
	}
	to.People, to.Except = v.people("people", had.People), v.people("except", had.Except)
	of := programme.AudienceAnswers{Event: programme.EventID(v.one("answers_event"))}
	for _, w := range v.some("answers") {
		of.Which = append(of.Which, programme.EventAnswer(w))
	}
	if of.Event == "" && len(of.Which) > 0 {
		of.Event = attached
	}
	if of.Event != "" || len(of.Which) > 0 {
		to.Answers = []programme.AudienceAnswers{of}
	}
	survey, state := programme.SurveyID(v.one("survey_of")), v.one("survey_state")
	if survey == "" && state != "" {
		survey = asked
	}
	if survey != "" || state != "" { // of no survey: sending it is refused
		to.Survey = &programme.AudienceSurvey{Survey: survey, Answered: state == answeredState(true)}
	}
	return to
}

// AnnounceTyped is the sheet with what a form says in the place of what is kept.
func AnnounceTyped(s programme.AnnouncementSheet, f programme.AnnouncementForm) programme.AnnouncementSheet {
	a := &s.Announcement
	a.Title, a.Body, a.Event, a.Survey = f.Title, f.Body, f.Event, f.Survey
	a.Channels, a.Direct, a.To, a.At, a.Acknowledge = f.Channels, f.Direct, f.To, f.At, f.Acknowledge
	return s
}

// people are those chosen in a menu, or those there were if the form did not ask.
func (v fieldValues) people(field string, had []programme.PersonID) []programme.PersonID {
	if _, asked := v[field]; !asked {
		return had
	}
	var out []programme.PersonID
	for _, id := range v.some(field) {
		out = append(out, programme.PersonID(id))
	}
	return out
}

// announceTitle is what an announcement is called in the reader's language.
func announceTitle(a programme.Announcement, l Locale) string {
	return or(line(calmed(l.Text(a.Title)), programme.MaxAnnouncementTitle), l.T("announce.untitled", nil))
}

// announceBody is its text in the reader's language.
func announceBody(a programme.Announcement, l Locale) string {
	return strings.TrimSpace(l.Text(a.Body))
}
