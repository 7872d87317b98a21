package ui

import (
	"encoding/json"

	"github.com/slack-go/slack"
)

// Form is what a modal carries in its private_metadata: ids only (design.md 2b).
type Form struct {
	Op     string `json:"op"`               // operation id: the same form never writes twice
	Survey string `json:"survey,omitempty"` // definition id, for CallbackSurvey
}

func (f Form) encode() string {
	raw, err := json.Marshal(f)
	if err != nil { // strings marshal
		return ""
	}
	return string(raw)
}

// ReadForm reads the private_metadata of a modal that came back. What cannot be
// read is the zero Form, which no use case accepts.
func ReadForm(metadata string) Form {
	var f Form
	if err := json.Unmarshal([]byte(metadata), &f); err != nil {
		return Form{}
	}
	return f
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

// Refused is a closing page for what could not be done; text is Sentence's.
func Refused(text string, l Locale) slack.ModalViewRequest {
	return Saved(l.T("page.refused", nil), text, l)
}

// Loading stands until the page that takes longer is there.
func Loading(l Locale) slack.ModalViewRequest {
	return modal(l.T("page.loading", nil), l, section(l.T("page.wait", nil), nil))
}
