package rehearsal

import (
	"encoding/json"
	"strings"

	"tsugite/rehearsal/blockkit"
)

func (c *call) apiTest() (reply, error) {
	if code := c.args.str("error"); code != "" {
		return nil, &apiError{code: code, extra: reply{"args": json.RawMessage(c.args.logged())}}
	}
	return reply{"args": json.RawMessage(c.args.logged())}, nil
}

func (c *call) authTest() (reply, error) {
	if c.tokens[c.token] == tokenApp {
		return reply{"app_name": c.bot.name, "app_id": c.bot.app}, nil
	}
	out := reply{"url": c.URL(), "user_id": c.bot.user, "bot_id": c.bot.id, "is_enterprise_install": false}
	c.look(func() {
		out["team"], out["team_id"] = c.ws.team.Name, c.ws.team.ID
		out["user"] = c.ws.people[c.bot.user].Name
	})
	return out, nil
}

func (c *call) botsInfo() (reply, error) {
	if id := c.args.str("bot"); id != "" && id != c.bot.id {
		return nil, fail("bot_not_found")
	}
	return reply{"bot": reply{"id": c.bot.id, "deleted": false, "name": c.bot.name, "updated": c.botUpdated(),
		"app_id": c.bot.app, "user_id": c.bot.user, "icons": c.botIcons()}}, nil
}

func (c *call) teamInfo() (reply, error) {
	var out reply
	c.look(func() {
		out = reply{"id": c.ws.team.ID, "name": c.ws.team.Name, "domain": c.ws.team.Domain, "url": c.URL(),
			"email_domain": "", "icon": reply{"image_default": true}}
	})
	return reply{"team": out}, nil
}

func (c *call) emojiList() (reply, error) { return reply{"emoji": reply{}}, nil }

// blocksValidate checks blocks without sending them. They are those of a message
// unless the argument view holds a view.
func (c *call) blocksValidate() (reply, error) {
	if c.args.has("view") {
		if _, err := checkedView(c.args.raw("view"), ""); err != nil {
			return nil, err
		}
		return reply{}, nil
	}
	if !c.args.has("blocks") {
		return nil, badArguments("[ERROR] missing required field: blocks")
	}
	return reply{}, checkBlocks(c.args.raw("blocks"))
}

// checkBlocks is nil for blocks that a message can have.
func checkBlocks(blocks json.RawMessage) error {
	if len(blocks) == 0 {
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(blocks, &list); err != nil {
		return &apiError{code: "invalid_blocks_format"}
	}
	if problems := blockkit.ValidateMessage(blocks); len(problems) > 0 {
		return &apiError{code: "invalid_blocks", messages: explain(problems)}
	}
	return nil
}

// explain writes problems as Slack lists them in response_metadata.
func explain(problems []blockkit.Problem) []string {
	out := make([]string, len(problems))
	for i, p := range problems {
		if p.Pointer != "" && !strings.HasPrefix(p.Pointer, "/") {
			p.Pointer = "/" + p.Pointer
		}
		out[i] = p.String()
	}
	return out
}

func (c *call) connectionsOpen() (reply, error) {
	return reply{"url": c.socket.ticketURL()}, nil
}
