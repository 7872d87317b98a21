package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/cmd/internal/yearreport"
)

// rehearsed is what a line of the report says, in short.
type rehearsed struct {
	Seq     int             `json:"seq"`
	At      string          `json:"at"`
	Kind    string          `json:"kind"`
	To      *string         `json:"to"`
	Channel *string         `json:"channel"`
	Notice  *string         `json:"notice"`
	Payload json.RawMessage `json:"payload"`
}

func (r rehearsed) short() string {
	or := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	return strings.Join([]string{r.At[:16], r.Kind, or(r.To), or(r.Notice)}, " ")
}

// rehearseFiles runs the command on files and reads its lines.
func rehearseFiles(t *testing.T, files map[string]string, args ...string) []rehearsed {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args = append([]string{"rehearse", "-c", filepath.Join(dir, "c.yaml"), "--script", filepath.Join(dir, "s.yaml"), "--format", "json"}, args...)
	var out, errs bytes.Buffer
	if code := run(args, streams{&out, &errs}); code != 0 || errs.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var lines []rehearsed
	for line := range strings.Lines(out.String()) {
		var r rehearsed
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		lines = append(lines, r)
	}
	return lines
}

// smallYear is a programme of a month with two workshops: one moves, one is
// cancelled. The numbers in the test below follow from it by hand.
const smallYear = `
programme:
  name: 小さな事業
  fiscal_year: 2026
  time_zone: Asia/Tokyo
  contract: 2026-09-01
  completion: 2026-10-31
  people: p.csv
  targets:
    - {code: 2-②, least: 2}
  events:
    - {id: w1, kind: workshop, title: 棚卸, start: 2026-09-18 14:00, end: 2026-09-18 17:00, place: 会議室, audience: {roles: [atsugi]}, approved: 2026-09-01}
    - {id: w2, kind: workshop, title: 立ち位置, start: 2026-10-16 14:00, end: 2026-10-16 17:00, place: 会議室, audience: {roles: [atsugi]}}
slack:
  channels: {office: 事務局, bureau: 局}
reminders:
  quiet_hours: "21:00-08:00"
  steps:
    - {id: ask, kind: ask, offset: "-14d 10:00"}
    - {id: remind, kind: reminder, offset: "-1d 10:00"}
`

const smallPeople = "氏名,slack_id,役割\n檜川 茜,U0AKANE,アトツギ\n織部谷 蓮,U0RENREN,アトツギ\n橋渡 千佳,U0CHIKA,事務局\n"

const smallScript = `
approve: -21d 10:00
acts:
  - {at: 2026-09-05 09:00, as: U0AKANE, event: w1, press: yes}
  - {at: 2026-09-05 09:30, as: U0RENREN, event: w1, press: no}
  - {at: 2026-09-10 11:00, event: w1, move: {days: 7}}
  - {at: 2026-10-03 12:00, as: U0RENREN, leave: true}
  - {at: 2026-10-09 11:00, event: workshop/2, cancel: 会場の都合}
`

