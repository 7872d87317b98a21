package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones on machines that have none of their own

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
	"tsugite/reminders"
)

// Config is a configuration file, read strictly (design.md section 8). Nothing
// in it is secret: tokens are named, not held, so printing it is safe.
type Config struct {
	settings programme.Settings
	events   []programme.Event

	PeopleFile string // roster to bring in at the start, "" for none
	DB         string // the database file

	SlackApproval Approval
	BotToken      Secret // xoxb-…
	AppToken      Secret // xapp-…
	// Channels says which channel serves which purpose, by id or #name.
	Channels map[programme.Purpose]string

	Rules reminders.Rules // who is told what before an event, and when nobody is

	Busy BusyPlan // experts' own calendars
}

// Approval is the bureau's yes to a service that holds the programme's data
// (programme.md duties 12-14). The zero Approval is none yet.
type Approval struct {
	Date  programme.Date
	Scope string
}

// Settings are what the configuration says about the programme.
func (c *Config) Settings() programme.Settings { return c.settings }

// Events are the events that the configuration names, in its order.
func (c *Config) Events() []programme.Event { return slices.Clone(c.events) }

// bundled is how a configuration names a survey that comes with the program.
const bundled = "bundled:"

// opener reads a file that the configuration names, relative to where it is.
type opener func(name string) ([]byte, error)

// LoadConfig reads the configuration file and the survey files that it names.
// File names in it are relative to its own folder. The error lists every fault
// (strict.Faults).
func LoadConfig(file string) (*Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(file, err, "name the configuration with -c FILE, or start from config.example.yaml")
	}
	dir := filepath.Dir(file)
	c, err := parseConfig(file, data, func(name string) ([]byte, error) { return os.ReadFile(beside(dir, name)) })
	if err != nil {
		return nil, err
	}
	c.DB = beside(dir, c.DB)
	if c.PeopleFile != "" {
		c.PeopleFile = beside(dir, c.PeopleFile)
	}
	c.Busy.beside(dir)
	return c, nil
}

func beside(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// unreadable says in plain words why a file could not be read.
func unreadable(file string, err error, hint string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s does not exist (%s)", file, hint)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read (check its owner and permissions)", file)
	default:
		return fmt.Errorf("%s cannot be read: %w (%s)", file, reason(err), hint)
	}
}

// parseConfig reads a configuration; name is what faults call it.
func parseConfig(name string, data []byte, open opener) (*Config, error) {
	r, root := strict.NewReader(name, data)
	c := &Config{settings: programme.Settings{
		Zone: time.UTC, Targets: programme.DefaultTargets(), Parts: programme.DefaultParts(), Sessions: programme.DefaultSessions(),
	}}
	nested := readSurveys(c, root.Get("surveys"), open) // before the events that name them
	nested = append(nested, readFaq(c, root.Get("faq"), open)...)
	prog := root.Need("programme").Map()
	readProgramme(c, prog)
	readApprovals(c, root.Get("approvals").Map())
	readSlack(c, root.Get("slack").Map())
	readReminders(c, root.Get("reminders").Map())
	readKeyDates(c, prog.Get("key_dates"))
	readMemos(c, root.Get("memos").Map())
	readSessions(c, root.Get("sessions").Map())
	readWorkspace(c, root.Get("workspace").Map())
	readRecommendations(c, root.Get("recommendations"))
	c.DB = "tsugite.db"
	if v := root.Get("storage").Map().Get("db"); v.Given() {
		c.DB = readFileName(v)
	}
	var faults strict.Faults
	if err := r.Err(); errors.As(err, &faults) || len(nested) > 0 {
		return nil, append(faults, nested...)
	}
	return c, nil
}

// readSurveys reads the files that the list names. Faults inside them carry
// their own file's name and come back apart.
func readSurveys(c *Config, list strict.Value, open opener) strict.Faults {
	var nested strict.Faults
	seen := map[string]bool{}
	for _, v := range list.List() {
		name := v.Text()
		if name == "" {
			continue
		}
		def, err := readSurvey(name, open)
		var faults strict.Faults
		switch {
		case errors.As(err, &faults):
			nested = append(nested, faults...)
			continue
		case err != nil:
			v.Fault(err.Error(), "")
			continue
		case seen[def.ID]:
			v.Fault(fmt.Sprintf("a second survey with the id %q", def.ID), "give each survey an id of its own")
			continue
		}
		seen[def.ID] = true
		c.settings.Surveys = append(c.settings.Surveys, def)
	}
	return nested
}

// addSurveys reads further surveys, each in the place of one with the same id.
func (c *Config) addSurveys(files []string) error {
	for _, file := range files {
		def, err := readSurvey(file, os.ReadFile)
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(c.settings.Surveys, func(d programme.SurveyDef) bool { return d.ID == def.ID })
		c.settings.Surveys = append(others, def)
	}
	return nil
}

func readSurvey(name string, open opener) (programme.SurveyDef, error) {
	if id, ok := strings.CutPrefix(name, bundled); ok {
		return bundledSurvey(id)
	}
	data, err := open(name)
	if err != nil {
		return programme.SurveyDef{}, unreadable(name, err, "name an existing file, or "+bundled+"status")
	}
	return parseSurvey(name, data)
}

// readFileName is a path inside the configuration: one line, no blanks around it.
func readFileName(v strict.Value) string {
	s := v.TextUpTo(1000)
	if v.Given() && (s != strings.TrimSpace(s) || strings.Contains(s, "\n")) {
		v.Fault("is not a file name", "one line without blanks around it")
		return ""
	}
	return s
}
