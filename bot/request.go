package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"
	"golang.org/x/text/width"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// Request is one thing that somebody did, with the person looked up.
type Request struct {
	Account string // Slack user id
	Me      programme.Person
	Who     programme.Actor
	Locale  ui.Locale

	Text    string // a command's words, or what was typed
	Action  *slack.BlockAction
	State   values      // of the message or view that the action is in
	View    *slack.View // submitted, or the one clicked in
	Op      string      // what is done by the press itself is done once for it
	Trigger string      // one use, about 3 s
	Channel string      // where it happened, "" in views and on Home

	// responseURL takes an answer that only the person sees, "" where there is none.
	responseURL string
}

// inModal says whether it was done in a modal, and not on Home or in a message.
func (r Request) inModal() bool { return r.View != nil && r.View.Type == slack.VTModal }

// Reply is what a handler wants said. The zero Reply says nothing.
type Reply struct {
	Open    *slack.ModalViewRequest // a new modal, or on top of the one clicked in
	Replace *slack.ModalViewRequest // in the place of the modal that was clicked in or submitted, else as Open
	Say     string                  // a sentence for the person alone; a submitted modal shows it in its place
	// Beneath draws the page anew on which the form lies that was submitted, or kept
	// half-way, after the answer to that: it shows what was true before. Nil leaves it.
	Beneath func(context.Context) (*slack.ModalViewRequest, error)
	// After is done once a submission is acknowledged; nothing on the screen waits for it.
	After func(context.Context)
	// Under draws the modal anew that was clicked in, after the page that Open laid on it.
	Under   *slack.ModalViewRequest
	Options []*slack.OptionBlockObject // for a menu that asks what to offer
}

// Slack's envelope types.
const (
	envelopeCommand     = "slash_commands"
	envelopeInteractive = "interactive"
	envelopeEvent       = "events_api"
)

// act is an inbound payload, decoded as far as dispatching needs.
type act struct {
	key         string
	account     string
	trigger     string
	channel     string
	responseURL string
	at          time.Time

	route  route
	text   string
	action *slack.BlockAction
	state  values
	view   *slack.View
	event  *event
}

// values are what the inputs of a message or view hold, by block and action id.
type values = map[string]map[string]slack.BlockAction

// event is what the bot reads of an inner event of the Events API. User is a
// string for messages and an object for accounts.
type event struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        json.RawMessage `json:"user"`
	BotID       string          `json:"bot_id"`
	Channel     json.RawMessage `json:"channel"`
	ChannelType string          `json:"channel_type"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"` // of the message; an edit has another and the edited one's in Message
	ThreadTS    string          `json:"thread_ts"`
	EventTS     string          `json:"event_ts"`
	Tab         string          `json:"tab"`
	Files       []sharedFile    `json:"files"`
	// Message and Previous are of message_changed and message_deleted.
	Message  *changedMessage `json:"message"`
	Previous *changedMessage `json:"previous_message"`

	own string // the bot's account, "" if Slack did not say
}

// sharedFile is what the bot reads of a file that a message brings.
type sharedFile struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Mimetype string `json:"mimetype"`
	Size     int64  `json:"size"` // bytes; 0 where Slack does not say
}

// changedMessage is a message after or before it was edited.
type changedMessage struct {
	Subtype  string `json:"subtype"`
	User     string `json:"user"`
	BotID    string `json:"bot_id"`
	Text     string `json:"text"`
	TS       string `json:"ts"`
	ThreadTS string `json:"thread_ts"`
}

// tombstone is the subtype of what stands in the place of a deleted message that others
// answered in its thread.
const tombstone = "tombstone"

// overheard says whether the event is something that people said to each other in a
// channel: all that nobody sent as a file into a thread. It is acknowledged and no more,
// unless it stands under a card of the office's (underCard).
func (e event) overheard() bool {
	return e.Type == "message" && e.ChannelType != "im" && (e.Subtype != fileShared || e.ThreadTS == "" || e.BotID != "")
}

// edited says whether somebody edited what they typed; the bot itself changes
// messages, too, and so does the preview of a link.
func (e event) edited() bool {
	return e.Subtype == messageChanged && e.typedBefore() && e.Message != nil && e.Message.Subtype != tombstone && e.Message.Text != e.Previous.Text
}

// deleted says whether somebody deleted what they typed.
func (e event) deleted() bool {
	gone := e.Subtype == "message_deleted" || e.Subtype == messageChanged && e.Message != nil && e.Message.Subtype == tombstone
	return gone && e.typedBefore()
}

const messageChanged = "message_changed"

// underCard says whether somebody wrote, edited or deleted something in a thread of that
// channel: no bot, and not the program itself.
func (e event) underCard(channel string) bool {
	if e.Type != "message" || channel == "" || e.channel() != channel || e.BotID != "" {
		return false
	}
	switch {
	case e.edited():
		return isReply(e.Message.ThreadTS, e.Message.TS) && e.Message.BotID == ""
	case e.deleted():
		return isReply(e.Previous.ThreadTS, e.Previous.TS)
	}
	return (e.Subtype == "" || e.Subtype == fileShared || e.Subtype == "thread_broadcast") && isReply(e.ThreadTS, e.TS)
}

func isReply(thread, ts string) bool { return thread != "" && thread != ts }

// thread is the message under which that stands, "" for none.
func (e event) thread() string {
	switch {
	case e.edited():
		return e.Message.ThreadTS
	case e.deleted():
		return e.Previous.ThreadTS
	}
	return e.ThreadTS
}

func (e event) typedBefore() bool { return e.Previous != nil && e.Previous.BotID == "" }

