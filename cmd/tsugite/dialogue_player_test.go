package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// player plays a script.
type player struct {
	t       *testing.T
	file    string
	log     *record
	local   *local
	cast    map[string]string // Slack ids by family name
	surveys []programme.SurveyDef
	// offering is how sessions are agreed on, "" as the sample has it.
	offering programme.Offering
	abroad   map[string]string // zones by family name

	at     int    // the step, from 1
	called string // who acts, and their Slack id
	who    string
	hands  map[string]*hand
}

// hand is what somebody looks at: a page, Home or a message, as it was when they
// looked, and what they entered in it since.
type hand struct {
	view    string // id of the page or Home, "" for a message
	home    bool
	channel string
	ts      string
	blocks  []block
	text    string
	values  map[string]map[string]any
}

// asking stands in the notification of a question that waits for an answer.
const asking = "開いてお答えください。"

// dialoguePatience is how long something may take to be seen, on a machine that is busy.
const dialoguePatience = 60 * time.Second

func (p *player) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf("step %d, %s: %s", p.at, p.called, fmt.Sprintf(format, args...))
}

func (p *player) person(name string) string {
	p.t.Helper()
	id, ok := p.cast[name]
	if !ok {
		p.fail("nobody is called %q", name)
	}
	return id
}

func (p *player) me() actor { return p.local.as(p.who) }

// until polls until f holds; seen is told when it never does.
func (p *player) until(what string, f func() bool, seen func() string) {
	p.t.Helper()
	for deadline := time.Now().Add(dialoguePatience); !f(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.fail("waited in vain for %s; there is:\n%s", what, seen())
		}
	}
}

// act does something; wait is how long the local Slack waits with its answer.
func (p *player) act(verb string, what any, wait string) answer {
	p.t.Helper()
	var out answer
	p.me().call("POST", "_/act", map[string]any{"as": p.who, verb: what, "wait": wait}, &out)
	if wait == "quiet" {
		p.local.handled() // the page of before must not be taken for the one that is asked for
	}
	return out
}

func (p *player) must(verb string, what any, wait string) answer {
	p.t.Helper()
	out := p.act(verb, what, wait)
	if !out.OK {
		p.fail("%s: %s %s", verb, out.Error, out.Message)
	}
	return out
}

// quiet waits until the program has done everything that is due.
func (p *player) quiet() {
	p.t.Helper()
	p.me().call("POST", "_/clock", map[string]string{"advance": "1s"}, nil)
}

// step does one step.
func (p *player) step(s dialogueStep) {
	p.t.Helper()
	if s.As != "" {
		p.called, p.who = s.As, p.person(s.As)
	}
	if s.Clock != "" {
		p.moveClock(s.Clock)
	}
	if s.Office != nil {
		p.quiet() // what people did before has arrived
		p.deed(*s.Office)
	}
	if s.Restart {
		p.local.stop()
		p.start()
	}
	if s.Fault != nil {
		p.me().call("POST", "_/faults", s.Fault, nil)
	}
	p.looks(s)
	p.writes(s)
	p.chooses(s)
	p.sends(s)
	if len(s.Silent)+len(s.Times) > 0 {
		p.quiet()
	}
	for _, words := range s.Silent {
		if n := p.heard(words); n > 0 {
			p.fail("%d messages say %q", n, words)
		}
	}
	for words, want := range s.Times {
		if n := p.heard(words); n != want {
			p.fail("%d messages say %q, want %d; there is:\n%s", n, words, want, p.everything())
		}
	}
}

// heard counts the bot's messages with the words in all conversations of a person.
func (p *player) heard(words string) int {
	p.t.Helper()
	n := 0
	for _, c := range p.me().state().Channels {
		for _, m := range c.all() {
			if m.User != p.who && strings.Contains(shownBy(m.Text, m.Blocks), words) {
				n++
			}
		}
	}
	return n
}

func (p *player) moveClock(written string) {
	p.t.Helper()
	office := p.local.demo.app.Office
	to, err := momentFrom(written, office.Now(), office.Settings.Zone)
	if err != nil {
		p.fail("clock: %v", err)
	}
	p.me().call("POST", "_/clock", map[string]string{"now": to.Format(time.RFC3339)}, nil)
}

