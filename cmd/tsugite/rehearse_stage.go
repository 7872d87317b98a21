package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"tsugite/cmd/internal/sheet"
	"tsugite/db"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// cohort is who plays in a rehearsal.
type cohort struct {
	file    string // the roster file, "" for the sample cohort
	rows    []programme.RosterRow
	locales map[string]string // Slack id → language that no roster says
}

// name is how a report calls the cohort: the file without its folder, "" for the sample.
func (c cohort) name() string {
	if c.file == "" {
		return ""
	}
	return filepath.Base(c.file)
}

// cohortOf takes the roster that the configuration names, if it is there, else the
// sample cohort.
func cohortOf(c *Config) (cohort, error) {
	if c.PeopleFile != "" {
		if _, err := os.Stat(c.PeopleFile); !errors.Is(err, fs.ErrNotExist) {
			return readCohort(c.PeopleFile)
		}
	}
	people, err := samplePeople()
	if err != nil {
		return cohort{}, err
	}
	out := cohort{locales: map[string]string{}}
	for _, p := range people {
		out.rows = append(out.rows, p.Row)
		out.locales[p.Row.Cell(programme.ColSlackID)] = p.Locale
	}
	return out, nil
}

func readCohort(file string) (cohort, error) {
	data, err := readBounded(file, rosterFile.hint)
	if err != nil {
		return cohort{}, err
	}
	rows, _, err := readRoster(data)
	if faults, bad := errors.AsType[sheet.Faults](err); bad && len(faults) > 0 {
		return cohort{}, badRoster(file)
	}
	return cohort{file: file, rows: rows}, err
}

func badRoster(file string) error {
	return withHint(fmt.Errorf("%s cannot be taken as a roster", file), "see why with: tsugite people import "+file+" --dry-run -c and this configuration")
}

// seededIDs are ids that follow from the order in which they are asked for, so that
// the same rehearsal has the same ones.
type seededIDs struct {
	mu  sync.Mutex
	n   uint64
	now func() time.Time
}

func (s *seededIDs) next() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(s.now())) // fails after the year 10889
	binary.BigEndian.PutUint64(id[8:], s.n)
	return id.String()
}

// enter makes the database and brings the roster in, as serve does before it first
// begins. It answers with everyone in the order of the roster.
func (c cohort) enter(ctx context.Context, file string, settings programme.Settings, at time.Time, ids *seededIDs) ([]programme.Person, error) {
	store, err := db.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	office := &programme.Office{Store: store, Settings: settings, Now: func() time.Time { return at }, NewID: ids.next}
	_, err = office.ImportRoster(ctx, programme.Operator, c.rows, "rehearsal")
	if _, refused := programme.AsError(err); refused {
		err = badRoster(c.file)
	}
	var people []programme.Person
	if err == nil {
		people, err = office.ExportRoster(ctx, programme.Operator)
	}
	return people, errors.Join(err, store.Close())
}

// cast are the people on Slack and the channels that the configuration names.
func (c cohort) cast(p plan, people []programme.Person) *rehearsal.Cast {
	cast := &rehearsal.Cast{Team: rehearsal.Team{Name: p.settings.Name, Domain: "rehearsal"}}
	members := map[programme.Role][]string{}
	for _, one := range people {
		if one.SlackID == "" {
			continue
		}
		cast.People = append(cast.People, rehearsal.Person{
			ID: one.SlackID, Name: strings.ToLower(one.SlackID), RealName: one.Name, DisplayName: one.Name, Locale: localeOf(c.locales, one),
		})
		for _, role := range one.Roles {
			members[role] = append(members[role], one.SlackID)
		}
	}
	office := members[programme.Coordinator]
	for _, purpose := range programme.Purposes {
		ref, named := p.channels[purpose]
		if !named {
			continue
		}
		ch := rehearsal.Channel{Name: strings.TrimPrefix(ref, "#"), App: true}
		if channelID.MatchString(ref) {
			ch.ID, ch.Name = ref, string(purpose)
		}
		switch purpose {
		case programme.ChannelOffice:
			ch.Private, ch.Members = true, office
		case programme.ChannelBureau:
			ch.Private, ch.Members = true, slices.Concat(members[programme.Bureau], office)
		}
		cast.Channels = append(cast.Channels, ch)
	}
	return cast
}

func localeOf(known map[string]string, p programme.Person) string {
	if l := known[p.SlackID]; l != "" {
		return l
	}
	return "ja-JP"
}

// numbered is a reference such as workshop/2 or atsugi/3.
var numbered = regexp.MustCompile(`^([a-z_]+)/([1-9][0-9]{0,3})$`)
