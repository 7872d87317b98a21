package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/programme"
	"tsugite/rehearsal"
)

func TestAWorkspaceIsPutInOrderOnce(t *testing.T) {
	r := newWorkspace(t)
	out, err := r.perform(true)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.waited) > 0 {
		t.Errorf("waited %v, and nothing was in the way", r.waited)
	}
	for _, o := range out {
		if o.State != programme.StepDone {
			t.Errorf("%s: %s %s", o.Step, o.State, o.Code)
		}
	}
	if d := cmp.Diff(wsOrder, r.order()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(wsManual, manual(r.plan())); d != "" {
		t.Error(d)
	}
	if again, err := r.perform(true); err != nil || len(again) > 0 {
		t.Errorf("performed again: %v %v", again, err)
	}
	known, err := r.Office.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made := map[programme.Purpose]bool{}
	for _, c := range known {
		made[c.Purpose] = c.Made
	}
	want := map[programme.Purpose]bool{"office": false, "bureau": false, "announce": false, "cohort:R8": true, "mentors": true, "supporters": true, "engagement:e0": true, "engagement:e1": true, "engagement:e2": true}
	if d := cmp.Diff(want, made); d != "" {
		t.Error(d)
	}
}

func TestWithoutAYesNobodyIsTakenOutAndNothingArchived(t *testing.T) {
	r := newWorkspace(t)
	if _, err := r.perform(false); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"conversations.kick", "conversations.archive"} {
		if accepted, _ := posted(t, r.server, method); len(accepted) > 0 {
			t.Errorf("%s: %v", method, accepted)
		}
	}
	var asks []string
	for _, s := range r.plan() {
		if s.Asks() {
			asks = append(asks, s.String())
		}
	}
	want := []string{"use #事務局 for office, with 2 others in it: left, Xeno", "remove left from #事務局", "remove Xeno from #事務局", "remove left from #ws-announce", "archive #ws-gone"}
	if d := cmp.Diff(want, asks); d != "" {
		t.Error(d)
	}
}

// TestEachFailureOfSlackInTurn: whichever call fails, however it fails, the rest is done;
// performed again, the workspace is as it should be, and nothing is there twice.
func TestEachFailureOfSlackInTurn(t *testing.T) {
	methods := []string{
		"auth.test", "conversations.list", "conversations.members", "users.list", "conversations.create", "conversations.setTopic",
		"conversations.invite", "conversations.join", "conversations.rename", "conversations.kick", "conversations.archive",
	}
	faults := map[string]rehearsal.Fault{
		"too fast":         {Status: 429, RetryAfter: 7},
		"a fault of Slack": {Status: 500},
		"an inner fault":   {Error: "internal_error"},
		"a lost answer":    {AcceptThenDrop: true},
		"two lost answers": {AcceptThenDrop: true, Times: 2},
		"a refusal":        {Error: "restricted_action", Times: -1},
		"down for good":    {Status: 503, Times: -1},
	}
	for _, method := range methods {
		for how, fault := range faults {
			t.Run(method+" "+how, func(t *testing.T) {
				t.Parallel()
				r := newWorkspace(t)
				var yes []string
				for _, s := range r.plan() {
					if s.Asks() {
						yes = append(yes, s.Key())
					}
				}
				fault.Method = method
				r.server.AddFault(fault)
				run, _, err := r.Office.BeginWorkspace(t.Context(), programme.Operator, "op", yes)
				if err != nil {
					t.Fatal(err)
				}
				failed := 0
				err = r.Perform(t.Context(), programme.Operator, run, func(o programme.StepOutcome) {
					if o.State != programme.StepDone {
						failed++
					}
				})
				reading := slices.Contains(methods[:4], method)
				switch lasting := fault.Times < 0; {
				case !lasting && (err != nil || failed > 0):
					t.Errorf("a passing fault: %v, %d steps failed", err, failed)
				case lasting && !reading && (err != nil || failed == 0):
					t.Errorf("a lasting fault: %v, %d steps failed", err, failed)
				case lasting && reading && err == nil:
					t.Error("performed without a look")
				}
				if how == "too fast" && !slices.Contains(r.waited, 7*time.Second) {
					t.Errorf("waited %v, Slack asked for 7s", r.waited)
				}
				r.server.ClearFaults()
				if _, err := r.perform(true); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(wsOrder, r.order()); d != "" {
					t.Error(d)
				}
				if d := cmp.Diff(wsManual, manual(r.plan())); d != "" {
					t.Error(d)
				}
				if archived, _ := posted(t, r.server, "conversations.archive"); len(archived) != 1 {
					t.Errorf("archived %v", archived)
				}
			})
		}
	}
}

