package bot

import (
	"context"
	"errors"
	"strings"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerPeople() {
	b.router.Command("", everyones, b.help)
	b.router.Command("help", everyones, b.help)
	b.router.Action(ui.ActionLink, nothing)
	b.router.Event("app_home_opened", b.homeOpened)
	b.router.Event("message", b.message)
	b.router.Event("app_mention", b.mention)
	b.router.Event("team_join", b.greet)
	b.router.Event("user_change", b.changedProfile)
}

// nothing answers clicks on buttons that open a page.
func nothing(context.Context, Request) (Reply, error) { return Reply{}, nil }

func (b *Bot) help(_ context.Context, r Request) (Reply, error) {
	page := ui.HelpPage(r.Me, r.Locale)
	return Reply{Open: &page}, nil
}

// message is something typed to the bot in a direct message: the answer to the
// question being asked, else the day's code, or else a wish that the bot does not
// understand.
func (b *Bot) message(ctx context.Context, a act) error {
	e := a.event
	if e.ChannelType != "im" || e.BotID != "" || a.account == "" {
		return nil
	}
	switch e.Subtype {
	case "", "file_share":
	case "message_changed", "message_deleted":
		return b.afterthought(ctx, a)
	default:
		return nil
	}
	req, err := b.request(ctx, a, true)
	if hinted, err := b.hintStranger(ctx, a, err); hinted || err != nil {
		return err
	}
	if e.Subtype == "file_share" && strings.TrimSpace(a.text) == "" {
		return b.Office.Hint(ctx, programme.ToPerson(req.Me.ID), a.key)
	}
	reply, err := b.typed(ctx, a, req)
	if errors.Is(err, programme.ErrNoRow) {
		return b.Office.Hint(ctx, programme.ToPerson(req.Me.ID), a.key)
	}
	if err != nil {
		_, reply.Say = b.sentence(a, req.Locale, err)
		return b.say(req, reply.Say)
	}
	b.homes.touch(a.account, b.Office.Now())
	if reply.Say == "" {
		return nil
	}
	return b.say(req, reply.Say)
}

// typed takes what somebody typed; ErrNoRow if it answers nothing. A question of
// a survey that is being asked comes before all else.
func (b *Bot) typed(ctx context.Context, a act, req Request) (Reply, error) {
	text := unescape(a.text)
	_, err := b.Office.AnswerTyped(ctx, req.Who, text)
	if !errors.Is(err, programme.ErrNoRow) {
		return Reply{}, err
	}
	if reply, taken, err := b.typedCode(ctx, req, text); taken {
		return reply, err
	}
	return Reply{}, programme.ErrNoRow
}

// afterthought says to somebody who edits or deletes what they typed that an
// answer given with it stands. Who has no survey open does not need to hear it.
func (b *Bot) afterthought(ctx context.Context, a act) error {
	key := a.event.afterthought()
	if key == "" {
		return nil
	}
	req, err := b.request(ctx, a, true)
	if notInRoster(err) {
		return nil
	}
	if err != nil {
		return err
	}
	home, err := b.Office.Home(ctx, req.Who)
	if err != nil || len(home.Dialogues) == 0 {
		return err
	}
	_, text := b.sentence(a, req.Locale, &programme.Error{Code: programme.CodeClosed, Key: key})
	return b.say(req, text)
}

// unescape takes back the three characters that Slack escapes in typed text:
// what people wrote is kept verbatim.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// mention is the bot's name in a channel. The answer goes to the direct message,
// because what the person wants to say may not be for everyone.
func (b *Bot) mention(ctx context.Context, a act) error {
	if a.event.BotID != "" || a.account == "" {
		return nil
	}
	return b.greet(ctx, a)
}

// greet matches an account with the roster and says who the bot is.
func (b *Bot) greet(ctx context.Context, a act) error {
	req, err := b.request(ctx, a, true)
	if hinted, err := b.hintStranger(ctx, a, err); hinted || err != nil {
		return err
	}
	return b.Office.Hint(ctx, programme.ToPerson(req.Me.ID), a.key)
}

// changedProfile keeps the language of somebody whom the roster knows, and whether
// the account still takes messages.
func (b *Bot) changedProfile(ctx context.Context, a act) error {
	if a.event.closed() {
		return b.Office.AccountClosed(ctx, a.account)
	}
	me, err := b.Office.PersonBySlack(ctx, a.account)
	if notInRoster(err) {
		return nil
	}
	if err == nil {
		_, err = b.recognise(ctx, a, me)
	}
	return err
}

// notInRoster says whether the error is that an account is in nobody's row.
func notInRoster(err error) bool {
	e, refused := programme.AsError(err)
	return refused && e.Code == programme.CodeUnknown
}

// hintStranger tells somebody who is in nobody's row how to ask to join. It
// passes on any other error.
func (b *Bot) hintStranger(ctx context.Context, a act, err error) (hinted bool, _ error) {
	if notInRoster(err) {
		return true, b.Office.Hint(ctx, programme.ToAccount(a.account), a.key)
	}
	return false, err
}
