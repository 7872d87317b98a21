package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

const (
	profileFields = "profile"
	personFields  = "person"
)

// LeftListed is how many of those who left are listed.
const LeftListed = 10

// ProfileForm lets somebody look at their row and say what is otherwise.
func ProfileForm(form Form, me programme.Person, p programme.Profile, l Locale) slack.ModalViewRequest {
	f := fields{profileFields, l}
	return formView(l.T("profile.title", nil), l.T("button.profile_save", nil), CallbackProfile, form, l,
		section(l.T("profile.help", nil), nil),
		f.input("name", f.words(me.Name, programme.MaxJoinName, false)),
		f.optional("kana", f.words(me.Kana, programme.MaxJoinName, false)),
		f.optional("organisation", f.words(me.Organisation, programme.MaxJoinName, false)),
		f.optional("craft", f.words(me.Craft, programme.MaxCraft, false)),
		f.optional("wants", f.words(p.Wants, programme.MaxWants, true)))
}

// ReadProfileForm reads it.
func ReadProfileForm(view slack.View) (programme.ProfileForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return programme.ProfileForm{Op: form.Op, Name: v.words("name"), Kana: v.words("kana"), Organisation: v.words("organisation"),
		Craft: v.words("craft"), Wants: v.words("wants")}, err
}

// ProfileKept says that it was saved, and whether the office looks at it first.
func ProfileKept(waits bool, l Locale) string {
	if waits {
		return l.T("profile.waits", nil)
	}
	return l.T("profile.kept", nil)
}

// profileChanged shows the office what is other than the roster said.
func profileChanged(m programme.Matter, l Locale) (string, []slack.Block) {
	c := m.Change
	key := "profile.change_slack"
	switch {
	case c.Source == programme.FromSelf && c.Applied:
		key = "profile.change_self"
	case c.Source == programme.FromSelf:
		key = "profile.change_asks"
	}
	blocks := []slack.Block{
		section(lines(bold(l.T(key, nil)), escape(nameAndFirm(c.Of, l))), nil),
		section(changeLines(c.Fields, l), nil),
	}
	if c.State == programme.ChangeOpen {
		take, drop := l.T("button.change_take", nil), l.T("button.change_drop", nil)
		if c.Applied {
			take, drop = l.T("button.change_fine", nil), l.T("button.change_back", nil)
		}
		return l.T("profile.change.text", nil), append(blocks, row(button(ActionProfileTake, c.ID, take), button(ActionProfileDrop, c.ID, drop)))
	}
	key = "profile.change_dropped"
	if c.State == programme.ChangeTaken {
		key = "profile.change_taken"
	}
	return l.T("profile.change.text", nil), append(blocks, section(l.mrkdwn(key, words{"When": l.Moment(c.Decided), "By": name(c.By, l)}), nil))
}

// changeLines are the fields from what to what.
func changeLines(fields []programme.FieldChange, l Locale) string {
	var out []string
	for _, f := range fields {
		out = append(out, l.mrkdwn("profile.change_line", words{"Field": l.T("profile.column."+string(f.Column), nil),
			"From": or(line(f.From, maxName), nothing), "To": or(line(f.To, maxName), nothing)}))
	}
	return strings.Join(out, "\n")
}

// profileReverted tells somebody that the roster is as it was.
func profileReverted(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("profile.reverted", nil), []slack.Block{section(lines(l.T("profile.reverted", nil), changeLines(m.Change.Fields, l)), nil)}
}

// PersonFindForm asks the office for whom, and lists who left.
func PersonFindForm(form Form, left []programme.Person, l Locale) slack.ModalViewRequest {
	f := fields{personFields, l}
	blocks := []slack.Block{section(l.T("person.help", nil), nil), f.input("who", f.asksOne(MenuPeople, labelled{}))}
	if len(left) > 0 {
		blocks = append(blocks, header(l.T("person.left_title", nil)))
	}
	for _, p := range left {
		blocks = append(blocks, section(lines(escape(nameAndFirm(p, l)), l.mrkdwn("person.left_when", words{"When": l.Moment(p.Left)})),
			button(ActionPersonOpen, string(p.ID), l.T("button.look", nil))))
	}
	return formView(l.T("person.title", nil), l.T("button.person_open", nil), CallbackPersonFind, form, l, blocks...)
}

// ReadPersonFind reads whom.
func ReadPersonFind(view slack.View) programme.PersonID {
	return programme.PersonID(readFields(view).one("who"))
}

// PersonPage is somebody of the roster as the office needs them: what they are, how their
// account stands, and what leaving would do.
func PersonPage(v programme.LeavingView, l Locale) slack.ModalViewRequest {
	p := v.Person
	blocks := []slack.Block{section(lines(bold(nameAndFirm(p, l)), personFacts(v, l)), nil)}
	if v.Profile.Wants != "" {
		blocks = append(blocks, small(l.T("profile.form.wants", nil)))
		blocks = append(blocks, verbatim(v.Profile.Wants)...)
	}
	if len(v.Waiting) > 0 {
		blocks = append(blocks, small(l.T("person.waiting", words{"Count": len(v.Waiting)})))
	}
	switch {
	case !p.Active():
		blocks = append(blocks, section(l.mrkdwn("person.left_when", words{"When": l.Moment(p.Left)}), nil), row(takeBackButton(p, l)))
	case v.Self:
		blocks = append(blocks, section(l.T("person.self", nil), nil))
	default:
		leave := button(ActionLeave, string(p.ID), l.T("button.leave", nil)).WithStyle(slack.StyleDanger).
			WithConfirm(sure(l, l.T("person.leave_title", nil), l.T("person.leave_sure", words{"Who": name(p, l)}), l.T("person.leave_yes", nil)))
		blocks = append(blocks, header(l.T("person.leave_what", nil)), section(leavingLines(v, l), nil), row(leave))
	}
	return modal(l.T("person.page", nil), l, blocks...)
}

