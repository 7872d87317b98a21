package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

const minimal = `programme:
  name: 後継者支援ネットワーク事業
  fiscal_year: 2026
  time_zone: Asia/Tokyo
  contract: 2026-06-01
  completion: 2027-03-31
`

func TestExampleConfigurationIsGood(t *testing.T) {
	c, err := LoadConfig("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Rules.Check(); err != nil {
		t.Error(err)
	}
	// What the example calls the defaults are the defaults.
	if diff := cmp.Diff(programme.DefaultTargets(), c.Settings().Targets); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(programme.DefaultParts(), c.Settings().Parts); diff != "" {
		t.Error(diff)
	}
	if want := filepath.Join("..", "..", "tsugite.db"); c.DB != want {
		t.Errorf("database %s, want it beside the configuration, %s", c.DB, want)
	}
	// The contract's least: 1 seminar in August or September, 3 workshops, a report
	// meeting in December, a step-up event in January or February (programme.md).
	months := map[programme.EventKind][]time.Month{}
	for _, e := range c.Events() {
		months[e.Kind] = append(months[e.Kind], e.Start.Month())
	}
	want := map[programme.EventKind][]time.Month{
		programme.Seminar: {8, 9}, programme.Workshop: {9, 10, 11}, programme.Report: {12}, programme.StepUp: {1},
	}
	if diff := cmp.Diff(want, months); diff != "" {
		t.Error(diff)
	}
	// The final report (programme.md table row 3): for 28 February and 21 March 2027,
	// both Sundays, 22 March a substitute holiday, work to 26 February and 19 March.
	workBy := map[string]programme.Date{}
	for _, k := range c.Settings().KeyDates {
		workBy[k.ID] = k.WorkBy
	}
	wantDays := map[string]programme.Date{
		"report-draft": "2027-02-26", "report-revised": "2027-03-19", "completion": "2027-03-31",
		"security-report-1": "2026-09-30", "security-report-2": "2027-03-31",
		"contest-recommendation": "2026-11-20", "contest-entry": "2026-11-26", "contest-documents": "2026-11-27",
	}
	if diff := cmp.Diff(wantDays, workBy); diff != "" {
		t.Error(diff)
	}
}

func TestSmallestConfigurationGetsTheDefaults(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(minimal), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Rules.Check(); err != nil {
		t.Error(err)
	}
	got := []string{c.DB, c.BotToken.String(), c.AppToken.String(), c.Rules.Quiet.String()}
	want := []string{"tsugite.db", "${SLACK_BOT_TOKEN}", "${SLACK_APP_TOKEN}", "21:00-08:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if s := c.Settings(); s.Zone.String() != "Asia/Tokyo" || len(s.Targets) == 0 || len(s.Parts) == 0 || len(c.Rules.Steps) == 0 {
		t.Errorf("%+v", s)
	}
}

// event is the minimal configuration with one event, some of whose lines are
// replaced.
func event(replace ...string) string {
	e := `  events:
    - id: workshop-1
      kind: workshop
      title: 第1回
      start: 2026-09-18 14:00
      end: 2026-09-18 17:00
      place: 会館
      audience: {roles: [atsugi], cohorts: [R8]}
`
	return minimal + strings.NewReplacer(replace...).Replace(e)
}

func TestConfigurationReadsEvents(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(event("14:00", "14:00\n      url: https://meet.example.jp/1\n      capacity: 20\n      bring: 筆記用具\n      approved: 2026-09-01\n      map: https://maps.example.jp/1\n      deadline: 2026-09-16 17:00\n      host: office\n      co_hosts: [〇〇信用金庫]\n      materials: 資料室\n      notes: 覚え書き\n      survey: event", "[R8]", "[令和8年度]")+"surveys: [bundled:event]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	tokyo := c.Settings().Zone
	want := []programme.Event{{
		ID: "workshop-1", Kind: programme.Workshop, Title: "第1回",
		Start: time.Date(2026, 9, 18, 14, 0, 0, 0, tokyo), End: time.Date(2026, 9, 18, 17, 0, 0, 0, tokyo),
		Place: "会館", URL: "https://meet.example.jp/1", Capacity: 20, Bring: "筆記用具", Approved: "2026-09-01",
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}},
		Map:      "https://maps.example.jp/1", Deadline: time.Date(2026, 9, 16, 17, 0, 0, 0, tokyo), Host: programme.ByOffice,
		CoHosts: []string{"〇〇信用金庫"}, Materials: "資料室", Notes: "覚え書き", Survey: "event",
	}}
	if diff := cmp.Diff(want, c.Events()); diff != "" {
		t.Error(diff)
	}
}

