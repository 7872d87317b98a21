package programme

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
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

// JoinForm is what somebody fills in to ask to join.
type JoinForm struct {
	Op                                        string
	Name, Kana, Organisation, ToldBy, Message string
}

// AskToJoin brings the wish of an account in nobody's row to the office, once for form.Op:
// one open wish for an account, and three in thirty days. Who has a row is told so, by
// CodeConflict.
func (o *Office) AskToJoin(ctx context.Context, a Account, f JoinForm) error {
	err := o.write(ctx, System, func(c *change) error {
		if p, err := c.PersonBySlack(a.SlackID); err == nil && p.Active() {
			return &Error{Code: CodeConflict, Key: "error.join_member"}
		} else if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if err := f.check(); err != nil {
			return err
		}
		if err := c.mustBeAFewWishes(a.SlackID); err != nil {
			return err
		}
		n, err := c.arriveAsking(a)
		if err != nil {
			return err
		}
		r := JoinRequest{
			ID: o.NewID(), SlackID: a.SlackID, Name: strings.TrimSpace(f.Name), Kana: strings.TrimSpace(f.Kana),
			Organisation: strings.TrimSpace(f.Organisation), ToldBy: strings.TrimSpace(f.ToldBy), Message: strings.TrimSpace(f.Message),
			Made: c.now, State: RequestOpen,
		}
		if err := c.CreateJoinRequest(f.Op, r); err != nil {
			return err
		}
		if err := c.audit("join.ask", r.ID); err != nil {
			return err
		}
		told := []Notice{{Kind: NoticeJoinRequest, Subject: r.ID, To: ToChannel(ChannelOffice)}}
		if !n.Stranger { // whom the bot may not be able to write to: their Home says it
			told = append(told, Notice{Kind: NoticeJoinReceived, Subject: r.ID, To: ToAccount(a.SlackID)})
		}
		return c.notify(told...)
	})
	switch {
	case errors.Is(err, ErrTaken):
		return &Error{Code: CodeConflict, Key: "error.join_open"}
	case errors.Is(err, ErrRepeated):
		return nil
	}
	return err
}

// arriveAsking is arrive without a card of its own: the wish is one.
func (c *change) arriveAsking(a Account) (Newcomer, error) {
	quiet := a
	quiet.Stranger = true
	n, err := c.NewcomerBySlack(a.SlackID)
	if !errors.Is(err, ErrNoRow) {
		return n, err
	}
	if n, err = c.arrive(quiet); err != nil {
		return n, err
	}
	n.Stranger = a.Stranger
	err = c.SaveNewcomer(n)
	n.Version++
	return n, err
}

func (f JoinForm) check() error {
	if f.Op == "" {
		return invalid("", "error.form_old")
	}
	if strings.TrimSpace(f.Name) == "" {
		return invalid("name", "error.words_missing")
	}
	return withinLengths([]lengthOf{
		{"name", f.Name, maxJoinName}, {"kana", f.Kana, maxJoinName}, {"organisation", f.Organisation, maxJoinName},
		{"told_by", f.ToldBy, maxJoinName}, {"message", f.Message, maxJoinMessage},
	})
}

// lengthOf is what a field of a form holds, and how much it may.
type lengthOf struct {
	field, words string
	most         int
}

func withinLengths(fields []lengthOf) error {
	for _, f := range fields {
		if len([]rune(f.words)) > f.most {
			return invalid(f.field, "error.too_long", "Max", f.most)
		}
	}
	return nil
}

// mustBeAFewWishes refuses another wish of an account that has an open one, or asked often.
func (c *change) mustBeAFewWishes(slackID string) error {
	all, err := c.JoinRequestsOf(slackID)
	if err != nil {
		return err
	}
	recent := 0
	for _, r := range all {
		if r.Made.After(c.now.Add(-joiningKept)) {
			recent++
		}
	}
	if recent >= mostJoinRequests && all[0].State != RequestOpen {
		return &Error{Code: CodeConflict, Key: "error.join_often"}
	}
	return nil
}

// JoinStanding is how things stand for an account in nobody's row.
type JoinStanding struct {
	Request JoinRequest // the newest, zero if there is none
	Left    bool        // it is somebody's who left
}

// JoinStanding tells an account in nobody's row what became of its wish.
func (o *Office) JoinStanding(ctx context.Context, slackID string) (v JoinStanding, err error) {
	err = o.read(ctx, func(tx Tx) error {
		all, err := tx.JoinRequestsOf(slackID)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			v.Request = all[0]
		}
		p, err := tx.PersonBySlack(slackID)
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		v.Left = err == nil && !p.Active()
		return err
	})
	return v, err
}

// JoiningList is what waits for the office.
type JoiningList struct {
	Newcomers []Newcomer // without those who ask, newest first
	Requests  []JoinWish // oldest first
}

// JoinWish is a wish and the account that it is of.
type JoinWish struct {
	JoinRequest
	Newcomer Newcomer
}

// JoiningList lists it, limit of each at most.
func (o *Office) JoiningList(ctx context.Context, who Actor, limit int) (v JoiningList, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if v.Newcomers, err = tx.Newcomers(limit); err != nil {
			return err
		}
		open, err := tx.JoinRequests(limit)
		if err != nil {
			return err
		}
		for _, r := range open {
			n, err := tx.NewcomerBySlack(r.SlackID)
			if err != nil {
				return err
			}
			v.Requests = append(v.Requests, JoinWish{r, n})
			v.Newcomers = slices.DeleteFunc(v.Newcomers, func(other Newcomer) bool { return other.ID == n.ID })
		}
		return nil
	})
	return v, err
}

