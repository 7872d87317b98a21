package programme_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tsugite/programme"
)

// reference is what a dialogue should come to, told without the programme's own idea
// of what is due: conditions are written by hand beside each definition.
type reference struct {
	qs      []refQuestion
	stands  map[string]refAnswer
	state   string
	current string
}

type refQuestion struct {
	id, page string
	optional bool
	text     bool // short or long
	due      func(is func(question string) string) bool
	good     []try // by buttons and menus, or in the form
	typed    []try
	bad      []programme.Input
}

// try is an input and what should come of it.
type try struct {
	in   programme.Input
	says string
	open bool
}

type refAnswer struct {
	says   string
	open   bool
	at     int // minutes
	source string
}

func always(func(string) string) bool { return true }

// due are the questions asked after these answers, counted what those say that count.
func (m *reference) due(stands map[string]refAnswer) (due []string, counted map[string]string) {
	counted = map[string]string{}
	for _, q := range m.qs {
		if !q.due(func(id string) string { return counted[id] }) {
			continue
		}
		due = append(due, q.id)
		if a, ok := stands[q.id]; ok && !a.open {
			counted[q.id] = a.says
		}
	}
	return due, counted
}

func (m *reference) missing() string {
	due, counted := m.due(m.stands)
	for _, id := range due {
		if counted[id] == "" {
			return id
		}
	}
	return ""
}

func (m *reference) question(id string) refQuestion {
	return m.qs[slices.IndexFunc(m.qs, func(q refQuestion) bool { return q.id == id })]
}

// goOn is what follows every act.
func (m *reference) goOn(chat bool) {
	due, _ := m.due(m.stands)
	if !slices.Contains(due, m.current) {
		m.current = ""
	}
	switch missing := m.missing(); {
	case missing == "" && m.state == "started":
		m.state = "done"
	case missing != "" && m.state == "done":
		m.state = "started"
		fallthrough
	default:
		if chat && m.current == "" {
			m.current = missing
		}
	}
}

func (m *reference) take() {
	if m.state == "asked" || m.state == "declined" {
		m.state = "started"
	}
}

// give keeps an answer, unless a later one stands.
func (m *reference) give(id string, a refAnswer) bool {
	if was, ok := m.stands[id]; ok && was.at > a.at {
		return false
	}
	m.stands[id] = a
	m.take()
	if m.current == id && !a.open {
		m.current = ""
	}
	return true
}

// answer is an answer in the chat.
func (m *reference) answer(id string, a refAnswer) {
	if !m.give(id, a) {
		return
	}
	if a.open {
		m.current = id
	}
	m.goOn(true)
}

// skip leaves an optional question out, or one asked again as it was. ok is false if
// the question needs an answer.
func (m *reference) skip(id string, at int) (ok bool) {
	was, stands := m.stands[id]
	switch {
	case m.question(id).optional:
		m.answer(id, refAnswer{says: "skipped", at: at})
	case stands && !was.open:
		if m.current == id {
			m.take()
			m.current = ""
			m.goOn(true)
		}
	default:
		return false
	}
	return true
}

func (m *reference) back() (ok bool) {
	at := m.current
	if at == "" {
		at = m.missing()
	}
	due, _ := m.due(m.stands)
	i := slices.Index(due, at)
	if i < 0 {
		i = len(due)
	}
	if i == 0 {
		return false
	}
	m.reconsider(due[i-1])
	return true
}

func (m *reference) reconsider(id string) {
	m.take()
	m.current = id
	m.goOn(false)
}

func (m *reference) start() (ok bool) {
	if m.state == "done" {
		return false
	}
	m.take()
	if _, counted := m.due(m.stands); counted[m.current] != "" {
		m.current = ""
	}
	m.goOn(true)
	return true
}

func (m *reference) decline() (ok bool) {
	if m.state == "done" {
		return false
	}
	m.state, m.current = "declined", ""
	return true
}

// next is the page to show after one.
func (m *reference) next(after string) string {
	due, counted := m.due(m.stands)
	missing := func(page string) bool {
		return slices.ContainsFunc(m.qs, func(q refQuestion) bool {
			return q.page == page && slices.Contains(due, q.id) && counted[q.id] == ""
		})
	}
	var pages []string
	for _, q := range m.qs {
		if !slices.Contains(pages, q.page) {
			pages = append(pages, q.page)
		}
	}
	i := slices.Index(pages, after)
	for _, page := range append(slices.Clone(pages[i:]), pages[:i]...) {
		if missing(page) {
			return page
		}
	}
	return ""
}

