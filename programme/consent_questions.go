package programme

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ConsentQuestion is what somebody wants to know of a text before they decide.
type ConsentQuestion struct {
	Op          string // the form's operation id: the same form never asks twice
	Publication PublicationID
	Person      PersonID
	At          time.Time
	Text        string // "" if they would rather say it
}

// ConsentQuestionsTx keeps what was asked.
type ConsentQuestionsTx interface {
	// AddConsentQuestion inserts; a second insert with the same op answers ErrRepeated.
	AddConsentQuestion(ConsentQuestion) error
	// ConsentQuestions lists what was asked of one text, in that order.
	ConsentQuestions(PublicationID) ([]ConsentQuestion, error)
}

const (
	// maxConsentQuestion is how many characters a question may have.
	maxConsentQuestion = 1000
	// mostAsked is how often a day the office is told that somebody asks of a text; what
	// they ask then stands with the text all the same.
	mostAsked = 3
)

// AskOffice tells the office that somebody would like to know something of a text before
// they decide, without the words: these stand with the text. An Error's Field is "text".
func (o *Office) AskOffice(ctx context.Context, who Actor, op string, id PublicationID, text string) error {
	err := o.write(ctx, who, func(c *change) error {
		if _, _, err := c.askedOf(id); err != nil {
			return err
		}
		q := ConsentQuestion{Op: op, Publication: id, Person: c.me.ID, At: c.now, Text: strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))}
		if utf8.RuneCountInString(q.Text) > maxConsentQuestion {
			return invalid("text", "error.too_long", "Max", maxConsentQuestion)
		}
		before, err := c.ConsentQuestions(id)
		if err != nil {
			return err
		}
		if err := c.AddConsentQuestion(q); err != nil {
			return err
		}
		if err := c.audit("publication.ask", string(id)); err != nil {
			return err
		}
		today := c.office.Settings.Today(c.now)
		before = slices.DeleteFunc(before, func(b ConsentQuestion) bool {
			return b.Person != c.me.ID || c.office.Settings.Today(b.At) != today
		})
		return c.notify(Notice{
			Kind: NoticeConsentQuestion, Subject: string(id), To: ToChannel(ChannelOffice),
			Occasion: string(c.me.ID) + "/" + string(today) + "/" + strconv.Itoa(min(len(before)+1, mostAsked)),
		})
	})
	if errors.Is(err, ErrRepeated) {
		err = nil
	}
	return err
}
