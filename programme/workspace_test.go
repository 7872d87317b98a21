package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// everyWish wishes for a channel of every sort.
func everyWish() *programme.WorkspaceSettings {
	w := &programme.WorkspaceSettings{Cohorts: []string{"R7", "R8"}, Configured: map[programme.Purpose]string{}}
	for _, s := range programme.Sorts {
		name := "ws-" + string(s)
		switch s {
		case programme.SortCohort:
			name += "-{cohort}"
		case programme.SortEngagement:
			name += "-{firm}"
		}
		w.Channels = append(w.Channels, programme.ChannelWish{Sort: s, Name: name, Private: s != programme.SortAnnounce})
	}
	return w
}

// TestWhoIsInWhichChannel: by role and cohort, with the office in every one, and none of
// office and experts before they are admitted (programme.md duty 4).
func TestWhoIsInWhichChannel(t *testing.T) {
	h := newHouse(t)
	h.Settings.Workspace = everyWish()
	engaged := h.engage("op", "atsugi", "expert")
	facts, err := h.WorkspaceFacts(t.Context(), programme.As("office"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, w := range facts.Wanted {
		var ids []string
		for _, p := range w.Members {
			ids = append(ids, string(p.ID))
		}
		got[string(w.Purpose)+" #"+w.Name] = strings.Join(ids, " ")
	}
	want := map[string]string{
		"office #ws-office":         "office",
		"bureau #ws-bureau":         "bureau office",
		"announce #ws-announce":     "atsugi bureau expert office other-atsugi other-expert senior supporter",
		"cohort:R7 #ws-cohort-r7":   "office other-atsugi",
		"cohort:R8 #ws-cohort-r8":   "atsugi office",
		"mentors #ws-mentors":       "expert office other-expert senior",
		"supporters #ws-supporters": "office supporter",
		"engagement:" + string(engaged) + " #ws-engagement-試験-atsugi": "atsugi expert office",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// engage arranges sessions of the two.
func (h *house) engage(op string, atsugi, expert programme.PersonID) programme.EngagementID {
	h.t.Helper()
	e, err := h.MakeEngagement(context.Background(), programme.As("office"), programme.EngagementForm{Op: op, Atsugi: atsugi, Mentor: expert, Sessions: 2})
	if err != nil {
		h.t.Fatal(err)
	}
	return e.ID
}

func TestNamesOfChannelsAreAsSlackTakesThem(t *testing.T) {
	for text, want := range map[string]string{
		"WS-2026-R8": "ws-2026-r8", "髙橋窯（株）": "髙橋窯-株", "ＡＢＣ　工房": "abc-工房", "a  b": "a-b", "--a--": "a",
		"がんも・どき": "がんも-どき", "コーヒー": "コーヒー", "！！": "", "naïve_café": "naïve_café",
		strings.Repeat("窯", 100): strings.Repeat("窯", 80),
	} {
		if got := programme.ChannelName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestASecondEngagementOfAFirmHasANameOfItsOwn: also when the first one is over, whose
// channel keeps its name.
func TestASecondEngagementOfAFirmHasANameOfItsOwn(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 9, n, 0, 0, 0, 0, time.UTC) }
	firm := programme.Person{ID: "a", Organisation: "窯"}
	of := func(id string, made, ended int) programme.EngagementView {
		v := programme.EngagementView{Engagement: programme.Engagement{ID: programme.EngagementID(id), Atsugi: "a", Made: day(made)}, AtsugiPerson: firm}
		if ended > 0 {
			v.Ended = day(ended)
		}
		return v
	}
	wanted := programme.WantedChannels(programme.Settings{Workspace: everyWish()}, nil,
		[]programme.EngagementView{of("new", 20, 0), of("over", 1, 10), of("other", 5, 0)}, "2026-09-30")
	got := map[programme.Purpose]string{}
	for _, w := range wanted {
		if strings.HasPrefix(string(w.Purpose), "engagement:") {
			got[w.Purpose] = w.Name
		}
	}
	want := map[programme.Purpose]string{"engagement:other": "ws-engagement-窯-2", "engagement:new": "ws-engagement-窯-3"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestWhatAPlanSays goes through what a look at Slack can find, each with the steps that
// follow.
func TestWhatAPlanSays(t *testing.T) {
	anna, ben := slacker("anna"), slacker("ben")
	far := programme.Person{ID: "far", Name: "far", Email: "far@example.jp"}
	gone := slacker("gone")
	gone.Left = firstDay
	roster := []programme.Person{anna, ben, far, gone}
	want := func(change func(*programme.WantedChannel)) programme.WantedChannel {
		w := programme.WantedChannel{Purpose: "mentors", Name: "ws-m", Private: true, Topic: "話題", Members: []programme.Person{anna, ben}}
		if change != nil {
			change(&w)
		}
		return w
	}
	there := func(change func(*programme.ActualChannel)) programme.ActualChannel {
		c := programme.ActualChannel{ID: "C1", Name: "ws-m", Private: true, Joined: true, Topic: "話題", CreatedBy: "UBOT", Members: []string{"UBOT", "Uanna", "Uben"}}
		if change != nil {
			change(&c)
		}
		return c
	}
	known := []programme.Channel{{Purpose: "mentors", SlackID: "C1", Name: "ws-m", Made: true}}
	configured := func(w *programme.WantedChannel) { w.Configured, w.Purpose, w.Name = true, "office", "事務局" }
	for _, c := range []struct {
		rule   string
		wanted []programme.WantedChannel
		actual programme.ActualWorkspace
		want   []string
	}{
		{"nothing is there", []programme.WantedChannel{want(nil)}, programme.ActualWorkspace{},
			[]string{"create #ws-m private", `set topic of #ws-m to "話題"`, "invite anna, ben to #ws-m"}},
		{"all is in order", []programme.WantedChannel{want(nil)}, programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: known}, nil},
		{"made, and the program stopped", []programme.WantedChannel{want(nil)}, programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}},
			[]string{"use #ws-m for mentors"}},
		{"somebody else made it, with others in it", []programme.WantedChannel{want(nil)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.CreatedBy, c.Members = "UX", []string{"UBOT", "UX", "Uanna"} })}},
			[]string{"use #ws-m for mentors, with 1 others in it: UX", "invite ben to #ws-m", "remove UX from #ws-m"}},
		{"people gave it another name", []programme.WantedChannel{want(nil)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.Name = "せんせい" })}, Known: known}, nil},
		{"the configuration calls it otherwise", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Name = "ws-x" })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: known}, []string{"rename #ws-m to #ws-x"}},
		{"the configuration names it by a name: it is that one, and never renamed", []programme.WantedChannel{want(configured)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil), there(func(c *programme.ActualChannel) { c.ID, c.Name = "C2", "事務局" })},
				Known: []programme.Channel{{Purpose: "office", SlackID: "C1", Name: "old"}}}, []string{"use #事務局 for office"}},
		{"configured, with others in it who would read along", []programme.WantedChannel{want(configured)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) {
				c.Name, c.CreatedBy, c.Members = "事務局", "UX", []string{"UBOT", "UX", "Uanna"}
			})}}, []string{"use #事務局 for office, with 1 others in it: UX", "invite ben to #事務局", "remove UX from #事務局"}},
		{"configured, and remembered: another one of its name is none of it", []programme.WantedChannel{want(configured)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.ID, c.Name, c.Members = "C2", "事務局", []string{"UX"} }),
				there(func(c *programme.ActualChannel) { c.Name = "renamed" })},
				Known: []programme.Channel{{Purpose: "office", SlackID: "C1", Name: "事務局"}}}, nil},
		{"an id of the configuration with others in it", []programme.WantedChannel{want(func(w *programme.WantedChannel) { configured(w); w.ID, w.Name = "C1", "C1" })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) {
				c.CreatedBy, c.Members = "UX", append(c.Members, "UX")
			})}}, []string{"use #ws-m for office, with 1 others in it: UX", "remove UX from #ws-m"}},
		{"an id of the configuration, remembered", []programme.WantedChannel{want(func(w *programme.WantedChannel) { configured(w); w.ID, w.Name = "C1", "C1" })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: []programme.Channel{{Purpose: "office", SlackID: "C1", Name: "ws-m"}}}, nil},
		{"an id that leads nowhere is not made", []programme.WantedChannel{want(func(w *programme.WantedChannel) { configured(w); w.ID = "C0000001" })},
			programme.ActualWorkspace{}, []string{"let the bot into #事務局"}},
		{"what serves another purpose is not taken", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Purpose = "supporters" })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: known},
			[]string{"create #ws-m private", `set topic of #ws-m to "話題"`, "invite anna, ben to #ws-m", "archive #ws-m"}},
		{"nobody is brought to where everyone reads", []programme.WantedChannel{want(nil)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.Private, c.Members = false, nil })}, Known: known},
			[]string{"make #ws-m private"}},
		{"archived, and the bot is outside", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Private = false })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.Private, c.Archived, c.Joined = false, true, false })}, Known: known},
			[]string{"unarchive #ws-m", "join #ws-m"}},
		{"who is not meant is asked out with a yes", []programme.WantedChannel{want(nil)},
			programme.ActualWorkspace{Known: known, Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) {
				c.Members = append(c.Members, "Ugone", "UX", "UAPP", "Ufar")
			})}, Accounts: map[string]programme.SlackAccount{"UX": {Name: "Xeno"}, "UAPP": {Name: "app", Bot: true}}},
			[]string{"remove Xeno from #ws-m", "remove Ufar from #ws-m", "remove gone from #ws-m"}},
		{"where everyone may be, only who left is", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Everyone, w.Private = true, false })},
			programme.ActualWorkspace{Known: known, Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) {
				c.Private, c.Members = false, append(c.Members, "Ugone", "UX")
			})}}, []string{"remove gone from #ws-m", "restrict who may post in #ws-m"}},
		{"who is not on Slack is a person's to bring", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Members = append(w.Members, far) })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: known}, []string{"invite to the workspace: far"}},
		{"who is here by a mail address is neither a stranger nor to be brought", []programme.WantedChannel{want(func(w *programme.WantedChannel) { w.Members = append(w.Members, far) })},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.Members = append(c.Members, "UF") })}, Known: known,
				Accounts: map[string]programme.SlackAccount{"UF": {Name: "F", Email: "FAR@example.jp"}}}, []string{"not matched yet, until they open the app: far"}},
		{"nor is who is not meant here asked out, but told of before the channel is used", []programme.WantedChannel{want(nil)},
			programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.CreatedBy, c.Members = "UX", append(c.Members, "UF") })},
				Accounts: map[string]programme.SlackAccount{"UF": {Name: "F", Email: "far@example.jp"}}}, []string{"use #ws-m for mentors, with 1 others in it: far"}},
		{"what is wished for no more is archived with a yes", nil, programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)}, Known: known},
			[]string{"archive #ws-m"}},
		{"not what the bot found", nil, programme.ActualWorkspace{Channels: []programme.ActualChannel{there(nil)},
			Known: []programme.Channel{{Purpose: "mentors", SlackID: "C1", Name: "ws-m"}}}, nil},
		{"nor what is archived", nil, programme.ActualWorkspace{Channels: []programme.ActualChannel{there(func(c *programme.ActualChannel) { c.Archived = true })}, Known: known}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			c.actual.Bot = "UBOT"
			var got []string
			for _, s := range programme.PlanWorkspace(c.wanted, c.actual, roster) {
				got = append(got, s.String())
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestAYesHoldsForWhatWasSeen: whoever came to a channel after the yes was not in it then.
func TestAYesHoldsForWhatWasSeen(t *testing.T) {
	key := func(channel string, members ...string) string {
		plan := programme.PlanWorkspace([]programme.WantedChannel{{Purpose: "mentors", Name: "m", Private: true}},
			programme.ActualWorkspace{Bot: "UBOT", Channels: []programme.ActualChannel{{ID: channel, Name: "m", Private: true, Joined: true, CreatedBy: "UX", Members: members}}}, nil)
		if len(plan) == 0 || !plan[0].Asks() {
			t.Fatalf("no question: %v", plan)
		}
		return plan[0].Key()
	}
	seen := key("C1", "UX", "UY")
	if again := key("C1", "UY", "UBOT", "UX"); again != seen {
		t.Errorf("the same people, another key: %s %s", seen, again)
	}
	for rule, other := range map[string]string{"one more": key("C1", "UX", "UY", "UZ"), "another one": key("C1", "UX", "UZ"), "another channel": key("C2", "UX", "UY")} {
		if other == seen {
			t.Errorf("%s: the same key %s", rule, other)
		}
	}
}

func slacker(id string) programme.Person {
	return programme.Person{ID: programme.PersonID(id), Name: id, Kana: id, SlackID: "U" + id}
}

// TestAHundredAreInvitedAtATime (Slack takes a thousand; a call of a hundred fails less).
func TestAHundredAreInvitedAtATime(t *testing.T) {
	var many []programme.Person
	for i := range 250 {
		many = append(many, slacker(strings.Repeat("x", i+1)))
	}
	var sizes []int
	for _, s := range programme.PlanWorkspace([]programme.WantedChannel{{Purpose: "mentors", Name: "m", Private: true, Members: many}}, programme.ActualWorkspace{}, many) {
		if s.Kind == programme.StepInvite {
			sizes = append(sizes, len(s.People))
		}
	}
	if !slices.Equal(sizes, []int{100, 100, 50}) {
		t.Error(sizes)
	}
}

// TestWhoMayPutTheWorkspaceInOrder (design.md section 5: the office alone).
func TestWhoMayPutTheWorkspaceInOrder(t *testing.T) {
	for act, do := range map[string]func(h *house, who programme.Actor) error{
		"see the plan": func(h *house, who programme.Actor) error {
			_, err := h.WorkspaceFacts(t.Context(), who)
			return err
		},
		"perform it": func(h *house, who programme.Actor) error {
			_, _, err := h.BeginWorkspace(t.Context(), who, "op", nil)
			return err
		},
		"write down a step": func(h *house, who programme.Actor) error {
			run, _, err := h.BeginWorkspace(t.Context(), programme.As("office"), "op", nil)
			if err != nil {
				t.Fatal(err)
			}
			return h.KeepStep(t.Context(), who, run.ID, programme.StepOutcome{State: programme.StepDone}, nil)
		},
		"end it": func(h *house, who programme.Actor) error {
			run, _, err := h.BeginWorkspace(t.Context(), programme.As("office"), "op", nil)
			if err != nil {
				t.Fatal(err)
			}
			return h.EndWorkspace(t.Context(), who, run.ID, false)
		},
	} {
		for _, id := range cast {
			h := newHouse(t)
			h.Settings.Workspace = everyWish()
			if err := do(h, programme.As(id)); (err == nil) != (id == "office") {
				t.Errorf("%s: %s: %v", act, id, err)
			}
		}
		h := newHouse(t)
		h.Settings.Workspace = everyWish()
		if err := do(h, programme.Operator); err != nil {
			t.Errorf("%s: the operator: %v", act, err)
		}
	}
}

func TestOneRunGoesOnAtATime(t *testing.T) {
	h := newHouse(t)
	_, _, err := h.BeginWorkspace(t.Context(), programme.As("office"), "op", nil)
	wantCode(t, err, programme.CodeClosed) // it is off
	h.Settings.Workspace = everyWish()
	first, fresh, err := h.BeginWorkspace(t.Context(), programme.As("office"), "op1", []string{"archive:C1"})
	if err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	again, fresh, err := h.BeginWorkspace(t.Context(), programme.As("office"), "op1", []string{"archive:C1"})
	if err != nil || fresh || again.ID != first.ID {
		t.Errorf("the same press again: %v %v %v", again, fresh, err)
	}
	_, _, err = h.BeginWorkspace(t.Context(), programme.Operator, "op2", nil)
	wantCode(t, err, programme.CodeConflict)
	h.now = h.now.Add(5 * time.Minute) // without a sign of life
	second, _, err := h.BeginWorkspace(t.Context(), programme.Operator, "op3", nil)
	wantCode(t, err, "")
	if err := h.BreakOffWorkspace(t.Context()); err != nil { // the start of a program: the operator's run is another one's
		t.Fatal(err)
	}
	wantCode(t, h.CountWorkspace(t.Context(), programme.As("office"), first.ID, 1), programme.CodeClosed)
	wantCode(t, h.CountWorkspace(t.Context(), programme.Operator, second.ID, 1), "")
	if got := h.notices()["workspace.run p:office"]; got != 1 {
		t.Errorf("%d notices of runs", got)
	}
}
