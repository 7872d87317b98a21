package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/calendars"
	"tsugite/db"
	"tsugite/programme"
	"tsugite/reminders"
)

// parts are what an App is made of. serve, demo, rehearse and the tests build it
// the same way with other parts.
type parts struct {
	plan     plan // what the configuration says
	database string
	api      *slack.Client
	now      func() time.Time
	log      *slog.Logger
	// connections to Slack, people answered at once, messages sent at once.
	connections, workers, senders int
	pace                          pace
	newID                         func() string // nil for ULIDs of this moment
	// calendars are experts' own: which, and how often. nil where nothing is to leave
	// this machine.
	calendars *calendars.Reader
}

// pace are the Courier's times. settle is how long Slack may still be accepting
// the request of a process that died (design.md section 3).
type pace struct{ lease, timeout, settle time.Duration }

var (
	slackPace = pace{lease: time.Minute, timeout: slackTimeout, settle: 18 * time.Second}
	localPace = pace{lease: 30 * time.Second, timeout: slackTimeout, settle: 2 * time.Second}
)

// App is the program, wired.
type App struct {
	DB      *db.DB
	Office  *programme.Office
	Bot     *bot.Bot
	Courier *reminders.Courier
	Planner *reminders.Planner
	log     *slog.Logger
	unlock  func()
	// surveyWork has something in it when people are still to be told of a survey.
	surveyWork chan struct{}
	calendars  *calendars.Reader // may be nil

	begun time.Time // the programme has been kept in this database since then
}

// newID makes ids for everything that is kept.
func newID() string { return ulid.Make().String() }

// refOf makes the short reference under which a fault stands in the log.
func refOf(newID func() string) func() string {
	return func() string { id := newID(); return id[len(id)-6:] }
}

// newOffice opens the database and the Office over it.
func newOffice(ctx context.Context, database string, settings programme.Settings, now func() time.Time) (*db.DB, *programme.Office, error) {
	store, err := db.Open(ctx, database)
	if err != nil {
		return nil, nil, err
	}
	return store, &programme.Office{
		Store: store, Album: store, Settings: settings, Now: now, NewID: newID, Holiday: reminders.Holidays(),
	}, nil
}

