package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// recommendationsAPage bounds a page with a line and a button for each.
const recommendationsAPage = 25

// homeSupport are the ways into what support organisations do here.
func homeSupport(h programme.Home, l Locale) []slack.BlockElement {
	if !h.Supports {
		return nil
	}
	var out []slack.BlockElement
	if h.Settings.Recommend.On() {
		out = append(out, button(ActionRecommendations, "", l.T("button.recommendations", nil)))
	}
	return append(out, button(ActionMonth, "", l.T("button.month", nil)), button(ActionHandover, "", l.T("button.handover", nil)))
}

// Recommendations is what the reader's organisation recommended, with its quota.
func Recommendations(d programme.OwnRecommendations, from int, l Locale) slack.ModalViewRequest {
	set := d.Settings.Recommend
	used := l.mrkdwn("recommend.quota", words{"Organisation": line(d.Me.Organisation, maxName), "Used": d.Quota.Used, "Most": d.Quota.Most})
	until := ""
	switch {
	case d.Over:
		until = l.T("recommend.over", nil)
	case set.Until != "":
		until = l.T("recommend.until", words{"Day": l.Date(set.Until)})
	}
	full := ""
	if !d.Over && !d.Takes {
		full = l.T("recommend.full", nil)
	}
	var ways []slack.BlockElement
	if d.Takes {
		ways = append(ways, button(ActionRecommend, "", l.T("button.recommend", nil)).WithStyle(slack.StylePrimary))
	}
	ways = append(ways, button(ActionInvitation, "", l.T("button.invitation", nil)))
	blocks := []slack.Block{section(lines(used, until, full), nil), row(ways...), divider()}
	if len(d.All) == 0 {
		blocks = append(blocks, section(l.T("recommend.none", nil), nil))
	}
	from = min(max(from, 0), max(len(d.All)-1, 0)/recommendationsAPage*recommendationsAPage)
	for _, v := range d.All[from:min(from+recommendationsAPage, len(d.All))] {
		blocks = append(blocks, ownRecommendation(v, l))
	}
	blocks = append(blocks, turning(ActionRecommendations, "", from, recommendationsAPage, len(d.All), l)...)
	return modal(l.T("recommend.title", nil), l, append(blocks, small(l.T("recommend.note", nil)))...)
}

// ownRecommendation is one of them, as its organisation sees it.
func ownRecommendation(v programme.RecommendationView, l Locale) slack.Block {
	told := ""
	if v.Told != "" {
		told = l.mrkdwn("recommend.told", words{"Told": line(v.Told, 500)})
	}
	text := lines(bold(recommendedName(v.Recommendation, l)), recommendStateLine(v.Recommendation, l), told,
		l.mrkdwn("recommend.sender", words{"Who": name(v.Sender, l), "When": l.Moment(v.At)}))
	if v.State != programme.RecommendSent {
		return section(text, nil)
	}
	back := button(ActionRecommendWithdraw, string(v.ID), l.T("button.recommend_withdraw", nil)).
		WithConfirm(sure(l, l.T("recommend.withdraw_title", nil), l.T("recommend.withdraw", nil), l.T("recommend.withdraw_yes", nil)))
	return section(text, back)
}

// recommendedName is who is recommended, with the firm.
func recommendedName(r programme.Recommendation, l Locale) string {
	return nameAndFirm(programme.Person{Name: r.Name, Organisation: r.Firm}, l)
}

// recommendStateLine is how far a recommendation is, and since when.
func recommendStateLine(r programme.Recommendation, l Locale) string {
	return l.T("recommend.since", words{"State": recommendStateWord(r, l), "When": l.Moment(r.Since)})
}

func recommendStateWord(r programme.Recommendation, l Locale) string {
	if r.State == programme.RecommendDeclined && r.OwnNo {
		return l.T("recommend.state.own_no", nil)
	}
	return l.T("recommend.state."+string(r.State), nil)
}

// recommendFields is the name of the form in block ids.
const recommendFields = "recommend"

