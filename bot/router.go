package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// The ways in which somebody can do something.
const (
	onCommand  = "command"
	onAction   = "action"
	onSubmit   = "submit"
	onClose    = "close"
	onShortcut = "shortcut"
	onEvent    = "event"
	onSuggest  = "suggest"
)

// route names what was done: how, and to which command, action, view or event.
type route struct{ how, name string }

// Handler answers one thing that somebody did. Errors of type programme.Error
// become a sentence, others a reference number.
type Handler func(context.Context, Request) (Reply, error)

// eventHandler answers an event of the platform. The person may be unknown.
type eventHandler func(context.Context, act) error

// Router knows which handler answers what. It is filled once, at the start.
type Router struct {
	handlers map[route]Handler
	events   map[string]eventHandler
	words    []word // of the command, as registered

	shortcuts []shortcut // as registered

	anybodys map[route]bool // also of accounts in nobody's row
}

func newRouter() *Router {
	return &Router{handlers: map[route]Handler{}, events: map[string]eventHandler{}, anybodys: map[route]bool{}}
}

// Command is the bot's one slash command; its first word chooses the handler.
const Command = "/tsugite"

// word is what can be typed after the command, and who is told of it.
type word struct {
	text  string
	whose func(programme.Person) bool
}

// shortcut is an entry of the menu of every message.
type shortcut struct {
	id   string
	name string // at most 24 characters
	help string // at most 150
}

// Whose the command's words are. It is a matter of what people are told alone: the
// Office says who may do what.
var (
	everyones = func(programme.Person) bool { return true }
	offices   = func(p programme.Person) bool { return p.Has(programme.Coordinator) }
	overviews = func(p programme.Person) bool { return p.Has(programme.Coordinator) || p.Has(programme.Bureau) }
	writers   = func(p programme.Person) bool { return p.WritesMemos() }
	meeting   = func(p programme.Person) bool {
		return p.Has(programme.Atsugi) || p.Has(programme.Mentor) || overviews(p)
	}
)

// Command answers `/tsugite text`; the empty text is the command alone.
func (r *Router) Command(text string, whose func(programme.Person) bool, h Handler) {
	r.add(route{onCommand, Command + " " + text}, h)
	if text != "" {
		r.words = append(r.words, word{text, whose})
	}
}

// wordsFor are the words that are of use to somebody.
func (r *Router) wordsFor(p programme.Person) (texts []string) {
	for _, w := range r.words {
		if w.whose(p) {
			texts = append(texts, w.text)
		}
	}
	return texts
}

// Action answers a click or choice on an element with this action id.
func (r *Router) Action(id string, h Handler) { r.add(route{onAction, id}, h) }

// Submit answers the submission of a modal.
func (r *Router) Submit(callback string, h Handler) { r.add(route{onSubmit, callback}, h) }

// Close answers that a modal was closed without being submitted: one that asks to be told.
func (r *Router) Close(callback string, h Handler) { r.add(route{onClose, callback}, h) }

// Shortcut answers an entry of the menu of a message; the request's text is the message's.
// Slack shows it to everybody: the Office says who may.
func (r *Router) Shortcut(s shortcut, h Handler) {
	r.add(route{onShortcut, s.id}, h)
	r.shortcuts = append(r.shortcuts, s)
}

// Suggest offers the options of a menu with this action id for what was typed in
// it, at once: the answer travels in the acknowledgement.
func (r *Router) Suggest(id string, h Handler) { r.add(route{onSuggest, id}, h) }

// ForAnybody answers what an account in nobody's row may do, too: its request is of no
// person then.
func (r *Router) ForAnybody(at route, h Handler) {
	r.add(at, h)
	r.anybodys[at] = true
}

// Event answers an event of the platform.
func (r *Router) Event(name string, h eventHandler) { r.events[name] = h }

func (r *Router) add(at route, h Handler) {
	if _, twice := r.handlers[at]; twice {
		panic(fmt.Sprintf("bot: two handlers for %s %s", at.how, at.name)) // a mistake of ours, found by every test
	}
	r.handlers[at] = h
}

// known is the route's name for the log: a command's first word is something that
// somebody typed unless it is one of ours.
func (r *Router) known(at route) string {
	if at.how == onCommand && r.handlers[at] == nil {
		return Command
	}
	return at.name
}

// Check compares what is drawn with what is handled: every action, callback and
// menu id has a handler, and every handler an id.
func (r *Router) Check() error {
	var faults []string
	drawn := map[route]bool{}
	for _, id := range ui.Actions {
		drawn[route{onAction, id}] = true
	}
	for _, id := range ui.Callbacks {
		drawn[route{onSubmit, id}] = true
	}
	for _, id := range ui.Menus {
		drawn[route{onSuggest, id}] = true
	}
	for at := range drawn {
		if r.handlers[at] == nil {
			faults = append(faults, "nothing answers "+at.how+" "+at.name)
		}
	}
	for at := range r.handlers {
		draws := at
		if at.how == onClose {
			draws.how = onSubmit
		}
		if (draws.how == onAction || draws.how == onSubmit || draws.how == onSuggest) && !drawn[draws] {
			faults = append(faults, "nothing draws "+at.how+" "+at.name)
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return fmt.Errorf("bot: %s", strings.Join(faults, "; "))
}
