package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// TestTheExampleOfAWorkspaceIsOne: with the signs of a comment taken off, the section of
// the example says what it shows.
func TestTheExampleOfAWorkspaceIsOne(t *testing.T) {
	example, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(example), "# workspace:\n")
	section, _, _ = strings.Cut(section, "\n\n")
	c, err := parseConfig("c.yaml", []byte(minimal+"workspace:\n"+strings.ReplaceAll("\n"+section, "\n# ", "\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, w := range c.Settings().Workspace.Channels {
		names = append(names, string(w.Sort)+" "+w.Name)
	}
	want := []string{
		"office ws-2026-事務局", "bureau ws-2026-関東経済産業局", "announce ws-2026-お知らせ", "cohort ws-2026-{cohort}",
		"mentors ws-2026-専門家", "supporters ws-2026-支援機関", "engagement ws-2026-相談-{firm}",
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
}

func TestAWorkspaceIsOffUnlessConfigured(t *testing.T) {
	for rule, file := range map[string]string{"no section": minimal, "the example": ""} {
		load := func() (*Config, error) { return parseConfig("c.yaml", []byte(file), nil) }
		if file == "" {
			load = func() (*Config, error) { return LoadConfig("../../config.example.yaml") }
		}
		c, err := load()
		if err != nil {
			t.Fatal(rule, err)
		}
		if c.Settings().Workspace != nil {
			t.Error(rule, "makes channels")
		}
	}
}

func TestWhatAWorkspaceMayNotSay(t *testing.T) {
	for _, c := range []struct{ rule, section, want string }{
		{"a prefix is needed", "{channels: {announce: {}}}", "prefix"},
		{"a prefix stands in names", "{prefix: WS 2026, channels: {announce: {}}}", "cannot stand in the name"},
		{"channels are named", "{prefix: a, channels: {}}", "names no channel"},
		{"only known ones", "{prefix: a, channels: {friends: {}}}", "friends"},
		{"what is of few is private", "{prefix: a, channels: {mentors: {private: false}}}", "meant for a few"},
		{"names are as Slack takes them", "{prefix: a, channels: {mentors: {name: Mentors Room}}}", "cannot be the name"},
		{"unknown braces", `{prefix: a, channels: {mentors: {name: "{prefix}-{firm}"}}}`, "unknown here"},
		{"cohorts are told apart", "{prefix: a, cohorts: [R7, R8], channels: {cohort: {name: ws}}}", "tell the cohorts apart"},
		{"two with one name", "{prefix: a, channels: {mentors: {name: ws}, supporters: {name: ws}}}", "has the name of"},
		{"a topic fits in both languages", "{prefix: a, channels: {mentors: {topic: {ja: " + strings.Repeat("あ", 200) + ", en: " + strings.Repeat("a", 100) + "}}}}", "together"},
		{"a channel that slack.channels names has its name", "{prefix: a, channels: {office: {name: b}}}", "already"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := parseConfig("c.yaml", []byte(minimal+"slack: {channels: {office: 事務局}}\nworkspace: "+c.section+"\n"), nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestAWorkspaceWithoutCohortsHasThisYears(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(minimal+"workspace: {prefix: a, channels: {cohort: {}, announce: {private: true}}}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := &programme.WorkspaceSettings{
		Cohorts: []string{"R8"}, Configured: map[programme.Purpose]string{},
		Channels: []programme.ChannelWish{{Sort: programme.SortAnnounce, Name: "a-お知らせ", Private: true}, {Sort: programme.SortCohort, Name: "a-{cohort}", Private: true}},
	}
	if d := cmp.Diff(want, c.Settings().Workspace); d != "" {
		t.Error(d)
	}
}
