package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SurveyWishesData is what the page of those who want intensive follow-up is drawn from.
type SurveyWishesData struct {
	Survey programme.Survey
	Wishes []programme.Wish
	From   int // how many people come before the page
}

// Bounds of pages with a line and a button for each.
const (
	wishesAPage      = 30
	engagementsAPage = 40
)

// SurveyWishes shows who wants intensive follow-up (programme.md 2-③b), how they would
// like it, and with whom it was arranged already.
func SurveyWishes(d SurveyWishesData, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(bold(surveyTitle(d.Survey.Def, l)), l.T("wishes.count", words{"Count": len(d.Wishes)})), nil)}
	if len(d.Wishes) == 0 {
		blocks = append(blocks, section(l.T("wishes.none", nil), nil))
	}
	from := min(d.From, max(len(d.Wishes)-1, 0)/wishesAPage*wishesAPage)
	for _, w := range d.Wishes[from:min(from+wishesAPage, len(d.Wishes))] {
		label := "button.engage"
		if len(w.Engaged) > 0 {
			label = "button.engage_more"
		}
		choose := button(ActionEngage, string(d.Survey.ID)+"|"+string(w.Person.ID), l.T(label, nil))
		if len(w.Engaged) == 0 {
			choose = choose.WithStyle(slack.StylePrimary)
		}
		blocks = append(blocks, section(lines(bold(nameAndFirm(w.Person, l)), wishedHow(d.Survey.Def, w, l), engagedWith(w, l)), nil),
			row(choose, button(ActionSurveyPerson, string(w.Response), l.T("button.survey_look", nil))))
	}
	blocks = append(blocks, turning(ActionSurveyWishes, string(d.Survey.ID), from, wishesAPage, len(d.Wishes), l)...)
	blocks = append(blocks, divider(), row(button(ActionEngagements, "0", l.T("button.engagements", nil))))
	return modal(l.T("wishes.title", nil), l, blocks...)
}

// wishedHow are the answers to what was asked because of the wish, such as online or on
// site.
func wishedHow(def programme.SurveyDef, w programme.Wish, l Locale) string {
	var out []string
	for _, q := range def.Due(w.Answers) {
		if a, given := w.Answers[q.ID]; given && !a.Open && !q.TotalsOnly && hangsOn(q.When, def.Wish) {
			out = append(out, l.mrkdwn("wishes.how", words{"Question": line(l.Text(q.Words), 60), "Answer": shortAnswer(q, a, nil, l)}))
		}
	}
	return cutEscaped(strings.Join(out, "\n"), 1000)
}

// hangsOn says whether a condition speaks of the question.
func hangsOn(c programme.Condition, question string) bool {
	if c.Question == question || c.Not != nil && hangsOn(*c.Not, question) {
		return true
	}
	for _, part := range append(c.All[:len(c.All):len(c.All)], c.Any...) {
		if hangsOn(part, question) {
			return true
		}
	}
	return false
}

// engagedWith is with whom follow-up was arranged.
func engagedWith(w programme.Wish, l Locale) string {
	var out []string
	for _, e := range w.Engaged {
		out = append(out, l.mrkdwn("wishes.engaged", words{"Expert": name(e.MentorPerson, l), "Count": e.Sessions}))
	}
	if len(out) == 0 {
		return l.T("wishes.not_engaged", nil)
	}
	return strings.Join(out, "\n")
}

// EngagementSessions are how many sessions an engagement has (programme.md 2-③b).
var EngagementSessions = []int{2, 3}

// EngagementForm chooses who sees an atsugi, and how often. Submitting tells both.
func EngagementForm(form Form, atsugi programme.Person, experts []programme.Person, l Locale) slack.ModalViewRequest {
	who := section(lines(bold(nameAndFirm(atsugi, l)), l.T("engagement.help", nil)), nil)
	if len(experts) == 0 {
		return modal(l.T("engagement.title", nil), l, who, section(l.T("engagement.no_expert", nil), nil))
	}
	return engagementView(form, l, append([]slack.Block{who}, engagementInputs(experts, l)...))
}

// EngagementFormAny is the same for one of these atsugi, whom the form asks for.
func EngagementFormAny(form Form, atsugi, experts []programme.Person, l Locale) slack.ModalViewRequest {
	help := section(l.T("engagement.help", nil), nil)
	if len(experts) == 0 {
		return modal(l.T("engagement.title", nil), l, help, section(l.T("engagement.no_expert", nil), nil))
	}
	who := fields{engagementFields, l}.input("atsugi", peopleMenu(atsugi, "", l))
	return engagementView(form, l, append([]slack.Block{help, who}, engagementInputs(experts, l)...))
}

// engagementFields is the name of the form in block ids.
const engagementFields = "engagement"

