package programme_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// toySlack is as much of Slack as a plan needs: channels, some of them out of sight, and
// what it refuses.
type toySlack struct {
	programme.ActualWorkspace
	hidden  []string        // names that are taken out of sight
	guests  map[string]bool // whom nobody can invite
	touched []string        // people taken out and channels archived
}

// do performs a step, or says why not.
func (w *toySlack) do(s programme.WorkspaceStep) string {
	i := slices.IndexFunc(w.Channels, func(c programme.ActualChannel) bool { return c.ID == s.Channel })
	if i < 0 && s.Kind != programme.StepCreate { // made on the way
		i = slices.IndexFunc(w.Channels, func(c programme.ActualChannel) bool { return c.Name == s.Name })
	}
	if i < 0 && s.Kind != programme.StepCreate {
		return "channel_not_found"
	}
	keep := func(made bool) {
		w.Known = slices.DeleteFunc(w.Known, func(c programme.Channel) bool { return c.Purpose == s.Purpose })
		w.Known = append(w.Known, programme.Channel{Purpose: s.Purpose, SlackID: w.Channels[i].ID, Name: s.Name, Made: made})
	}
	switch s.Kind {
	case programme.StepCreate:
		if slices.Contains(w.hidden, s.Name) || slices.ContainsFunc(w.Channels, func(c programme.ActualChannel) bool { return c.Name == s.Name }) {
			return "name_taken"
		}
		i = len(w.Channels)
		w.Channels = append(w.Channels, programme.ActualChannel{ID: fmt.Sprintf("CNEW%d", i), Name: s.Name, Private: s.Private, Joined: true, CreatedBy: "UBOT", Members: []string{"UBOT"}})
		keep(true)
	case programme.StepAdopt:
		keep(s.Made)
	case programme.StepUnarchive:
		if w.Channels[i].CreatedBy != "UBOT" {
			return "not_in_channel"
		}
		w.Channels[i].Archived = false
	case programme.StepJoin:
		w.Channels[i].Joined = true
	case programme.StepRename:
		if w.Channels[i].CreatedBy != "UBOT" {
			return "not_authorized"
		}
		if slices.ContainsFunc(w.Channels, func(c programme.ActualChannel) bool { return c.Name == s.Name }) {
			return "name_taken"
		}
		w.Channels[i].Name = s.Name
		keep(true)
	case programme.StepTopic:
		w.Channels[i].Topic = s.Topic
	case programme.StepInvite:
		for _, p := range s.People {
			if w.guests[p.Account] {
				continue // told of each, see refusals
			}
			w.Channels[i].Members = append(w.Channels[i].Members, p.Account)
		}
	case programme.StepRemove:
		w.touched = append(w.touched, s.People[0].Account)
		w.Channels[i].Members = slices.DeleteFunc(w.Channels[i].Members, func(m string) bool { return m == s.People[0].Account })
	case programme.StepArchive:
		w.touched = append(w.touched, s.Channel)
		w.Channels[i].Archived = true
	}
	return ""
}

// perform does a plan as the bot does: what comes after a channel's first step that failed
// is left, each refusal is kept, and what needs a yes is done with one only.
func (w *toySlack) perform(plan []programme.WorkspaceStep, yes bool) {
	stuck := map[programme.Purpose]bool{}
	for _, s := range plan {
		if s.Kind == programme.StepAdopt && s.Asks() && !yes {
			stuck[s.Purpose] = true
		}
		if s.Manual() || s.Asks() && !yes || stuck[s.Purpose] && !s.Asks() {
			continue
		}
		code := w.do(s)
		delete(w.Troubles, s.Key())
		if code != "" {
			w.Troubles[s.Key()] = code
			stuck[s.Purpose] = s.Kind == programme.StepCreate || s.Kind == programme.StepUnarchive || s.Kind == programme.StepJoin
		}
		if s.Kind == programme.StepInvite && code == "" {
			for _, p := range s.People {
				if w.guests[p.Account] {
					one := s
					one.People = []programme.StepPerson{p}
					w.Troubles[one.Key()] = "ura_max_channels"
				}
			}
		}
	}
}

