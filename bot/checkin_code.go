package bot

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// askCode opens the form for the day's code.
func (b *Bot) askCode(_ context.Context, r Request) (Reply, error) {
	form := ui.CodeForm(ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &form}, nil
}

// checkInByCode is the day's code as a command; without the code it asks for it.
func (b *Bot) checkInByCode(ctx context.Context, r Request) (Reply, error) {
	if r.Text == "" {
		return b.askCode(ctx, r)
	}
	return b.checkIn(ctx, r, r.Text)
}

func (b *Bot) takeCode(ctx context.Context, r Request) (Reply, error) {
	code, err := ui.ReadCodeForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	return b.checkIn(ctx, r, code)
}

func (b *Bot) checkIn(ctx context.Context, r Request, code string) (Reply, error) {
	e, err := b.Office.CheckInByCode(ctx, r.Who, code)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.CheckedIn(e, r.Locale)}, nil
}

// codeLength is how many signs a code of the day has.
const codeLength = 4

// looksLikeCode says whether a typed message can be a code of the day. sure is
// false for small letters alone, such as "help": unless they are a code, they
// deserve an answer to what else they may mean.
func looksLikeCode(typed string) (may, sure bool) {
	typed = width.Fold.String(strings.TrimSpace(typed))
	if len(typed) != codeLength {
		return false, false
	}
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			sure = true
		case r < 'a' || r > 'z':
			return false, false
		}
	}
	return true, sure && strings.ContainsFunc(typed, unicode.IsLetter)
}

// typedCode takes a message to the bot as the day's code, if it is one; taken
// says whether it is answered thereby.
func (b *Bot) typedCode(ctx context.Context, req Request, typed string) (answer Reply, taken bool, err error) {
	may, sure := looksLikeCode(typed)
	if !may {
		return Reply{}, false, nil
	}
	answer, err = b.checkIn(ctx, req, typed)
	if e, meant := programme.AsError(err); meant && e.Code == programme.CodeNotFound && !sure {
		return Reply{}, false, nil
	}
	return answer, true, err
}
