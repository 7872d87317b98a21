package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Bounds of the preview: names first, so that the office sees every one of a
// programme of ordinary size.
const (
	maxNamesListed     = 300
	maxQuestionsListed = 40
)

// SurveyLaunchData is what the page before sending is drawn from.
type SurveyLaunchData struct {
	Form       Form // Subject: the definition's id
	Def        programme.SurveyDef
	Edition    int                // that this one would be, 0 if nobody knows
	Reach, Off []programme.Person // who gets the invitation on Slack, and who has to be asked another way
	Closes     time.Time          // unless said otherwise
}

// SurveyLaunch shows the office what would be sent, when and to whom; submitting
// sends it.
func SurveyLaunch(d SurveyLaunchData, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(
		bold(surveyTitle(d.Def, l)), surveyAtAGlance(d.Def, d.Edition, l),
		escape(cut(l.Text(d.Def.Intro), 1000)),
	), nil), section(whoSees(d.Def, l), nil)}
	if len(d.Reach)+len(d.Off) == 0 {
		blocks = append(blocks, section(l.T("error.audience_empty", nil), nil))
		return modal(l.T("survey.launch.title", nil), l, blocks...)
	}
	f := fields{form: "survey_launch", l: l}
	blocks = append(blocks,
		section(l.T("survey.launch.try", nil), button(ActionSurveyTry, d.Def.ID, l.T("button.survey_try", nil))),
		f.optional("opens", f.moment(time.Time{})), f.input("closes", f.moment(d.Closes)), divider())
	blocks = append(blocks, nameBlocks(l.T("survey.launch.reach", words{"Count": len(d.Reach)}), d.Reach, name, l)...)
	if len(d.Off) > 0 {
		blocks = append(blocks, nameBlocks(l.T("survey.launch.off", words{"Count": len(d.Off)}), d.Off, nameAndMail, l)...)
	}
	blocks = append(blocks, divider())
	blocks = append(blocks, questionList(d.Def, l)...)
	v := modal(l.T("survey.launch.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.survey_launch", nil), maxModalWord)
	v.Close = plain(l.T("button.survey_not_now", nil), maxModalWord)
	v.CallbackID = CallbackSurvey
	d.Form.Item = d.Def.Fingerprint()
	v.PrivateMetadata = d.Form.encode()
	return v
}

// ReadSurveyLaunch reads which survey is sent out, as it was shown, and from when until
// when it is open.
func ReadSurveyLaunch(view slack.View) (Form, programme.Window, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return form, programme.Window{Opens: v.moment("opens"), Closes: v.moment("closes"), Seen: form.Item}, err
}

// surveyAtAGlance is how long a survey is and which edition of it.
func surveyAtAGlance(def programme.SurveyDef, edition int, l Locale) string {
	nth := ""
	if edition > 1 {
		nth = l.T("survey.edition", words{"N": edition})
	}
	length := l.T("survey.launch.length", words{"Count": len(def.Questions), "Minutes": max(def.Minutes, 1)})
	if slices.ContainsFunc(def.Questions, func(q programme.Question) bool { return !q.When.Always() }) {
		length = l.T("survey.launch.length_most", words{"Count": len(def.Questions), "Minutes": max(def.Minutes, 1)})
	}
	return lines(nth, length)
}

// whoSees says who gets to know what; of an anonymous survey, that nobody learns who
// said it.
func whoSees(def programme.SurveyDef, l Locale) string {
	if def.Anonymous {
		return l.T("survey.launch.anonymous", words{"Few": programme.FewestShown})
	}
	return shownTo(def, l)
}

// SurveyLaunched confirms that a survey is on its way, or when it will be.
func SurveyLaunched(s programme.Survey, now time.Time, l Locale) string {
	if now.Before(s.Opens) {
		return l.T("survey.launched_later", words{"When": l.Moment(s.Opens), "Until": l.Moment(s.Closes)})
	}
	return l.T("survey.launched", words{"Until": l.Moment(s.Closes)})
}

// SurveyTried says where the trial is to be found.
func SurveyTried(l Locale) string { return l.T("survey.tried", nil) }

// nameBlocks lists names under a title, as many as are sensible.
func nameBlocks(title string, people []programme.Person, call func(programme.Person, Locale) string, l Locale) []slack.Block {
	shown := people[:min(len(people), maxNamesListed)]
	blocks := []slack.Block{section(bold(title), nil)}
	var names []string
	length := 0
	flush := func() {
		if len(names) > 0 {
			blocks = append(blocks, section(l.list(names), nil))
		}
		names, length = nil, 0
	}
	for _, p := range shown {
		n := escape(call(p, l))
		if length += size(n) + 2; length > maxSection {
			flush()
			length = size(n) + 2
		}
		names = append(names, n)
	}
	flush()
	if rest := len(people) - len(shown); rest > 0 {
		blocks = append(blocks, small(l.T("survey.launch.more_people", words{"Count": rest})))
	}
	return blocks
}

// nameAndMail is for those whom the office has to write to.
func nameAndMail(p programme.Person, l Locale) string {
	mail := or(line(p.Email, maxTitle), l.T("person.no_mail", nil))
	return l.T("person.with_mail", words{"Name": name(p, l), "Mail": mail})
}

func questionList(def programme.SurveyDef, l Locale) []slack.Block {
	blocks := []slack.Block{section(bold(l.T("survey.launch.questions", words{"Count": len(def.Questions)})), nil)}
	for i, q := range def.Questions {
		if i == maxQuestionsListed {
			blocks = append(blocks, small(l.T("survey.receipt.more", words{"Count": len(def.Questions) - i})))
			break
		}
		blocks = append(blocks, section(lines(
			escape(fmt.Sprintf("%d. %s", i+1, line(l.Text(q.Words), 500))),
			questionMarks(q, l),
			cutEscaped(choicesAtAGlance(q, l), 1000),
		), nil))
	}
	return blocks
}

// choicesAtAGlance are the choices of a question, or what the ends of its scale mean,
// as escaped markup.
func choicesAtAGlance(q programme.Question, l Locale) string {
	if q.Kind == programme.Scale {
		return or(scaleEnds(q, l), l.T("survey.launch.scale", words{"Max": q.Max}))
	}
	var choices []string
	for _, c := range q.Choices {
		choices = append(choices, choiceWords(c, l))
	}
	return escape(l.list(choices))
}

// questionMarks are what the office should know of a question before it is sent.
func questionMarks(q programme.Question, l Locale) string {
	marks := []string{l.T("survey.kind."+string(q.Kind), nil)}
	if q.Optional {
		marks = append(marks, l.T("survey.launch.optional", nil))
	}
	if !q.When.Always() {
		marks = append(marks, l.T("survey.launch.conditional", nil))
	}
	if who := readers(q, l); who != "" {
		marks = append(marks, l.T("survey.launch.seen_too", words{"Readers": who}))
	}
	if q.TotalsOnly {
		marks = append(marks, l.T("survey.launch.totals_only", nil))
	}
	return escape(strings.Join(marks, "　"))
}