// TestWhatAPersonHasToDoFirst: what Slack refuses is told, holds up nothing else, is tried
// again, and goes well once a person did their part.
func TestWhatAPersonHasToDoFirst(t *testing.T) {
	for _, c := range []struct {
		rule       string
		cast       func(*rehearsal.Cast)
		set        func(*wsRoom)
		left, code string        // the step that waits for a person, and why
		mend       func(*wsRoom) // nil: nobody does
		but        map[string]string
	}{
		{
			rule: "a name is taken where the bot does not see it",
			cast: func(c *rehearsal.Cast) {
				c.Channels = append(c.Channels, rehearsal.Channel{ID: "C0HIDDEN", Name: "ws-cohort", Private: true, Members: []string{"jimu"}})
			},
			left: "create #ws-cohort private", code: "name_taken",
			mend: func(r *wsRoom) {
				_, err := r.server.Act(r.t.Context(), rehearsal.Act{As: "UJIMU", Person: &rehearsal.ActPerson{Do: "invite", Channel: "C0HIDDEN", User: r.server.BotUserID()}})
				if err != nil {
					r.t.Fatal(err)
				}
			},
		},
		{
			rule: "a channel was archived",
			set: func(r *wsRoom) {
				r.Office.Settings.Workspace.Channels[5].Private = false // the supporters'
				c, err := r.API.CreateConversation(slack.CreateConversationParams{ChannelName: "ws-supporters"})
				if err != nil {
					r.t.Fatal(err)
				}
				if err := r.API.ArchiveConversation(c.ID); err != nil {
					r.t.Fatal(err)
				}
			},
			left: "unarchive #ws-supporters", code: "not_in_channel", but: map[string]string{"ws-supporters": "archived []"},
		},
		{
			rule: "somebody is a guest of one channel",
			cast: func(c *rehearsal.Cast) {
				i := slices.IndexFunc(c.People, func(p rehearsal.Person) bool { return p.Name == "bunta" })
				c.People[i].SingleChannelGuest = true
			},
			left: "invite bunta to #ws-cohort", code: "ura_max_channels",
			but: map[string]string{
				"ws-cohort": "private [話題 <&> cohort] uakiko ueiji ujimu", "ws-engagement-2": "private [話題 <&> engagement] ueiji ujimu",
			},
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			cast := c.cast
			if cast == nil {
				cast = func(*rehearsal.Cast) {}
			}
			r := newWorkspaceOf(t, cast)
			if c.set != nil {
				c.set(r)
			}
			for range 2 {
				out, err := r.perform(true)
				if err != nil {
					t.Fatal(err)
				}
				told := slices.ContainsFunc(out, func(o programme.StepOutcome) bool {
					return o.Step.String() == c.left && o.State == programme.StepRefused && o.Code == c.code
				})
				if !told {
					t.Fatalf("no refusal of %q: %v", c.left, out)
				}
			}
			for _, s := range r.plan() {
				if !s.ByHand() {
					t.Errorf("left to do: %s", s)
				}
			}
			if c.mend != nil {
				c.mend(r)
				if _, err := r.perform(true); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(wsManual, manual(r.plan())); d != "" {
					t.Error(d)
				}
			}
			want := maps.Clone(wsOrder)
			maps.Copy(want, c.but)
			if d := cmp.Diff(want, r.order()); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestARunThatStopsAnywhereIsGoneOnFrom: the program stops after each step in turn, before
// or after it wrote down what Slack did; the next run ends with the workspace in order, and
// nothing is there twice.
func TestARunThatStopsAnywhereIsGoneOnFrom(t *testing.T) {
	const steps = 26 // more than there are
	for after := range steps {
		for _, written := range []bool{true, false} {
			if written && after%5 != 0 { // the lesser evil
				continue
			}
			t.Run(fmt.Sprint(after, written), func(t *testing.T) {
				t.Parallel()
				r := newWorkspace(t)
				store := &failing{Store: r.Office.Store}
				r.Office.Store = store
				var yes []string
				for _, s := range r.plan() {
					if s.Asks() {
						yes = append(yes, s.Key())
					}
				}
				run, _, err := r.Office.BeginWorkspace(t.Context(), programme.As("jimu"), "op", yes)
				if err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				done := 0
				store.fails = func() bool { return !written && done > after }
				_ = r.Perform(ctx, programme.As("jimu"), run, func(programme.StepOutcome) {
					if done++; written && done == after+1 {
						stop()
					}
				})
				store.fails = func() bool { return false }
				if err := r.Office.BreakOffWorkspace(t.Context()); err != nil { // as at the next start
					t.Fatal(err)
				}
				if _, err := r.perform(true); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(wsOrder, r.order()); d != "" {
					t.Error(d)
				}
				if d := cmp.Diff(wsManual, manual(r.plan())); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

// failing is a store that cannot be written to while fails says so.
type failing struct {
	programme.Store
	fails func() bool
}

func (f *failing) Write(ctx context.Context, do func(programme.Tx) error) error {
	if f.fails != nil && f.fails() {
		return errors.New("the program is no more")
	}
	return f.Store.Write(ctx, do)
}

// TestMessagesFindTheChannelsThatWereMade: a purpose that the configuration does not name is
// that of the workspace's plan.
func TestMessagesFindTheChannelsThatWereMade(t *testing.T) {
	r := newWorkspace(t)
	if _, err := r.perform(false); err != nil {
		t.Fatal(err)
	}
	poster := &bot.Poster{Office: r.Office, API: r.API, Channels: map[programme.Purpose]string{}}
	for _, c := range []struct {
		to   programme.Purpose
		want programme.SendVerdict // "" if it arrives
	}{{programme.CohortChannel("R8"), ""}, {programme.ChannelMentors, ""}, {programme.CohortChannel("R6"), programme.SendRefused}} {
		d := programme.Delivery{ID: "01KD", Op: programme.OpPost, FirstTryAt: wsDay, Notice: programme.Notice{Kind: programme.NoticeHint, Subject: "s", To: programme.ToChannel(c.to)}}
		receipt, err := poster.Send(t.Context(), d, programme.Letter{Text: "text"})
		var failed *programme.SendError
		switch {
		case c.want == "":
			made, ok, lookErr := r.Office.ChannelFor(t.Context(), c.to)
			if err != nil || lookErr != nil || !ok || receipt.SlackID != made.SlackID {
				t.Errorf("%s: %v %v %v, made %v", c.to, receipt, err, lookErr, made)
			}
		case !errors.As(err, &failed) || failed.Verdict != c.want:
			t.Errorf("%s: %v, want %s", c.to, err, c.want)
		}
	}
}

// TestAConfiguredChannelWithOthersInItNeedsAYes: nobody is brought to where outsiders read
// along, also where the configuration names the channel; and a yes holds for who was there.
func TestAConfiguredChannelWithOthersInItNeedsAYes(t *testing.T) {
	r := newWorkspaceOf(t, func(c *rehearsal.Cast) {
		c.People = append(c.People, rehearsal.Person{ID: "UYOSO", Name: "yoso", RealName: "Yoso"})
		c.Channels[2].ID, c.Channels[2].Members = "C0BUREAU", []string{"xeno"}
	})
	const alone = "private [] uxeno"
	if _, err := r.perform(false); err != nil {
		t.Fatal(err)
	}
	if got := r.order()["関東経済産業局"]; got != alone {
		t.Errorf("without a yes: %s", got)
	}
	var yes []string
	for _, s := range r.plan() {
		if s.Kind == programme.StepAdopt && s.Asks() {
			yes = append(yes, s.Key())
		}
	}
	if _, err := r.API.InviteUsersToConversation("C0BUREAU", "UYOSO"); err != nil {
		t.Fatal(err)
	}
	run, _, err := r.Office.BeginWorkspace(t.Context(), programme.Operator, r.Office.NewID(), yes)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Perform(t.Context(), programme.Operator, run, nil); err != nil {
		t.Fatal(err)
	}
	if got := r.order()["関東経済産業局"]; got != alone+" uyoso" {
		t.Errorf("a yes to another state: %s", got)
	}
}

// TestAChannelOfSomebodyElsesIsNotFilledWithoutAYes: whoever makes a channel of the right
// name beforehand does not read what is meant for others.
func TestAChannelOfSomebodyElsesIsNotFilledWithoutAYes(t *testing.T) {
	r := newWorkspaceOf(t, func(c *rehearsal.Cast) {
		c.Channels = append(c.Channels, rehearsal.Channel{Name: "ws-cohort", Private: true, App: true, Members: []string{"xeno"}})
	})
	if _, err := r.perform(false); err != nil {
		t.Fatal(err)
	}
	if got := r.order()["ws-cohort"]; got != "private [] uxeno" {
		t.Errorf("without a yes: %s", got)
	}
	if _, err := r.perform(true); err != nil { // which takes them out, too
		t.Fatal(err)
	}
	if d := cmp.Diff(wsOrder, r.order()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(wsManual, manual(r.plan())); d != "" {
		t.Error(d)
	}
}
