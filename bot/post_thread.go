package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// thread puts a message under the one that it belongs to. While that is on its way the
// message waits for it; if there is none it stands in the conversation by itself. The office
// is reminded of who waits in the channel, too, once for several.
func (p *Poster) thread(ctx context.Context, d programme.Delivery) ([]slack.MsgOption, error) {
	under, err := p.under(ctx, d)
	if err != nil || under == "" {
		return nil, err
	}
	options := []slack.MsgOption{slack.MsgOptionTS(under)}
	if d.Kind != programme.NoticeEnquiryChase {
		return options, nil
	}
	if aloud, err := p.Office.ChaseAloud(ctx, d); err != nil {
		return nil, err
	} else if aloud {
		options = append(options, slack.MsgOptionBroadcast())
	}
	return options, nil
}

// under is the message under which a delivery belongs, "" for none.
func (p *Poster) under(ctx context.Context, d programme.Delivery) (ts string, err error) {
	if !d.Kind.InThread() {
		return "", nil
	}
	parent, ok, err := p.Office.ThreadOf(ctx, d.Notice)
	switch {
	case err != nil:
		return "", err
	case ok && parent.SlackTS != "":
		return parent.SlackTS, nil
	case ok && (parent.State == programme.Pending || parent.State == programme.Sending):
		return "", &programme.SendError{Verdict: programme.SendRetry, Code: "thread_waits"}
	}
	return "", nil
}

// findReply looks for a delivery's message under the one that it belongs to: replies are
// not in the channel's history (design.md section 3).
func (p *Poster) findReply(ctx context.Context, d programme.Delivery) (programme.Receipt, bool, error) {
	parent, ok, err := p.Office.ThreadOf(ctx, d.Notice)
	if err != nil || !ok || parent.SlackTS == "" {
		return programme.Receipt{}, false, err
	}
	query := &slack.GetConversationRepliesParameters{
		ChannelID: d.SlackID, Timestamp: parent.SlackTS, Limit: 200, IncludeAllMetadata: true,
	}
	for range findPages {
		page, _, next, err := p.API.GetConversationRepliesContext(ctx, query)
		if err != nil {
			return programme.Receipt{}, false, sendError(err)
		}
		for _, m := range page {
			if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["key"] == d.ID {
				return programme.Receipt{SlackID: d.SlackID, SlackTS: m.Timestamp}, true, nil
			}
		}
		if query.Cursor = next; next == "" {
			return programme.Receipt{}, false, nil
		}
	}
	return programme.Receipt{}, false, &programme.SendError{Verdict: programme.SendRetry, Code: "thread_too_long"}
}
