package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// Without the section, without some of its keys, and as the example and the demo write
// it, the settings are the defaults.
func TestSessionsAreTheDefaultsUnlessSaidOtherwise(t *testing.T) {
	want := programme.SessionSettings{
		Offering: programme.OfferingOffice, Length: time.Hour, Buffer: 15 * time.Minute, CutOff: 24 * time.Hour,
		Moves: 3, PerWeek: 5, PerAtsugi: 3, Most: 15, Group: programme.GroupNone,
		Fields: []programme.Text{
			{Ja: "新規事業", En: "New business"}, {Ja: "ブランディング", En: "Branding"}, {Ja: "販路", En: "Sales channels"},
			{Ja: "経営", En: "Management"}, {Ja: "文化資源", En: "Cultural resources"},
		},
	}
	if diff := cmp.Diff(want, programme.DefaultSessions()); diff != "" {
		t.Error(diff)
	}
	for rule, file := range map[string]string{
		"no section": minimal, "an empty section": minimal + "sessions:\n", "empty keys": minimal + "sessions: {length: , quotas: }\n",
		"the same in other units": minimal + "sessions: {length: 1h, cut_off: 1d}\n",
	} {
		c, err := parseConfig("c.yaml", []byte(file), nil)
		if err != nil {
			t.Fatal(rule, err)
		}
		if diff := cmp.Diff(want, c.Settings().Sessions); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
	for rule, load := range map[string]func() (*Config, error){
		"the example": func() (*Config, error) { return LoadConfig("../../config.example.yaml") },
		"the demo":    sampleConfig,
	} {
		c, err := load()
		if err != nil {
			t.Fatal(rule, err)
		}
		if diff := cmp.Diff(want, c.Settings().Sessions); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
}

func TestConfigurationReadsSessions(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(minimal+`sessions:
  offering: open
  fields: [染め, {ja: 木工, en: Woodwork}]
  length: 90m
  buffer: 0m
  cut_off: 2d
  moves: 0
  group: office
  quotas: {atsugi: 4, week: 2, programme: 20}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := programme.SessionSettings{
		Offering: programme.OfferingOpen, Length: 90 * time.Minute, Buffer: 0, CutOff: 48 * time.Hour,
		Moves: 0, PerWeek: 2, PerAtsugi: 4, Most: 20, Group: programme.GroupOffice,
		Fields: []programme.Text{{Ja: "染め"}, {Ja: "木工", En: "Woodwork"}},
	}
	if diff := cmp.Diff(want, c.Settings().Sessions); diff != "" {
		t.Error(diff)
	}
}

func TestNoFieldsCanBeConfigured(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(minimal+"sessions: {fields: []}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Settings().Sessions.Fields; len(got) != 0 {
		t.Errorf("fields are %v", got)
	}
}

// A target of the programme that was set higher, and no limit of one's own: the target
// can be met.
func TestProgrammesLimitOfSessionsFollowsItsTarget(t *testing.T) {
	for targets, want := range map[string]int{
		"{code: 2-③b, least: 10, most: 15}": 15, "{code: 2-③b, least: 12, most: 24}": 24, "{code: 2-③b, least: 30}": 30,
		"{code: 2-③b, least: 2}": 15, "{code: 2-③a, least: 1}": 15,
	} {
		c, err := parseConfig("c.yaml", []byte(minimal+"  targets: ["+targets+"]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Settings().Sessions.Most; got != want {
			t.Errorf("%s: %d in the programme, want %d", targets, got, want)
		}
	}
}

func TestFaultsOfSessions(t *testing.T) {
	for rule, c := range map[string]struct{ section, want string }{
		"an unknown way": {"sessions: {offering: ofice}",
			`c.yaml:7:22: sessions.offering: unknown word "ofice" (did you mean office?)`},
		"a length that cannot be chosen": {"sessions:\n  length: 50m",
			"c.yaml:8:11: sessions.length: a session does not take 50m (one of: 30m, 45m, 60m, 90m)"},
		"no length": {"sessions:\n  length: 0m",
			"c.yaml:8:11: sessions.length: a session does not take 0m (one of: 30m, 45m, 60m, 90m)"},
		"a number without a unit": {"sessions:\n  length: 60",
			`c.yaml:8:11: sessions.length: "60" is not a length of time (write 45m, 24h or 2d)`},
		"an offset": {"sessions:\n  cut_off: -1d",
			`c.yaml:8:12: sessions.cut_off: "-1d" is not a length of time (write 45m, 24h or 2d)`},
		"a cut-off of a month": {"sessions:\n  cut_off: 30d",
			"c.yaml:8:12: sessions.cut_off: 30d is too long (336h at most)"},
		"a buffer off the grid": {"sessions:\n  buffer: 12m",
			"c.yaml:8:11: sessions.buffer: is not a multiple of 5 minutes (write 0m, 10m or 15m)"},
		"a buffer of a day": {"sessions:\n  buffer: 1d",
			"c.yaml:8:11: sessions.buffer: 1d is too long (4h at most)"},
		"a list in place of a length": {"sessions:\n  buffer: [10m]",
			"c.yaml:8:11: sessions.buffer: must be a text (write one value here, in quotes if it has special characters)"},
		"moves that are no number": {"sessions:\n  moves: often",
			"c.yaml:8:10: sessions.moves: must be a whole number (0 to 20)"},
		"a quota of nothing": {"sessions:\n  quotas: {atsugi: 0}",
			"c.yaml:8:20: sessions.quotas.atsugi: must be a whole number (1 to 1000)"},
		"a quota below the target": {"sessions:\n  quotas: {programme: 9}",
			"c.yaml:8:23: sessions.quotas.programme: is less than the target 2-③b of 10 (make it larger, or mend the target)"},
		"an unknown group": {"sessions:\n  group: all",
			`c.yaml:8:10: sessions.group: unknown word "all" (one of: off, two, office)`},
		"an unknown key": {"sessions:\n  cutoff: 24h",
			`c.yaml:8:3: sessions: unknown key "cutoff" (did you mean cut_off?)`},
		"an unknown quota": {"sessions:\n  quotas: {month: 3}",
			`c.yaml:8:12: sessions.quotas: unknown key "month" (known here: atsugi, week, programme)`},
		"a field twice": {"sessions:\n  fields: [販路, {ja: 販路, en: Sales}]",
			`c.yaml:8:16: sessions.fields[2]: "販路" is there twice (keep one of them)`},
		"a field without Japanese": {"sessions:\n  fields: [{en: Sales}]",
			"c.yaml:8:13: sessions.fields[1].ja: is missing"},
		"a field that is a sentence": {"sessions:\n  fields: [" + strings.Repeat("あ", 41) + "]",
			"c.yaml:8:12: sessions.fields[1]: has 41 characters (40 at most)"},
		"more fields than can be ticked": {"sessions:\n  fields: [a, b, c, d, e, f, g, h, i, j, k]",
			"c.yaml:8:11: sessions.fields: has 11 entries (10 at most)"},
		"a text in place of fields": {"sessions:\n  fields: 販路",
			"c.yaml:8:11: sessions.fields: must be a list (begin each entry with - )"},
		"a list in place of the section": {"sessions: [office]",
			"c.yaml:7:11: sessions: must be a mapping (write key: value lines below it, indented)"},
	} {
		t.Run(rule, func(t *testing.T) {
			_, err := parseConfig("c.yaml", []byte(minimal+c.section+"\n"), nil)
			if diff := cmp.Diff([]string{c.want}, faultLines(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
