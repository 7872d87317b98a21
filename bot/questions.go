package bot

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEnquiries() {
	b.router.Command("ask", askers, b.askCommand)
	b.router.Action(ui.ActionEnquiryNew, b.askForm)
	b.router.Submit(ui.CallbackEnquiry, b.askByForm)
	b.router.Action(ui.ActionEnquiryAsk, b.sendQuestion)
	b.router.Action(ui.ActionEnquirySolved, b.solved)
}

// askers are told of the command; the office is whom they ask.
func askers(p programme.Person) bool { return !p.Has(programme.Coordinator) }

// askCommand takes what was typed after the command, or opens the form.
func (b *Bot) askCommand(ctx context.Context, r Request) (Reply, error) {
	if strings.TrimSpace(r.Text) == "" {
		return b.askForm(ctx, r)
	}
	return b.heard(ctx, r, programme.Said{Op: r.Op, Text: unescape(r.Text), Anew: true})
}

func (b *Bot) askForm(_ context.Context, r Request) (Reply, error) {
	form := ui.EnquiryForm(ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) askByForm(ctx context.Context, r Request) (Reply, error) {
	said, err := ui.ReadEnquiryForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	return b.heard(ctx, r, said)
}

// heard takes a question and says where its answer comes.
func (b *Bot) heard(ctx context.Context, r Request, said programme.Said) (Reply, error) {
	if _, err := b.Office.TakeWord(ctx, r.Who, said); errors.Is(err, programme.ErrNoRow) {
		return Reply{}, &programme.Error{Code: programme.CodeInvalid, Field: "text", Key: "error.words_missing"}
	} else if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.EnquiryHeard(r.Locale)}, nil
}

// sendQuestion sends the office what somebody typed; the message that was pressed is drawn again
// by itself.
func (b *Bot) sendQuestion(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SendEnquiry(ctx, r.Who, programme.EnquiryID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	return b.noted(ctx, r)
}

func (b *Bot) solved(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SolveEnquiry(ctx, r.Who, programme.EnquiryID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	return b.noted(ctx, r)
}

// question takes what somebody typed that answers nothing they were asked: it is a question to
// the office. What says nothing, and who asks what the bot can do, is told that.
func (b *Bot) question(ctx context.Context, a act, req Request, text string) error {
	files := a.event.sentFiles()
	_, err := b.Office.TakeWord(ctx, req.Who, programme.Said{
		Channel: a.event.channel(), TS: a.event.TS, Thread: a.event.ThreadTS, Text: text, Files: files,
	})
	if errors.Is(err, programme.ErrNoRow) {
		return b.Office.Hint(ctx, programme.ToPerson(req.Me.ID), a.key)
	}
	if n := programme.FilesRefused(files); err == nil && n > 0 {
		return b.say(req, ui.FilesRefused(n, req.Locale))
	}
	return err
}

// named is the bot's name, or somebody's, at the beginning or end of what is said to the bot
// in a channel.
var named = regexp.MustCompile(`^(\s*<@[A-Z0-9]+(\|[^>]*)?>)+|(<@[A-Z0-9]+(\|[^>]*)?>\s*)+$`)

// withoutName is what was said to the bot, without its name.
func withoutName(text string) string { return strings.TrimSpace(named.ReplaceAllString(text, "")) }

// withoutAccount is a text without that account's name at its beginning or end: an answer that
// calls the bot is for who asked.
func withoutAccount(text, account string) string {
	if account == "" {
		return text
	}
	call := "<@" + account + ">"
	for rest := strings.TrimSpace(text); ; text = rest {
		rest = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(rest, call), call))
		if rest == strings.TrimSpace(text) {
			return text
		}
	}
}

// rewordedQuestion takes up that somebody edited or deleted a word of a question; taken says
// whether it was one.
func (b *Bot) rewordedQuestion(ctx context.Context, e *event, req Request) (taken bool, err error) {
	if e.deleted() {
		err = b.Office.DeleteWord(ctx, req.Who, e.channel(), e.Previous.TS)
	} else {
		err = b.Office.EditWord(ctx, req.Who, e.channel(), e.Message.TS, b.readableText(ctx, e.Message.Text))
	}
	if errors.Is(err, programme.ErrNoRow) {
		return false, nil
	}
	return true, err
}
