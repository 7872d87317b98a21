package rehearsal

import (
	"slices"
	"sort"
)

// span is the part of a conversation that a call asks for.
type span struct {
	oldest, latest string // timestamps; empty is open
	inclusive      bool
}

func (c *call) span() (span, error) {
	s := span{c.args.str("oldest"), c.args.str("latest"), c.args.boolean("inclusive")}
	if s.oldest == "0" {
		s.oldest = ""
	}
	if s.latest == "now" || s.latest == "0" {
		s.latest = ""
	}
	if _, ok := parseTS(s.oldest); s.oldest != "" && !ok {
		return s, fail("invalid_ts_oldest")
	}
	if _, ok := parseTS(s.latest); s.latest != "" && !ok {
		return s, fail("invalid_ts_latest")
	}
	return s, nil
}

// cut is the range of an ascending list that lies in the span.
func (s span) cut(list []*message) []*message {
	from, to := 0, len(list)
	if s.oldest != "" {
		from = sort.Search(len(list), func(i int) bool {
			return tsLess(s.oldest, list[i].TS) || s.inclusive && !tsLess(list[i].TS, s.oldest)
		})
	}
	if s.latest != "" {
		to = sort.Search(len(list), func(i int) bool {
			return tsLess(s.latest, list[i].TS) || !s.inclusive && !tsLess(list[i].TS, s.latest)
		})
	}
	if from >= to {
		return nil
	}
	return list[from:to]
}

// readable is withChannel for what only a member may read.
func (c *call) readable(f func(*channel) (reply, error)) (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		if !one.has(c.bot.user) {
			return nil, fail("not_in_channel")
		}
		scope := map[channelKind]string{kindChannel: "channels:history", kindPrivate: "groups:history", kindIM: "im:history", kindMPIM: "mpim:history"}[one.Kind]
		if !c.grants.has(scope) {
			return nil, c.missingScope(scope)
		}
		return f(one)
	})
}

func (c *call) conversationsHistory() (reply, error) {
	return c.readable(func(one *channel) (reply, error) {
		n, err := c.limit(100, 999)
		if err != nil {
			return nil, err
		}
		s, err := c.span()
		if err != nil {
			return nil, err
		}
		list := s.cut(one.messages)
		if before, err := c.cursor("next_ts"); err != nil {
			return nil, err
		} else if before != "" {
			list = span{latest: before}.cut(list)
		}
		more := len(list) > n
		if more {
			list = list[len(list)-n:]
		}
		out := reply{"messages": c.copies(list, true), "has_more": more, "pin_count": 0, "channel_actions_ts": nil, "channel_actions_count": 0}
		if s.latest != "" {
			out["latest"] = s.latest
		}
		if s.oldest != "" {
			out["oldest"] = s.oldest
		}
		if more {
			out["response_metadata"] = nextPage(makeCursor("next_ts", list[0].TS))
		}
		return out, nil
	})
}

// copies are messages for the app, newest first on request.
func (c *call) copies(list []*message, newestFirst bool) []*message {
	out := make([]*message, len(list))
	for i, m := range list {
		out[i] = m.copy(c.args.boolean("include_all_metadata"))
	}
	if newestFirst {
		slices.Reverse(out)
	}
	return out
}

func (c *call) conversationsReplies() (reply, error) {
	return c.readable(func(one *channel) (reply, error) {
		n, err := c.limit(1000, 1000)
		if err != nil {
			return nil, err
		}
		s, err := c.span()
		if err != nil {
			return nil, err
		}
		ts := c.args.str("ts")
		if _, ok := parseTS(ts); !ok {
			return nil, badArguments("[ERROR] invalid timestamp [json-pointer:/ts]")
		}
		head := one.byTS[ts]
		if head == nil {
			return nil, fail("thread_not_found")
		}
		var replies []*message
		if !head.isReply() {
			replies = s.cut(one.threads[ts])
		}
		from, err := c.cursor("next_ts")
		if err != nil {
			return nil, err
		}
		if from != "" {
			replies = span{oldest: from, inclusive: true}.cut(replies)
		}
		// The head leads every page, beside the page's own replies.
		page := replies[:min(max(n-1, 1), len(replies))]
		out := reply{"messages": c.copies(append([]*message{head}, page...), false), "has_more": len(page) < len(replies)}
		if len(page) < len(replies) {
			out["response_metadata"] = nextPage(makeCursor("next_ts", replies[len(page)].TS))
		}
		return out, nil
	})
}