// TestAPlanThatWasPerformedLeavesWhatAPersonHasToDo: whatever the workspace was like.
func TestAPlanThatWasPerformedLeavesWhatAPersonHasToDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c", "d", "e"}
		ids := []string{"p0", "p1", "p2", "p3", "p4", "p5"}
		some := func(label string, of []string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 0, len(of), rapid.ID[string]).Draw(t, label)
		}
		yesNo := func(label string) bool { return rapid.Bool().Draw(t, label) }
		var roster []programme.Person
		for _, id := range ids {
			p := slacker(id)
			if yesNo("off Slack") {
				p.SlackID = ""
			}
			if yesNo("left") && yesNo("really") {
				p.Left = firstDay
			}
			roster = append(roster, p)
		}
		accounts := []string{"UBOT", "UX", "Up0", "Up1", "Up2", "Up3", "Up4", "Up5"}
		w := &toySlack{guests: map[string]bool{}, ActualWorkspace: programme.ActualWorkspace{Bot: "UBOT", Troubles: map[string]string{}}}
		for i, name := range some("channels", names) {
			w.Channels = append(w.Channels, programme.ActualChannel{
				ID: fmt.Sprintf("C%d", i), Name: name, Private: yesNo("private"), Archived: yesNo("archived"), Joined: yesNo("joined"),
				Topic: rapid.SampledFrom([]string{"", "t"}).Draw(t, "topic"), CreatedBy: rapid.SampledFrom([]string{"UBOT", "UX"}).Draw(t, "by"),
				Members: some("members", accounts),
			})
			if yesNo("known") {
				w.Known = append(w.Known, programme.Channel{Purpose: programme.Purpose(fmt.Sprintf("purpose%d", i)), SlackID: fmt.Sprintf("C%d", i),
					Name: rapid.SampledFrom(names).Draw(t, "known name"), Made: yesNo("made")})
			}
		}
		w.hidden = slices.DeleteFunc(some("hidden", names), func(n string) bool {
			return slices.ContainsFunc(w.Channels, func(c programme.ActualChannel) bool { return c.Name == n })
		})
		for _, g := range some("guests", accounts) {
			w.guests[g] = true
		}
		var wanted []programme.WantedChannel
		meant := map[programme.Purpose]map[string]bool{}
		for i, name := range some("wanted", names) {
			one := programme.WantedChannel{Purpose: programme.Purpose(fmt.Sprintf("purpose%d", i)), Name: name, Private: yesNo("wanted private"), Topic: "t", Everyone: yesNo("everyone")}
			meant[one.Purpose] = map[string]bool{}
			for _, p := range roster {
				if p.Active() && yesNo("member") {
					one.Members = append(one.Members, p)
					meant[one.Purpose][p.SlackID] = true
				}
			}
			wanted = append(wanted, one)
		}

		before := programme.PlanWorkspace(wanted, w.ActualWorkspace, roster)
		if again := programme.PlanWorkspace(wanted, w.ActualWorkspace, roster); fmt.Sprint(before) != fmt.Sprint(again) {
			t.Fatalf("the same look, another plan:\n%v\n%v", before, again)
		}
		for _, s := range before {
			for _, p := range s.People {
				if s.Kind == programme.StepInvite && !meant[s.Purpose][p.Account] {
					t.Fatalf("%s: is not meant", s)
				}
				if s.Kind == programme.StepRemove && (meant[s.Purpose][p.Account] || p.Account == "UBOT") {
					t.Fatalf("%s: is meant", s)
				}
			}
		}
		w.perform(before, false)
		if len(w.touched) > 0 {
			t.Fatalf("without a yes: %v", w.touched)
		}
		for range 2 { // what is in a name's way may be moved by a later step
			w.perform(programme.PlanWorkspace(wanted, w.ActualWorkspace, roster), true)
		}
		for _, s := range programme.PlanWorkspace(wanted, w.ActualWorkspace, roster) {
			if !s.ByHand() {
				t.Fatalf("left to do: %s", s)
			}
		}
	})
}
