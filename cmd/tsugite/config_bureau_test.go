package main

import (
	"strings"
	"testing"

	"tsugite/programme"
	"tsugite/reminders"
)

func digestsOf(c *Config) (out []string) {
	for _, d := range c.Rules.Digests {
		if d.Kind == programme.NoticeMemoDigest {
			out = append(out, d.ID+" "+d.Schedule.String())
		}
	}
	return out
}

// TestTheBureauGetsCardsUnlessSaidOtherwise, and a file by the calendar if it is.
func TestTheBureauGetsCardsUnlessSaidOtherwise(t *testing.T) {
	for file, want := range map[string]string{
		minimal:                              "",
		minimal + "memos: {bureau: cards}\n": "",
		minimal + "memos: {bureau: digest, digest: {cron: \"0 9 1,15 * *\"}}\n":            "memos 0 9 1,15 * *",
		minimal + "memos: {bureau: digest, digest: {cron: \"0 9 * * 1\", format: xlsx}}\n": "memos 0 9 * * 1",
	} {
		c, err := parseConfig("c.yaml", []byte(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(digestsOf(c), ";"); got != want || (c.Settings().BureauWay == programme.BureauDigest) != (want != "") {
			t.Errorf("%q: digests %q, way %q", file, got, c.Settings().BureauWay)
		}
	}
}

func TestFaultsOfTheBureausFile(t *testing.T) {
	for file, mend := range map[string]string{
		"memos: {bureau: digest}\n":                                                 "write digest:",
		"memos: {digest: {cron: \"0 9 1,15 * *\"}}\n":                               "write bureau: digest",
		"memos: {bureau: cards, digest: {cron: \"0 9 1,15 * *\"}}\n":                "write bureau: digest",
		"memos: {bureau: mail}\n":                                                   "one of: cards, digest",
		"memos: {bureau: digest, digest: {cron: \"0 9 1,15 * *\", format: docx}}\n": "xlsx",
		"memos: {bureau: digest, digest: {format: xlsx}}\n":                         "cron",
		"memos: {bureau: digest, digest: {cron: often}}\n":                          "not a cron line",
		"reminders: {digests: [{id: memos, kind: week, cron: \"0 9 * * 1\"}]}\nmemos: {bureau: digest, digest: {cron: \"0 9 * * 1\"}}\n": "another id",
	} {
		if _, err := parseConfig("c.yaml", []byte(minimal+file), nil); err == nil || !strings.Contains(err.Error(), mend) {
			t.Errorf("%s: %v, want %q", file, err, mend)
		}
	}
}

// TestTheBureausFileGoesToItsChannelAlone.
func TestTheBureausFileGoesToItsChannelAlone(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(minimal+"memos: {bureau: digest, digest: {cron: \"0 9 1,15 * *\"}}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	day := programme.Date("2026-09-01").At(0, 0, c.Settings().Zone)
	people := []programme.Person{{ID: "o", SlackID: "U1", Roles: []programme.Role{programme.Coordinator}}, {ID: "b", SlackID: "U2", Roles: []programme.Role{programme.Bureau}}}
	plan := reminders.Plan(day.AddDate(0, 0, 20), reminders.Facts{
		Facts: programme.Facts{People: people}, Rules: c.Rules, Zone: c.Settings().Zone, From: day, To: day.AddDate(0, 0, 29),
	})
	var to []string
	for _, n := range plan {
		if n.Kind == programme.NoticeMemoDigest {
			to = append(to, string(n.To)+" "+n.Due.In(c.Settings().Zone).Format("1/2 15:04"))
		}
	}
	if got := strings.Join(to, ", "); got != "c:bureau 9/1 09:00, c:bureau 9/15 09:00" {
		t.Errorf("planned %s", got)
	}
}
