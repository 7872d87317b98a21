package programme

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// SurveyID is a ULID of a survey that was sent out; ResponseID one of a person
// asked by it.
type (
	SurveyID   string
	ResponseID string
)

// QuestionKind says how a question is answered. The strings are stored and used
// in survey files.
type QuestionKind string

const (
	Single   QuestionKind = "single" // one of the choices
	Multi    QuestionKind = "multi"  // any of the choices
	Scale    QuestionKind = "scale"  // 1 to Max
	YesNo    QuestionKind = "yes_no"
	Short    QuestionKind = "short" // one line of text
	LongText QuestionKind = "long"  // several lines
)

// Choice is one possible answer.
type Choice struct {
	ID    string `json:"id" yaml:"id"`
	Words Text   `json:"words" yaml:"words"`
}

// Question is one question of a survey.
type Question struct {
	ID       string       `json:"id" yaml:"id"`
	Kind     QuestionKind `json:"kind" yaml:"kind"`
	Words    Text         `json:"words" yaml:"words"`
	Help     Text         `json:"help,omitzero" yaml:"help"`
	Choices  []Choice     `json:"choices,omitempty" yaml:"choices"`
	Max      int          `json:"max,omitempty" yaml:"max"` // scale: highest number; text: characters
	Optional bool         `json:"optional,omitempty" yaml:"optional"`
	// ShownTo are the readers besides the office (survey results row of
	// design.md section 5): "mentor", "bureau".
	ShownTo []Reader `json:"shown_to,omitempty" yaml:"shown_to"`
}

// SurveyDef is a survey as a file defines it. A launched survey keeps a frozen
// copy, so a changed file never bends old answers.
type SurveyDef struct {
	ID        string     `json:"id" yaml:"id"`
	Title     Text       `json:"title" yaml:"title"`
	Intro     Text       `json:"intro" yaml:"intro"`
	Minutes   int        `json:"minutes" yaml:"minutes"`
	OpenDays  int        `json:"open_days" yaml:"open_days"` // days until it closes
	Audience  Audience   `json:"audience" yaml:"audience"`
	Questions []Question `json:"questions" yaml:"questions"`
	// AfterEvents marks the questionnaire of events, which comes with the thanks to
	// those who were there and is not sent out by itself.
	AfterEvents bool `json:"after_events,omitempty" yaml:"after_events"`
}

// Question finds a question by id; its index is -1 if there is none.
func (d SurveyDef) Question(id string) (Question, int) {
	for i, q := range d.Questions {
		if q.ID == id {
			return q, i
		}
	}
	return Question{}, -1
}

// Survey is a survey that was sent out.
type Survey struct {
	ID       SurveyID
	Def      SurveyDef // frozen
	Event    EventID   // of an event's questionnaire, "" of a survey that was sent out by itself
	Launched time.Time
	Closes   time.Time
	By       PersonID
}

// ResponseState is how far somebody is. The strings are stored.
type ResponseState string

const (
	Asked    ResponseState = "asked"
	Started  ResponseState = "started"
	Done     ResponseState = "done"
	Declined ResponseState = "declined" // 今回は回答を控える
)

// Response is one person's way through one survey.
type Response struct {
	ID      ResponseID
	Survey  SurveyID
	Person  PersonID
	State   ResponseState
	Current string // id of the question being asked, "" when none is
	// Round tells apart the messages of a question that was asked again, because
	// the person took the survey up anew after a while.
	Round   int
	AskedAt time.Time // when the current question was asked
	DoneAt  time.Time
	Version int
}

// occasion is the occasion of a question's message in this round.
func (r Response) occasion(question string) string {
	if r.Round == 0 {
		return question
	}
	return question + "#" + strconv.Itoa(r.Round)
}

// question is the notice by which the current question is asked.
func (r Response) question() Notice {
	return Notice{
		Kind: NoticeSurveyQuestion, Subject: string(r.ID), To: ToPerson(r.Person), Occasion: r.occasion(r.Current),
	}
}

// questionOf is the question that a message's occasion stands for.
func questionOf(occasion string) string {
	question, _, _ := strings.Cut(occasion, "#")
	return question
}

// Answer is what somebody answered to one question. Earlier versions are kept;
// Version counts from 1.
type Answer struct {
	Response ResponseID
	Question string
	Picked   []string // choice ids, in the order of the question
	Text     string   // verbatim
	Number   int
	Skipped  bool
	By       PersonID // the person, or the office on their behalf
	At       time.Time
	Version  int
}

