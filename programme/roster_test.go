package programme

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// row writes a row of a roster as "column=cell" pairs, with the two that every
// row needs unless they are given.
func row(number int, cells ...string) RosterRow {
	r := RosterRow{Row: number, Cells: map[Column]string{ColName: "檜川 茜", ColRole: "アトツギ"}}
	for _, c := range cells {
		k, v, _ := strings.Cut(c, "=")
		r.Cells[Column(k)] = v
	}
	return r
}

func plan(people []Person, rows ...RosterRow) RosterPlan {
	n := 0
	return planRoster(rows, people, nil, func() string { n++; return fmt.Sprintf("new-%d", n) }, time.UTC)
}

// faults writes the faults of a plan as "row column key".
func faults(p RosterPlan) []string {
	var out []string
	for _, f := range p.Faults {
		out = append(out, fmt.Sprintf("%d %s %s", f.Row, f.Column, f.Key))
	}
	return out
}

func TestRosterFaults(t *testing.T) {
	expert := row(2, "name=桐生谷 誠一", "role=専門家", "email=k@example.jp")
	people := []Person{
		{ID: "a", Name: "桑染 あやめ", SlackID: "U0000A", Email: "a@example.jp", Roles: []Role{Atsugi}, Version: 1},
		{ID: "b", Name: "笠守 美緒", SlackID: "U0000B", Email: "b@example.jp", Roles: []Role{Atsugi}, Version: 1},
		{ID: "gone", Name: "去田 守", SlackID: "U0000C", Roles: []Role{Supporter}, Left: time.Unix(0, 0), Version: 1},
		{ID: "s", Name: "楢崎野 学", Roles: []Role{Mentor}, Kind: Senior, Version: 1},
	}
	for _, c := range []struct {
		rule string
		rows []RosterRow
		want []string
	}{
		{"a name is needed", []RosterRow{row(2, "name= ")}, []string{"2 name roster.required"}},
		{"a role is needed", []RosterRow{row(2, "role=")}, []string{"2 role roster.required"}},
		{"a column that is missing altogether, too", []RosterRow{{Row: 2, Cells: map[Column]string{ColName: "檜川 茜"}}}, []string{"2 role roster.required"}},
		{"an unknown role", []RosterRow{row(2, "role=アトツギ;社長")}, []string{"2 role roster.role"}},
		{"an unknown kind", []RosterRow{row(2, "kind=教授")}, []string{"2 kind roster.kind"}},
		{"a kind of another role", []RosterRow{row(2, "kind=金融機関")}, []string{"2 kind roster.kind_role"}},
		{"a cohort that is no year", []RosterRow{row(2, "cohort=H30")}, []string{"2 cohort roster.cohort"}},
		{"an unknown prefecture", []RosterRow{row(2, "prefecture=江戸")}, []string{"2 prefecture roster.prefecture"}},
		{"a date that does not exist", []RosterRow{row(2, "notified=2026-02-30")}, []string{"2 notified roster.date"}},
		{"an address that is none", []RosterRow{row(2, "email=a@b")}, []string{"2 email roster.email"}},
		{"an address with a name around it", []RosterRow{row(2, "email=茜 <a@example.jp>")}, []string{"2 email roster.email"}},
		{"a handle in the place of a Slack id", []RosterRow{row(2, "slack_id=akane.h")}, []string{"2 slack_id roster.slack_id"}},
		{"formulas, in any width", []RosterRow{
			row(2, "note==1+1"), row(3, "name=+81", "email=x@example.jp"), row(4, "name=－", "email=y@example.jp"), row(5, "name=@a", "email=z@example.jp"),
		}, []string{"2 note roster.formula", "3 name roster.formula", "4 name roster.formula", "5 name roster.formula"}},
		{"a tab at the start", []RosterRow{row(2, "note=\tx")}, []string{"2 note roster.formula"}},
		{"control characters", []RosterRow{row(2, "organisation=a\x1b[31m")}, []string{"2 organisation roster.control"}},
		{"marks that turn the direction of text", []RosterRow{row(2, "name=檜川\u202e茜")}, []string{"2 name roster.control"}},
		{"garbled text", []RosterRow{row(2, "kana=ひの\ufffdわ")}, []string{"2 kana roster.control"}},
		{"a line break outside the note", []RosterRow{row(2, "organisation=a\nb")}, []string{"2 organisation roster.control"}},
		{"201 characters", []RosterRow{row(2, "craft="+strings.Repeat("継", 201))}, []string{"2 craft roster.too_long"}},
		{"1001 characters of a note", []RosterRow{row(2, "note="+strings.Repeat("継", 1001))}, []string{"2 note roster.too_long"}},
		{"the same Slack account twice", []RosterRow{row(2, "slack_id=U0000X"), row(3, "slack_id=u0000x")}, []string{"3 slack_id roster.twice"}},
		{"the same address twice, in any spelling", []RosterRow{row(2, "email=x@example.jp"), row(3, "email=Ｘ@Example.jp")}, []string{"3 email roster.twice"}},
		{"the same name and kana twice without keys", []RosterRow{row(2), row(3, "name=檜川　茜")}, []string{"3 name roster.twice"}},
		{"two rows for one person of the roster", []RosterRow{row(2, "slack_id=U0000A"), row(3, "email=a@example.jp")}, []string{"3 email roster.twice"}},
		{"keys of two people", []RosterRow{row(2, "slack_id=U0000A", "email=b@example.jp")}, []string{"2 email roster.keys_conflict"}},
		{"somebody who left", []RosterRow{row(2, "slack_id=U0000C")}, []string{"2 slack_id roster.left"}},
		{"an unknown mentor", []RosterRow{expert, row(3, "mentor=誰か")}, []string{"3 mentor roster.mentor_unknown"}},
		{"a mentor who is none", []RosterRow{row(3, "mentor=笠守 美緒")}, []string{"3 mentor roster.mentor_role"}},
		{"a senior as mentor", []RosterRow{row(3, "mentor=楢崎野 学")}, []string{"3 mentor roster.mentor_kind"}},
		{"two mentors of one name", []RosterRow{expert, row(3, "name=桐生谷 誠一", "role=専門家", "email=k2@example.jp"), row(4, "mentor=桐生谷誠一")},
			[]string{"4 mentor roster.mentor_ambiguous"}},
		{"a mentor of somebody who is no atsugi", []RosterRow{expert, row(3, "role=支援機関", "mentor=k@example.jp")}, []string{"3 mentor roster.mentor_for_atsugi"}},
		{"all faults of all rows at once", []RosterRow{row(2, "role=x", "email=x", "cohort=x"), row(3, "name=", "pledged=x")},
			[]string{"2 email roster.email", "2 role roster.role", "2 cohort roster.cohort", "3 pledged roster.date", "3 name roster.required"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := plan(people, c.rows...)
			if diff := cmp.Diff(c.want, faults(p)); diff != "" {
				t.Error(diff)
			}
			if p.Ready() {
				t.Error("ready in spite of faults")
			}
		})
	}
}

