package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"tsugite/programme"
)

// The demo's cohort: invented people and firms, in the same files that an
// office would write, so that the demo also shows that those work.
//
//go:embed sample
var sampleFiles embed.FS

const (
	sampleRoster = "people.csv"
	sampleFile   = "config.yaml"
	// sampleNow is when the demo begins unless told otherwise, in the
	// programme's zone: between the seminar and the first workshop.
	sampleNow = "2026-09-01T09:00"
)

// samplePerson is one of the demo's cohort: a row of the roster, and the
// language that the person's Slack is set to, which no roster says.
type samplePerson struct {
	Row    programme.RosterRow
	Locale string // ja-JP or en-US, as Slack writes them
}

// sampleEnglish reads English: the program's words come in two languages, and
// the demo shows both.
const sampleEnglish = "U0MENTOR03"

// sampleConfig is the configuration of the demo.
func sampleConfig() (*Config, error) {
	data, err := fs.ReadFile(sampleFiles, path.Join("sample", sampleFile))
	if err != nil {
		return nil, err
	}
	return parseConfig("sample/"+sampleFile, data, func(name string) ([]byte, error) {
		return fs.ReadFile(sampleFiles, path.Join("sample", name))
	})
}

// samplePeople are the demo's cohort in the order of its roster file.
func samplePeople() ([]samplePerson, error) {
	data, err := fs.ReadFile(sampleFiles, path.Join("sample", sampleRoster))
	if err != nil {
		return nil, err
	}
	rows, _, err := readRoster(data)
	if err != nil {
		return nil, fmt.Errorf("sample/%s: %w", sampleRoster, err)
	}
	people := make([]samplePerson, len(rows))
	for i, row := range rows {
		people[i] = samplePerson{Row: row, Locale: "ja-JP"}
		if row.Cell(programme.ColSlackID) == sampleEnglish {
			people[i].Locale = "en-US"
		}
	}
	return people, nil
}
