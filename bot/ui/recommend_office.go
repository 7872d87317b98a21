package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of each kind the office's page shows.
const (
	boardOpen          = 15
	boardHandovers     = 5
	boardOrganisations = 10 // a page
	boardStaff         = 5  // of an organisation
	alikeShown         = 10
)

// recommended is the office's card of a recommendation: from which organisation, and no
// content (programme.md duty 9).
func recommended(m programme.Matter, l Locale) (string, []slack.Block) {
	r := m.Recommend
	alike, waiting := "", ""
	if r.Alike > 0 {
		alike = l.T("recommend.card.alike", words{"Count": r.Alike})
	}
	if r.State == programme.RecommendSent {
		waiting = l.T("recommend.card.waiting", words{"Count": r.Waiting})
	}
	from := words{"Organisation": line(r.Organisation, maxName)}
	text := lines(bold(l.T("recommend.card", from)), recommendStateLine(r.Recommendation, l), unasked(r.Recommendation, l), alike, waiting)
	return l.T("recommend.card_text", nil), []slack.Block{
		section(text, nil), row(button(ActionRecommendOpen, string(r.ID), l.T("button.recommend_open", nil)))}
}

// unasked says that the person is not to be approached.
func unasked(r programme.Recommendation, l Locale) string {
	if r.MayContact || r.State != programme.RecommendSent {
		return ""
	}
	return l.T("recommend.unasked", nil)
}

// SupportBoard is the office's page of support organisations: what they recommended, and
// who of them is there.
func SupportBoard(d programme.SupportBoard, from int, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, v := range d.Handovers[:min(len(d.Handovers), boardHandovers)] {
		blocks = append(blocks, section(lines(bold(l.T("handover.card.asked", words{"Organisation": line(v.Organisation, maxName)})),
			handoverPair(v, l)), button(ActionHandoverLook, string(v.ID), l.T("button.recommend_open", nil))))
	}
	if d.Settings.Recommend.On() {
		blocks = append(blocks, header(l.T("support.board.open", nil)))
		if len(d.Open) == 0 {
			blocks = append(blocks, section(l.T("support.board.none", nil), nil))
		}
		for _, v := range d.Open[:min(len(d.Open), boardOpen)] {
			blocks = append(blocks, section(lines(bold(recommendedName(v.Recommendation, l)),
				l.mrkdwn("recommend.from", words{"Organisation": line(v.Organisation, maxName)}), recommendStateLine(v.Recommendation, l), unasked(v.Recommendation, l)),
				button(ActionRecommendOpen, string(v.ID), l.T("button.recommend_open", nil))))
		}
		if rest := len(d.Open) - boardOpen; rest > 0 {
			blocks = append(blocks, small(l.T("digest.more", words{"Count": rest})))
		}
	}
	blocks = append(blocks, header(l.T("support.board.organisations", nil)))
	from = min(max(from, 0), max(len(d.Organisations)-1, 0)/boardOrganisations*boardOrganisations)
	for _, o := range d.Organisations[from:min(from+boardOrganisations, len(d.Organisations))] {
		blocks = append(blocks, boardOrganisation(o, d.Settings, l)...)
	}
	blocks = append(blocks, turning(ActionSupportBoard, "", from, boardOrganisations, len(d.Organisations), l)...)
	return modal(l.T("support.board.title", nil), l, blocks...)
}

func boardOrganisation(o programme.SupportOrganisation, set programme.Settings, l Locale) []slack.Block {
	counts := ""
	var change slack.BlockElement
	if set.Recommend.On() {
		counts = lines(l.T("support.board.quota", words{"Used": o.Quota.Used, "Most": o.Quota.Most}), recommendCounts(o.Counts, l))
		if len(o.Staff) > 0 {
			change = button(ActionRecommendQuota, string(o.Staff[0].ID), l.T("button.recommend_quota", nil))
		}
	}
	nobody := ""
	if len(o.Staff) == 0 {
		nobody = l.T("support.board.nobody", nil)
	}
	blocks := []slack.Block{section(lines(bold(line(o.Name, maxTitle)), counts, nobody), change)}
	for _, p := range o.Staff[:min(len(o.Staff), boardStaff)] {
		who := "• " + escape(name(p, l))
		if !p.OffSlack.IsZero() {
			who = l.mrkdwn("support.board.off_slack", words{"Who": name(p, l)})
		}
		blocks = append(blocks, section(who, button(ActionHandover, string(p.ID), l.T("button.handover", nil))))
	}
	return append(blocks, divider())
}

