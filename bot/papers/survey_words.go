package papers

import (
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

// What a survey's sheet says beside the survey's own words.
var (
	wordSheet    = programme.Text{Ja: "アンケート", En: "Survey"}
	wordUntil    = programme.Text{Ja: "締切：%s", En: "Please return by %s"}
	wordName     = programme.Text{Ja: "お名前：", En: "Name: "}
	wordNameless = programme.Text{
		Ja: "無記名のアンケートです。お名前は書かないでください。", En: "This survey is anonymous. Please do not write your name.",
	}
	wordOptional = programme.Text{Ja: "（任意）", En: " (optional)"}
	wordOnly     = programme.Text{Ja: "→ %s方だけ、お答えください。", En: "→ Only if %s."}
	wordWrite    = programme.Text{Ja: "（　　　　　　　　　　　　　　　　）", En: ": ______________________________"}
	wordBlank    = programme.Text{Ja: "____________ ", En: "____________ "}
	wordDay      = programme.Text{Ja: "________ 年　______ 月　______ 日", En: "Day ______  Month ______  Year ________"}
	wordPlace    = programme.Text{Ja: "%d番目：", En: "No. %d: "}
	wordEnds     = programme.Text{Ja: "1：%s　〜　%d：%s", En: "1: %s … %d: %s"}

	hintOne       = programme.Text{Ja: "一つに印をつけてください。", En: "Tick one box."}
	hintAny       = programme.Text{Ja: "当てはまるものすべてに印をつけてください。", En: "Tick all that apply."}
	hintMost      = programme.Text{Ja: "%dつまで印をつけてください。", En: "Tick up to %d boxes."}
	hintLeast     = programme.Text{Ja: "%dつ以上に印をつけてください。", En: "Tick at least %d boxes."}
	hintBetween   = programme.Text{Ja: "%dつから%dつまで印をつけてください。", En: "Tick %d to %d boxes."}
	hintRank      = programme.Text{Ja: "大切な順に、番号を書いてください。", En: "Write the numbers, the most important first."}
	hintPerson    = programme.Text{Ja: "お名前を書いてください。", En: "Write a name."}
	hintFrom      = programme.Text{Ja: "%s以上", En: "%s or more"}
	hintUntil     = programme.Text{Ja: "%s以下", En: "%s or less"}
	hintFromUntil = programme.Text{Ja: "%sから%sまで", En: "From %s to %s"}
	daySince      = programme.Text{Ja: "%s以降", En: "%s or later"}
	dayBefore     = programme.Text{Ja: "%sより前", En: "before %s"}
	dayLatest     = programme.Text{Ja: "%sまで", En: "%s at the latest"}
)

// The parts of the sentence that says whom a question is for. In Japanese they stand
// before 方, in English behind "if".
var (
	whenIs       = programme.Text{Ja: "%[1]sで%[2]sと答えた", En: "you answered %[2]s to %[1]s"}
	whenAnswered = programme.Text{Ja: "%sに答えた", En: "you answered %s"}
	whenNot      = programme.Text{Ja: "「%s」に当てはまらない", En: "it is not so that %s"}
	whenPart     = programme.Text{Ja: "（%s）", En: "(%s)"}
	wordQuoted   = programme.Text{Ja: "「%s」", En: "“%s”"}
	wordOr       = programme.Text{Ja: "か", En: " or "}
	wordAnd      = programme.Text{Ja: "、", En: " and "}
	joinAll      = programme.Text{Ja: "、かつ、", En: ", and "}
	joinAny      = programme.Text{Ja: "、または、", En: ", or "}
	wordQuestion = programme.Text{Ja: "問%d", En: "Q%d"}
)

func (p *paper) until(t time.Time) string {
	when := japaneseDay(t) + t.Format(" 15:04")
	if p.en {
		when = t.Format("Monday, 2 January 2006, 15:04")
	}
	return fmt.Sprintf(p.say(wordUntil), when)
}

// number is how a question is called on paper.
func (p *paper) number(id string) string {
	_, i := p.def.Question(id)
	return fmt.Sprintf(p.say(wordQuestion), i+1)
}

// hint says how the question is to be answered, "" where that is plain.
func (p *paper) hint(q programme.Question) string {
	switch q.Kind {
	case programme.Single, programme.YesNo, programme.Scale:
		return p.say(hintOne)
	case programme.Ranking:
		return p.say(hintRank)
	case programme.Whom:
		return p.say(hintPerson)
	case programme.Multi:
		return p.howMany(q.Least, q.Most)
	case programme.Number:
		return p.bounds(p.amount(q.From, q), p.amount(q.Until, q), hintFrom, hintUntil)
	case programme.Day:
		return p.bounds(p.day(q.Earliest), p.day(q.Latest), daySince, dayLatest)
	}
	return ""
}

func (p *paper) howMany(least, most int) string {
	switch {
	case least > 0 && most > 0:
		return fmt.Sprintf(p.say(hintBetween), least, most)
	case most > 0:
		return fmt.Sprintf(p.say(hintMost), most)
	case least > 1:
		return fmt.Sprintf(p.say(hintLeast), least)
	}
	return p.say(hintAny)
}

// bounds are two ends of which either may be missing.
func (p *paper) bounds(from, until string, only, up programme.Text) string {
	switch {
	case from != "" && until != "":
		return fmt.Sprintf(p.say(hintFromUntil), from, until)
	case from != "":
		return fmt.Sprintf(p.say(only), from)
	case until != "":
		return fmt.Sprintf(p.say(up), until)
	}
	return ""
}

// amount is a number with the question's unit, "" for none.
func (p *paper) amount(n *int, q programme.Question) string {
	if n == nil {
		return ""
	}
	unit := p.say(q.Unit)
	if p.en && unit != "" {
		unit = " " + unit
	}
	return fmt.Sprint(*n) + unit
}

func (p *paper) day(d programme.Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	switch {
	case err != nil:
		return string(d)
	case p.en:
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

// clause is a condition in words.
func (p *paper) clause(c programme.Condition) string {
	switch {
	case len(c.All) > 0:
		return p.clauses(c.All, joinAll)
	case len(c.Any) > 0:
		return p.clauses(c.Any, joinAny)
	case c.Not != nil:
		return fmt.Sprintf(p.say(whenNot), p.clause(*c.Not))
	}
	q, _ := p.def.Question(c.Question)
	said := p.said(c, q)
	if said == "" {
		return fmt.Sprintf(p.say(whenAnswered), p.number(c.Question))
	}
	return fmt.Sprintf(p.say(whenIs), p.number(c.Question), said)
}

// clauses joins several conditions; one that has parts of its own stands in brackets.
func (p *paper) clauses(cs []programme.Condition, join programme.Text) string {
	parts := make([]string, len(cs))
	for i, c := range cs {
		parts[i] = p.clause(c)
		if len(cs) > 1 && len(c.All)+len(c.Any) > 1 {
			parts[i] = fmt.Sprintf(p.say(whenPart), parts[i])
		}
	}
	return strings.Join(parts, p.say(join))
}

// said is what a condition wants the answer to be, "" for any.
func (p *paper) said(c programme.Condition, q programme.Question) string {
	var all []string
	if labels := p.labels(c.Is, q); len(labels) > 0 {
		all = append(all, strings.Join(labels, p.say(wordOr)))
	}
	if s := p.bounds(p.amount(c.AtLeast, q), p.amount(c.AtMost, q), hintFrom, hintUntil); s != "" {
		all = append(all, s)
	}
	if c.Since != "" {
		all = append(all, fmt.Sprintf(p.say(daySince), p.day(c.Since)))
	}
	if c.Before != "" {
		all = append(all, fmt.Sprintf(p.say(dayBefore), p.day(c.Before)))
	}
	return strings.Join(all, p.say(wordAnd))
}

// labels are choices as they are printed, in quotation marks.
func (p *paper) labels(ids []string, q programme.Question) []string {
	var out []string
	for _, id := range ids {
		for _, c := range q.Options() {
			if c.ID == id {
				out = append(out, fmt.Sprintf(p.say(wordQuoted), p.say(c.Words)))
			}
		}
	}
	return out
}
