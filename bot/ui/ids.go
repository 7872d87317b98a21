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
	ActionComeReason = "event.reason" // value: event id; opens the form

	ActionSpeakYes    = "speaker.yes"  // value: event id
	ActionSpeakNo     = "speaker.no"   // value: event id
	ActionEventSurvey = "event.survey" // value: event id
	ActionCode        = "checkin.code" // Home on the day; opens the form

	ActionEventList      = "event.list"       // value: how many events come before the page
	ActionEventNew       = "event.new"        // opens the form
	ActionEventOpen      = "event.open"       // value: event id
	ActionEventChange    = "event.change"     // value: event id
	ActionEventCopy      = "event.copy"       // value: event id
	ActionEventMove      = "event.move"       // value: event id
	ActionEventCancel    = "event.cancel"     // value: event id
	ActionEventSubmit    = "event.submit"     // value: event id
	ActionEventApprove   = "event.approve"    // value: event id; the bureau's own press
	ActionEventReturn    = "event.return"     // value: event id
	ActionEventApproved  = "event.approved"   // value: event id; the office enters the bureau's word
	ActionEventAnswerFor = "event.answer_for" // value: event id

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

	CallbackReason = "event.reason.form" // private_metadata: Form
	CallbackCode   = "checkin.code.form" // private_metadata: Form

	CallbackEvent         = "event.form"            // private_metadata: Form; of all forms about an event
	CallbackEventMove     = "event.move.form"       //
	CallbackEventCancel   = "event.cancel.form"     //
	CallbackEventReturn   = "event.return.form"     //
	CallbackEventApproved = "event.approved.form"   //
	CallbackEventAnswer   = "event.answer_for.form" //

	MenuPeople        = "people.find"        // offers people of the roster
	MenuOrganisations = "organisations.find" // offers organisations of the roster
)

// Actions and Callbacks list every id that is drawn; Menus those of menus that ask
// what to offer.
var (
	Actions = []string{
		ActionEventList, ActionEventNew, ActionEventOpen, ActionEventChange, ActionEventCopy, ActionEventMove,
		ActionEventCancel, ActionEventSubmit, ActionEventApprove, ActionEventReturn, ActionEventApproved, ActionEventAnswerFor,
		ActionComeYes, ActionComeOnline, ActionComeNo, ActionComeLater, ActionComeReason,
		ActionSpeakYes, ActionSpeakNo, ActionEventSurvey, ActionCode,
		ActionSurveyStart, ActionSurveyDecline, ActionSurveyPick, ActionSurveySelect, ActionSurveySend,
		ActionSurveySkip, ActionSurveyChange, ActionSurveyPreview,
		ActionMemoNew, ActionMemoOpen, ActionMemoShare, ActionLink, ActionArrived, ActionSendAgain,
	}
	Callbacks = []string{
		CallbackMemo, CallbackSurvey, CallbackReason, CallbackCode,
		CallbackEvent, CallbackEventMove, CallbackEventCancel, CallbackEventReturn, CallbackEventApproved, CallbackEventAnswer,
	}
	Menus = []string{MenuPeople, MenuOrganisations}
)

// PickID is the action id of one of several elements in a block, which Slack
// wants to differ: the id that is handled, and a letter. ActionOf takes it off.
func PickID(action string, n int) string { return action + "#" + string(rune('a'+n)) }

// ActionOf is the action that an element's id stands for.
func ActionOf(id string) string {
	action, _, _ := strings.Cut(id, "#")
	return action
}
