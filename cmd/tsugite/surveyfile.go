package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// The surveys that come with the program.
//
//go:embed surveys
var surveyFiles embed.FS

// What fits the blocks that show a survey (slack.md Sizes), with room for the
// words around it: a section takes 3,000 characters, a modal's label 2,000, a header
// 150, a button or an option 75, a select 100 options, a modal 250 KB.
const (
	maxQuestions  = 40
	maxAnonymous  = 30 // questions on the one page of an anonymous survey
	maxSections   = 10
	maxQuestion   = 300
	maxHelp       = 300
	maxSection    = 75
	maxChoice     = 75
	maxChoices    = 100
	maxUnit       = 20
	maxIntro      = 1000
	maxScale      = 10
	maxTyped      = 3000
	maxShortTyped = 300
	maxNumber     = 1_000_000_000_000
	maxPage       = 180_000 // bytes of one page of the form
	maxBlocks     = 95      // blocks of one page of the form
)

// bundledSurvey is a survey that comes with the program.
func bundledSurvey(id string) (programme.SurveyDef, error) {
	name := "surveys/" + id + ".yaml"
	data, err := fs.ReadFile(surveyFiles, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return programme.SurveyDef{}, fmt.Errorf("no survey %q comes with the program (name an existing file, or %sstatus)", id, bundled)
	}
	if err != nil {
		return programme.SurveyDef{}, err
	}
	return parseSurvey(bundled+id, data)
}

// parseSurvey reads a survey file; name is what faults call it. The error lists
// every fault (strict.Faults).
func parseSurvey(name string, data []byte) (programme.SurveyDef, error) {
	r, m := strict.NewReader(name, data)
	s := surveyReader{seen: map[string]bool{}}
	s.head(m)
	s.body(m)
	s.checkConditions()
	s.checkWish(m.Get("wish"))
	s.checkPages(m)
	s.checkLanguages()
	if err := r.Err(); err != nil {
		return programme.SurveyDef{}, err
	}
	return s.def, nil
}

// surveyReader gathers a survey and what can be checked only when all of it was read.
type surveyReader struct {
	def         programme.SurveyDef
	seen        map[string]bool // ids of questions
	comparisons []comparison
	texts       []surveyText
	english     bool // some text has English words
}

func (s *surveyReader) head(m *strict.Map) {
	s.def = programme.SurveyDef{
		ID:          readID(m.Need("id")),
		Title:       s.text(m.Need("title"), maxTitle),
		Intro:       s.text(m.Get("intro"), maxIntro),
		Minutes:     m.Need("minutes").Int(1, 120),
		OpenDays:    m.Need("open_days").Int(1, 365),
		AfterEvents: m.Get("after_events").Bool(),
		Anonymous:   m.Get("anonymous").Bool(),
		Wish:        m.Get("wish").Text(),
	}
	audience := m.Get("audience")
	switch {
	case !s.def.AfterEvents:
		s.def.Audience = readAudience(m.Need("audience").Map())
	case audience.Given():
		// The questionnaire of an event is for those who were there.
		audience.Fault("a survey after events goes to those who were there", "remove the audience, or after_events")
	}
}

// body reads the questions: by section, or as one list.
func (s *surveyReader) body(m *strict.Map) {
	sections, flat := m.Get("sections"), m.Get("questions")
	switch {
	case sections.Given() && flat.Given():
		flat.Fault("questions beside sections", "put each question into a section")
	case !sections.Given() && !flat.Given():
		if m.Given() {
			m.Fault("has no questions", "add questions:, or sections: with an id, a title and questions each")
		}
		return
	}
	list := flat
	if sections.Given() {
		list = sections
		s.sections(sections)
	}
	s.questions(flat, "")
	most := maxQuestions
	if s.def.Anonymous {
		most = maxAnonymous
	}
	if n := len(s.def.Questions); n == 0 || n > most {
		list.Fault(fmt.Sprintf("%d questions", n), fmt.Sprintf("1 to %d", most))
	}
}