func TestRosterUnderstands(t *testing.T) {
	expert := row(9, "name=桐生谷 誠一", "role=専門家", "email=k@example.jp")
	for _, c := range []struct {
		rule string
		cell string
		want func(Person) any
		is   any
	}{
		{"roles in Japanese and English, however divided", "role=アトツギ；mentor、支援機関; 事務局 ;当局",
			func(p Person) any { return p.Roles }, []Role{Atsugi, Mentor, Supporter, Coordinator, Bureau}},
		{"the old word for experts", "role=メンター", func(p Person) any { return p.Roles }, []Role{Mentor}},
		{"half-width kana in a role", "role=ｱﾄﾂｷﾞ候補", func(p Person) any { return p.Roles }, []Role{Atsugi}},
		{"a role once", "role=アトツギ;atsugi", func(p Person) any { return p.Roles }, []Role{Atsugi}},
		{"years in every form", "cohort=R6;令和7年度；２０２６、令和９年", func(p Person) any { return p.Cohorts }, []string{"R6", "R7", "R8", "R9"}},
		{"the first year", "cohort=令和元年度", func(p Person) any { return p.Cohorts }, []string{"R1"}},
		{"a prefecture without its ending", "prefecture=茨城", func(p Person) any { return p.Prefecture }, "茨城県"},
		{"a prefecture in English", "prefecture=Tokyo", func(p Person) any { return p.Prefecture }, "東京都"},
		{"a prefecture whose name ends in its ending", "prefecture=京都", func(p Person) any { return p.Prefecture }, "京都府"},
		{"a Japanese date", "notified=令和８年６月１５日", func(p Person) any { return p.Notified }, Date("2026-06-15")},
		{"a date with slashes", "pledged=2026/6/5", func(p Person) any { return p.Pledged }, Date("2026-06-05")},
		{"keys in any width", "email=ａ.b＠Example.jp", func(p Person) any { return p.Email }, "a.b@Example.jp"},
		{"a Slack id in small letters", "slack_id=u0atsugi01", func(p Person) any { return p.SlackID }, "U0ATSUGI01"},
		{"names verbatim, rare kanji too", "name= 𠮷野谷　髙﨑 ", func(p Person) any { return p.Name }, "𠮷野谷　髙﨑"},
		{"variation selectors", "name=葛󠄀城 一", func(p Person) any { return p.Name }, "葛󠄀城 一"},
		{"line breaks in the note", "note=一行目\n二行目", func(p Person) any { return p.Note }, "一行目\n二行目"},
		{"exactly 200 characters", "craft=" + strings.Repeat("継", 200), func(p Person) any { return len([]rune(p.Craft)) }, 200},
		{"mentors of the file by name, spaces aside", "mentor=桐生谷　誠一", func(p Person) any { return p.Mentors }, []PersonID{"new-2"}},
		{"mentors by address, once", "mentor=K@example.jp;桐生谷誠一", func(p Person) any { return p.Mentors }, []PersonID{"new-2"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := plan(nil, row(2, c.cell), expert)
			if !p.Ready() {
				t.Fatal(faults(p))
			}
			if diff := cmp.Diff(c.is, c.want(p.Add[0].Person)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRosterMatches(t *testing.T) {
	akane := Person{ID: "akane", Name: "檜川 茜", Kana: "ひのかわ あかね", SlackID: "U0AKANE", Email: "akane@example.jp",
		Roles: []Role{Atsugi}, Note: "もとの備考", Version: 3}
	offline := Person{ID: "offline", Name: "石蕗 真白", Kana: "つわぶき ましろ", Roles: []Role{Atsugi}, Version: 1}
	twin := Person{ID: "twin", Name: "檜川 茜", SlackID: "U0TWIN", Roles: []Role{Atsugi}, Version: 1}
	for _, c := range []struct {
		rule   string
		people []Person
		rows   []RosterRow
		want   string // what becomes of the rows, in order: add, change, unchanged, ask, missing with ids
	}{
		{"by slack_id, whatever the name", []Person{akane}, []RosterRow{row(2, "slack_id=U0AKANE", "name=檜川 あかね")}, "change akane"},
		{"by address where there is no slack_id", []Person{akane}, []RosterRow{row(2, "email=AKANE@example.jp", "note=もとの備考")}, "change akane"},
		{"the same again", []Person{akane}, []RosterRow{row(2, "email=akane@example.jp", "note=もとの備考")}, "unchanged akane"},
		{"absent columns change nothing", []Person{akane}, []RosterRow{row(2, "email=akane@example.jp")}, "unchanged akane"},
		{"an empty cell empties the field", []Person{akane}, []RosterRow{row(2, "slack_id=U0AKANE", "note=")}, "change akane"},
		{"an empty cell takes no key away", []Person{akane}, []RosterRow{row(2, "slack_id=", "email=akane@example.jp")}, "unchanged akane"},
		{"two records without keys, by name and kana", []Person{offline}, []RosterRow{row(2, "name=石蕗　真白", "kana=ツワブキ マシロ")}, "change offline"},
		{"another kana is somebody to ask about", []Person{offline}, []RosterRow{row(2, "name=石蕗 真白", "kana=いしぶき ましろ")}, "ask offline"},
		{"a namesake with keys is somebody to ask about", []Person{akane}, []RosterRow{row(2)}, "ask akane"},
		{"a new address of a namesake, too", []Person{akane}, []RosterRow{row(2, "email=new@example.jp")}, "ask akane"},
		{"unless the office said it is the same", []Person{akane}, []RosterRow{{Row: 2, Match: MatchSame, Cells: row(2, "email=new@example.jp").Cells}}, "change akane"},
		{"or somebody else", []Person{akane}, []RosterRow{{Row: 2, Match: MatchNew, Cells: row(2, "email=new@example.jp").Cells}}, "add new-1 missing akane"},
		{"a namesake whom another row means is not asked about", []Person{akane}, []RosterRow{row(2, "email=new@example.jp"), row(3, "slack_id=U0AKANE")}, "add new-1 unchanged akane"},
		{"of two namesakes neither is guessed", []Person{akane, twin}, []RosterRow{{Row: 2, Match: MatchSame, Cells: row(2).Cells}}, "ask akane,twin"},
		{"whoever is not in the file stays", []Person{akane, offline}, []RosterRow{row(2, "slack_id=U0AKANE")}, "unchanged akane missing offline"},
		{"an empty file removes nobody", []Person{akane}, nil, "missing akane"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := plan(c.people, c.rows...)
			if got := outcome(p); got != c.want || len(p.Faults) > 0 {
				t.Errorf("%s %v, want %s", got, faults(p), c.want)
			}
		})
	}
}

func outcome(p RosterPlan) string {
	var out []string
	for _, a := range p.Add {
		out = append(out, "add "+string(a.Person.ID))
	}
	for _, c := range p.Change {
		out = append(out, "change "+string(c.Person.ID))
	}
	for _, u := range p.Unchanged {
		out = append(out, "unchanged "+string(u.ID))
	}
	for _, q := range p.Ask {
		var ids []string
		for _, c := range q.Candidates {
			ids = append(ids, string(c.ID))
		}
		out = append(out, "ask "+strings.Join(ids, ","))
	}
	for _, m := range p.Missing {
		out = append(out, "missing "+string(m.ID))
	}
	return strings.Join(out, " ")
}

func TestRosterChangeSaysFromAndTo(t *testing.T) {
	old := Person{ID: "p", Name: "檜川 茜", SlackID: "U0AKANE", Roles: []Role{Atsugi}, Cohorts: []string{"R6"}, Locale: "ja", Version: 7}
	p := plan([]Person{old}, row(2, "slack_id=U0AKANE", "role=アトツギ;専門家", "cohort=R6;R8"))
	want := []RosterChange{{
		Row:    2,
		Person: Person{ID: "p", Name: "檜川 茜", SlackID: "U0AKANE", Roles: []Role{Atsugi, Mentor}, Cohorts: []string{"R6", "R8"}, Locale: "ja", Version: 7},
		Fields: []FieldChange{{ColRole, "atsugi", "atsugi;mentor"}, {ColCohort, "R6", "R6;R8"}},
	}}
	if diff := cmp.Diff(want, p.Change); diff != "" {
		t.Error(diff)
	}
}

// people draws a roster such as imports make: keys are unique, mentors exist.
func people(t *rapid.T) []Person {
	text := rapid.StringMatching(`[ぁ-んァ-ヶ一-龠a-z髙﨑𠮷][ぁ-んァ-ヶ一-龠a-z0-9 ・（）]{0,6}[ぁ-んァ-ヶ一-龠a-z髙﨑𠮷]`)
	maybe := rapid.OneOf(rapid.Just(""), text)
	var out []Person
	names := map[string]bool{}
	for i := range rapid.IntRange(0, 8).Draw(t, "people") {
		p := Person{
			ID: PersonID(fmt.Sprint("p", i)), Name: text.Draw(t, "name"), Kana: maybe.Draw(t, "kana"),
			Organisation: maybe.Draw(t, "organisation"), Craft: maybe.Draw(t, "craft"), Bank: maybe.Draw(t, "bank"),
			RecommendedBy: maybe.Draw(t, "recommended"), Note: maybe.Draw(t, "note"),
			Roles:      []Role{rapid.SampledFrom(Roles).Draw(t, "role")},
			Prefecture: rapid.SampledFrom(append(Prefectures, "")).Draw(t, "prefecture"),
			Cohorts:    rapid.SampledFrom([][]string{nil, {"R6"}, {"R7", "R8"}}).Draw(t, "cohorts"),
			Notified:   rapid.SampledFrom([]Date{"", "2026-06-01"}).Draw(t, "notified"),
			Version:    1,
		}
		if rapid.Bool().Draw(t, "slack") {
			p.SlackID = fmt.Sprintf("U0TEST%d", i)
		}
		if rapid.Bool().Draw(t, "mail") {
			p.Email = fmt.Sprintf("p%d@example.jp", i)
		}
		if names[foldName(p.Name)] {
			continue
		}
		names[foldName(p.Name)] = true
		if p.Has(Mentor) {
			p.Kind = rapid.SampledFrom([]Kind{"", Expert, Senior}).Draw(t, "kind")
		}
		for _, m := range out {
			if p.Has(Atsugi) && m.Has(Mentor) && m.Kind != Senior {
				p.Mentors = append(p.Mentors, m.ID)
			}
		}
		out = append(out, p)
	}
	return out
}

// What an export wrote, an import takes back without changing anything, in
// either language; and a plan accounts for every row and every person once.
func TestRosterComesBackAsItWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := people(t)
		rows := RosterRows(all, all, rapid.Bool().Draw(t, "japanese"))
		if p := plan(all, rows...); !p.Ready() || len(p.Unchanged) != len(all) {
			t.Fatalf("%s %v\n%v", outcome(p), faults(p), rows)
		}
		if p := plan(nil, rows...); !p.Ready() || len(p.Add) != len(all) {
			t.Fatalf("into an empty roster: %s %v", outcome(p), faults(p))
		}
		kept := rapid.IntRange(0, len(rows)).Draw(t, "kept")
		p := plan(all, rows[:kept]...)
		if n := len(p.Unchanged) + len(p.Change) + len(p.Missing) + len(p.Faults); n != len(all) {
			t.Fatalf("%d of %d accounted for: %s %v", n, len(all), outcome(p), faults(p))
		}
	})
}

func FuzzRosterRow(f *testing.F) {
	f.Add("檜川 茜", "アトツギ", "a@example.jp", "U0AKANE", "R8", "茨城", "専門家", "2026-06-01")
	f.Add("=1+1", ";;", "@", "u", "令和元年度", "都", "expert", "令和8年6月31日")
	f.Fuzz(func(t *testing.T, name, role, email, slack, cohort, prefecture, kind, date string) {
		r := RosterRow{Row: 2, Cells: map[Column]string{ColName: name, ColRole: role, ColEmail: email, ColSlackID: slack,
			ColCohort: cohort, ColPrefecture: prefecture, ColKind: kind, ColNotified: date, ColMentor: name}}
		p := plan(nil, r)
		for _, f := range p.Faults {
			if strings.ContainsFunc(f.Value, unprintable) && !strings.Contains(f.Value, "\ufffd") {
				t.Errorf("a fault repeats %q", f.Value)
			}
		}
		if !p.Ready() {
			return
		}
		if len(p.Add) != 1 {
			t.Fatal(outcome(p))
		}
		got := p.Add[0].Person
		if formulaLike(got.Name) || strings.ContainsFunc(got.Name, unprintable) || got.Name == "" || len(got.Roles) == 0 ||
			got.Prefecture != "" && !slices.Contains(Prefectures, got.Prefecture) {
			t.Errorf("%+v was taken", got)
		}
		again := RosterRows([]Person{got}, []Person{got}, true)
		if p := plan([]Person{got}, again...); !p.Ready() || len(p.Unchanged) != 1 {
			t.Errorf("came back as %s %v", outcome(p), faults(p))
		}
	})
}
