package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// wsDay is when a workspace is put in order.
var wsDay = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)

// wsRoster is a roster of each standing. Ids are their names; who has a capital X is not
// on Slack.
func wsRoster() (out []programme.Person) {
	const named = programme.Date("2026-06-01")
	add := func(id string, role programme.Role, change func(*programme.Person)) {
		p := programme.Person{ID: programme.PersonID(id), Name: id, Kana: id, Roles: []programme.Role{role}, SlackID: "U" + strings.ToUpper(id)}
		if change != nil {
			change(&p)
		}
		out = append(out, p)
	}
	pledged := func(p *programme.Person) { p.Notified, p.Pledged = named, named }
	add("akiko", programme.Atsugi, func(p *programme.Person) { p.Cohorts, p.Organisation = []string{"R8"}, "秋窯（株）" })
	add("bunta", programme.Atsugi, func(p *programme.Person) { p.Cohorts = []string{"R8"} })
	add("chika", programme.Atsugi, func(p *programme.Person) { p.SlackID, p.Email = "", "chika@example.jp" })
	add("eiji", programme.Mentor, func(p *programme.Person) { pledged(p); p.Cohorts = []string{"R8"} })
	add("fumi", programme.Mentor, nil) // neither notified nor pledged
	add("ginko", programme.Supporter, nil)
	add("jimu", programme.Coordinator, pledged)
	add("kyoku", programme.Bureau, nil)
	add("left", programme.Coordinator, func(p *programme.Person) { pledged(p); p.Left = wsDay })
	return out
}

// wsWishes is every sort of channel, office and bureau by the names that they have.
func wsWishes() *programme.WorkspaceSettings {
	w := &programme.WorkspaceSettings{Cohorts: []string{"R8"}, Configured: map[programme.Purpose]string{
		programme.ChannelOffice: "事務局", programme.ChannelBureau: "#関東経済産業局",
	}}
	for _, s := range programme.Sorts {
		w.Channels = append(w.Channels, programme.ChannelWish{
			Sort: s, Private: s != programme.SortAnnounce, Name: "ws-" + string(s), Topic: programme.Text{Ja: "話題 <&> " + string(s)},
		})
	}
	return w
}

var wsHouse = dbtest.Filled(func(store *db.DB) error {
	return store.Write(context.Background(), func(tx programme.Tx) error {
		for _, p := range wsRoster() {
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return errors.Join(
			tx.CreateEngagement("op1", programme.Engagement{ID: "e1", Atsugi: "akiko", Mentor: "eiji", Sessions: 2, Made: wsDay}),
			tx.CreateEngagement("op2", programme.Engagement{ID: "e2", Atsugi: "bunta", Mentor: "eiji", Sessions: 2, Made: wsDay.Add(time.Hour)}),
		)
	})
})

// wsRoom is a workspace that is not as it should be in every way that the bot can mend.
type wsRoom struct {
	t      *testing.T
	server *rehearsal.Server
	*bot.Workspace
	waited []time.Duration
	ids    int
}

func newWorkspace(t *testing.T) *wsRoom { return newWorkspaceOf(t, func(*rehearsal.Cast) {}) }

// newWorkspaceOf is newWorkspace with another cast.
func newWorkspaceOf(t *testing.T, change func(*rehearsal.Cast)) *wsRoom {
	t.Helper()
	cast := &rehearsal.Cast{}
	for _, p := range wsRoster() {
		if p.SlackID != "" {
			cast.People = append(cast.People, rehearsal.Person{ID: p.SlackID, Name: string(p.ID), RealName: p.Name})
		}
	}
	cast.People = append(cast.People, rehearsal.Person{ID: "UXENO", Name: "xeno", RealName: "Xeno"})
	cast.Channels = []rehearsal.Channel{
		{Name: "general", App: true},
		{Name: "事務局", Private: true, App: true, Members: []string{"jimu", "left", "xeno"}},
		{Name: "関東経済産業局", Private: true, App: true, Members: []string{"kyoku"}},
		{Name: "ws-announce", Members: []string{"jimu", "left", "xeno"}}, // the bot is not in it
	}
	change(cast)
	unlimited := rehearsal.Unlimited()
	server, err := rehearsal.Start(rehearsal.Options{Cast: cast, Limits: &unlimited})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	r := &wsRoom{t: t, server: server}
	api := slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
	r.Workspace = &bot.Workspace{API: api, Pause: func(_ context.Context, d time.Duration) bool { r.waited = append(r.waited, d); return true }}
	r.Office = &programme.Office{
		Store: wsHouse(t), Settings: programme.Settings{Zone: time.UTC, Workspace: wsWishes()},
		Now: func() time.Time { return wsDay.Add(time.Minute) }, NewID: func() string { r.ids++; return fmt.Sprintf("01W%023d", r.ids) },
	}
	r.prepare()
	return r
}

// prepare leaves what earlier times made: a channel of another name, and one of an
// engagement that is no more.
func (r *wsRoom) prepare() {
	r.t.Helper()
	for purpose, name := range map[programme.Purpose]string{"mentors": "old-mentors", "engagement:e0": "ws-gone"} {
		c, err := r.API.CreateConversation(slack.CreateConversationParams{ChannelName: name, IsPrivate: true})
		if err != nil {
			r.t.Fatal(err)
		}
		err = errors.Join(err, r.Office.Store.Write(r.t.Context(), func(tx programme.Tx) error {
			return tx.SaveChannel(programme.Channel{Purpose: purpose, SlackID: c.ID, Name: name, Made: true}, wsDay)
		}))
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *wsRoom) plan() []programme.WorkspaceStep {
	r.t.Helper()
	steps, err := r.Plan(r.t.Context(), programme.Operator)
	if err != nil {
		r.t.Fatal(err)
	}
	return steps
}

// perform performs the plan with a yes to all that needs one, or to nothing. The error is
// the run's.
func (r *wsRoom) perform(yes bool) ([]programme.StepOutcome, error) {
	r.t.Helper()
	var keys []string
	if yes {
		for _, s := range r.plan() {
			if s.Asks() {
				keys = append(keys, s.Key())
			}
		}
	}
	run, fresh, err := r.Office.BeginWorkspace(r.t.Context(), programme.Operator, r.Office.NewID(), keys)
	if err != nil || !fresh {
		r.t.Fatal(fresh, err)
	}
	var out []programme.StepOutcome
	err = r.Perform(r.t.Context(), programme.Operator, run, func(o programme.StepOutcome) { out = append(out, o) })
	return out, err
}

// order is how the workspace ends up: each channel with its topic and who is in it, and
// fails if there are two of a name.
func (r *wsRoom) order() map[string]string {
	r.t.Helper()
	channels, _, err := r.API.GetConversations(&slack.GetConversationsParameters{Limit: 1000, Types: []string{"public_channel", "private_channel"}})
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range channels {
		if c.Name == "general" {
			continue
		}
		if out[c.Name] != "" {
			r.t.Errorf("two channels are called %s", c.Name)
		}
		members, _, err := r.API.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: c.ID, Limit: 1000})
		if err != nil {
			r.t.Fatal(err)
		}
		members = slices.DeleteFunc(members, func(m string) bool { return m == r.server.BotUserID() })
		slices.Sort(members)
		state := map[bool]string{true: "private", false: "public"}[c.IsPrivate]
		if c.IsArchived {
			state = "archived"
		}
		out[c.Name] = strings.TrimSpace(state + " [" + c.Topic.Value + "] " + strings.ToLower(strings.Join(members, " ")))
	}
	return out
}