// engagementInputs ask which expert, and how many sessions.
func engagementInputs(experts []programme.Person, l Locale) []slack.Block {
	f := fields{engagementFields, l}
	var counts []labelled
	for _, n := range EngagementSessions {
		counts = append(counts, labelled{strconv.Itoa(n), l.T("engagement.sessions", words{"Count": n})})
	}
	return []slack.Block{
		f.input("mentor", f.one(peopleOptions(experts, l), "")),
		f.input("sessions", f.one(counts, strconv.Itoa(EngagementSessions[0]))),
		f.optional("reason", f.words("", maxMemoReason, false)),
	}
}

func engagementView(form Form, l Locale, blocks []slack.Block) slack.ModalViewRequest {
	return formView(l.T("engagement.title", nil), l.T("button.engagement_save", nil), CallbackEngagement, form, l, blocks...)
}

// ReadEngage is which survey and atsugi a click on "choose an expert" is about.
func ReadEngage(value string) (programme.SurveyID, programme.PersonID) {
	survey, atsugi, _ := strings.Cut(value, "|")
	return programme.SurveyID(survey), programme.PersonID(atsugi)
}

// ReadEngagementForm reads who is to see whom how often.
func ReadEngagementForm(view slack.View) (programme.EngagementForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.EngagementForm{}, err
	}
	v := readFields(view)
	n, _ := strconv.Atoi(v.one("sessions")) // anything else is none, which the rules refuse
	return programme.EngagementForm{
		Op: form.Op, Survey: programme.SurveyID(form.Subject), Atsugi: programme.PersonID(or(form.Item, v.one("atsugi"))),
		Mentor: programme.PersonID(v.one("mentor")), Sessions: n, Reason: v.words("reason"),
	}, nil
}

// EngagementMade says what was arranged and who hears of it.
func EngagementMade(l Locale) string { return l.T("engagement.made", nil) }

// Engagements lists who sees whom how often, running ones first.
func Engagements(all []programme.EngagementView, from int, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(l.T("engagement.list.help", nil), nil)}
	if len(all) == 0 {
		blocks = append(blocks, section(l.T("engagement.list.none", nil), nil))
	}
	from = min(from, max(len(all)-1, 0)/engagementsAPage*engagementsAPage)
	for _, e := range all[from:min(from+engagementsAPage, len(all))] {
		blocks = append(blocks, engagementLine(e, l))
	}
	blocks = append(blocks, turning(ActionEngagements, "", from, engagementsAPage, len(all), l)...)
	return modal(l.T("engagement.list.title", nil), l, blocks...)
}

func engagementLine(e programme.EngagementView, l Locale) slack.Block {
	what := l.mrkdwn("engagement.line", words{"Expert": name(e.MentorPerson, l), "Count": e.Sessions, "Since": l.Moment(e.Made)})
	if !e.Runs() {
		return section(lines(bold(nameAndFirm(e.AtsugiPerson, l)), what, l.T("engagement.ended", words{"When": l.Moment(e.Ended)})), nil)
	}
	if !e.Office {
		return section(lines(bold(nameAndFirm(e.AtsugiPerson, l)), what), nil)
	}
	end := button(ActionEngagementEnd, string(e.ID), l.T("button.engagement_end", nil)).
		WithConfirm(sure(l, l.T("engagement.end_title", nil), l.T("engagement.end", nil), l.T("engagement.end_yes", nil)))
	return section(lines(bold(nameAndFirm(e.AtsugiPerson, l)), what), end)
}

// engagementMade tells the atsugi, and the expert, that they will see each other: who,
// how often, and that either can name times for the first session.
func engagementMade(m programme.Matter, l Locale) (string, []slack.Block) {
	e := m.Engagement
	key, other := "engagement.letter_atsugi", e.MentorPerson
	if m.To.ID == e.Mentor {
		key, other = "engagement.letter_expert", e.AtsugiPerson
	}
	if !e.Runs() {
		return l.T("engagement.letter_text", nil), []slack.Block{section(lines(bold(l.T("engagement.letter_title", nil)),
			l.mrkdwn("engagement.letter_over", words{"Who": nameAndFirm(other, l), "When": l.Moment(e.Ended)})), nil)}
	}
	blocks := []slack.Block{section(lines(bold(l.T("engagement.letter_title", nil)),
		l.mrkdwn(key, words{"Who": nameAndFirm(other, l), "Count": e.Sessions})), nil)}
	return l.T("engagement.letter_text", nil), append(blocks, section(l.T("engagement.letter_next", nil), nil),
		row(button(ActionSessionNew, string(e.ID), l.T("button.session_times", nil)).WithStyle(slack.StylePrimary)))
}