// looks is what somebody sees: it is at hand from here on.
func (p *player) looks(s dialogueStep) {
	p.t.Helper()
	if len(s.Home) > 0 {
		p.openHome(s.Home)
	}
	wanted := s.Sees
	if len(s.Asked) > 0 {
		wanted = append(slices.Clone(s.Asked), asking)
	}
	if len(wanted) > 0 {
		h := &hand{}
		p.until(strings.Join(wanted, " + "), func() bool { return p.find(h, wanted, s.Closes || s.Submits) }, p.everything)
		p.hands[p.who] = h
	}
	for _, words := range s.Lacks {
		if h := p.hand(); strings.Contains(h.text, words) {
			p.fail("what is at hand says %q:\n%s", words, h.text)
		}
	}
	if s.Opens != nil {
		p.opens(*s.Opens)
	}
	for label, want := range s.Stands {
		field := p.field(label)
		if got := valueWords(initial(field.element)); got != want {
			p.fail("%s says %q, want %q", label, got, want)
		}
	}
}

func (p *player) hand() *hand {
	p.t.Helper()
	h := p.hands[p.who]
	if h == nil {
		p.fail("nothing is at hand")
	}
	return h
}

func (p *player) openHome(wanted texts) {
	p.t.Helper()
	p.must("open_home", map[string]any{}, "quiet")
	shown := ""
	p.until("a Home with "+strings.Join(wanted, " + "), func() bool {
		s := p.me().state()
		if s.Home == nil {
			return false
		}
		shown = shownBy("", s.Home.Blocks)
		p.hands[p.who] = &hand{view: s.Home.ID, home: true, blocks: s.Home.Blocks, text: shown, values: map[string]map[string]any{}}
		return holdsAll(shown, wanted)
	}, func() string { return shown })
}

// find looks for a page with the words, else for the newest message: a card may say the same
// a moment before the page does, so what is closed or submitted next is a page only.
func (p *player) find(h *hand, wanted texts, page bool) bool {
	s := p.me().state()
	if n := len(s.Views); n > 0 {
		top := s.Views[n-1]
		if shown := shownBy(top.title(), top.Blocks); holdsAll(shown, wanted) {
			*h = hand{view: top.ID, blocks: top.Blocks, text: shown, values: map[string]map[string]any{}}
			return true
		}
	}
	if page {
		return false
	}
	newest := ""
	for _, c := range s.Channels {
		for _, m := range c.all() {
			shown := shownBy(m.Text, m.Blocks)
			if m.User != p.who && m.TS > newest && holdsAll(shown, wanted) {
				newest = m.TS
				*h = hand{channel: c.ID, ts: m.TS, blocks: m.Blocks, text: shown, values: map[string]map[string]any{}}
			}
		}
	}
	return newest != ""
}

// now is what is at hand as it is drawn now.
func (p *player) now(h *hand) []block {
	p.t.Helper()
	s := p.me().state()
	if h.home && s.Home != nil {
		return s.Home.Blocks
	}
	for _, v := range s.Views {
		if v.ID == h.view {
			return v.Blocks
		}
	}
	for _, c := range s.Channels {
		for _, m := range c.all() {
			if c.ID == h.channel && m.TS == h.ts {
				return m.Blocks
			}
		}
	}
	return nil
}

// mostShown is how many messages of a conversation a failure shows.
const mostShown = 4

// everything is what somebody has before them, for a failure.
func (p *player) everything() string {
	var out []string
	s := p.me().state()
	for _, v := range s.Views {
		out = append(out, "[page] "+shownBy(v.title(), v.Blocks))
	}
	for _, c := range s.Channels {
		for _, m := range c.Messages[max(0, len(c.Messages)-mostShown):] {
			out = append(out, c.ID+" "+m.TS+" "+m.User+" "+shownBy(m.Text, m.Blocks)+" ["+strings.Join(labelsOf(m.Blocks), "|")+"]")
		}
	}
	return strings.Join(out, "\n")
}

func holdsAll(shown string, wanted texts) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(shown, w) })
}

// shownBy is every word that blocks show, with what stands above them. What the
// wire escapes is unescaped.
func shownBy(above string, blocks []block) string {
	out := []string{above}
	for _, b := range blocks {
		walk(b, func(e block) {
			if e["type"] == "data_visualization" {
				out = append(out, "[chart]")
			}
			for _, key := range []string{"text", "title", "label", "alt_text", "name"} {
				if s, ok := e[key].(string); ok {
					out = append(out, s)
				}
			}
		})
	}
	return unescaped(strings.Join(out, "\n"))
}

var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace

// labelsOf are the words on the buttons and options of blocks.
func labelsOf(blocks []block) []string {
	var out []string
	for _, b := range blocks {
		walk(b, func(e block) {
			if label := labelOf(e); label != "" && (e["action_id"] != nil || e["value"] != nil) {
				out = append(out, label)
			}
		})
	}
	return out
}

// labelOf are the words on a button, an option or a field.
func labelOf(e block) string {
	for _, key := range []string{"text", "label"} {
		if t, ok := e[key].(map[string]any); ok {
			s, _ := t["text"].(string)
			return unescaped(s)
		}
	}
	return ""
}
