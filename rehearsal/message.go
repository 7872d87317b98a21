package rehearsal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// message is a message in Slack's own JSON, as it is stored and sent.
type message struct {
	Subtype         string          `json:"subtype,omitempty"`
	User            string          `json:"user,omitempty"`
	Type            string          `json:"type"`
	TS              string          `json:"ts"`
	ClientMsgID     string          `json:"client_msg_id,omitempty"`
	BotID           string          `json:"bot_id,omitempty"`
	AppID           string          `json:"app_id,omitempty"`
	Text            string          `json:"text"`
	Team            string          `json:"team,omitempty"`
	Username        string          `json:"username,omitempty"`
	Icons           map[string]any  `json:"icons,omitempty"`
	BotProfile      *botProfile     `json:"bot_profile,omitempty"`
	Files           []*file         `json:"files,omitempty"`
	Upload          bool            `json:"upload,omitempty"`
	Attachments     json.RawMessage `json:"attachments,omitempty"`
	Blocks          json.RawMessage `json:"blocks,omitempty"`
	Metadata        json.RawMessage `json:"metadata,omitempty"`
	Edited          *edited         `json:"edited,omitempty"`
	ThreadTS        string          `json:"thread_ts,omitempty"`
	ParentUserID    string          `json:"parent_user_id,omitempty"`
	ReplyCount      int             `json:"reply_count,omitempty"`
	ReplyUsersCount int             `json:"reply_users_count,omitempty"`
	LatestReply     string          `json:"latest_reply,omitempty"`
	ReplyUsers      []string        `json:"reply_users,omitempty"`
	IsLocked        *bool           `json:"is_locked,omitempty"`
	Subscribed      *bool           `json:"subscribed,omitempty"`
	Reactions       []reaction      `json:"reactions,omitempty"`
	Root            *message        `json:"root,omitempty"`
	Hidden          bool            `json:"hidden,omitempty"`
	IsEphemeral     bool            `json:"is_ephemeral,omitempty"`
	Inviter         string          `json:"inviter,omitempty"`
	Topic           string          `json:"topic,omitempty"`
	Purpose         string          `json:"purpose,omitempty"`
	Name            string          `json:"name,omitempty"`
	OldName         string          `json:"old_name,omitempty"`
}

type edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

type reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

type botProfile struct {
	ID      string            `json:"id"`
	AppID   string            `json:"app_id"`
	UserID  string            `json:"user_id"`
	Name    string            `json:"name"`
	Icons   map[string]string `json:"icons"`
	Deleted bool              `json:"deleted"`
	Updated int64             `json:"updated"`
	TeamID  string            `json:"team_id"`
}

func (m *message) isReply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// view of a message for a reader: metadata only where asked for, and a copy, so
// that it can be sent after the lock is released.
func (m *message) copy(metadata bool) *message {
	out := *m
	if !metadata {
		out.Metadata = nil
	}
	out.Reactions = nil
	for _, r := range m.Reactions {
		out.Reactions = append(out.Reactions, reaction{r.Name, append([]string(nil), r.Users...), r.Count})
	}
	out.ReplyUsers = append([]string(nil), m.ReplyUsers...)
	return &out
}

// formatTS writes a timestamp as Slack does: seconds and six digits.
func formatTS(t time.Time) string {
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}

// parseTS reads a message timestamp; digits only, with or without the fraction.
func parseTS(ts string) (time.Time, bool) {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s < 0 || len(frac) > 9 {
		return time.Time{}, false
	}
	var micros int64
	if frac != "" {
		if micros, err = strconv.ParseInt((frac + "000000")[:6], 10, 64); err != nil || micros < 0 {
			return time.Time{}, false
		}
	}
	return time.Unix(s, micros*1000).UTC(), true
}

// tsLess orders timestamps. Those made here have equal lengths until the year 2286.
func tsLess(a, b string) bool {
	if len(a) == len(b) {
		return a < b
	}
	x, _ := parseTS(a)
	y, _ := parseTS(b)
	return x.Before(y)
}

func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}

// escapeTyped turns what a person typed into what Slack keeps: &, < and > escaped,
// mentions and links left.
func escapeTyped(text string) string {
	var out strings.Builder
	for text != "" {
		switch {
		case strings.HasPrefix(text, "<"):
			if token, ok := mention(text); ok {
				out.WriteString(token)
				text = text[len(token):]
				continue
			}
			out.WriteString("&lt;")
		case strings.HasPrefix(text, ">"):
			out.WriteString("&gt;")
		case strings.HasPrefix(text, "&"):
			out.WriteString("&amp;")
		default:
			n := strings.IndexAny(text, "<>&")
			if n < 0 {
				n = len(text)
			}
			out.WriteString(text[:n])
			text = text[n:]
			continue
		}
		text = text[1:]
	}
	return out.String()
}

// mention is a leading <@U…>, <#C…>, <!…> or <http…> of a text.
func mention(text string) (string, bool) {
	end := strings.IndexAny(text[1:], "<>")
	if end < 1 || text[1+end] != '>' {
		return "", false
	}
	token := text[:end+2]
	for _, lead := range []string{"<@", "<#", "<!", "<http://", "<https://", "<mailto:"} {
		if strings.HasPrefix(token, lead) {
			return token, true
		}
	}
	return "", false
}

var unescapeTyped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// richText is the block that Slack makes of a person's typed text.
func richText(blockID, text string) json.RawMessage {
	elements := []any{}
	plain := func(s string) {
		if s != "" {
			elements = append(elements, map[string]any{"type": "text", "text": unescapeTyped.Replace(s)})
		}
	}
	for text != "" {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			break
		}
		token, ok := mention(text[at:])
		if !ok {
			break
		}
		plain(text[:at])
		elements = append(elements, richElement(strings.Trim(token, "<>")))
		text = text[at+len(token):]
	}
	plain(text)
	return encode([]any{map[string]any{"type": "rich_text", "block_id": blockID,
		"elements": []any{map[string]any{"type": "rich_text_section", "elements": elements}}}})
}

func richElement(token string) map[string]any {
	body, label, _ := strings.Cut(token, "|")
	switch body[0] {
	case '@':
		return map[string]any{"type": "user", "user_id": body[1:]}
	case '#':
		return map[string]any{"type": "channel", "channel_id": body[1:]}
	case '!':
		return map[string]any{"type": "broadcast", "range": body[1:]}
	}
	link := map[string]any{"type": "link", "url": body}
	if label != "" {
		link["text"] = label
	}
	return link
}