func (s *surveyReader) sections(list strict.Value) {
	seen := map[string]bool{}
	for _, item := range list.List() {
		m := item.Map()
		id := m.Need("id")
		section := programme.Section{
			ID:    readID(id),
			Title: s.text(m.Need("title"), maxSection),
			Help:  s.text(m.Get("help"), maxHelp),
		}
		if section.ID != "" && seen[section.ID] {
			id.Fault(fmt.Sprintf("a second section with the id %q", section.ID), "give each section an id of its own")
		}
		seen[section.ID] = true
		s.def.Sections = append(s.def.Sections, section)
		questions := m.Need("questions")
		if n := s.questions(questions, section.ID); n == 0 && questions.Given() {
			questions.Fault("a section without questions", "add questions, or remove the section")
		}
	}
	if n := len(s.def.Sections); n == 0 || n > maxSections {
		list.Fault(fmt.Sprintf("%d sections", n), fmt.Sprintf("1 to %d", maxSections))
	}
}

func (s *surveyReader) questions(list strict.Value, section string) (n int) {
	items := list.List()
	for _, item := range items {
		m := item.Map()
		id := m.Need("id")
		q := s.question(m)
		q.Section = section
		if q.ID = readID(id); q.ID != "" && s.seen[q.ID] {
			id.Fault(fmt.Sprintf("a second question with the id %q", q.ID), "give each question an id of its own")
		}
		s.seen[q.ID] = true
		q.When = s.when(m.Get("when"), len(s.def.Questions))
		s.def.Questions = append(s.def.Questions, q)
	}
	return len(items)
}

// checkWish: a wish for intensive follow-up is a yes to a question (programme.md 2-③b),
// and the office has to see whose it is.
func (s *surveyReader) checkWish(v strict.Value) {
	if s.def.Wish == "" {
		return
	}
	q, i := s.def.Question(s.def.Wish)
	switch {
	case i < 0:
		v.Fault(fmt.Sprintf("no question has the id %q", s.def.Wish), "name the yes_no question that asks for follow-up")
	case q.Kind != programme.YesNo:
		v.Fault(fmt.Sprintf("the question %s is no yes_no question", q.ID), "name the yes_no question that asks for follow-up")
	case s.def.Anonymous || q.TotalsOnly:
		v.Fault("nobody could see who has the wish", "remove it, or let the office see who says what")
	}
}

// checkPages sees to it that every page of the form fits a modal.
func (s *surveyReader) checkPages(m *strict.Map) {
	for _, page := range s.def.Pages() {
		bytes, blocks := 0, 0
		for _, q := range page.Questions {
			bytes, blocks = bytes+formBytes(q), blocks+formBlocks(q)
		}
		if bytes > maxPage || blocks > maxBlocks {
			m.Fault(fmt.Sprintf("the page of the form from %s on does not fit Slack", page.Questions[0].ID),
				"ask for less, in shorter words, or in more sections")
		}
	}
}

// formBytes is about how much of a modal a question takes: an option is written out
// anew in every menu that offers it.
func formBytes(q programme.Question) int {
	const block, option = 500, 90
	size := func(t programme.Text) int { return max(len(t.Ja), len(t.En)) }
	n := 0
	for _, c := range q.Options() {
		n += size(c.Words) + option
	}
	if q.Kind == programme.Ranking {
		n *= q.Places()
	}
	return n + block + size(q.Words) + size(q.Help)
}

// formBlocks is how many blocks of a modal a question takes at most: its words and
// its input, one for each place of a ranking, and one for what is written out.
func formBlocks(q programme.Question) int {
	if q.Kind == programme.Ranking {
		return 1 + q.Places()
	}
	return 3
}

// surveyText is a text that people read: it has words in all languages of its file.
type surveyText struct {
	at      *strict.Map
	english bool
}

// text is a text of max characters, in Japanese and perhaps in English.
func (s *surveyReader) text(v strict.Value, max int) programme.Text {
	t := readText(v, max)
	if !v.Given() {
		return t
	}
	m := v.Map()
	ja, en := m.Get("ja"), m.Get("en")
	if m.Sound() {
		if ja.Given() && strings.TrimSpace(t.Ja) == "" {
			ja.Fault("says nothing", "write the words")
		}
		if en.Given() && strings.TrimSpace(t.En) == "" {
			en.Fault("says nothing", "write the words")
		}
	}
	s.english = s.english || en.Given()
	s.texts = append(s.texts, surveyText{m, en.Given()})
	return t
}

// checkLanguages: as soon as one text of a file has English words, all of them do.
func (s *surveyReader) checkLanguages() {
	for _, t := range s.texts {
		if s.english && t.at.Given() && !t.english {
			t.at.Fault("has no English words", "add en:, which other texts of the file have, or remove it everywhere")
		}
	}
}
