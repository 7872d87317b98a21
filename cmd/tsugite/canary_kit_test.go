package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tsugite/bot"
	"tsugite/bot/ui"
	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// canaryWord is how the words look, wherever they stand.
var canaryWord = regexp.MustCompile(`鍵[0-9]{5}x`)

// canaries are the words that were written, and what everybody got.
type canaries struct {
	t     *testing.T
	p     *performance
	file  string // the database
	log   bytes.Buffer
	known map[string]writtenWord
	count int
	files map[string]string // file id → all that is in it
	looks map[string]int    // account → pages that they opened
	found map[string]bool   // account → a search showed them words of a memo
}

// phrase is what somebody writes: words that all have in common, and one of its own.
func (c *canaries) phrase(what string, about programme.PersonID) string {
	c.count++
	word := fmt.Sprintf("鍵%05dx", c.count)
	c.known[word] = writtenWord{what: what, about: c.accountOf(about)}
	return "共通の言葉 " + word
}

func (c *canaries) accountOf(id programme.PersonID) string {
	for _, one := range c.p.people {
		if one.ID == id {
			return one.SlackID
		}
	}
	return ""
}

// wordOf is a word that was written.
func (c *canaries) wordOf(what, about string) string {
	for word, one := range c.known {
		if one == (writtenWord{what, about}) {
			return word
		}
	}
	c.t.Errorf("nobody wrote %s about %s", what, about)
	return ""
}