func takeBackButton(p programme.Person, l Locale) *slack.ButtonBlockElement {
	return button(ActionTakeBack, string(p.ID), l.T("button.take_back", nil)).
		WithConfirm(sure(l, l.T("person.back_title", nil), l.T("person.back_sure", words{"Who": name(p, l)}), l.T("button.take_back", nil)))
}

// personFacts are the roles, of which somebody may have two, cohorts and the account.
func personFacts(v programme.LeavingView, l Locale) string {
	p := v.Person
	var roles []string
	for _, r := range p.Roles {
		roles = append(roles, roleName(r, l))
	}
	out := []string{l.mrkdwn("person.roles", words{"Roles": or(l.list(roles), nothing)})}
	if len(p.Roles) > 1 {
		out = append(out, l.T("person.two_roles", nil))
	}
	if len(p.Cohorts) > 0 {
		out = append(out, l.mrkdwn("person.cohorts", words{"Cohorts": l.list(p.Cohorts)}))
	}
	key := "person.on_slack"
	switch {
	case p.SlackID == "":
		key = "person.off_slack"
	case !p.OffSlack.IsZero():
		key = "person.shut"
	case v.Account.Guest:
		key = "person.guest"
	}
	return lines(append(out, l.mrkdwn(key, words{"When": l.Moment(p.OffSlack)}))...)
}

// leavingLines are what leaving does, or has left to see to, a line each.
func leavingLines(v programme.LeavingView, l Locale) string {
	out := []string{l.T("person.leave_messages", nil)}
	for _, s := range v.Sessions {
		key, when := "person.leave_session_open", ""
		if s.State == programme.SessionBooked {
			key, when = "person.leave_session", l.Span(s.Span.From, s.Span.Until)
		}
		out = append(out, l.mrkdwn(key, words{"Atsugi": name(s.AtsugiPerson, l), "Expert": name(s.MentorPerson, l), "When": when}))
	}
	return lines(append(out, leftLines(v, l)...)...)
}

// leftLines are what stays for the office to see to.
func leftLines(v programme.LeavingView, l Locale) []string {
	var out []string
	for _, e := range v.Engagements {
		out = append(out, l.mrkdwn("person.leave_engagement", words{"Atsugi": name(e.AtsugiPerson, l), "Expert": name(e.MentorPerson, l)}))
	}
	for _, d := range v.Memos {
		out = append(out, l.mrkdwn("person.leave_memo", words{"Who": name(d.Atsugi, l), "When": l.Moment(d.Since)}))
	}
	return out
}

// personLeft tells the office what is left to see to of somebody who left.
func personLeft(m programme.Matter, l Locale) (string, []slack.Block) {
	p := m.Person
	if p.Active() {
		return l.T("person.left.text", nil), []slack.Block{section(lines(bold(nameAndFirm(p, l)), l.T("person.left_back", nil)), nil)}
	}
	left := leftLines(m.Leaving, l)
	if p.SlackID != "" { // leaving the programme takes nobody out of Slack's channels
		left = append(left, l.T("person.left_channels", nil))
	}
	if len(left) == 0 {
		left = []string{l.T("person.left_nothing", nil)}
	}
	blocks := []slack.Block{
		section(lines(bold(l.T("person.left", words{"Who": nameAndFirm(p, l)})), l.mrkdwn("person.left_when", words{"When": l.Moment(p.Left)})), nil),
		section(strings.Join(left, "\n"), nil),
	}
	buttons := []slack.BlockElement{takeBackButton(p, l)}
	if len(m.Leaving.Engagements) > 0 {
		buttons = append(buttons, button(ActionEngagements, "0", l.T("button.engagements", nil)))
	}
	return l.T("person.left.text", nil), append(blocks, row(buttons...))
}

// accountShut and accountAgain tell the office that somebody cannot be reached in Slack any
// more, or can again.
func accountShut(m programme.Matter, l Locale) (string, []slack.Block) {
	return accountCard("account.closed", m, l)
}

func accountAgain(m programme.Matter, l Locale) (string, []slack.Block) {
	return accountCard("account.back", m, l)
}

func accountCard(key string, m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T(key+".text", nil), []slack.Block{
		section(lines(bold(l.T(key+".text", nil)), l.mrkdwn(key, words{"Who": nameAndFirm(m.Person, l)})), nil),
		row(button(ActionPersonOpen, string(m.Person.ID), l.T("button.look", nil))),
	}
}

// Left and Back say what was done.
func Left(p programme.Person, l Locale) string {
	return l.T("person.done_left", words{"Who": name(p, l)})
}
func Back(p programme.Person, l Locale) string {
	return l.T("person.done_back", words{"Who": name(p, l)})
}
