package ui

import "strings"

// Action ids, callback ids and block ids travel through Slack and come back from
// messages that may be months old: the strings are stored, so rename the Go name
// if you must, never the string. Every id here has a handler in bot, and every
// handler an id here; a start-up check holds them together.
const (
	ActionComeYes    = "event.yes"    // value: event id
	ActionComeOnline = "event.online" // value: event id
	ActionComeNo     = "event.no"     // value: event id
	ActionComeLater  = "event.later"  // value: event id

	ActionSurveyStart   = "survey.start"   // value: response id
	ActionSurveyDecline = "survey.decline" // value: response id
	ActionSurveyPick    = "survey.pick"    // one of some buttons; value: response|question|choice
	ActionSurveySelect  = "survey.select"  // a select or checkboxes; block id: see answerBlock
	ActionSurveySend    = "survey.send"    // "that is all" under checkboxes; value: response|question
	ActionSurveySkip    = "survey.skip"    // value: response|question
	ActionSurveyChange  = "survey.change"  // value: response|question
	ActionSurveyPreview = "survey.preview" // Home of the office; value: definition id

	ActionMemoNew   = "memo.new"         // opens the form
	ActionMemoOpen  = "memo.open"        // value: memo id
	ActionMemoShare = "memo.share"       // value: memo id
	ActionLink      = "link"             // buttons with a URL: Slack sends a click all the same
	ActionArrived   = "delivery.arrived" // value: delivery id
	ActionSendAgain = "delivery.again"   // value: delivery id

	CallbackMemo   = "memo.form"     // private_metadata: Form
	CallbackSurvey = "survey.launch" // private_metadata: Form
)

// Actions and Callbacks list every id that is drawn.
var (
	Actions = []string{
		ActionComeYes, ActionComeOnline, ActionComeNo, ActionComeLater,
		ActionSurveyStart, ActionSurveyDecline, ActionSurveyPick, ActionSurveySelect, ActionSurveySend,
		ActionSurveySkip, ActionSurveyChange, ActionSurveyPreview,
		ActionMemoNew, ActionMemoOpen, ActionMemoShare, ActionLink, ActionArrived, ActionSendAgain,
	}
	Callbacks = []string{CallbackMemo, CallbackSurvey}
)

// PickID is the action id of one of several elements in a block, which Slack
// wants to differ: the id that is handled, and a letter. ActionOf takes it off.
func PickID(action string, n int) string { return action + "#" + string(rune('a'+n)) }

// ActionOf is the action that an element's id stands for.
func ActionOf(id string) string {
	action, _, _ := strings.Cut(id, "#")
	return action
}