// recommendCounts are recommendations by state, those that there are.
func recommendCounts(counts map[programme.RecommendState]int, l Locale) string {
	var out []string
	for _, s := range programme.RecommendStates {
		if counts[s] > 0 {
			out = append(out, l.T("recommend.count", words{"State": l.T("recommend.state."+string(s), nil), "N": counts[s]}))
		}
	}
	return strings.Join(out, "　")
}

// RecommendationPage is one recommendation with all that it says, for the office.
func RecommendationPage(v programme.RecommendationView, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{
		section(lines(bold(recommendedName(v.Recommendation, l)), escape(line(v.Kana, maxName)),
			l.mrkdwn("recommend.from", words{"Organisation": line(v.Organisation, maxName)}), recommendStateLine(v.Recommendation, l),
			unasked(v.Recommendation, l)), nil),
		section(lines(l.mrkdwn("recommend.page.facts", words{"Prefecture": v.Prefecture, "Craft": or(line(v.Craft, maxAnswer), nothing)}),
			recommendContact(v.Recommendation, l),
			l.mrkdwn("recommend.sender", words{"Who": name(v.Sender, l), "When": l.Moment(v.At)})), nil),
		section(bold(l.T("recommend.form.why", nil)), nil),
	}
	blocks = append(blocks, verbatim(v.Why)...)
	if v.Reason != "" {
		blocks = append(append(blocks, section(bold(l.T("recommend_decline.form.reason", nil)), nil)), verbatim(v.Reason)...)
	}
	blocks = append(blocks, mayBeTheSame(v, l)...)
	if ways := recommendWays(v.Recommendation, l); len(ways) > 0 {
		blocks = append(blocks, divider(), row(ways...))
	}
	return modal(l.T("recommend.title", nil), l, blocks...)
}

func recommendContact(r programme.Recommendation, l Locale) string {
	if r.Email == "" && r.Phone == "" {
		return ""
	}
	return l.mrkdwn("recommend.page.contact", words{"Email": or(line(r.Email, maxAnswer), nothing), "Phone": or(line(r.Phone, maxName), nothing)})
}

// mayBeTheSame lists for the office who else may be meant: other recommendations, and
// people of the roster.
func mayBeTheSame(v programme.RecommendationView, l Locale) []slack.Block {
	if len(v.Alike)+len(v.OnRoster) == 0 {
		return nil
	}
	out := []string{bold(l.T("recommend.page.alike", nil))}
	for _, r := range v.Alike[:min(len(v.Alike), alikeShown)] {
		out = append(out, "• "+l.mrkdwn("recommend.page.alike_other", words{
			"Organisation": line(r.Organisation, maxName), "Who": recommendedName(r, l), "State": recommendStateWord(r, l)}))
	}
	for _, p := range v.OnRoster[:min(len(v.OnRoster), alikeShown)] {
		out = append(out, "• "+l.mrkdwn("recommend.page.alike_roster", words{"Who": nameAndFirm(p, l)}))
	}
	return []slack.Block{divider(), section(cutEscaped(lines(out...), maxSection), nil)}
}

// recommendWays are what the office can do with it now.
func recommendWays(r programme.Recommendation, l Locale) []slack.BlockElement {
	id := string(r.ID)
	approach := button(ActionRecommendApproach, id, l.T("button.recommend_approach", nil)).WithStyle(slack.StylePrimary)
	agree := button(ActionRecommendAgree, id, l.T("button.recommend_agree", nil))
	decline := button(ActionRecommendDecline, id, l.T("button.recommend_decline", nil))
	switch {
	case r.State == programme.RecommendSent && r.MayContact:
		return []slack.BlockElement{approach, decline}
	case r.State == programme.RecommendSent:
		return []slack.BlockElement{agree, decline}
	case r.State == programme.RecommendApproached:
		return []slack.BlockElement{agree.WithStyle(slack.StylePrimary), decline}
	}
	return nil
}

// Names of the office's forms in block ids.
const (
	agreeFields            = "recommend_agree"
	recommendDeclineFields = "recommend_decline"
	quotaFields            = "recommend_raise"
)

