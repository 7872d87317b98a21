package programme

import "time"

// Inbound is something that the platform brought: written down before it is
// acknowledged, so that nothing is lost and a repeat is recognised
// (slack.md Receiving).
type Inbound struct {
	Key     string // which of them: event id, trigger id or view id of a closed view, with a letter before it
	Type    string // Slack's envelope type
	Who     string // Slack account; work runs in order per account
	Payload []byte // wiped once handled
	At      time.Time
	Ack     []byte // the stored acknowledgement of a submission, replayed to a repeat
	Handled bool
}
