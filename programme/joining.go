package programme

import (
	"context"
	"errors"
	"time"
)

// The notices of joining.
const (
	NoticeWelcome      NoticeKind = "join.welcome"  // subject: person; to them, once for ever: who is who, and what there is to do first
	NoticeNewcomer     NoticeKind = "join.who"      // subject: newcomer; to the office: whose account could it be?
	NoticeJoinRequest  NoticeKind = "join.request"  // subject: request; to the office: somebody asks to join
	NoticeJoinDeclined NoticeKind = "join.declined" // subject: request; to the account: not this time, and why
	NoticeJoinReceived NoticeKind = "join.received" // subject: request; to the account: it is with the office
)

// NewcomerState is what the office said of an account. The strings are stored.
type NewcomerState string

const (
	NewcomerWaits   NewcomerState = "waits"
	NewcomerMatched NewcomerState = "matched"
	NewcomerNotOurs NewcomerState = "not_ours"
)

// Newcomer is a Slack account in nobody's row. Name and Email are Slack's word, which of a
// stranger, somebody of another workspace, is that workspace's.
type Newcomer struct {
	ID        string // a ULID
	SlackID   string
	Name      string
	Email     string
	Locale    string
	Stranger  bool
	Guest     bool
	Seen      time.Time // for the first time
	State     NewcomerState
	Person    PersonID // whose it is
	Decided   time.Time
	DecidedBy PersonID // "" from the command line, or by the program
	Version   int
}

// RequestState is where a request to join stands. The strings are stored.
type RequestState string

const (
	RequestOpen     RequestState = "open"
	RequestTaken    RequestState = "taken"
	RequestDeclined RequestState = "declined"
)

// JoinRequest is what somebody wrote who asks to join: for the office's eyes alone.
type JoinRequest struct {
	ID           string // a ULID
	SlackID      string
	Name         string
	Kana         string
	Organisation string
	ToldBy       string // which support organisation, or who told them
	Message      string
	Made         time.Time
	State        RequestState
	Reason       string // of declining, to who asked
	Person       PersonID
	Decided      time.Time
	DecidedBy    PersonID
	Version      int
}

// JoiningTx keeps who came and is not on the roster.
type JoiningTx interface {
	// SaveNewcomer inserts (Version 0) or updates what the office said, else ErrStale.
	SaveNewcomer(Newcomer) error
	Newcomer(id string) (Newcomer, error)
	NewcomerBySlack(slackID string) (Newcomer, error)
	// Newcomers lists those that wait, newest first, limit at most.
	Newcomers(limit int) ([]Newcomer, error)
	// CountNewcomers is how many were seen since then.
	CountNewcomers(since time.Time) (int, error)
	// CreateJoinRequest inserts; a second insert with the same op answers ErrRepeated,
	// one of an account with an open one ErrTaken.
	CreateJoinRequest(op string, r JoinRequest) error
	JoinRequest(id string) (JoinRequest, error)
	// JoinRequestsOf lists those of an account, newest first.
	JoinRequestsOf(slackID string) ([]JoinRequest, error)
	JoinRequests(limit int) ([]JoinRequest, error) // open ones, oldest first
	SaveJoinRequest(JoinRequest) error             // compare and set on Version, else ErrStale
	// ForgetJoining drops newcomers who were seen, and requests not taken up that were
	// made, before then.
	ForgetJoining(before time.Time) (int, error)
}

const (
	// joiningKept is how long is kept what Slack says of an account in nobody's row, and
	// what somebody wrote who was not taken up.
	joiningKept = 30 * 24 * time.Hour
	// mostCards bounds in a day the cards about accounts that nobody asked for: a workspace
	// of thousands must not bury the office. The others are in its list.
	mostCards = 20
	// mostJoinRequests is how often an account may ask in joiningKept.
	mostJoinRequests = 3
	// What somebody may write who asks to join, in characters.
	maxJoinName    = 100
	maxJoinMessage = 1000
)

// MaxJoinMessage and MaxJoinName are for the form.
const (
	MaxJoinMessage = maxJoinMessage
	MaxJoinName    = maxJoinName
)

// Arrive notes an account that Recognise could not place. The office is asked whose it is,
// once for an account, but for somebody of another workspace: they are shown when they ask
// to join. Whoever left is known, and no newcomer.
func (o *Office) Arrive(ctx context.Context, a Account) error {
	known := false
	err := o.read(ctx, func(tx Tx) error {
		_, err := tx.NewcomerBySlack(a.SlackID)
		if errors.Is(err, ErrNoRow) {
			_, err = tx.PersonBySlack(a.SlackID)
		}
		known = err == nil
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		return err
	})
	if err != nil || known {
		return err
	}
	return o.write(ctx, System, func(c *change) error {
		_, err := c.arrive(a)
		return err
	})
}

// arrive is the account's row, made if there is none.
func (c *change) arrive(a Account) (Newcomer, error) {
	n, err := c.NewcomerBySlack(a.SlackID)
	if !errors.Is(err, ErrNoRow) {
		return n, err
	}
	if _, err := c.ForgetJoining(c.now.Add(-joiningKept)); err != nil {
		return n, err
	}
	today, err := c.CountNewcomers(c.now.Add(-24 * time.Hour))
	if err != nil {
		return n, err
	}
	n = Newcomer{
		ID: c.office.NewID(), SlackID: a.SlackID, Name: headOf(a.Name, maxJoinName), Email: headOf(a.Email, maxJoinName),
		Locale: a.Locale, Stranger: a.Stranger, Guest: a.Guest, Seen: c.now, State: NewcomerWaits,
	}
	if err := c.SaveNewcomer(n); err != nil {
		return n, err
	}
	n.Version++
	if a.Stranger || today >= mostCards {
		return n, nil
	}
	return n, c.notify(Notice{Kind: NoticeNewcomer, Subject: n.ID, To: ToChannel(ChannelOffice)})
}

// headOf is the first most characters.
func headOf(s string, most int) string {
	if rs := []rune(s); len(rs) > most {
		return string(rs[:most])
	}
	return s
}

// ForgetJoining drops what is kept no longer of accounts in nobody's row. It is for the
// program's own housekeeping; no person asks for this.
func (o *Office) ForgetJoining(ctx context.Context) error {
	return o.Store.Write(ctx, func(tx Tx) error {
		_, err := tx.ForgetJoining(o.Now().Add(-joiningKept))
		return err
	})
}