// leaks are all words in the wrong hands, and in the log.
func (c *canaries) leaks() (out []string) {
	for _, r := range c.p.scribe.records {
		out = append(out, c.leaksOf(r)...)
	}
	for _, word := range canaryWord.FindAllString(c.log.String(), -1) {
		out = append(out, fmt.Sprintf("the log holds %s of %v", word, c.known[word]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// leaksOf are those of one message, page or file. What a channel gets is nobody's.
func (c *canaries) leaksOf(r yearreport.Record) (out []string) {
	text := string(r.Payload)
	if r.Kind == yearreport.File {
		text += c.contentOf(r)
	}
	who := r.To
	if who == "" && (r.Notice == programme.NoticeMemoAsked || r.Notice == programme.NoticeMemoAnswer) {
		who = thread
	}
	for _, word := range canaryWord.FindAllString(text, -1) {
		one, known := c.known[word]
		if !known || !one.mayHold(who) {
			out = append(out, fmt.Sprintf("%s (channel %s) gets %s of %v in a %s %s", r.To, r.Channel, word, one, r.Kind, r.Notice))
		}
	}
	return out
}

// contentOf is what is in the files of a record.
func (c *canaries) contentOf(r yearreport.Record) string {
	var in wireCall
	if err := json.Unmarshal(r.Payload, &in); err != nil {
		c.t.Error(err)
	}
	var all strings.Builder
	for _, f := range in.Files {
		all.WriteString(c.files[f.ID])
	}
	return all.String()
}

// keepFiles asks for every file that was sent, as who got it; of a workbook all cells.
func (c *canaries) keepFiles() error {
	for _, r := range c.p.scribe.records {
		var in wireCall
		if r.Kind != yearreport.File || json.Unmarshal(r.Payload, &in) != nil {
			continue
		}
		for _, f := range in.Files {
			resp, err := http.Get(c.p.slack.URL() + "_/files/" + f.ID + "?as=" + r.To)
			if err != nil {
				return err
			}
			data, err := io.ReadAll(resp.Body)
			if err = errors.Join(err, resp.Body.Close()); err != nil || resp.StatusCode != http.StatusOK {
				return fmt.Errorf("file %s of %s: %s %w", f.ID, r.To, resp.Status, err)
			}
			if c.files[f.ID], err = cellsOf(data); err != nil {
				return err
			}
		}
	}
	return nil
}

// cellsOf is all text of a workbook, or of a file that is text.
func cellsOf(data []byte) (string, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return string(data), nil
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	defer f.Close()
	var all strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			return "", err
		}
		for _, row := range rows {
			all.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return all.String(), nil
}

// leftAlone are the buttons that nobody presses who looks around: they stop what is sent.
var leftAlone = []string{ui.ActionHold, ui.ActionGo, ui.ActionEventHold, ui.ActionNoticeHold, ui.ActionNoticeSkip}

// How much somebody looks at at a time.
const (
	pressedAtHome = 40
	pressedInPage = 12
)

// looksAround has somebody open Home, every page that it leads to, what these lead to, and
// look for the words that all memos have in common.
func (c *canaries) looksAround(ctx context.Context, one programme.Person) error {
	as := one.SlackID
	if err := c.tries(ctx, rehearsal.Act{As: as, OpenHome: &rehearsal.ActOpenHome{}}); err != nil {
		return err
	}
	home, _, err := c.sees(as)
	if err != nil {
		return err
	}
	for _, seen := range presses(home, pressedAtHome) {
		if home, _, err = c.sees(as); err != nil { // it may be drawn otherwise by now
			return err
		}
		for _, b := range presses(home, pressedAtHome) {
			if b.ActionID != seen.ActionID || b.Value != seen.Value {
				continue
			}
			if err := c.opens(ctx, as, home, b, true); err != nil {
				return err
			}
		}
	}
	for _, text := range []string{"me", "memos", "memo", canarySearch, "session", "survey", "event"} {
		if err := c.tries(ctx, rehearsal.Act{As: as, Command: &rehearsal.ActCommand{Command: bot.Command, Text: text}}); err != nil {
			return err
		}
		if err := c.notesHits(as, text); err != nil {
			return err
		}
		if err := c.closes(ctx, as); err != nil {
			return err
		}
	}
	screen, err := c.p.screen(as)
	if err != nil {
		return err
	}
	for _, m := range screen[max(0, len(screen)-6):] {
		for _, b := range m.controls() {
			if b.Type == "button" && !slices.Contains(leftAlone, ui.ActionOf(b.ActionID)) {
				if err := c.pressed(c.p.click(ctx, as, m, b, nil)); err != nil {
					return err
				}
				if err := c.p.answered(ctx); err != nil {
					return err
				}
				if err := c.closes(ctx, as); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// canarySearch looks for the words that all memos have in common.
const canarySearch = "search 共通の言葉"

// notesHits notes that the page which a command opened shows words of a memo, if it searched.
func (c *canaries) notesHits(as, command string) error {
	_, page, err := c.sees(as)
	if err != nil || page == nil || command != canarySearch {
		return err
	}
	raw, err := json.Marshal(page)
	if err != nil {
		return err
	}
	c.found[as] = c.found[as] || canaryWord.Match(raw)
	return nil
}

// openedView is a page, or Home, as somebody sees it.
type openedView struct {
	ID string `json:"id"`
	shown
}

// sees is Home and the page on top.
func (c *canaries) sees(as string) (home openedView, page *openedView, err error) {
	raw, err := c.p.slack.State(as, rehearsal.StateQuery{Limit: 1})
	if err != nil {
		return home, nil, err
	}
	var state struct {
		Home  openedView   `json:"home"`
		Views []openedView `json:"views"`
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		return home, nil, err
	}
	if n := len(state.Views); n > 0 {
		page = &state.Views[n-1]
	}
	return state.Home, page, nil
}

// presses are the buttons of a view, most at most, each action and value once.
func presses(v openedView, most int) (out []control) {
	for _, b := range v.controls() {
		if b.Type == "button" && !slices.Contains(leftAlone, ui.ActionOf(b.ActionID)) && len(out) < most {
			out = append(out, b)
		}
	}
	return out
}

// opens presses a button of a view and, if a page comes of it, that page's buttons; then it
// closes all.
func (c *canaries) opens(ctx context.Context, as string, in openedView, b control, deeper bool) error {
	action, err := json.Marshal(struct {
		Type     string `json:"type"`
		Block    string `json:"block_id"`
		ActionID string `json:"action_id"`
		Value    string `json:"value,omitempty"`
	}{b.Type, b.Block, b.ActionID, b.Value})
	if err != nil {
		return err
	}
	if err := c.tries(ctx, rehearsal.Act{As: as, Click: &rehearsal.ActClick{ViewID: in.ID, Action: action}}); err != nil {
		return err
	}
	_, page, err := c.sees(as)
	if err != nil || page == nil || !deeper {
		return err
	}
	c.looks[as]++
	for _, next := range presses(*page, pressedInPage) {
		if err := c.opens(ctx, as, *page, next, false); err != nil {
			return err
		}
	}
	return c.closes(ctx, as)
}

// closes closes all pages.
func (c *canaries) closes(ctx context.Context, as string) error {
	for range 4 {
		_, page, err := c.sees(as)
		if err != nil || page == nil {
			return err
		}
		if err := c.tries(ctx, rehearsal.Act{As: as, Close: &rehearsal.ActClose{ViewID: page.ID}}); err != nil {
			return err
		}
	}
	return nil
}

// tries does something that may not be possible any more, and waits for what comes of it.
func (c *canaries) tries(ctx context.Context, a rehearsal.Act) error {
	return errors.Join(c.pressed(c.p.act(ctx, a)), c.p.answered(ctx))
}

func (c *canaries) pressed(err error) error {
	var no *refusedAct
	if errors.As(err, &no) {
		return nil
	}
	return err
}

// checkThatMuchWasSeen: a test in which nobody saw anything would find no leak.
func (c *canaries) checkThatMuchWasSeen() {
	c.t.Helper()
	got := map[string]map[string]bool{} // account → what
	for _, r := range c.p.scribe.records {
		text := string(r.Payload)
		if r.Kind == yearreport.File {
			text += c.contentOf(r)
		}
		for _, word := range canaryWord.FindAllString(text, -1) {
			if got[r.To] == nil {
				got[r.To] = map[string]bool{}
			}
			got[r.To][c.known[word].what] = true
		}
	}
	for who, whats := range map[string][]string{
		"U0AKANE":  {"memo.advice", "memo.next", "memo.praise", "answer"},
		"U0KENKEN": {"memo.situation", "memo.confidential", "memo.advice"},
		"U0CHIKA":  {"memo.situation", "memo.confidential", "memo.advice", "answer"},
		"U0BUREAU": {"memo.situation", "memo.advice"},
	} {
		for _, what := range whats {
			if !got[who][what] {
				c.t.Errorf("%s never got to see %s", who, what)
			}
		}
	}
	for _, who := range []string{"U0AKANE", "U0KENKEN", "U0CHIKA", "U0BUREAU"} {
		if !c.found[who] {
			c.t.Errorf("%s searched and never found a word", who)
		}
	}
	c.t.Logf("%d words, %d payloads, %d files, pages opened: %v", len(c.known), len(c.p.scribe.records), len(c.files), c.looks)
}