// envelope is what a connection brought: Slack's type and payload, and the
// payload as the client parsed it already, nil when it is taken up from the inbox.
type envelope struct {
	id      string // Slack's, the key of last resort
	kind    string
	payload []byte
	parsed  any
}

// decode reads the payload. An interactive payload or event that the bot does not
// know gets a route that has no handler.
func (e envelope) decode() (act, error) {
	switch e.kind {
	case envelopeCommand:
		c, err := parsedAs[slack.SlashCommand](e)
		return decodeCommand(c), err
	case envelopeInteractive:
		c, err := parsedAs[slack.InteractionCallback](e)
		if err != nil {
			return act{}, err
		}
		return decodeInteraction(c)
	case envelopeEvent:
		return decodeEvent(e.payload)
	}
	return act{}, fmt.Errorf("bot: unknown envelope type %q", e.kind)
}

// parsedAs takes the payload as parsed, or parses it.
func parsedAs[T any](e envelope) (T, error) {
	if c, ok := e.parsed.(T); ok {
		return c, nil
	}
	var c T
	if err := json.Unmarshal(e.payload, &c); err != nil {
		return c, fmt.Errorf("bot: reading a payload of type %s: %w", e.kind, err)
	}
	return c, nil
}

func decodeCommand(c slack.SlashCommand) act {
	word, rest := firstWord(c.Text)
	return act{
		key: keyed("t:", c.TriggerID), account: c.UserID, trigger: c.TriggerID,
		channel: c.ChannelID, responseURL: c.ResponseURL,
		route: route{onCommand, c.Command + " " + word}, text: rest,
	}
}

func decodeInteraction(c slack.InteractionCallback) (act, error) {
	a := act{
		key: keyed("t:", c.TriggerID), account: c.User.ID, trigger: c.TriggerID,
		channel: c.Container.ChannelID, responseURL: c.ResponseURL, at: programme.Moment(c.ActionTs),
	}
	if c.View.ID != "" || c.Type == slack.InteractionTypeViewSubmission {
		a.view = &c.View
	}
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		if len(c.ActionCallback.BlockActions) == 0 {
			return a, fmt.Errorf("bot: a click without an action")
		}
		a.action = c.ActionCallback.BlockActions[0]
		a.at = programme.Moment(a.action.ActionTs)
		a.route = route{onAction, ui.ActionOf(a.action.ActionID)}
		if c.BlockActionState != nil {
			a.state = c.BlockActionState.Values
		}
	case slack.InteractionTypeBlockSuggestion:
		a.route, a.text = route{onSuggest, ui.ActionOf(c.ActionID)}, c.Value
		a.action = &slack.BlockAction{ActionID: c.ActionID, BlockID: c.BlockID}
	case slack.InteractionTypeViewSubmission:
		a.route = route{onSubmit, c.View.CallbackID}
	case slack.InteractionTypeViewClosed:
		a.key = "v:" + c.View.ID
		a.route = route{onClose, c.View.CallbackID}
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		a.route, a.text = route{onShortcut, c.CallbackID}, c.Message.Text
	default:
		a.route = route{"", string(c.Type)}
	}
	return a, nil
}

func decodeEvent(payload []byte) (act, error) {
	var outer struct {
		ID    string `json:"event_id"`
		Event event  `json:"event"`
		// Authorizations say for whom the event came: the bot's own user.
		Authorizations []struct {
			User string `json:"user_id"`
		} `json:"authorizations"`
	}
	if err := json.Unmarshal(payload, &outer); err != nil {
		return act{}, fmt.Errorf("bot: reading an event: %w", err)
	}
	e := outer.Event
	for _, own := range outer.Authorizations {
		e.mark(own.User)
	}
	return act{
		key: keyed("e:", outer.ID), account: e.account(), channel: e.channel(),
		route: route{onEvent, e.Type}, text: e.Text, event: &e, at: programme.Moment(e.EventTS),
	}, nil
}

// mark marks what the bot itself sent, of which Slack may say no more than its user: a file.
func (e *event) mark(own string) {
	e.own = own
	if own != "" && e.account() == own && e.BotID == "" {
		e.BotID = own
	}
	for _, m := range []*changedMessage{e.Message, e.Previous} {
		if own != "" && m != nil && m.User == own && m.BotID == "" {
			m.BotID = own
		}
	}
}

// keyed is the key of an inbound, "" if the platform gave no id to tell repeats by.
func keyed(kind, id string) string {
	if id == "" {
		return ""
	}
	return kind + id
}

// account is the Slack user the event is about, whichever way it is written.
func (e event) account() string {
	var id string
	if json.Unmarshal(e.User, &id) == nil {
		return id
	}
	var user struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(e.User, &user) // absent in events about channels
	if user.ID == "" && e.Previous != nil {
		return e.Previous.User
	}
	return user.ID
}

// closed says whether the event is about an account that was deactivated.
func (e event) closed() bool {
	var user struct {
		Deleted bool `json:"deleted"`
	}
	return json.Unmarshal(e.User, &user) == nil && user.Deleted
}

func (e event) channel() string {
	var id string
	_ = json.Unmarshal(e.Channel, &id) // an object in events about channels
	return id
}

// firstWord is the first word of what was typed, in any width and case, and the
// rest as it stands.
func firstWord(typed string) (word, rest string) {
	typed = strings.TrimSpace(typed)
	end := strings.IndexFunc(typed, unicode.IsSpace)
	if end < 0 {
		end = len(typed)
	}
	return strings.ToLower(width.Fold.String(typed[:end])), strings.TrimSpace(typed[end:])
}
