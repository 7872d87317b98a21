package programme

import "time"

// Dialogue is a response with everything needed to draw it.
type Dialogue struct {
	Survey   Survey
	Response Response
	Answers  map[string]Answer // standing, also those that do not count
	Person   Person
	People   map[PersonID]Person // named in answers to questions for a person
}

// Open says whether the survey takes answers of this person at now.
func (d Dialogue) Open(now time.Time) bool {
	return d.Survey.OpenAt(now) || !now.Before(d.Survey.Opens) && now.Before(d.Response.OpenUntil)
}

// Closes is until when this person can answer.
func (d Dialogue) Closes() time.Time {
	if d.Response.OpenUntil.After(d.Survey.Closes) {
		return d.Response.OpenUntil
	}
	return d.Survey.Closes
}

// Progress is how many of the questions that are due have an answer that counts.
func (d Dialogue) Progress() (answered, due int) {
	return len(d.Survey.Def.Counted(d.Answers)), len(d.Survey.Def.Due(d.Answers))
}

// Sheet is one page of a survey as a form, filled with what was said already.
type Sheet struct {
	Dialogue
	Page  Page // all its questions: those that are due are shown
	Place int  // of the page among Of, from 1
	Of    int
	Due   []Question // the page's questions that are due
	Own   bool       // it is the reader's; else the office fills it in for somebody
}

// SheetInput is a page of the form that came back.
type SheetInput struct {
	Page    string
	Opened  time.Time // when the page was drawn: what still says what stood then was not touched
	Draft   bool      // keep what is good, ask for nothing
	Via     Via       // ViaForm; the office says ViaPhone or ViaPaper
	Answers map[string]Input
}

// SheetResult is what came of a page: Next is the page to show now, "" when there
// is none left and the survey is answered.
type SheetResult struct {
	Dialogue Dialogue
	Next     string
	Faults   Faults // of a draft: what could not be kept
}

// Faults are several refusals of one form, each with its Field.
type Faults []*Error

func (f Faults) Error() string {
	if len(f) == 0 {
		return "no fault"
	}
	return f[0].Error()
}

// Unwrap lets AsError find the first.
func (f Faults) Unwrap() error {
	if len(f) == 0 {
		return nil
	}
	return f[0]
}

// Later is when somebody wants to be asked again. The strings travel in buttons.
type Later string

const (
	LaterTonight  Later = "tonight"   // at 20:00; too late for that, as LaterMorning
	LaterMorning  Later = "morning"   // tomorrow at 8:00
	LaterThreeDay Later = "three_day" // in three days at 10:00
)

// Laters lists every wish in the order in which they are offered.
var Laters = []Later{LaterTonight, LaterMorning, LaterThreeDay}

// Window is from when until when a survey is open. A zero Opens is now, a zero Closes
// is the definition's OpenDays later, at the end of that day.
type Window struct {
	Opens, Closes time.Time
	// Seen is the Fingerprint of the definition that somebody looked at before sending
	// it, "" if nobody had to: its file may have changed since.
	Seen string
}

// AnswerChange is an answer that became another one after the receipt.
type AnswerChange struct {
	Question Question
	Before   Answer // Version 0 if there was none
	After    Answer
}

// Group is a part of those asked, such as a cohort, and how far it is.
type Group struct {
	Name   string // as on the roster; "" where the roster says nothing
	Counts SurveyCounts
}

// SurveyAsked is one person of a survey as the office follows it.
type SurveyAsked struct {
	Dialogue Dialogue // without answers if it is anonymous
	// Invite is where the invitation stands, "" for somebody who gets none on Slack.
	Invite   DeliveryState
	Answered int // of Due questions
	Due      int
	ByOffice bool // an answer of theirs was entered by the office
}

// SurveyBoard is how a survey stands, for the office.
type SurveyBoard struct {
	Survey      Survey
	Now         time.Time
	Counts      SurveyCounts
	Sent        int     // invitations that stand in Slack
	OffSlack    int     // asked another way, neither answered nor declined
	Cohorts     []Group // by name; somebody of two cohorts is in both
	Prefectures []Group
	Asked       []SurveyAsked // by kana
	ToChase     int           // whom ChaseSurvey would remind now
	Newcomers   int           // of the audience today who were not asked
	Launching   bool          // people are still being asked
}

// Mark is a share of a question's answers.
type Mark struct {
	Choice Choice
	N      int
}

// Tally is what was answered to one question. Hidden says that there were answers, but
// too few to be shown to this reader, or of totals only and still taken: then everything
// else is empty.
type Tally struct {
	Question Question
	Hidden   bool
	AtEnd    bool // hidden until the survey is over
	Answered int  // without those who left it out
	Skipped  int
	// Marks count choices, yes and no, and the numbers of a scale; of a ranking, points:
	// the first place of n gives n, the last 1. Dates are counted by year (the choice's id
	// and words), people by how often they were named (a PersonID and the name).
	Marks []Mark
	// Mean is of a scale or number. So are Spread (standard deviation of those asked),
	// Least, Median and Most if it is Ranged: not for who sees a number's totals alone.
	Ranged               bool
	Mean, Spread, Median float64
	Least, Most          int
	Said                 []Saying // texts, what was written out beside a choice, dates, people
}

// Saying is a free answer. Person is zero where the reader must not know who said it.
type Saying struct {
	Person Person
	Choice string // id of the choice that it was written out for
	Answer Answer
}

// Cross is a question's marks for one group of people.
type Cross struct {
	Group string
	Tally Tally
}

// Results are the results of a survey as one reader may see them.
type Results struct {
	Survey   Survey
	Now      time.Time
	Counts   SurveyCounts
	Tallies  []Tally             // a question each, of those that the reader may see
	ByCohort map[string][]Cross  // by question id
	ByPlace  map[string][]Cross  // by question id, by prefecture
	TooFew   bool                // an anonymous survey that is still open, or has under FewestShown answers
	People   map[PersonID]Person // named in answers
	Parts    int                 // messages that the results take; see ResultsOf
}

// Wish is somebody who wants intensive follow-up (programme.md 2-③b).
type Wish struct {
	Person   Person
	Response ResponseID
	Answers  map[string]Answer
	Engaged  []EngagementView // running
}

// SharedAnswers are what an atsugi said that is meant for their expert.
type SharedAnswers struct {
	Survey   Survey
	Person   Person
	Answered time.Time
	Items    []SharedAnswer
	People   map[PersonID]Person
}

// SharedAnswer is one of them.
type SharedAnswer struct {
	Question Question
	Answer   Answer
}
