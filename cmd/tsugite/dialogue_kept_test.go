package main

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
)

// kept compares what the database holds with what the script says, by SQL alone:
// the program's own reading is not asked.
func (p *player) kept(d dialogue) {
	p.t.Helper()
	store := readOnly(p.t, p.file)
	defer store.Close()
	survey := p.surveyID(store, d)
	for name, want := range d.Answers {
		got := p.answersOf(store, survey, p.person(name))
		for question, answer := range want {
			if got[question] != answer {
				p.t.Errorf("%s answered %s with %q, want %q", name, question, got[question], answer)
			}
		}
		for question, answer := range got {
			if _, expected := want[question]; !expected {
				p.t.Errorf("%s answered %s with %q, of which the script knows nothing", name, question, answer)
			}
		}
	}
	for name, want := range d.Versions {
		for question, versions := range want {
			if n := p.number(store, `SELECT count(*) FROM answers a JOIN responses r ON r.id = a.response_id JOIN people p ON p.id = r.person_id
				WHERE r.survey_id = $1 AND p.slack_id = $2 AND a.question = $3`, survey, p.person(name), question); n != versions {
				p.t.Errorf("%d versions of what %s answered to %s, want %d", n, name, question, versions)
			}
		}
	}
	for name, want := range d.States {
		var got string
		if err := store.QueryRow(`SELECT r.state FROM responses r JOIN people p ON p.id = r.person_id
			WHERE r.survey_id = $1 AND p.slack_id = $2`, survey, p.person(name)).Scan(&got); err != nil || got != want {
			p.t.Errorf("the response of %s is %q, want %q (%v)", name, got, want, err)
		}
	}
	for query, want := range d.Counts {
		if n := p.number(store, query); n != want {
			p.t.Errorf("%d, want %d: %s", n, want, query)
		}
	}
	p.soundDeliveries(store)
	p.soundPhotos(store)
}

// soundDeliveries: everything went out, each once.
func (p *player) soundDeliveries(store *sql.DB) {
	p.t.Helper()
	if n := p.number(store, `SELECT count(*) FROM deliveries WHERE state IN ('unknown', 'refused')`); n != 0 {
		p.t.Errorf("%d deliveries were given up", n)
	}
	if n := p.number(store, `SELECT count(*) - count(DISTINCT slack_id || slack_ts) FROM deliveries WHERE slack_ts <> ''`); n != 0 {
		p.t.Errorf("%d deliveries share a message", n)
	}
}

func (p *player) number(store *sql.DB, query string, args ...any) int {
	p.t.Helper()
	var n int
	if err := store.QueryRow(query, args...).Scan(&n); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// surveyID is the newest survey that the script is about.
func (p *player) surveyID(store *sql.DB, d dialogue) string {
	p.t.Helper()
	rows, err := store.Query(`SELECT id, def FROM surveys WHERE trial = $1 ORDER BY launched_at DESC, id DESC`, d.Trial)
	check(p.t, err)
	defer rows.Close()
	for rows.Next() {
		var id, def string
		check(p.t, rows.Scan(&id, &def))
		var head struct {
			ID string `json:"id"`
		}
		check(p.t, json.Unmarshal([]byte(def), &head))
		if d.Survey == "" || head.ID == d.Survey {
			return id
		}
	}
	check(p.t, rows.Err())
	if len(d.Answers)+len(d.States)+len(d.Versions) > 0 {
		p.t.Fatalf("no survey %q was sent out", d.Survey)
	}
	return ""
}

// answersOf are the standing answers of a person, written as scripts write them.
func (p *player) answersOf(store *sql.DB, survey, account string) map[string]string {
	p.t.Helper()
	rows, err := store.Query(`SELECT a.question, a.picked, a.text, a.number, a.date, a.skipped, a.open, a.via
		FROM answers a JOIN responses r ON r.id = a.response_id JOIN people p ON p.id = r.person_id
		WHERE r.survey_id = $1 AND p.slack_id = $2
		ORDER BY a.at, a.version`, survey, account)
	check(p.t, err)
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var question, picked, text, date, via string
		var number int
		var skipped, open bool
		check(p.t, rows.Scan(&question, &picked, &text, &number, &date, &skipped, &open, &via))
		out[question] = p.written(store, picked, text, number, date, skipped, open, via) // the last of a question stands
	}
	check(p.t, rows.Err())
	return out
}

// family is the family name of somebody of the roster, "" of what is none of their ids.
func family(store *sql.DB, id string) string {
	var name string
	if err := store.QueryRow(`SELECT name FROM people WHERE id = $1`, id).Scan(&name); err != nil {
		return ""
	}
	first, _, _ := strings.Cut(name, " ")
	return first
}

// written is an answer on one line: what was picked, then what was typed, the
// number, the day; people by family name; how it came, unless in the chat.
func (p *player) written(store *sql.DB, picked, text string, number int, date string, skipped, open bool, via string) string {
	p.t.Helper()
	var ids []string
	check(p.t, json.Unmarshal([]byte(picked), &ids))
	for i, id := range ids {
		if name := family(store, id); name != "" {
			ids[i] = name
		}
	}
	var parts []string
	if len(ids) > 0 {
		parts = append(parts, strings.Join(ids, ","))
	}
	switch n := len([]rune(text)); {
	case n > 200:
		parts = append(parts, "("+strconv.Itoa(n)+" characters)")
	case text != "":
		parts = append(parts, text)
	}
	if number != 0 {
		parts = append(parts, strconv.Itoa(number))
	}
	if date != "" {
		parts = append(parts, date)
	}
	if skipped {
		parts = append(parts, "(skipped)")
	}
	if open {
		parts = append(parts, "(open)")
	}
	if via != "chat" {
		parts = append(parts, "["+via+"]")
	}
	return strings.Join(parts, " ")
}
