package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// answerBlock begins the block id of a question's menu, which has no value of
// its own; the rest is what join says, and for a ranking the place.
const answerBlock = "answer|"

// Answered is what a click in a survey says.
type Answered struct {
	Response programme.ResponseID
	Question string
	Input    programme.Input
}

// WaitsForSend says whether the click only ticked a box or added to a menu: the
// answer comes with the button below.
func WaitsForSend(click slack.BlockAction) bool {
	return ActionOf(click.ActionID) == ActionSurveySelect && click.SelectedOption.Value == ""
}

// ReadAnswer reads a click on a control of a question. state is what the
// message's menus hold, as Slack sends it along. A click that cannot be read was
// drawn by another program: an Error of CodeClosed.
func ReadAnswer(click slack.BlockAction, state map[string]map[string]slack.BlockAction) (Answered, error) {
	parts := strings.Split(questionOf(click), "|")
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return Answered{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	a := Answered{Response: programme.ResponseID(parts[0]), Question: parts[1]}
	choice := click.SelectedOption.Value
	if choice == "" && len(parts) > 2 {
		choice = parts[2]
	}
	switch ActionOf(click.ActionID) {
	case ActionSurveyPick, ActionSurveySelect, MenuSurveyPeople:
		a.Input.Picked = []string{choice}
	case ActionSurveyRank:
		a.Input.Next = choice
	case ActionSurveyRankEnd:
		a.Input.End = true
	case ActionSurveyDate:
		a.Input.Date = programme.Date(click.SelectedDate)
	case ActionSurveySend:
		for _, o := range state[answerBlock+click.Value][ActionSurveySelect].SelectedOptions {
			a.Input.Picked = append(a.Input.Picked, o.Value)
		}
	case ActionSurveySkip:
		a.Input.Skip = true
	}
	if a.Input.Picked != nil && a.Input.Picked[0] == "" || ActionOf(click.ActionID) == ActionSurveyRank && a.Input.Next == "" {
		return Answered{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return a, nil
}

// questionOf are the response and the question that a click belongs to: a button's
// value, or the block id of what has none.
func questionOf(click slack.BlockAction) string {
	if click.Value != "" {
		return click.Value
	}
	rest, _ := strings.CutPrefix(click.BlockID, answerBlock)
	return rest
}
