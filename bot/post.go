package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// metadataType marks the bot's messages in their metadata. The payload is the
// delivery's key and nothing else: any member can read it (slack.md Sending).
const metadataType = "tsugite_delivery"

// Poster is the Courier's hand: it draws a delivery from today's facts and puts
// it into Slack. Its API client must retry nothing by itself: a repeat of
// chat.postMessage would be a second message.
type Poster struct {
	Office *programme.Office
	API    *slack.Client
	// Channels are the Slack ids of the configured channels.
	Channels map[programme.Purpose]string

	languages languages
	zones     zones
	cleaning  sync.Mutex // one picture is looked at at a time
}

// Draw makes the letter of a delivery, or says why it must not go out any more.
func (p *Poster) Draw(ctx context.Context, d programme.Delivery) (programme.Letter, error) {
	m, err := p.Office.Matter(ctx, d.Notice, d.Op == programme.OpUpdate)
	if err != nil {
		return programme.Letter{}, err
	}
	if m.Withdrawn != "" {
		return programme.Letter{Withdrawn: m.Withdrawn}, nil
	}
	l := ui.NewLocale("ja", p.Office.Settings.Zone)
	switch account := d.To.Account(); {
	case m.To.ID != "":
		m.To = p.knowing(ctx, m.To)
		l = p.abroad(ctx, d.Notice, m.To, ui.LocaleFor(m.To, p.Office.Settings.Zone))
	case account != "":
		l = p.localeOf(ctx, account)
	}
	letter, err := ui.Letter(m, l)
	letter.Account = m.To.SlackID
	if err == nil && d.Kind.IsFile() {
		letter.File, err = p.file(ctx, m, l)
		letter.Body = nil
	}
	if _, refused := programme.AsError(err); refused && (d.Kind == programme.NoticeMemoPhoto || d.Kind == programme.NoticeConsentPhoto) { // its file is lost: no later attempt finds it
		return programme.Letter{Withdrawn: "lost"}, nil
	}
	if err == nil && emptyFile(letter) { // Slack has it no more
		return programme.Letter{Withdrawn: "lost"}, nil
	}
	return letter, err
}

// localeOf is the language of somebody who is not in the roster, as Slack says;
// Japanese if it does not say.
func (p *Poster) localeOf(ctx context.Context, account string) ui.Locale {
	language := ""
	if user, err := p.API.GetUserInfoContext(ctx, account); err == nil {
		language = user.Locale
	}
	return ui.NewLocale(language, p.Office.Settings.Zone)
}

// Send posts the letter, updates the message that stands, or shares the file that
// was uploaded. A letter whose blocks this workspace refuses goes out in its spare
// ones at once (slack.md Sizes: charts). An error is a programme.SendError that says
// whether Slack may have it all the same.
func (p *Poster) Send(ctx context.Context, d programme.Delivery, l programme.Letter) (programme.Receipt, error) {
	if l.File != nil {
		return p.share(ctx, d, l)
	}
	r, err := p.send(ctx, d, l)
	if l.Spare != nil && blocksRefused(err) { // nothing was posted
		l.Body, l.Spare = l.Spare, nil
		return p.send(ctx, d, l)
	}
	return r, err
}

// blocksRefused says whether Slack knows one of the blocks not, or takes it not here.
func blocksRefused(err error) bool {
	var e *programme.SendError
	return errors.As(err, &e) && e.Verdict == programme.SendRefused && e.Code == "invalid_blocks"
}

// send posts the letter or updates the message that stands.
func (p *Poster) send(ctx context.Context, d programme.Delivery, l programme.Letter) (programme.Receipt, error) {
	blocks, err := drawnBlocks(l.Body)
	if err != nil {
		return programme.Receipt{}, err
	}
	options := []slack.MsgOption{
		slack.MsgOptionText(l.Text, false), slack.MsgOptionBlocks(blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if d.Op == programme.OpUpdate {
		channel, ts, _, err := p.API.UpdateMessageContext(ctx, d.SlackID, d.SlackTS, options...)
		return programme.Receipt{SlackID: channel, SlackTS: ts}, sendError(err)
	}
	to := l.Account
	if to == "" || d.SlackID != "" {
		if to, err = p.address(ctx, d); err != nil {
			return programme.Receipt{}, err
		}
	}
	if d.Kind.InThread() {
		thread, err := p.thread(ctx, d)
		if err != nil {
			return programme.Receipt{}, err
		}
		options = append(options, thread...)
	}
	options = append(options, slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: metadataType, EventPayload: map[string]any{"key": d.ID},
	}))
	channel, ts, err := p.API.PostMessageContext(ctx, to, options...)
	if accountClosed(err) && l.Account != "" {
		return programme.Receipt{}, errors.Join(sendError(err), p.Office.AccountClosed(ctx, l.Account))
	}
	return programme.Receipt{SlackID: channel, SlackTS: ts}, sendError(err)
}

