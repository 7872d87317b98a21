package bot

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// languageWithin bounds the question for somebody's language: their message waits.
const languageWithin = 3 * time.Second

// languages remembers about whom Slack was asked, so that nobody is asked about twice
// by one run of the program, and until when Slack wants no more of these questions.
type languages struct {
	mu    sync.Mutex
	asked map[programme.PersonID]bool
	until time.Time
}

// ask says whether to ask about somebody now; it is true once.
func (s *languages) ask(id programme.PersonID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked[id] || time.Now().Before(s.until) {
		return false
	}
	if s.asked == nil {
		s.asked = map[programme.PersonID]bool{}
	}
	s.asked[id] = true
	return true
}

// pause leaves the questions for a while.
func (s *languages) pause(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.until = time.Now().Add(d)
}

// knowing is the addressee with the language that their account is set to. About
// somebody who was never seen the program asks before their first message, and keeps
// the answer. If Slack gives none, the message goes out in Japanese all the same, and
// the language is learnt when they come to the bot.
func (p *Poster) knowing(ctx context.Context, to programme.Person) programme.Person {
	if to.Locale != "" || !to.Reachable() || !p.languages.ask(to.ID) {
		return to
	}
	ctx, cancel := context.WithTimeout(ctx, languageWithin)
	defer cancel()
	user, err := p.API.GetUserInfoContext(ctx, to.SlackID)
	if err != nil {
		var limited *slack.RateLimitedError
		if errors.As(err, &limited) {
			p.languages.pause(limited.RetryAfter)
		}
		return to
	}
	known, err := p.Office.Recognise(ctx, programme.Account{SlackID: to.SlackID, Locale: cmp.Or(user.Locale, "ja")})
	if err != nil {
		return to
	}
	return known
}