func TestASmallYearByHand(t *testing.T) {
	lines := rehearseFiles(t, map[string]string{"c.yaml": smallYear, "p.csv": smallPeople, "s.yaml": smallScript})
	var got []string
	for i, r := range lines {
		if r.Seq != i+1 {
			t.Errorf("line %d has the number %d", i+1, r.Seq)
		}
		got = append(got, r.short())
	}
	want := []string{
		"2026-09-04T10:00 message U0AKANE event.ask", // two weeks before w1
		"2026-09-04T10:00 message U0RENREN event.ask",
		"2026-09-05T09:00 update U0AKANE event.ask", // yes, and the entry for the calendar
		"2026-09-05T09:00 file U0AKANE event.calendar",
		"2026-09-05T09:30 update U0RENREN event.ask", // no
		"2026-09-10T11:00 update U0AKANE event.ask",  // w1 goes to the 25th: who said no is left in peace
		"2026-09-10T11:00 update U0RENREN event.ask",
		"2026-09-10T11:00 message - event.changed", // the bureau approved another day
		"2026-09-10T11:00 message U0AKANE event.moved",
		"2026-09-10T11:00 file U0AKANE event.calendar",
		"2026-09-24T10:00 message U0AKANE event.reminder", // the day before the new day
		"2026-09-25T10:00 message - event.decided",        // the bureau's yes to w2, three weeks before it
		"2026-09-30T10:00 message - memo.overdue",         // nobody wrote the memo of w1
		"2026-10-02T10:00 message U0AKANE event.ask",      // two weeks before w2
		"2026-10-02T10:00 message U0RENREN event.ask",
		"2026-10-03T12:00 message - account.closed", // somebody is gone
		"2026-10-09T11:00 update U0AKANE event.ask", // w2 is cancelled; who is gone is written to no more
		"2026-10-09T11:00 message - event.changed",
		"2026-10-09T11:00 message U0AKANE event.cancelled",
		"2026-10-31T23:59 warning - -", // one workshop of two
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// exampleFacts rehearses the example over the weeks in which its first events lie.
func exampleFacts(t *testing.T) yearreport.Facts {
	t.Helper()
	config, err := LoadConfig("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	who, err := cohortOf(config)
	if err != nil {
		t.Fatal(err)
	}
	s, err := loadScript("")
	if err != nil {
		t.Fatal(err)
	}
	zone := config.settings.Zone
	facts, err := perform(t.Context(), staging{
		config: config, cohort: who, script: s, log: io.Discard, progress: func(time.Time) {},
		from: time.Date(2026, 8, 20, 0, 0, 0, 0, zone), to: time.Date(2026, 9, 12, 0, 0, 0, 0, zone),
	})
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func TestTheSameRehearsalHasTheSameBytes(t *testing.T) {
	var runs [2]bytes.Buffer
	for i := range runs {
		facts := exampleFacts(t)
		if len(facts.Skipped) > 0 {
			t.Errorf("the bundled script does not fit the example: %v", facts.Skipped)
		}
		lines, err := yearreport.Evaluate(facts).Lines(spoken{speech{"ja"}, facts.Settings.Zone})
		if err != nil {
			t.Fatal(err)
		}
		if err := yearreport.WriteJSON(&runs[i], lines); err != nil {
			t.Fatal(err)
		}
		if len(lines) < 100 {
			t.Errorf("only %d lines: nothing much was compared", len(lines))
		}
	}
	if diff := cmp.Diff(strings.Split(runs[0].String(), "\n"), strings.Split(runs[1].String(), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestARehearsalEndsWhenItIsInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	config, err := LoadConfig("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	who, err := cohortOf(config)
	if err != nil {
		t.Fatal(err)
	}
	from, to, err := rehearseCmd{}.period(config)
	if err != nil {
		t.Fatal(err)
	}
	_, err = perform(ctx, staging{config: config, cohort: who, from: from, to: to, log: io.Discard, progress: func(time.Time) { stop() }})
	if err == nil {
		t.Error("a year was rehearsed although it was interrupted on its first day")
	}
}

func TestRehearsalsStayOnThisMachine(t *testing.T) {
	for _, at := range []string{"https://slack.com/api/", "http://192.0.2.1:8484/api/", "http://127.0.0.1.example.com/api/"} {
		if _, err := newSlack(slackOptions{BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: at, Loopback: true}); err == nil {
			t.Errorf("%s was taken", at)
		}
	}
}

func TestScriptsAreReadStrictly(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"a length of time":                   {"invitations: [{share: 5, after: soon, does: yes}]", `"soon" is no length of time (write 30m, 3h or 2d)`},
		"shares above a hundred":             {"surveys: [{share: 60, after: 1h, does: answer}, {share: 50, after: 1h, does: decline}]", "the shares add up to 110"},
		"an unknown key":                     {"actz: []", `unknown key "actz"`},
		"two things at once":                 {"acts: [{at: 2026-09-01 10:00, event: w1, cancel: x, approve: true}]", "does 2 things"},
		"a person who is missing":            {"acts: [{at: 2026-09-01 10:00, event: w1, press: yes}]", "says not who"},
		"a person too many":                  {"acts: [{at: 2026-09-01 10:00, as: U1, event: w1, cancel: x}]", "is not for cancel"},
		"an event that is missing":           {"acts: [{at: 2026-09-01 10:00, cancel: x}]", "says not which event"},
		"a move to nowhere":                  {"acts: [{at: 2026-09-01 10:00, event: w1, move: {place: x}}]", "says not where to"},
		"no moment":                          {"acts: [{at: tomorrow, event: w1, cancel: x}]", `"tomorrow" is no moment`},
		"an answer that times cannot have":   {"sessions: [{share: 5, after: 1h, does: held}]", `unknown word "held" (one of: pick, none)`},
		"a person beside who gets an expert": {"acts: [{at: 2026-09-01 10:00, as: U1, engage: U2}]", "is not for engage"},
		"an unknown answer":                  {"acts: [{at: 2026-09-01 10:00, as: U1, event: w1, press: maybe}]", `unknown word "maybe"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseScript("s.yaml", []byte(c.script+"\n"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// TestHabitsAreDrawnByTheirShares: over many people each share has about its part,
// and the same person always does the same.
func TestHabitsAreDrawnByTheirShares(t *testing.T) {
	habits := []habit{{share: 50, does: "yes"}, {share: 20, does: "no"}}
	n := map[string]int{}
	for i := range 2000 {
		person := fmt.Sprintf("U%05d", i)
		h, _ := draw(habits, person, "w1")
		n[h.does]++
		if again, _ := draw(habits, person, "w1"); again != h {
			t.Fatalf("%s does %q and then %q", person, h.does, again.does)
		}
	}
	for does, share := range map[string]int{"yes": 1000, "no": 400, "": 600} {
		if n[does] < share*8/10 || n[does] > share*12/10 {
			t.Errorf("%d of 2000 do %q, want about %d", n[does], does, share)
		}
	}
}

// TestALateApprovalCompressesTheLadder: of two questions and two reminders, the one
// question that is left asks for both.
func TestALateApprovalCompressesTheLadder(t *testing.T) {
	config, err := parseConfig("c.yaml", []byte(strings.Replace(smallYear, `    - {id: ask, kind: ask, offset: "-14d 10:00"}
`, `    - {id: ask, kind: ask, offset: "-14d 10:00"}
    - {id: ask-3d, kind: ask, offset: "-3d 10:00"}
    - {id: remind-1h, kind: reminder, offset: "-1h"}
`, 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	events := config.Events()
	events[0].Approved, events[1].Approved = "2026-09-16", "2026-09-25" // two days, three weeks ahead
	want := []yearreport.Ladder{{Event: "w1", Full: 4, Left: 3}, {Event: "w2", Full: 4, Left: 4}}
	if diff := cmp.Diff(want, ladders(config.plan(), events)); diff != "" {
		t.Error(diff)
	}
}

func FuzzScript(f *testing.F) {
	f.Add("acts: [{at: -3d 10:00, event: workshop/1, move: {days: 7}}]\napprove: -35d 10:00\n")
	f.Add("invitations: [{share: 50, after: 3h, does: yes}]\nsilent: [atsugi/1]\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseScript("s.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, a := range s.acts {
			if a.verb == "" {
				t.Errorf("an act without a verb was taken from %q", text)
			}
		}
	})
}
