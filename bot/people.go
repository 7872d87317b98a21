package bot

import (
	"context"
	"errors"
	"slices"
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
	b.router.Event("team_join", b.greetNewcomer)
	b.router.Event("user_change", b.changedProfile)
}

// nothing answers clicks on buttons that open a page.
func nothing(context.Context, Request) (Reply, error) { return Reply{}, nil }

func (b *Bot) help(_ context.Context, r Request) (Reply, error) {
	page := ui.HelpPage(r.Me, r.Locale)
	return Reply{Open: &page}, nil
}

// message is something typed to the bot in a direct message: the answer to the
// question being asked, else the day's code, else pictures, or else a question to the
// office. Of what is said in channels it is pictures alone.
func (b *Bot) message(ctx context.Context, a act) error {
	e := a.event
	if e.BotID != "" || a.account == "" {
		return nil
	}
	if e.ChannelType != "im" {
		if taken, err := b.underCard(ctx, a); taken || err != nil {
			return err
		}
		return b.threadPhotos(ctx, a)
	}
	switch e.Subtype {
	case "", fileShared:
	case "message_changed", "message_deleted":
		return b.afterthought(ctx, a)
	default:
		return nil
	}
	req, err := b.request(ctx, a, true)
	if hinted, err := b.hintStranger(ctx, a, err); hinted || err != nil {
		return err
	}
	if strings.TrimSpace(a.text) == "" {
		return b.wordless(ctx, a, req)
	}
	reply, err := b.typed(ctx, a, req)
	if errors.Is(err, programme.ErrNoRow) {
		taken, failed := b.photosApart(ctx, a, req)
		switch {
		case taken:
			return nil // the bot asks about them
		case failed != nil:
			err = failed
		}
	}
	if errors.Is(err, programme.ErrNoRow) {
		err = b.question(ctx, a, req, b.readableText(ctx, a.text))
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
	_, err := b.Office.AnswerTyped(ctx, req.Who, text, a.event.TS)
	if !errors.Is(err, programme.ErrNoRow) {
		if err == nil && a.event.Subtype == fileShared {
			return Reply{Say: ui.FileDropped(req.Locale)}, nil
		}
		return Reply{}, err
	}
	if reply, taken, err := b.typedCode(ctx, req, text); taken {
		return reply, err
	}
	return Reply{}, programme.ErrNoRow
}

// fileShared is the subtype of a message that brings a file.
const fileShared = "file_share"

// wordless answers a file or sticker without a word: no answer while a question is
// being asked; else pictures to keep, part of a question that is open, or nothing that the bot
// understands.
func (b *Bot) wordless(ctx context.Context, a act, req Request) error {
	asked, err := b.isAsked(ctx, req)
	switch {
	case err != nil:
		return err
	case asked:
		return b.say(req, ui.FileOnly(req.Locale))
	}
	if err := b.takePhotos(ctx, a, req); !errors.Is(err, programme.ErrNoRow) {
		return err
	}
	return b.question(ctx, a, req, "")
}

// isAsked says whether a question of a survey is being put to the person.
func (b *Bot) isAsked(ctx context.Context, req Request) (bool, error) {
	home, err := b.Office.Home(ctx, req.Who)
	return slices.ContainsFunc(home.Dialogues, func(d programme.Dialogue) bool { return d.Response.Current != "" }), err
}

// afterthought takes up an edit of what somebody typed as an answer, and says to
// somebody who deletes it that the answer stands. What answers nothing may be edited
// and deleted as anybody likes, but for what could have been meant as an answer.
func (b *Bot) afterthought(ctx context.Context, a act) error {
	e := a.event
	if !e.edited() && !e.deleted() {
		return nil
	}
	req, err := b.request(ctx, a, true)
	if notInRoster(err) {
		return nil
	}
	if err != nil {
		return err
	}
	taken, err := b.rewordedQuestion(ctx, e, req)
	said := ""
	if err == nil && !taken {
		said, err = b.reconsidered(ctx, e, req)
	}
	if err != nil {
		_, said = b.sentence(a, req.Locale, err)
	}
	if said == "" {
		return nil
	}
	b.homes.touch(a.account, b.Office.Now())
	return b.say(req, said)
}

// reconsidered is what there is to say about an edited or deleted message.
func (b *Bot) reconsidered(ctx context.Context, e *event, req Request) (said string, err error) {
	if e.deleted() {
		typed, err := b.Office.TypedIn(ctx, req.Who, e.Previous.TS)
		if err != nil || !typed {
			return "", err
		}
		return "", &programme.Error{Code: programme.CodeClosed, Key: "error.message_deleted"}
	}
	changed, err := b.Office.EditTyped(ctx, req.Who, e.Message.TS, unescape(e.Previous.Text), unescape(e.Message.Text))
	switch {
	case errors.Is(err, programme.ErrNoRow):
		asked, err := b.isAsked(ctx, req)
		if err != nil || !asked {
			return "", err
		}
		return "", &programme.Error{Code: programme.CodeClosed, Key: "error.message_edited"}
	case err != nil || !changed:
		return "", err
	}
	return ui.EditTaken(req.Locale), nil
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
	said := programme.Said{Channel: a.channel, Thread: a.event.ThreadTS}
	if talked, err := b.Office.IsEnquiryThread(ctx, said); talked || err != nil {
		return err // the office's own conversation: what is said there goes to who asked
	}
	req, err := b.request(ctx, a, true)
	if hinted, err := b.hintStranger(ctx, a, err); hinted || err != nil {
		return err
	}
	if err := b.question(ctx, a, req, b.readableText(ctx, withoutName(a.text))); err != nil {
		_, said := b.sentence(a, req.Locale, err)
		req.Channel = "" // the answer is for them alone
		return b.say(req, said)
	}
	b.homes.touch(a.account, b.Office.Now())
	return nil
}

// changedProfile keeps the language of somebody whom the roster knows, and whether
// the account still takes messages.
func (b *Bot) changedProfile(ctx context.Context, a act) error {
	if a.event.closed() {
		return b.Office.AccountClosed(ctx, a.account)
	}
	if _, err := b.Office.PersonBySlack(ctx, a.account); err != nil {
		if notInRoster(err) {
			return nil
		}
		return err
	}
	return b.changedAccount(ctx, a)
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
