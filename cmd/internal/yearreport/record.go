package yearreport

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"tsugite/programme"
)

// Kind says what a record is. The strings are part of the JSON lines' contract
// (design.md section 6).
type Kind string

const (
	Message Kind = "message" // posted, also for one person's eyes only
	Update  Kind = "update"  // a message that stood was drawn anew
	Delete  Kind = "delete"
	View    Kind = "view" // a form was shown or replaced
	Home    Kind = "home"
	File    Kind = "file"
	Warning Kind = "warning"
)

// Record is one thing that the local Slack accepted, or one warning.
type Record struct {
	Seq     int
	At      time.Time // written with the zone's offset
	Kind    Kind
	To      string // Slack user id, "" for a channel
	Channel string // "" for views and warnings
	Notice  programme.NoticeKind
	Payload json.RawMessage

	// About is the notice that was delivered, zero when the record answers an act.
	About programme.Notice
	// Answering says that it came of the recipient's own act a moment ago: nobody
	// is disturbed by the answer to their own press.
	Answering bool
}

// disturbs says whether the record is a message, or a file, that reaches somebody by
// itself.
func (r Record) disturbs() bool {
	return (r.Kind == Message || r.Kind == File) && r.To != "" && !r.Answering
}

// text is what a notification on the phone shows, and what comes with a file.
func (r Record) text() string {
	var payload struct {
		Text    string `json:"text"`
		Comment string `json:"initial_comment"`
	}
	if json.Unmarshal(r.Payload, &payload) != nil {
		return ""
	}
	return payload.Text + payload.Comment
}

// MarshalJSON writes the record as the contract has it.
func (r Record) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Seq     int             `json:"seq"`
		At      string          `json:"at"`
		Kind    Kind            `json:"kind"`
		To      *string         `json:"to"`
		Channel *string         `json:"channel"`
		Notice  *string         `json:"notice"`
		Payload json.RawMessage `json:"payload"`
	}{r.Seq, stamp(r.At), r.Kind, orNull(r.To), orNull(r.Channel), orNull(string(r.Notice)), r.Payload})
}

func stamp(t time.Time) string { return t.Format(time.RFC3339Nano) }

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// WriteJSON writes one record a line.
func WriteJSON(w io.Writer, records []Record) error { return writeLines(w, records) }

func writeLines[T any](w io.Writer, list []T) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, one := range list {
		if err := lines.Encode(one); err != nil {
			return err
		}
	}
	return out.Flush()
}
