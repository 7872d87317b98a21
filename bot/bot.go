package bot

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// Bot is the bot on one workspace. The exported fields are set before Start.
type Bot struct {
	Office *programme.Office
	Inbox  Inbox
	API    *slack.Client // retries nothing by itself
	Log    *slog.Logger
	Team   string // Slack id of the workspace the bot lives in
	// Workspace is Slack's address of it, for links to messages; "" for none.
	Workspace string
	// OfficeChannel is Slack's id of the office's channel: what is said in its threads may be
	// meant for somebody who asked. "" for none.
	OfficeChannel string
	// HasChannel says whether the workspace has a channel for a purpose; nil if nobody asked.
	HasChannel func(programme.Purpose) bool
	// Upcoming is what is planned to go out next, at most limit of it; nil if
	// nothing is planned.
	Upcoming func(ctx context.Context, limit int) ([]programme.Upcoming, error)
	// Connections is how many sockets are kept open: two, staggered, so that one
	// stands while Slack refreshes the other; one for a deterministic rehearsal.
	Connections int
	// Workers bounds how many people are answered at once.
	Workers int
	// NewRef makes the reference under which a fault is found in the log.
	NewRef func() string

	router *Router
	lanes  *lanes
	homes  *homes
	zones  zones
	intake chan struct{}
	// toFetch has something in it when photos are to be fetched.
	toFetch chan struct{}
	inHand  atomic.Int64 // what was received and is not handled yet

	life    context.Context // of the work itself: outlives the connections
	end     context.CancelFunc
	ready   func()
	isReady chan struct{}
}

// maxInHand bounds what was read from Slack and is not handled yet.
const maxInHand = 1024

// Prepare makes the bot ready to Run and checks it: everything drawn has a
// handler and every handler is drawn.
func (b *Bot) Prepare() error {
	b.life, b.end = context.WithCancel(context.Background())
	b.router = newRouter()
	b.lanes = newLanes(max(b.Workers, 1))
	b.homes = newHomes()
	b.intake = make(chan struct{}, maxInHand)
	b.toFetch = make(chan struct{}, 1)
	b.isReady = make(chan struct{})
	b.ready = sync.OnceFunc(func() { close(b.isReady) })
	b.registerPeople()
	b.registerEvents()
	b.registerEventPages()
	b.registerSurvey()
	b.registerSurveyOffice()
	b.registerAnnouncements()
	b.registerEngagements()
	b.registerSessions()
	b.registerRequests()
	b.registerOffers()
	b.registerMemos()
	b.registerPhotos()
	b.registerNextActions()
	b.registerDeliveries()
	b.registerCheckIn()
	b.registerUpcoming()
	b.registerPanel()
	b.registerKnown()
	b.registerJoining()
	b.registerLeaving()
	b.registerDirectory()
	b.registerConsent()
	b.registerEnquiries()
	b.registerPublications()
	b.registerWorkspace()
	b.registerRelay()
	b.registerRecommendations()
	b.registerHandovers()
	return b.router.Check()
}

// Ready is closed once the first connection stands.
func (b *Bot) Ready() <-chan struct{} { return b.isReady }

// locale is the language a person reads, in the programme's zone.
func (b *Bot) locale(p programme.Person) ui.Locale {
	return ui.LocaleFor(p, b.Office.Settings.Zone)
}