// Delete removes the message that stands. One that is gone already is what was wanted:
// a person deleted it, or an earlier attempt whose answer was lost.
//
// One that Slack does not let go is overwritten with words that say so; the refusal stands.
//
// A file goes first, and then the message that carried it, if that is known.
func (p *Poster) Delete(ctx context.Context, d programme.Delivery) error {
	if d.Kind.IsFile() && d.FileID != "" {
		if err := p.deleteFile(ctx, d.FileID); err != nil {
			return err
		}
	}
	if d.SlackTS == "" {
		return nil
	}
	_, _, err := p.API.DeleteMessageContext(ctx, d.SlackID, d.SlackTS)
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) && refused.Err == "message_not_found" {
		return nil
	}
	why := sendError(err)
	if !refusedForGood(why) {
		return why
	}
	// It is to stay: then it says at least that it does not hold any more.
	text, blocks := ui.TakenBack(p.takenBackLocale(ctx, d))
	_, _, _, err = p.API.UpdateMessageContext(ctx, d.SlackID, d.SlackTS, slack.MsgOptionText(text, false), slack.MsgOptionBlocks(blocks...))
	if err := sendError(err); err != nil && !refusedForGood(err) {
		return err // to be tried again, both
	}
	return why
}

// refusedForGood says whether Slack said no, and would again.
func refusedForGood(err error) bool {
	var e *programme.SendError
	return errors.As(err, &e) && e.Verdict == programme.SendRefused
}

// takenBackLocale is the language of whoever has the message, as far as the roster says.
func (p *Poster) takenBackLocale(ctx context.Context, d programme.Delivery) ui.Locale {
	m, err := p.Office.Matter(ctx, d.Notice, true)
	if err != nil || m.To.ID == "" {
		return ui.NewLocale("ja", p.Office.Settings.Zone)
	}
	return ui.LocaleFor(p.knowing(ctx, m.To), p.Office.Settings.Zone)
}

// deleteFile removes a file of the bot's own; one that is gone already is what was wanted.
func (p *Poster) deleteFile(ctx context.Context, id string) error {
	err := p.API.DeleteFileContext(ctx, id)
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) && (refused.Err == errNoFile || refused.Err == "file_deleted") {
		return nil
	}
	return sendError(err)
}

// drawnBlock is a block as it was drawn. To read it into slack-go's types only for
// them to write it out again took a tenth of what a message costs.
type drawnBlock struct{ json.RawMessage }

func (drawnBlock) BlockType() slack.MessageBlockType { return "" }
func (drawnBlock) ID() string                        { return "" }

func drawnBlocks(body []byte) ([]slack.Block, error) {
	if len(body) == 0 {
		return nil, nil
	}
	var drawn []json.RawMessage
	if err := json.Unmarshal(body, &drawn); err != nil {
		return nil, fmt.Errorf("bot: reading drawn blocks: %w", err)
	}
	blocks := make([]slack.Block, len(drawn))
	for i, b := range drawn {
		blocks[i] = drawnBlock{b}
	}
	return blocks, nil
}

// address is where a delivery is posted: a person's account, which opens the
// direct message by itself, a channel, or a conversation of several.
func (p *Poster) address(ctx context.Context, d programme.Delivery) (string, error) {
	if d.SlackID != "" {
		return d.SlackID, nil
	}
	if purpose := d.To.Channel(); purpose != "" {
		if id := p.Channels[purpose]; id != "" {
			return id, nil
		}
		if c, made, err := p.Office.ChannelFor(ctx, purpose); made || err != nil { // by the workspace's plan
			return c.SlackID, err
		}
		return "", &programme.SendError{Verdict: programme.SendRefused, Code: "channel_not_configured"}
	}
	if account := d.To.Account(); account != "" {
		return account, nil
	}
	if d.To.Room() != "" {
		return p.room(ctx, d)
	}
	person, err := p.Office.Addressee(ctx, d.To.Person())
	if err != nil {
		return "", err
	}
	return person.SlackID, nil
}