// JoiningPage is an account, what it asked, and whose it could be.
type JoiningPage struct {
	Newcomer   Newcomer
	Request    JoinRequest // the newest, zero if there is none
	Candidates []Candidate
	Person     Person // whose it is, once decided
	By         Person // who decided
	Cohorts    []string
}

// JoiningPage shows it to the office.
func (o *Office) JoiningPage(ctx context.Context, who Actor, newcomer string) (v JoiningPage, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) error {
		n, err := tx.Newcomer(newcomer)
		if err != nil {
			return orMissing(err, "error.join_gone")
		}
		v, err = joiningPage(tx, n)
		v.Cohorts = o.cohorts()
		return err
	})
	return v, err
}

// cohorts are those that somebody new may be of: this fiscal year's, and two before.
func (o *Office) cohorts() (out []string) {
	for year := o.Settings.FiscalYear; year > o.Settings.FiscalYear-3; year-- {
		if c, ok := ParseCohort(strconv.Itoa(year)); ok {
			out = append(out, c)
		}
	}
	return out
}

func joiningPage(tx Tx, n Newcomer) (v JoiningPage, err error) {
	if n, err = asItStands(tx, n); err != nil {
		return v, err
	}
	v.Newcomer = n
	all, err := tx.JoinRequestsOf(n.SlackID)
	if err != nil {
		return v, err
	}
	if len(all) > 0 {
		v.Request = all[0]
	}
	for id, to := range map[PersonID]*Person{n.Person: &v.Person, n.DecidedBy: &v.By, v.Request.Person: &v.Person} {
		if id == "" {
			continue
		}
		if *to, err = tx.Person(id); err != nil {
			return v, err
		}
	}
	if v.Request.DecidedBy != "" && v.By.ID == "" {
		if v.By, err = tx.Person(v.Request.DecidedBy); err != nil {
			return v, err
		}
	}
	if n.State == NewcomerMatched {
		return v, nil
	}
	people, err := tx.People()
	if err != nil {
		return v, err
	}
	told := v.Request
	if told.State != RequestOpen {
		told = JoinRequest{}
	}
	v.Candidates = candidates(n, told, people)
	return v, nil
}

// lookAtJoining fills in the cards of joining.
func (o *Office) lookAtJoining(tx Tx, m *Matter, update bool) error {
	switch m.Notice.Kind {
	case NoticeWelcome:
		return o.lookAtWelcome(tx, m)
	case NoticeNewcomer:
		n, err := tx.Newcomer(m.Notice.Subject)
		if err != nil {
			return err
		}
		if m.Joining, err = joiningPage(tx, n); err != nil {
			return err
		}
		if !update && (n.State != NewcomerWaits || m.Joining.Request.State == RequestOpen) {
			m.Withdrawn = withdrawnAnswered
		}
		return nil
	}
	r, err := tx.JoinRequest(m.Notice.Subject)
	if err != nil {
		return err
	}
	n, err := tx.NewcomerBySlack(r.SlackID)
	if err != nil {
		return err
	}
	if m.Joining, err = joiningPage(tx, n); err != nil {
		return err
	}
	m.Joining.Request = r // of an earlier wish, this one
	if !update && (m.Notice.Kind == NoticeJoinDeclined) != (r.State == RequestDeclined) {
		m.Withdrawn = withdrawnAnswered
	}
	return nil
}

// lookAtWelcome gathers who is who.
func (o *Office) lookAtWelcome(tx Tx, m *Matter) error {
	people, err := tx.People()
	if err != nil {
		return err
	}
	m.Welcome.Name = o.Settings.Name
	today := o.Settings.Today(o.Now())
	for _, p := range people {
		if p.Has(Coordinator) && p.Admitted(today) && len(m.Welcome.Office) < 5 {
			m.Welcome.Office = append(m.Welcome.Office, p)
		}
	}
	if m.Welcome.Experts, err = peopleOf(tx, slices.Concat(m.To.Mentors, m.To.Engaged)); err != nil {
		return err
	}
	m.Welcome.Channels, err = o.channelsOf(tx, m.To, people)
	return err
}

// channelsOf are Slack's ids of the channels that the workspace's plan has for somebody, as
// far as they are there.
func (o *Office) channelsOf(tx Tx, p Person, people []Person) (out []string, err error) {
	there, err := tx.Channels()
	if err != nil {
		return nil, err
	}
	for _, w := range WantedChannels(o.Settings, people, nil, o.Settings.Today(o.Now())) {
		if !slices.ContainsFunc(w.Members, func(m Person) bool { return m.ID == p.ID }) {
			continue
		}
		id := w.ID
		for _, c := range there {
			if c.Purpose == w.Purpose {
				id = c.SlackID
			}
		}
		if id != "" {
			out = append(out, id)
		}
	}
	return out, nil
}

// WelcomeMatter is what a welcome says beside what is the same for everybody.
type WelcomeMatter struct {
	Name     string   // of the programme
	Office   []Person // of whom to ask, by kana
	Experts  []Person // who see the person
	Channels []string // Slack's ids of those that are theirs
}

// ForgetJoining drops what is kept no longer of accounts in nobody's row. It is for the
// program's own housekeeping; no person asks for this.
func (o *Office) ForgetJoining(ctx context.Context) error {
	return o.Store.Write(ctx, func(tx Tx) error {
		_, err := tx.ForgetJoining(o.Now().Add(-joiningKept))
		return err
	})
}
