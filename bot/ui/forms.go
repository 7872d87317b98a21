package ui

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Form is what a modal carries in its private_metadata: ids only (design.md 2b).
type Form struct {
	Op      string `json:"op"`                // operation id: the same form never writes twice
	Subject string `json:"subject,omitempty"` // CallbackSurvey: the definition's id; forms about an event: its id
	Item    string `json:"item,omitempty"`    // CallbackGuest: the guest that is changed; CallbackEvent: the event that is copied; CallbackSurvey: the definition's fingerprint
	Version int    `json:"version,omitempty"` // CallbackEvent: of the event as the form shows it
	From    string `json:"from,omitempty"`    // action id of the page that the form came from
	Page    string `json:"page,omitempty"`    // the memo on whose page the form lies, "" for none
	Walls   string `json:"walls,omitempty"`   // CallbackMemoWall: the print of the walls that the form shows
	Opened  int64  `json:"opened,omitempty"`  // CallbackSheet: when the page was drawn, in milliseconds since 1970

	// Of CallbackMemo alone: what the form does not ask for as it stands, and what was
	// chosen on the page above it.
	Kind    string `json:"kind,omitempty"`
	Atsugi  string `json:"atsugi,omitempty"`
	Event   string `json:"event,omitempty"`
	Readers string `json:"readers,omitempty"` // see encodeReaders
	Was     int    `json:"was,omitempty"`     // the version of the memo that is corrected
	Instead bool   `json:"instead,omitempty"` // CallbackMemoReaders: the page took the form's place
}

func (f Form) encode() string {
	raw, err := json.Marshal(f)
	if err != nil { // strings marshal
		return ""
	}
	return string(raw)
}

// ReadForm reads the private_metadata of a modal that came back. What cannot be
// read was drawn by another program: an Error of CodeClosed.
func ReadForm(metadata string) (Form, error) {
	var f Form
	if err := json.Unmarshal([]byte(metadata), &f); err != nil || f.Op == "" {
		return Form{}, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	return f, nil
}

// FieldBlock is the block of a view that a programme.Error's Field stands
// beside, "" if the view has no such input.
func FieldBlock(view slack.View, field string) string {
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && field != "" && fieldOf(in.BlockID) == field {
			return in.BlockID
		}
	}
	return ""
}

// formInput is an input whose block is named by its form and field, which is what
// FieldBlock finds.
func formInput(form, field, label, hint string, e slack.BlockElement) *slack.InputBlock {
	b := slack.NewInputBlock(form+"."+field, plain(label, maxLabel), nil, e)
	if hint != "" {
		b.Hint = plain(hint, maxLabel)
	}
	return b
}

// fieldOf is the field that an input's block id names: its form's name, a full
// stop, and the field.
func fieldOf(block string) string {
	_, field, _ := strings.Cut(block, ".")
	return field
}

// FirstInput is the block of the view's first input, "" if it has none.
func FirstInput(view slack.View) string {
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			return in.BlockID
		}
	}
	return ""
}

// modal is a page without a way to submit it.
func modal(title string, l Locale, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(title, maxModalWord),
		Close:  plain(l.T("button.close", nil), maxModalWord),
		Blocks: fit(blocks, nil, small(l.T("page.more", nil))),
	}
}

// Saved is a small closing page: what was done.
func Saved(title, text string, l Locale) slack.ModalViewRequest {
	return modal(title, l, section(escape(text), nil))
}