// room is the conversation of several people: opened again, it is the same one.
func (p *Poster) room(ctx context.Context, d programme.Delivery) (string, error) {
	people, err := p.Office.RoomOf(ctx, d.Notice)
	if err != nil {
		return "", err
	}
	var accounts []string
	for _, one := range people {
		accounts = append(accounts, one.SlackID)
	}
	channel, _, _, err := p.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: accounts})
	if err != nil {
		return "", notPosted(err)
	}
	return channel.ID, nil
}

// notPosted sorts an error of a call that posts nothing: however it failed, no message
// can have arrived by it.
func notPosted(err error) error {
	err = sendError(err)
	var e *programme.SendError
	if errors.As(err, &e) && e.Verdict == programme.SendLost {
		return &programme.SendError{Verdict: programme.SendRetry, Code: e.Code}
	}
	return err
}

// Open resolves the conversation in which to look for a message whose answer was
// lost; a first direct message has no id yet.
func (p *Poster) Open(ctx context.Context, d programme.Delivery) (string, error) {
	to, err := p.address(ctx, d)
	if err != nil || d.SlackID != "" || d.To.Channel() != "" || d.To.Room() != "" {
		return to, err
	}
	channel, _, _, err := p.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{to}})
	if err != nil {
		return "", sendError(err)
	}
	return channel.ID, nil
}

// findPages bounds a look-up: 200 messages a page.
const findPages = 10

// Find looks for a delivery's message in the conversation's history, from a
// minute before it was first tried; for its file, where that was shared.
func (p *Poster) Find(ctx context.Context, d programme.Delivery) (programme.Receipt, bool, error) {
	if d.FileID != "" {
		return p.findFile(ctx, d)
	}
	if d.Kind.InThread() {
		if r, found, err := p.findReply(ctx, d); found || err != nil {
			return r, found, err
		}
	}
	query := &slack.GetConversationHistoryParameters{
		ChannelID: d.SlackID, Limit: 200, IncludeAllMetadata: true, Inclusive: true,
		Oldest: seconds(d.FirstTryAt.Add(-time.Minute)),
	}
	for range findPages {
		page, err := p.API.GetConversationHistoryContext(ctx, query)
		if err != nil {
			return programme.Receipt{}, false, sendError(err)
		}
		for _, m := range page.Messages {
			if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["key"] == d.ID {
				return programme.Receipt{SlackID: d.SlackID, SlackTS: m.Timestamp}, true, nil
			}
		}
		if query.Cursor = page.ResponseMetaData.NextCursor; query.Cursor == "" {
			return programme.Receipt{}, false, nil
		}
	}
	return programme.Receipt{}, false, &programme.SendError{Verdict: programme.SendRetry, Code: "history_too_long"}
}

func seconds(t time.Time) string {
	return strconv.FormatInt(t.Unix(), 10) + ".000000"
}

// errRatelimited is Slack's word where a 429 is the usual answer.
const errRatelimited = "ratelimited"

// transient are clear refusals that pass; lost are answers after which Slack may
// have the message all the same (slack.md Sending).
var (
	transient = map[string]bool{"service_unavailable": true, "team_added_to_org": true, "request_timeout": true}
	lost      = map[string]bool{"internal_error": true, "fatal_error": true}
)

// sendError sorts an error by the one thing that matters: can the message have
// arrived all the same?
func sendError(err error) error {
	if err == nil {
		return nil
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		return &programme.SendError{Verdict: programme.SendLimited, Code: errRatelimited, RetryAfter: limited.RetryAfter}
	}
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		switch {
		case refused.Err == errRatelimited:
			return &programme.SendError{Verdict: programme.SendLimited, Code: refused.Err, RetryAfter: time.Second}
		case lost[refused.Err]:
			return &programme.SendError{Verdict: programme.SendLost, Code: refused.Err}
		case transient[refused.Err]:
			return &programme.SendError{Verdict: programme.SendRetry, Code: refused.Err}
		}
		return &programme.SendError{Verdict: programme.SendRefused, Code: refused.Err}
	}
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return &programme.SendError{Verdict: programme.SendNeverLeft, Code: "no_connection"}
	}
	return &programme.SendError{Verdict: programme.SendLost, Code: kindOf(err)}
}

// accountClosed says whether Slack refused because the account takes no messages.
func accountClosed(err error) bool {
	var refused slack.SlackErrorResponse
	return errors.As(err, &refused) && (refused.Err == "user_disabled" || refused.Err == "account_inactive")
}

// kindOf names an error of the connection without its text, which may hold a
// response body.
func kindOf(err error) string {
	var status slack.StatusCodeError
	var slow net.Error
	switch {
	case errors.As(err, &status):
		return "http_" + strconv.Itoa(status.Code)
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "cut_off"
	}
	return "connection_broken"
}