// field is one field of a page that was opened when opened stood.
type field struct {
	id    string
	empty bool
	says  string
	open  bool
}

// sheet takes a page; ok is false if it has to be mended.
func (m *reference) sheet(fields []field, opened map[string]refAnswer, draft bool, at int) (ok bool) {
	after := maps.Clone(m.stands)
	given, faulty := map[string]refAnswer{}, []string{}
	for _, f := range fields {
		was, stood := opened[f.id]
		now, answered := m.stands[f.id]
		answered = answered && !now.open
		a := refAnswer{says: f.says, open: f.open, at: at}
		switch {
		case f.empty && draft, f.empty && answered && (!stood || was.says == "skipped"):
			continue
		case f.empty && !m.question(f.id).optional:
			faulty = append(faulty, f.id)
			continue
		case f.empty:
			a.says = "skipped"
		case answered && (stood && was.says == f.says && was.open == f.open || now.says == f.says && !f.open):
			continue
		case f.open && !draft:
			faulty = append(faulty, f.id)
			continue
		}
		given[f.id], after[f.id] = a, a
	}
	due, _ := m.due(after)
	if !draft && slices.ContainsFunc(faulty, func(id string) bool { return slices.Contains(due, id) }) {
		return false
	}
	chat := m.current != ""
	for id, a := range given {
		m.give(id, a)
	}
	if !draft {
		m.take()
	}
	m.goOn(chat)
	return true
}

// line is the reference as line tells a dialogue.
func (m *reference) line() string {
	due, counted := m.due(m.stands)
	current := m.current
	if current == "" {
		current = "-"
	}
	out := []string{m.state, current}
	for _, q := range m.qs {
		if says := counted[q.id]; says != "" {
			out = append(out, q.id+"="+says)
		}
	}
	return strings.Join(append(out, fmt.Sprintf("%d/%d", len(counted), len(due))), " ")
}

// kept lists every answer that stands, also those that do not count.
func (m *reference) kept() string {
	var out []string
	for _, q := range m.qs {
		if a, ok := m.stands[q.id]; ok {
			out = append(out, fmt.Sprintf("%s=%s %v", q.id, a.says, a.open))
		}
	}
	return strings.Join(out, ", ")
}

func press(says string, ids ...string) try { return try{in: picked(ids...), says: says} }
func typing(in, says string) try           { return try{in: text(in), says: says} }
func opens(t try) try                      { t.open = true; return t }