// Most characters of the inputs, as in the rules (programme/recommend.go).
const (
	maxRecommendCell = 200
	maxRecommendWhy  = 1000
)

// RecommendForm asks who is recommended, and why.
func RecommendForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{recommendFields, l}
	cell := func() slack.BlockElement { return f.words("", maxRecommendCell, false) }
	return formView(l.T("recommend.form.title", nil), l.T("button.recommend_send", nil), CallbackRecommend, form, l,
		section(l.T("recommend.form.help", nil), nil),
		f.input("firm", cell()), f.input("name", cell()), f.input("kana", cell()),
		f.input("prefecture", f.one(namedOptions(programme.Prefectures), "")),
		f.optional("craft", cell()),
		f.input("why", f.words("", maxRecommendWhy, true)),
		f.optional("agreed", ticks([]labelled{{"yes", l.T("recommend.form.agreed_yes", nil)}}, nil)),
		f.optional("email", cell()), f.optional("phone", cell()))
}

// ReadRecommendForm reads what the form brought.
func ReadRecommendForm(view slack.View) (programme.RecommendForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.RecommendForm{}, err
	}
	v := readFields(view)
	return programme.RecommendForm{
		Op: form.Op, Firm: v.words("firm"), Name: v.words("name"), Kana: v.words("kana"), Prefecture: v.one("prefecture"),
		Craft: v.words("craft"), Why: v.words("why"), MayContact: len(v.some("agreed")) > 0,
		Email: v.words("email"), Phone: v.words("phone"),
	}, nil
}

// RecommendSent says what comes next: without the person's word the invitation is the way on.
func RecommendSent(r programme.Recommendation, l Locale) string {
	if r.MayContact {
		return l.T("recommend.sent", nil)
	}
	return l.T("recommend.sent_unasked", nil)
}

// invitationTexts are the words that an organisation passes on, in both languages.
func invitationTexts(set programme.Settings, organisation string, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, lang := range Languages {
		in := NewLocale(lang, l.zone)
		contact := ""
		if set.Recommend.Contact != "" {
			contact = in.T("invitation.contact", words{"Contact": line(set.Recommend.Contact, maxAnswer)})
		}
		text := lines(in.T("invitation.text", words{
			"Programme": or(line(set.Name, maxTitle), in.T("home.title", nil)), "Organisation": line(organisation, maxName),
		}), contact)
		blocks = append(append(blocks, divider()), verbatim(text)...)
	}
	return blocks
}

// Invitation shows the text to pass on, and has it sent to where it can be copied.
func Invitation(set programme.Settings, me programme.Person, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(l.T("invitation.help", nil), nil),
		row(button(ActionInvitationSend, "", l.T("button.invitation_send", nil)).WithStyle(slack.StylePrimary))}
	return modal(l.T("invitation.title", nil), l, append(blocks, invitationTexts(set, me.Organisation, l)...)...)
}

// InvitationSent says where the text is.
func InvitationSent(l Locale) string { return l.T("invitation.sent", nil) }

// invitation is the text as a message, from which it can be copied or passed on.
func invitation(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("invitation.letter", nil), append([]slack.Block{section(l.T("invitation.letter", nil), nil)},
		invitationTexts(m.Recommend.Settings, m.To.Organisation, l)...)
}

// recommendState tells an organisation's contact how far one of theirs is. Who that is
// stands inside alone.
func recommendState(m programme.Matter, l Locale) (string, []slack.Block) {
	r := m.Recommend.Recommendation
	told := ""
	if r.Told != "" {
		told = l.mrkdwn("recommend.told", words{"Told": line(r.Told, 500)})
	}
	what := ""
	switch r.State {
	case programme.RecommendApproached, programme.RecommendAgreed:
		what = l.T("recommend.letter."+string(r.State), nil)
	}
	return l.T("recommend.letter", nil), []slack.Block{
		section(lines(l.T("recommend.letter", nil), bold(recommendedName(r, l)), recommendStateLine(r, l), told, what), nil),
		row(button(ActionRecommendations, "", l.T("button.recommendations", nil))),
	}
}
