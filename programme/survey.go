package programme

import (
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

// Survey is a survey that was sent out.
type Survey struct {
	ID       SurveyID
	Def      SurveyDef // frozen
	Edition  int       // counts the versions of a definition that were sent out, from 1
	Event    EventID   // of an event's questionnaire, "" of a survey that was sent out by itself
	Trial    bool      // the coordinator's own, to look at: it counts nowhere
	Launched time.Time
	Opens    time.Time // invitations go out and answers are taken from here on
	Closes   time.Time
	By       PersonID
}

// OpenAt says whether the survey takes answers at now.
func (s Survey) OpenAt(now time.Time) bool { return !now.Before(s.Opens) && !s.ClosedAt(now) }

// ClosedAt says whether the survey is over at now. It may be open still for some (Dialogue.Open).
func (s Survey) ClosedAt(now time.Time) bool { return !now.Before(s.Closes) }

// ResponseState is how far somebody is. The strings are stored.
type ResponseState string

const (
	Asked    ResponseState = "asked"
	Started  ResponseState = "started"
	Done     ResponseState = "done"
	Declined ResponseState = "declined" // 今回は回答を控える
)

// Unanswered says whether an answer is still to come: neither given to the end nor declined.
func (s ResponseState) Unanswered() bool { return s == Asked || s == Started }

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
	// DoneAt is when it was first answered to the end, and stays when a changed answer
	// makes more questions due. An anonymous survey has none.
	DoneAt time.Time
	// Later is when the person wants to be asked again (あとで), zero for no wish. Until
	// then nobody chases them.
	Later time.Time
	// OpenUntil keeps the survey open for this person when it is closed for others.
	OpenUntil time.Time
	Version   int
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
	// Picked are choice ids in the order of the question; of a ranking in the person's
	// order; of a question for a person that person's id.
	Picked  []string
	Text    string // verbatim; beside choices, what the one that is written out says
	Number  int    // of a scale or number
	Date    Date
	Skipped bool
	// Open is begun and not yet given: a choice that is still to be written out, a
	// ranking that still goes on. It is kept and does not count.
	Open    bool
	By      PersonID // the person, or the office on their behalf
	Via     Via
	Source  string // the message in which it was typed, as the platform names it, "" for none
	At      time.Time
	Version int
}

// Via says in which way an answer came. The strings are stored.
type Via string

const (
	ViaChat  Via = "chat"
	ViaForm  Via = "form"
	ViaPhone Via = "phone" // the office entered it after a telephone call
	ViaPaper Via = "paper" // the office entered it from the printed sheet
)

// Ballot is what somebody answered in an anonymous survey. Nothing in it tells
// who, when, or in which order.
type Ballot struct {
	Survey  SurveyID
	Answers []Answer // Question, Picked, Text, Number, Date and Skipped only
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
	SurveyWorkTx
	// CreateSurvey inserts; op is the form's operation id, and a second insert
	// with the same op answers ErrRepeated.
	CreateSurvey(op string, s Survey) error
	// SaveSurvey keeps another Opens and Closes.
	SaveSurvey(Survey) error
	Survey(SurveyID) (Survey, error)
	SurveyByOp(op string) (Survey, error)
	Surveys() ([]Survey, error) // newest first, without trials
	CreateResponse(Response) error
	Response(ResponseID) (Response, error)
	ResponseOf(SurveyID, PersonID) (Response, error)
	// OpenResponse is the response whose question the person was asked last,
	// among those that still ask one.
	OpenResponse(PersonID) (Response, error)
	ResponsesOf(PersonID) ([]Response, error) // newest survey first
	SaveResponse(Response) error              // compare and set on Version, else ErrStale
	Responses(SurveyID) ([]Response, error)
	// WaitingResponses are those of surveys that were sent out by themselves, close
	// after now and are neither answered nor declined; without trials.
	WaitingResponses(now time.Time) ([]Response, error)
	SurveyCounts(SurveyID) (SurveyCounts, error)
	// SurveyInvites says where the invitation of each response stands; off Slack there
	// is none. One that is being drawn again was sent.
	SurveyInvites(SurveyID) (map[ResponseID]DeliveryState, error)
	// SaveAnswer adds a version; saved is false when a later answer (by At) stands.
	SaveAnswer(Answer) (saved bool, err error)
	// Answers are the standing answers of a response, by question id.
	Answers(ResponseID) (map[string]Answer, error)
	// AnswerVersions are all answers ever given, by question, the standing one last.
	AnswerVersions(ResponseID) ([]Answer, error)
	// SurveyVersions are the AnswerVersions of all responses to a survey.
	SurveyVersions(SurveyID) (map[ResponseID][]Answer, error)
	// SurveyAnswers are the answers to a survey that stood just before a moment, by
	// response and question id; the zero moment is now.
	SurveyAnswers(s SurveyID, before time.Time) (map[ResponseID]map[string]Answer, error)
	// AnswerBySource is the latest answer of the person that was typed in the message.
	AnswerBySource(p PersonID, source string) (Answer, error)
	// CastBallot keeps a ballot in a place that tells nothing of when it came.
	CastBallot(Ballot) error
	// Ballots are those of a survey, in an order that means nothing.
	Ballots(SurveyID) ([]Ballot, error)
}

// ErrRepeated is what a Store answers when an operation id was used before: the
// same form never writes twice.
var ErrRepeated = errors.New("programme: this form was saved already")

// ErrTaken is what a Store answers when a row that may exist once exists already.
var ErrTaken = errors.New("programme: there is one already")
