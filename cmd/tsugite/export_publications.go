package main

import (
	"context"
	"strconv"

	"tsugite/programme"
)

// exportPublications writes what may stand in the report, and nothing else. What it writes
// is kept as a copy that was given out.
type exportPublications struct{ outlet }

// publishedLine is one line of the export. Who wants no name has none here either.
type publishedLine struct {
	Publication  programme.PublicationID   `json:"publication"`
	Kind         programme.PublicationKind `json:"kind"`
	Name         string                    `json:"name,omitempty"`
	Organisation string                    `json:"organisation,omitempty"`
	Text         string                    `json:"text"`
	Picture      string                    `json:"picture,omitempty"` // the hash of its content
	Wording      int                       `json:"wording"`
	Hash         string                    `json:"hash"`
}

// Run writes the texts, newest first.
func (c exportPublications) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	found, _, err := takeOut(ctx, c.where, (*programme.Office).ExportPublications)
	if err != nil {
		return err
	}
	lines := make([]publishedLine, len(found))
	for i, f := range found {
		p := f.Publication
		lines[i] = publishedLine{
			Publication: p.ID, Kind: p.Kind, Name: f.Person.Name, Organisation: f.Person.Organisation, Text: p.Text,
			Picture: p.Picture(), Wording: p.Last().Version, Hash: p.Hash,
		}
	}
	return write(c.outlet, std, table[publishedLine]{
		name: say.say("export.publications", nil),
		header: say.words("export.id", "export.kind", "export.name", "export.organisation", "consent.text", "consent.picture",
			"consent.wording", "consent.hash"),
		numbers: []int{6},
		lines:   lines,
		cells: func(l publishedLine) []string {
			return []string{
				string(l.Publication), say.say("consent.of_"+string(l.Kind), nil), l.Name, l.Organisation, l.Text, l.Picture,
				strconv.Itoa(l.Wording), l.Hash,
			}
		},
	})
}