func TestConfigurationFaults(t *testing.T) {
	for rule, c := range map[string]struct {
		file string
		want []string
	}{
		"an unknown key": {minimal + "strage: {db: x}\n", []string{`c.yaml:7:1: unknown key "strage" (did you mean storage?)`}},
		"a completion after the fiscal year": {strings.Replace(minimal, "2027-03-31", "2027-04-30", 1), []string{
			"c.yaml:6:15: programme.completion: is after the end of the fiscal year (at the latest 2027-03-31)"}},
		"an unknown zone": {strings.Replace(minimal, "Asia/Tokyo", "Asia/Tokio", 1), []string{
			`c.yaml:4:14: programme.time_zone: unknown time zone "Asia/Tokio" (write Asia/Tokyo)`}},
		"an end before the start": {event("17:00", "13:00"), []string{
			"c.yaml:12:12: programme.events[1].end: is not after the start (write the day as well: 2026-09-18 17:00)"}},
		"an event before the contract": {event("2026-09-18", "2025-09-18"), []string{
			"c.yaml:11:14: programme.events[1].start: is before the contract of 2026-06-01 (check the year)"}},
		"an event after the completion": {event("2026-09-18", "2027-09-18"), []string{
			"c.yaml:12:12: programme.events[1].end: is after the completion on 2027-03-31 (check the year)"}},
		"a day without a time": {event("2026-09-18 14:00", "2026-09-18"), []string{
			`c.yaml:11:14: programme.events[1].start: "2026-09-18" is not a day and time (write 2026-09-18 14:00, in the programme's time zone)`}},
		"an unknown kind": {event("kind: workshop", "kind: workshp"), []string{
			`c.yaml:9:13: programme.events[1].kind: unknown word "workshp" (did you mean workshop?)`}},
		"nowhere": {event("place: 会館", "capacity: 3"), []string{
			"c.yaml:8:7: programme.events[1]: has neither place nor url (say where it takes place)"}},
		"nobody": {event("{roles: [atsugi], cohorts: [R8]}", "{roles: []}"), []string{
			"c.yaml:14:18: programme.events[1].audience: names nobody (write roles: [atsugi], and narrow it with cohorts, prefectures or organisations)"}},
		"an address with a password": {event("place: 会館", "url: https://a:b@example.jp/"), []string{
			"c.yaml:13:12: programme.events[1].url: is not a web address (write https://…, without a user name or password)"}},
		"an id twice": {event("- id: workshop-1", "- {id: workshop-1, kind: report, title: 報告, start: 2026-12-18 14:00, end: 2026-12-18 15:00, place: 会館, audience: {roles: [atsugi]}}\n    - id: workshop-1"), []string{
			`c.yaml:9:11: programme.events[2].id: a second event with the id "workshop-1" (give each event an id of its own and never change it)`}},
		"a target twice, and less than least": {minimal + "  targets: [{code: 2-①, least: 2, most: 1}, {code: 2-①, least: 1}]\n", []string{
			"c.yaml:7:41: programme.targets[1].most: is less than least (leave it out, or make it larger)",
			"c.yaml:7:52: programme.targets[2].code: the same target twice (keep one of them)"}},
		"a token that stands there itself is not repeated": {minimal + "slack: {bot_token: xoxb-1234-secret}\n", []string{
			"c.yaml:7:20: slack.bot_token: must name a secret, not hold it (write ${SLACK_BOT_TOKEN} or file:/path; if a token stood here, revoke it)"}},
		"announcing in the office's channel": {minimal + "slack: {channels: {office: 事務局, announce: 事務局}}\n", []string{
			"c.yaml:7:43: slack.channels.announce: is a private channel of the office or the bureau (name the channel that everyone is in)"}},
		"a channel that cannot be": {minimal + "slack: {channels: {office: \"事務 局\"}}\n", []string{
			`c.yaml:7:28: slack.channels.office: "事務 局" is not a channel (write its id (C0…) or its name in quotes ("#事務局"))`}},
		"a reminder after the start": {minimal + "reminders:\n  steps: [{id: a, kind: ask, offset: +1d}]\n", []string{
			`c.yaml:8:3: reminders: step "a": +1d is after the start; people are asked and reminded before it`}},
		"thanks before the end": {minimal + "reminders:\n  steps: [{id: a, kind: thanks, offset: -1d}]\n", []string{
			`c.yaml:8:3: reminders: step "a": -1d is before the end; event.thanks follows the event (write +1bd 10:00)`}},
		"a third chaser": {minimal + "reminders:\n  steps: [{id: a, kind: ask, offset: -4d}, {id: b, kind: ask, offset: -3d}, {id: c, kind: ask, offset: -2d}, {id: d, kind: ask, offset: -1d}]\n", []string{
			"c.yaml:8:3: reminders: events of kind seminar have 4 steps of event.ask (at most 3: one question and two chasers; who does not answer then is on the office's list)"}},
		"a third chaser of a survey": {minimal + "reminders:\n  steps: [{id: a, kind: survey, offset: -4d}, {id: b, kind: survey, offset: -3d}, {id: c, kind: survey, offset: -2d}]\n", []string{
			"c.yaml:8:3: reminders: surveys have 3 steps of survey.chase (at most 2: who does not answer then is left in peace, or telephoned)"}},
		"a chaser after the closing": {minimal + "reminders:\n  steps: [{id: a, kind: survey, offset: +1d}]\n", []string{
			`c.yaml:8:3: reminders: step "a": +1d is after the closing; people are chased before it (write -2bd 10:00)`}},
		"a cron line that comes twice a day": {minimal + "reminders:\n  digests: [{id: a, kind: week, cron: \"0 9,17 * * *\"}]\n", []string{
			`c.yaml:8:39: reminders.digests[1].cron: "0 9,17 * * *" is not a cron line with one time of day (write minute, hour, day, month, weekday: "0 9 * * 1" for Mondays at nine, "0 9 1 * *" for the first of the month)`}},
		"a cron line with a zone and nothing after it": {minimal + "reminders:\n  digests: [{id: a, kind: week, cron: \"TZ=Asia/Tokyo\"}]\n", []string{
			`c.yaml:8:39: reminders.digests[1].cron: "TZ=Asia/Tokyo" is not a cron line with one time of day (write minute, hour, day, month, weekday: "0 9 * * 1" for Mondays at nine, "0 9 1 * *" for the first of the month)`}},
		"a digest of an unknown kind": {minimal + "reminders:\n  digests: [{id: a, kind: daily, cron: \"0 9 * * 1\"}]\n", []string{
			`c.yaml:8:27: reminders.digests[1].kind: unknown word "daily" (one of: week, month, support)`}},
		"a key date before the contract": {minimal + "  key_dates: [{id: a, title: 報告, date: 2025-09-30}]\n", []string{
			"c.yaml:7:40: programme.key_dates[1].date: is before the contract of 2026-06-01 (check the year)"}},
		"a key date twice": {minimal + "  key_dates: [{id: a, title: 報告, date: 2026-09-30}, {id: a, title: 報告, date: 2026-10-30}]\n", []string{
			`c.yaml:7:58: programme.key_dates[2].id: another key date has the id "a" (give the key date an id of its own and never change it)`}},
		"a key date by the hour": {minimal + "  key_dates: [{id: a, title: 報告, date: 2026-09-30, reminders: [-1h]}]\n", []string{
			"c.yaml:7:63: programme.key_dates[1].reminders: key date reminder -1h: a key date is a day without a time; write -14d 10:00, -3bd 10:00 or 0d 09:00"}},
		"a key date and an event of one id": {event("14:00", "14:00\n      notes: 覚え書き") + "  key_dates: [{id: workshop-1, title: 報告, date: 2026-09-30}]\n", []string{
			`c.yaml:16:20: programme.key_dates[1].id: an event has the id "workshop-1" (give the key date an id of its own and never change it)`}},
		"a questionnaire that is not there": {event("place: 会館", "place: 会館\n      survey: event"), []string{
			`c.yaml:14:15: programme.events[1].survey: no survey has the id "event" (list its file under surveys, such as bundled:event, and name its id here)`}},
		"a registration that ends after the start": {event("place: 会館", "place: 会館\n      deadline: 2026-09-18 14:01"), []string{
			"c.yaml:14:17: programme.events[1].deadline: is after the start (until when people register; leave it out for no deadline)"}},
		"an offset that is none": {minimal + "reminders:\n  steps: [{id: a, kind: ask, offset: tomorrow}]\n", []string{
			`c.yaml:8:38: reminders.steps[1].offset: "tomorrow" is not an offset (write -14d 10:00, -3d, 0d 08:00, -2bd 17:00, +1bd 10:00, -1h or -30m)`}},
		"取扱注意 for the bureau": {minimal + "memos:\n  parts:\n    - {key: a, title: {ja: あ}, readers: [bureau], core: true}\n    - {key: confidential, title: {ja: 注意}, readers: [office, bureau]}\n", []string{
			"c.yaml:10:53: memos.parts[2].readers: 取扱注意 may not be read by bureau (readers: [mentor, office])"}},
		"a core part kept from the bureau": {minimal + "memos:\n  parts: [{key: a, title: {ja: あ}, readers: [office], core: true}]\n", []string{
			"c.yaml:8:61: memos.parts[1].core: a core part that the bureau may not read (add bureau to its readers)"}},
		"no core part": {minimal + "memos:\n  parts: [{key: a, title: {ja: あ}, readers: [office]}]\n", []string{
			"c.yaml:8:10: memos.parts: no part is core (the bureau receives every follow-up memo: mark at least one part core: true)"}},
		"a survey that does not exist": {minimal + "surveys: [bundled:nothing]\n", []string{
			`c.yaml:7:11: surveys[1]: no survey "nothing" comes with the program (name an existing file, or bundled:status)`}},
		"a survey twice": {minimal + "surveys: [bundled:status, bundled:status]\n", []string{
			`c.yaml:7:27: surveys[2]: a second survey with the id "status" (give each survey an id of its own)`}},
		"faults inside a survey's own file": {minimal + "surveys: [bad.yaml]\n", []string{
			`bad.yaml:1:1: unknown key "idd" (did you mean id?)`, "bad.yaml:1:1: id: is missing"}},
	} {
		t.Run(rule, func(t *testing.T) {
			open := func(string) ([]byte, error) {
				return []byte("idd: s\ntitle: {ja: 題}\nminutes: 3\nopen_days: 7\naudience: {roles: [atsugi]}\nquestions:\n  - {id: q, kind: yes_no, words: {ja: 問}}\n"), nil
			}
			_, err := parseConfig("c.yaml", []byte(c.file), open)
			got := faultLines(t, err)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func faultLines(t *testing.T, err error) []string {
	t.Helper()
	var faults strict.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("%v are no faults", err)
	}
	var out []string
	for _, f := range faults {
		out = append(out, f.Error())
	}
	return out
}

func TestSecretsComeFromWhereTheConfigurationSays(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("xapp-from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TSUGITE_TEST_TOKEN", "xoxb-from-environment")
	t.Setenv("TSUGITE_TEST_EMPTY", "")
	for rule, c := range map[string]struct{ ref, prefix, want, refused string }{
		"the environment":    {"${TSUGITE_TEST_TOKEN}", "xoxb-", "xoxb-from-environment", ""},
		"a file":             {"file:" + file, "xapp-", "xapp-from-file", ""},
		"a variable not set": {"${TSUGITE_TEST_EMPTY}", "xoxb-", "", "the environment variable TSUGITE_TEST_EMPTY is not set (it must hold the token that begins with xoxb-)"},
		"the tokens swapped": {"${TSUGITE_TEST_TOKEN}", "xapp-", "", "what ${TSUGITE_TEST_TOKEN} holds does not begin with xapp- (are the two tokens swapped?)"},
		"a file not there":   {"file:/nowhere/token", "xapp-", "", "/nowhere/token does not exist (the configuration names it for a token)"},
	} {
		t.Run(rule, func(t *testing.T) {
			got, err := Secret{ref: c.ref, prefix: c.prefix}.Reveal()
			refused := ""
			if err != nil {
				refused = err.Error()
			}
			if got != c.want || refused != c.refused {
				t.Errorf("%q %q, want %q %q", got, refused, c.want, c.refused)
			}
		})
	}
}

func TestMissingConfigurationSaysWhatToDo(t *testing.T) {
	_, err := LoadConfig("nowhere.yaml")
	if want := "nowhere.yaml does not exist (name the configuration with -c FILE, or start from config.example.yaml)"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestSampleIsAReiwa8Cohort(t *testing.T) {
	c, err := sampleConfig()
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.ParseInLocation("2006-01-02T15:04", sampleNow, c.Settings().Zone)
	if err != nil {
		t.Fatal(err)
	}
	people, err := samplePeople()
	if err != nil {
		t.Fatal(err)
	}
	counts, slack := map[string]int{}, map[string]bool{}
	for _, p := range people {
		role, cohort, kind := p.Row.Cell(programme.ColRole), p.Row.Cell(programme.ColCohort), p.Row.Cell(programme.ColKind)
		slack[p.Row.Cell(programme.ColSlackID)] = true
		counts[strings.TrimSpace(role+" "+cohort)]++
		if role == "専門家" {
			counts[role+" "+kind]++
		}
		if cohort == "R8" && p.Row.Cell(programme.ColMentor) == "" {
			t.Errorf("%s of R8 has no expert", p.Row.Cell(programme.ColName))
		}
		if p.Locale == "en-US" {
			counts["en"]++
		}
	}
	want := map[string]int{
		"アトツギ R8": 10, "アトツギ R6": 13, "アトツギ R7": 10, "専門家": 6, "専門家 専門家": 4, "専門家 先輩アトツギ": 1,
		"専門家 アドバイザー": 1, "支援機関": 6, "事務局": 2, "当局": 2, "en": 1,
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
	if len(slack) != len(people) {
		t.Errorf("%d Slack accounts for %d people", len(slack), len(people))
	}
	// The demo begins after the seminar and before the first workshop, of which the
	// participants know already.
	for _, e := range c.Events() {
		if held := e.Held(now); held != (e.Kind == programme.Seminar) {
			t.Errorf("%s held: %v", e.ID, held)
		}
		if announced := e.Announced(c.Settings().Today(now)); e.ID == "workshop-1" && !announced {
			t.Errorf("%s is not announced", e.ID)
		}
	}
	// The first of a count are asked of everyone, the others after certain answers.
	questions := map[string][2]int{}
	for _, s := range c.settings.Surveys {
		n := questions[s.ID]
		for _, q := range s.Questions {
			if cmp.Equal(q.When, programme.Condition{}) {
				n[0]++
			} else {
				n[1]++
			}
		}
		questions[s.ID] = n
	}
	if diff := cmp.Diff(map[string][2]int{"status": {7, 5}, "event": {3, 0}, "step-up": {5, 2}}, questions); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add(event())
	f.Add(minimal + "memos: {parts: [{key: a, title: {ja: あ}, readers: [bureau], core: true}]}\nsurveys: [bundled:status]\n")
	f.Add(minimal + "reminders: {quiet_hours: \"21:00-08:00\", closed: [12-29..01-03], steps: [{id: a, kind: ask, offset: -1h}]}\n")
	f.Add(minimal + "  key_dates: [{id: k, title: 報告, date: 2027-02-28, audience: {roles: [bureau]}, reminders: [-3bd 10:00]}]\nreminders: {digests: [{id: w, kind: week, cron: 0 9 * * 1}], key_dates: [0d 09:00]}\n")
	f.Add(minimal + "sessions: {offering: office, length: 45m, buffer: 10m, cut_off: 2d, moves: 2, quotas: {atsugi: 2, week: 3, programme: 12}}\n")
	f.Fuzz(func(t *testing.T, file string) {
		c, err := parseConfig("c.yaml", []byte(file), func(string) ([]byte, error) { return nil, os.ErrNotExist })
		var faults strict.Faults
		switch {
		case err != nil && !errors.As(err, &faults):
			t.Fatalf("%T %v", err, err)
		case err != nil:
			return
		}
		if err := c.Rules.Check(); err != nil {
			t.Errorf("rules were taken that cannot work: %v", err)
		}
		if s := c.Settings().Sessions; s.Offering != programme.OfferingOffice || !slices.Contains(programme.SessionLengths, s.Length) ||
			s.Buffer < 0 || s.Buffer%programme.Grid != 0 || s.CutOff < 0 || s.Moves < 0 || min(s.PerAtsugi, s.PerWeek, s.Most) < 1 {
			t.Errorf("settings of sessions were taken that cannot work: %+v", s)
		}
		for _, e := range c.Events() {
			if !e.End.After(e.Start) || e.Audience.Empty() || e.ID == "" {
				t.Errorf("an event was taken that cannot be: %+v", e)
			}
		}
	})
}