// wsOrder is the workspace as it should be, with a yes to everything.
var wsOrder = map[string]string{
	"事務局":             "private [話題 <&> office] ujimu",
	"関東経済産業局":         "private [話題 <&> bureau] ujimu ukyoku",
	"ws-announce":     "public [話題 <&> announce] uakiko ubunta ueiji uginko ujimu ukyoku uxeno",
	"ws-cohort":       "private [話題 <&> cohort] uakiko ubunta ueiji ujimu",
	"ws-mentors":      "private [話題 <&> mentors] ueiji ujimu",
	"ws-supporters":   "private [話題 <&> supporters] uginko ujimu",
	"ws-engagement":   "private [話題 <&> engagement] uakiko ueiji ujimu",
	"ws-engagement-2": "private [話題 <&> engagement] ubunta ueiji ujimu",
}

// manual are the steps of a plan that no bot can do, all that may be left of one.
func manual(steps []programme.WorkspaceStep) (out []string) {
	for _, s := range steps {
		if !s.Manual() {
			out = append(out, "left to do: "+s.String())
			continue
		}
		out = append(out, s.String())
	}
	return out
}

var wsManual = []string{"restrict who may post in #ws-announce", "invite to the workspace: chika"}

func TestAWorkspaceIsPutInOrderOnce(t *testing.T) {
	r := newWorkspace(t)
	out, err := r.perform(true)
	if err != nil {
		t.Fatal(err)
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
	want := map[programme.Purpose]bool{"announce": false, "cohort:R8": true, "mentors": true, "supporters": true, "engagement:e0": true, "engagement:e1": true, "engagement:e2": true}
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
	want := []string{"remove left from #事務局", "remove Xeno from #事務局", "remove left from #ws-announce", "archive #ws-gone"}
	if d := cmp.Diff(want, asks); d != "" {
		t.Error(d)
	}
}

// TestEachFailureOfSlackInTurn: whichever call fails, however it fails, the rest is done;
// performed again, the workspace is as it should be, and nothing is there twice.
func TestEachFailureOfSlackInTurn(t *testing.T) {
	methods := []string{
		"auth.test", "conversations.list", "conversations.members", "users.info", "conversations.create", "conversations.setTopic",
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
				case lasting && reading && method != "users.info" && err == nil:
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