// newApp opens the database, asks Slack who the bot is, and wires everything. The
// Courier's lock is taken: one program serves a database.
func newApp(ctx context.Context, p parts) (*App, error) {
	me, err := checkBotToken(ctx, p.api)
	if err != nil {
		return nil, err
	}
	channels, err := findChannels(ctx, p.api, p.plan.channels)
	if err != nil {
		return nil, err
	}
	store, office, err := newOffice(ctx, p.database, p.plan.settings, p.now)
	if err != nil {
		return nil, err
	}
	if p.newID != nil {
		office.NewID = p.newID
	}
	a := &App{DB: store, Office: office, log: p.log, surveyWork: make(chan struct{}, 1)}
	if a.unlock, err = store.TryLock(); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	a.wire(p, channels)
	a.Bot.Team, a.Bot.Workspace = me.TeamID, me.URL
	if err := a.Bot.Prepare(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := office.SyncEvents(ctx, p.plan.events); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := office.DoWork(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := office.BreakOffWorkspace(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := office.IndexMemos(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if a.begun, err = store.Begun(ctx, p.now()); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.Planner.Since = a.begun
	held, err := store.Start(ctx, p.now())
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if held == "" { // a copy of an earlier day knows nothing of photos that came later
		if _, err := office.SweepPhotos(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	if held != "" {
		p.log.Warn("nothing goes out until a coordinator says go: see /tsugite hold", "reason", held)
	}
	return a, nil
}

// wire connects the rooms: none of them knows another.
func (a *App) wire(p parts, channels map[programme.Purpose]string) {
	office := a.Office
	a.Bot = &bot.Bot{
		Office: office, Inbox: a.DB, API: p.api, Log: p.log,
		Connections: p.connections, Workers: p.workers, NewRef: refOf(office.NewID), OfficeChannel: channels[programme.ChannelOffice],
		HasChannel: func(purpose programme.Purpose) bool { return channels[purpose] != "" },
	}
	a.Courier = &reminders.Courier{
		Queue: a.DB, Post: &bot.Poster{Office: office, API: p.api, Channels: channels},
		Now: p.now, Owner: office.NewID(), Workers: p.senders,
		Lease: p.pace.lease, Timeout: p.pace.timeout, Settle: p.pace.settle, Log: p.log,
	}
	a.Planner = &reminders.Planner{
		Facts: func(ctx context.Context) (reminders.Facts, error) {
			f, err := office.Facts(ctx)
			return a.facts(f, p.plan.rules), err
		},
		Enqueue: office.EnqueueAll, TellWaiting: office.TellWaiting, Now: p.now, Log: p.log,
	}
	if a.calendars = p.calendars; a.calendars != nil {
		keepBusy(a.calendars, office, p)
	}
	a.Courier.Asleep, a.Courier.Withdrawn = p.plan.rules.Quiet.Asleep(office.Settings.Zone), a.Planner.Withdrawn
	a.Bot.Upcoming = a.Planner.Upcoming
	if p.newID == nil { // else one thing happens at a time
		office.SurveyWork = func() {
			select {
			case a.surveyWork <- struct{}{}:
			default: // it is told already
			}
		}
	}
	office.NoticesDue = a.Courier.Wake
	office.FactsChanged = a.Planner.Wake
	office.MemoDue = p.plan.rules.MemoDueBy(office.Settings.Zone)
	office.Changed = a.Bot.HomesChanged
	office.PhotosToFetch = a.Bot.FetchPhotos
}

// keepBusy has what experts' own calendars say kept as busy times.
func keepBusy(r *calendars.Reader, office *programme.Office, p parts) {
	system := programme.System
	r.Now, r.Zone, r.Log = p.now, office.Settings.Zone, p.log
	r.Find = func(ctx context.Context, email string) (programme.PersonID, error) {
		return office.BusyPerson(ctx, system, email)
	}
	r.Keep = func(ctx context.Context, id programme.PersonID, spans []programme.Span) error {
		return office.KeepBusy(ctx, system, id, spans)
	}
	r.Failed = func(ctx context.Context, id programme.PersonID, why programme.BusyFault) error {
		return office.BusyFailed(ctx, system, id, why)
	}
	r.Forget = func(ctx context.Context, read []programme.PersonID) error {
		return office.ForgetBusy(ctx, system, read)
	}
}

// facts are what reminders are planned from: digests from the contract on, or from
// when the programme was first kept here, up to the completion.
func (a *App) facts(f programme.Facts, rules reminders.Rules) reminders.Facts {
	s := a.Office.Settings
	from := a.begun
	if contract := s.Contract.At(0, 0, s.Zone); contract.After(from) {
		from = contract
	}
	return reminders.Facts{
		Facts: f, Rules: rules, Zone: s.Zone, From: from, To: s.Completion.Add(0, 1).At(0, 0, s.Zone),
	}
}

// Run works until ctx ends: listens, plans, delivers, and then finishes what is
// in hand.
func (a *App) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var rooms sync.WaitGroup
	runs := []func(context.Context) error{a.Bot.Run, a.Courier.Run, a.Planner.Run, a.watch, a.doSurveyWork}
	if a.calendars != nil {
		runs = append(runs, a.calendars.Run)
	}
	for _, run := range runs {
		rooms.Go(func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				stop(err)
			}
		})
	}
	rooms.Wait()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// doSurveyWork does what takes longer than somebody waits for the answer to a press.
// What fails is logged, and done at the next start.
func (a *App) doSurveyWork(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.surveyWork:
		}
		if err := a.Office.DoWork(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("people are still to be told of a survey or an announcement", "error", err.Error())
		}
	}
}

// watchEvery is how often other processes' writes are looked for: an import by
// the command line shows within a second.
const watchEvery = time.Second

// watch notices what other processes wrote into the database.
func (a *App) watch(ctx context.Context) error {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	var last int64
	for {
		v, err := a.DB.DataVersion(ctx)
		if err != nil && ctx.Err() == nil {
			a.log.Warn("database not watched", "error", err.Error())
		}
		if err == nil && last != 0 && v != last {
			a.WakeAll()
		}
		if err == nil {
			last = v
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// WakeAll has everyone look again: the clock jumped, or the database changed.
func (a *App) WakeAll() {
	a.Planner.Wake()
	a.Courier.Wake()
	a.Bot.HomesChanged()
}

// NextDue is the next moment at which something goes out by itself.
func (a *App) NextDue(context.Context) (time.Time, bool) {
	planned, ok1 := a.Planner.NextAt()
	queued, ok2 := a.Courier.NextAt()
	switch {
	case ok1 && (!ok2 || planned.Before(queued)):
		return planned, true
	default:
		return queued, ok2
	}
}

// Settled waits until what is due by now has gone out and what people did has
// been answered.
func (a *App) Settled(ctx context.Context) error {
	for _, quiet := range []func(context.Context) error{a.Bot.Quiet, a.Planner.Quiet, a.Courier.Quiet} {
		if err := quiet(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Close lets go of the database.
func (a *App) Close() error {
	a.unlock()
	return a.DB.Close()
}

// checkBotToken asks Slack whose token it is.
func checkBotToken(ctx context.Context, api *slack.Client) (*slack.AuthTestResponse, error) {
	me, err := api.AuthTestContext(ctx)
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return nil, &bot.TokenError{Token: "bot", Reason: refused.Err}
	}
	if err != nil {
		//lint:ignore ST1005 Slack is a name
		return nil, withHint(fmt.Errorf("Slack cannot be reached: %w", err), "is the network up, and SLACK_API_URL right if it is set?")
	}
	return me, nil
}

// findChannels turns the configured names into ids; ids are taken as they are.
func findChannels(ctx context.Context, api *slack.Client, wanted map[programme.Purpose]string) (map[programme.Purpose]string, error) {
	byName := map[string]slack.Channel{}
	query := &slack.GetConversationsParameters{Limit: 1000, ExcludeArchived: true, Types: []string{"public_channel", "private_channel"}}
	for {
		page, next, err := api.GetConversationsContext(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("listing the channels: %w", err)
		}
		for _, c := range page {
			byName[c.Name], byName[c.ID] = c, c
		}
		if query.Cursor = next; next == "" {
			break
		}
	}
	found := map[programme.Purpose]string{}
	for purpose, name := range wanted {
		c, ok := byName[strings.TrimPrefix(name, "#")]
		if !ok {
			return nil, withHint(fmt.Errorf("the bot sees no channel %q (for %s)", name, purpose),
				"make the channel, and if it is private write /invite @tsugite in it")
		}
		if purpose != programme.ChannelAnnounce && !c.IsPrivate {
			return nil, withHint(fmt.Errorf("#%s (for %s) is public: everyone could read what is meant for a few", c.Name, purpose),
				"make it a private channel, or name another one under slack.channels")
		}
		if !c.IsMember && !c.IsPrivate {
			if _, _, _, err := api.JoinConversationContext(ctx, c.ID); err != nil {
				return nil, fmt.Errorf("joining #%s: %w", c.Name, err)
			}
		}
		found[purpose] = c.ID
	}
	for _, purpose := range []programme.Purpose{programme.ChannelOffice, programme.ChannelBureau} {
		if found[purpose] == "" {
			return nil, withHint(fmt.Errorf("no channel is configured for %s", purpose), "name it under slack.channels")
		}
	}
	if found[programme.ChannelOffice] == found[programme.ChannelBureau] {
		return nil, withHint(errors.New("office and bureau are the same channel"), "the office needs one that the bureau does not read")
	}
	return found, nil
}