// walks are the definitions that are walked through, with their references.
func walks() map[string]func() (programme.SurveyDef, []refQuestion) {
	words := func(s string) programme.Text { return programme.Text{Ja: s, En: s} }
	yesNo := func(id string, when programme.Condition) programme.Question {
		return programme.Question{ID: id, Kind: programme.YesNo, Words: words(id), When: when}
	}
	polar := func(id string, due func(func(string) string) bool) refQuestion {
		return refQuestion{
			id: id, page: "1", due: due, good: []try{press("yes", "yes"), press("no", "no")},
			typed: []try{typing("はい", "yes"), typing("いいえ", "no")}, bad: []programme.Input{picked("maybe"), text("たぶん")},
		}
	}
	is := func(id, value string) programme.Condition {
		return programme.Condition{Question: id, Is: []string{value}}
	}
	ten, four := 10, 4
	return map[string]func() (programme.SurveyDef, []refQuestion){
		"branching": func() (programme.SurveyDef, []refQuestion) {
			return branching(), []refQuestion{
				{id: "plan", page: "firm", due: always,
					good:  []try{press("soon", "soon"), press("later", "later"), opens(press("other", "other")), {in: programme.Input{Picked: []string{"other"}, Text: "未定"}, says: "other:未定"}},
					typed: []try{typing("すぐに", "soon"), typing("２", "later"), typing("その他：全く違う話", "other:全く違う話")},
					bad:   []programme.Input{picked("never"), picked("soon", "later")}},
				{id: "years", page: "firm", due: func(is func(string) string) bool { return is("plan") == "later" },
					good: []try{typing("7年", "7"), typing("12", "12")}, typed: []try{typing("３年", "3"), typing("5", "5")}, bad: []programme.Input{text("いつか")}},
				{id: "story", page: "firm", text: true, due: always,
					good: []try{typing("長い話", "長い話")}, typed: []try{typing("父の話", "父の話"), typing("母の話", "母の話")}, bad: []programme.Input{text(" 　")}},
				{id: "rank", page: "wish", optional: true, due: func(is func(string) string) bool { return is("plan") != "soon" },
					good: []try{press("people", "people"), press("sales+money", "sales", "money")}, typed: []try{typing("資金 販路", "money+sales")}, bad: []programme.Input{picked("luck")}},
				func() refQuestion { q := polar("call", always); q.page = "wish"; return q }(),
			}
		},
		"comparing": func() (programme.SurveyDef, []refQuestion) {
			def := programme.SurveyDef{ID: "comparing", Title: words("比較"), OpenDays: 14, Questions: []programme.Question{
				{ID: "staff", Kind: programme.Number, Words: words("人数"), Unit: words("人")},
				{ID: "needs", Kind: programme.Multi, Words: words("課題"), When: programme.Condition{Question: "staff", AtLeast: &ten},
					Choices: []programme.Choice{{ID: "a", Words: words("営業")}, {ID: "b", Words: words("採用")}, {ID: "w", Words: words("その他"), Write: true}}},
				{ID: "note", Kind: programme.Short, Words: words("一言"), Optional: true, When: programme.Condition{Any: []programme.Condition{
					{Question: "staff", AtMost: &four}, is("needs", "b"),
				}}},
				{ID: "mood", Kind: programme.Scale, Max: 5, Words: words("手応え")},
			}}
			return def, []refQuestion{
				{id: "staff", page: "1", due: always, good: []try{typing("3", "3"), typing("7人", "7"), typing("30", "30")}, typed: []try{typing("２人", "2"), typing("12", "12")}, bad: []programme.Input{text("少し")}},
				{id: "needs", page: "1", due: func(is func(string) string) bool { return len(is("staff")) == 2 },
					good:  []try{press("a", "a"), press("a+b", "b", "a"), {in: programme.Input{Picked: []string{"b", "w"}, Text: "資金"}, says: "b+w:資金"}},
					typed: []try{typing("1、2", "a+b"), typing("採用", "b")}, bad: []programme.Input{picked("a", "z")}},
				{id: "note", page: "1", text: true, optional: true,
					due: func(is func(string) string) bool {
						return len(is("staff")) == 1 && is("staff") <= "4" || strings.HasPrefix(strings.TrimPrefix(is("needs"), "a+"), "b")
					},
					good: []try{typing("特になし", "特になし")}, typed: []try{typing("一言", "一言"), typing("二言", "二言")}, bad: []programme.Input{text("")}},
				{id: "mood", page: "1", due: always, good: []try{press("1", "1"), press("5", "5")}, typed: []try{typing("３", "3")}, bad: []programme.Input{text("9")}},
			}
		},
		"nested": func() (programme.SurveyDef, []refQuestion) {
			def := programme.SurveyDef{ID: "nested", Title: words("入れ子"), OpenDays: 14, Questions: []programme.Question{
				yesNo("a", programme.Condition{}), yesNo("b", is("a", "yes")), yesNo("c", is("b", "yes")),
				yesNo("d", programme.Condition{Not: &programme.Condition{Question: "b", Answered: true}}),
				yesNo("e", programme.Condition{All: []programme.Condition{is("c", "no"), is("a", "yes")}}),
				yesNo("f", programme.Condition{Any: []programme.Condition{is("d", "no"), is("e", "yes")}}),
				yesNo("g", programme.Condition{}),
			}}
			return def, []refQuestion{
				polar("a", always),
				polar("b", func(is func(string) string) bool { return is("a") == "yes" }),
				polar("c", func(is func(string) string) bool { return is("b") == "yes" }),
				polar("d", func(is func(string) string) bool { return is("b") == "" }),
				polar("e", func(is func(string) string) bool { return is("c") == "no" }),
				polar("f", func(is func(string) string) bool { return is("d") == "no" || is("e") == "yes" }),
				func() refQuestion { q := polar("g", always); q.page = "2"; return q }(),
			}
		},
	}
}