// SurveyCounts are how many people stand where in a survey.
type SurveyCounts map[ResponseState]int

// Total is everyone who was asked.
func (c SurveyCounts) Total() int {
	n := 0
	for _, k := range c {
		n += k
	}
	return n
}

// SurveyTx keeps surveys and answers.
type SurveyTx interface {
	// CreateSurvey inserts; op is the form's operation id, and a second insert
	// with the same op answers ErrRepeated.
	CreateSurvey(op string, s Survey) error
	Survey(SurveyID) (Survey, error)
	SurveyByOp(op string) (Survey, error)
	Surveys() ([]Survey, error) // newest first
	CreateResponse(Response) error
	Response(ResponseID) (Response, error)
	ResponseOf(SurveyID, PersonID) (Response, error)
	// OpenResponse is the response whose question the person was asked last,
	// among those that still ask one.
	OpenResponse(PersonID) (Response, error)
	ResponsesOf(PersonID) ([]Response, error) // newest survey first
	SaveResponse(Response) error              // compare and set on Version, else ErrStale
	Responses(SurveyID) ([]Response, error)
	SurveyCounts(SurveyID) (SurveyCounts, error)
	// SaveAnswer adds a version; saved is false when a later answer (by At) stands.
	SaveAnswer(Answer) (saved bool, err error)
	// Answers are the standing answers of a response, by question id.
	Answers(ResponseID) (map[string]Answer, error)
}

// ErrRepeated is what a Store answers when an operation id was used before: the
// same form never writes twice.
var ErrRepeated = errors.New("programme: this form was saved already")

// SurveyAudience lists who would be asked, for the coordinator to look at
// before it is sent: those who can be reached and those who cannot.
func (o *Office) SurveyAudience(ctx context.Context, who Actor, def SurveyDef) (reach, off []Person, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		if err := notOpen(tx, def.ID, o.Now()); err != nil {
			return err
		}
		reach, off, err = audience(tx, def.Audience)
		return err
	})
	return reach, off, err
}

// notOpen refuses to send out a survey that still takes answers: two coordinators
// at the same moment would ask everyone twice.
func notOpen(tx Tx, def string, now time.Time) error {
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, s := range surveys {
		if s.Def.ID == def && s.Event == "" && now.Before(s.Closes) {
			return &Error{Code: CodeConflict, Key: "error.survey_open"}
		}
	}
	return nil
}

func audience(tx Tx, a Audience) (reach, off []Person, err error) {
	people, err := tx.People()
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people {
		switch {
		case !a.Includes(p):
		case p.Reachable():
			reach = append(reach, p)
		default:
			off = append(off, p)
		}
	}
	return reach, off, nil
}

// LaunchSurvey sends the survey out to its audience, once per op. Everyone of
// the audience gets a response; those on Slack an invitation.
func (o *Office) LaunchSurvey(ctx context.Context, who Actor, op string, def SurveyDef) (Survey, error) {
	var s Survey
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		if err := notOpen(c.Tx, def.ID, c.now); err != nil {
			return err
		}
		reach, off, err := audience(c.Tx, def.Audience)
		if err != nil {
			return err
		}
		if len(reach)+len(off) == 0 {
			return invalid("", "error.audience_empty")
		}
		s = Survey{
			ID: SurveyID(o.NewID()), Def: def, Launched: c.now, By: c.me.ID,
			Closes: DateOf(c.now.AddDate(0, 0, max(def.OpenDays, 1)), o.Settings.Zone).At(23, 59, o.Settings.Zone),
		}
		if err := c.CreateSurvey(op, s); err != nil {
			if errors.Is(err, ErrRepeated) {
				return &Error{Code: CodeConflict, Key: "error.survey_launched"}
			}
			return err
		}
		for _, p := range append(reach, off...) {
			if err := c.ask(s, p); err != nil {
				return err
			}
		}
		c.factsChanged()
		return c.audit("survey.launch", string(s.ID))
	})
	return s, err
}

func (c *change) ask(s Survey, p Person) error {
	r := Response{ID: ResponseID(c.office.NewID()), Survey: s.ID, Person: p.ID, State: Asked}
	if err := c.CreateResponse(r); err != nil {
		return err
	}
	if !p.Reachable() {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeSurveyInvite, Subject: string(r.ID), To: ToPerson(p.ID), UsefulUntil: s.Closes,
	})
}