// anotherPerson is the option for somebody who is not on the roster.
const anotherPerson = "another"

// AgreeForm puts somebody on the roster, and asks who it is if that is not clear.
func AgreeForm(form Form, v programme.RecommendationView, l Locale) slack.ModalViewRequest {
	form.Subject = string(v.ID)
	f := fields{agreeFields, l}
	blocks := []slack.Block{section(lines(bold(recommendedName(v.Recommendation, l)), l.T("recommend.agree.help", nil)), nil)}
	var who []labelled
	for _, p := range v.OnRoster {
		label := nameAndFirm(p, l)
		if !p.Active() {
			label = l.T("recommend.agree.left", words{"Who": label})
		}
		who = append(who, labelled{string(p.ID), label})
	}
	another := labelled{anotherPerson, l.T("recommend.agree.another", nil)}
	if len(who) > 0 {
		blocks = append(blocks, f.input("who", f.one(append(who[:min(len(who), maxChoices-1)], another), "")))
	}
	blocks = append(blocks, f.input("cohort", f.words(v.Cohort, 20, false)),
		f.optional("email", f.words(v.Email, maxRecommendCell, false)), f.optional("phone", f.words(v.Phone, maxRecommendCell, false)))
	return formView(l.T("recommend.agree.title", nil), l.T("button.recommend_agree_save", nil), CallbackRecommendAgree, form, l, blocks...)
}

// ReadAgreeForm reads what the form brought.
func ReadAgreeForm(view slack.View) (programme.AgreeForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.AgreeForm{}, err
	}
	v := readFields(view)
	f := programme.AgreeForm{
		ID: programme.RecommendationID(form.Subject), Cohort: v.words("cohort"), Email: v.words("email"), Phone: v.words("phone"),
	}
	switch who := v.one("who"); who {
	case anotherPerson:
		f.Another = true
	default:
		f.Same = programme.PersonID(who)
	}
	return f, nil
}

// DeclineForm asks who said no, and what the organisation is told of it.
func DeclineForm(form Form, v programme.RecommendationView, l Locale) slack.ModalViewRequest {
	form.Subject = string(v.ID)
	f := fields{recommendDeclineFields, l}
	whose := []labelled{{"own", l.T("recommend.state.own_no", nil)}, {"office", l.T("recommend.state.declined", nil)}}
	return formView(l.T("recommend.decline.title", nil), l.T("button.recommend_decline_save", nil), CallbackRecommendDecline, form, l,
		section(bold(recommendedName(v.Recommendation, l)), nil),
		f.input("whose", f.one(whose, "own")),
		f.optional("reason", f.words("", 500, true)), f.optional("told", f.words("", 500, true)))
}

// ReadDeclineForm reads what the form brought.
func ReadDeclineForm(view slack.View) (programme.DeclineForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return programme.DeclineForm{
		ID: programme.RecommendationID(form.Subject), OwnNo: v.one("whose") == "own", Reason: v.words("reason"), Told: v.words("told"),
	}, err
}

// QuotaForm asks for another quota of one organisation, and why.
func QuotaForm(form Form, o programme.SupportOrganisation, l Locale) slack.ModalViewRequest {
	f := fields{quotaFields, l}
	return formView(l.T("recommend.raise.title", nil), l.T("button.recommend_quota_save", nil), CallbackRecommendQuota, form, l,
		section(lines(bold(line(o.Name, maxTitle)), l.T("support.board.quota", words{"Used": o.Quota.Used, "Most": o.Quota.Most})), nil),
		f.input("quota", f.words(strconv.Itoa(o.Quota.Most), 3, false)), f.input("reason", f.words("", 1000, true)))
}

// ReadQuotaForm reads what the form brought; a quota that is no number is below any.
func ReadQuotaForm(view slack.View) (form Form, quota int, reason string, err error) {
	form, err = ReadForm(view.PrivateMetadata)
	v := readFields(view)
	quota, bad := strconv.Atoi(v.words("quota"))
	if bad != nil {
		quota = -1
	}
	return form, quota, v.words("reason"), err
}

// RecommendDecided says what became of a recommendation.
func RecommendDecided(s programme.RecommendState, l Locale) string {
	return l.T("recommend.decided."+string(s), nil)
}

// QuotaRaised says that the quota is another one.
func QuotaRaised(l Locale) string { return l.T("recommend.raised", nil) }
