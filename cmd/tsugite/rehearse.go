package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
)

// rehearseCmd plays the programme's year on a fast clock and tells what everybody
// would get, and what looks wrong.
type rehearseCmd struct {
	Config  string `short:"c" required:"" placeholder:"FILE" help:"The configuration."`
	From    string `placeholder:"DAY" help:"The first day, such as 2026-09-01; the contract's if not given."`
	To      string `placeholder:"DAY" help:"The last day; the completion if not given."`
	Script  string `placeholder:"FILE" help:"Who does what meanwhile (YAML); a bundled one if not given."`
	Against string `placeholder:"OLD" help:"Compare with this configuration: what changes for whom."`
	Format  string `enum:"text,json,html" default:"text" help:"text; json: one object a line; html: one page."`
	Out     string `short:"o" name:"output" placeholder:"FILE" help:"Where to write; else standard output."`
	Lang    string `enum:"ja,en," default:"" help:"ja or en; else LANG decides."`
}

// longestRehearsal bounds the period, in days.
const longestRehearsal = 800

// Run rehearses and writes the report, and nothing when it could not be finished.
func (c rehearseCmd) Run(ctx context.Context, std streams) error {
	if err := writable(c.Out); err != nil {
		return err
	}
	now, err := c.load(c.Config)
	if err != nil {
		return err
	}
	s, err := loadScript(c.Script)
	if err != nil {
		return err
	}
	var old *Config
	if c.Against != "" {
		if old, err = c.load(c.Against); err != nil {
			return err
		}
	}
	who, err := cohortOf(now)
	if err != nil {
		return err
	}
	write, err := c.rehearse(ctx, std, now, old, who, s)
	if ctx.Err() != nil {
		return withHint(errors.New("interrupted"), "nothing was written")
	}
	if err != nil {
		return err
	}
	if c.Out == "" {
		return write(std.Out)
	}
	return withHint(replaceFile(c.Out, write), "name a file in a folder that exists with -o")
}

// load reads a configuration; what a rehearsal adds to its period.
func (c rehearseCmd) load(file string) (*Config, error) {
	config, err := LoadConfig(file)
	if err != nil {
		return nil, err
	}
	_, _, err = c.period(config)
	return config, err
}

// rehearse plays one configuration, or two, and says how to write what came of it.
func (c rehearseCmd) rehearse(ctx context.Context, std streams, now, old *Config, who cohort, s script) (func(io.Writer) error, error) {
	report, err := c.play(ctx, std, now, who, s, old != nil)
	if err != nil {
		return nil, err
	}
	l := spoken{speechFor(c.Lang), now.settings.Zone}
	if old == nil {
		return func(w io.Writer) error { return c.writeReport(w, report, l) }, nil
	}
	before, err := c.play(ctx, std, old, who, s, true)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error { return c.writeComparison(w, yearreport.Compare(before, report), l) }, nil
}

func (c rehearseCmd) writeReport(w io.Writer, r yearreport.Report, l spoken) error {
	switch c.Format {
	case "json":
		lines, err := r.Lines(l)
		if err != nil {
			return err
		}
		return yearreport.WriteJSON(w, lines)
	case "html":
		return r.WriteHTML(w, l)
	}
	return r.WriteText(w, l)
}

func (c rehearseCmd) writeComparison(w io.Writer, d yearreport.Comparison, l spoken) error {
	switch c.Format {
	case "json":
		return d.WriteJSON(w)
	case "html":
		return d.WriteHTML(w, l)
	}
	return d.WriteText(w, l)
}

func (c rehearseCmd) play(ctx context.Context, std streams, config *Config, who cohort, s script, tolerant bool) (yearreport.Report, error) {
	from, to, err := c.period(config)
	if err != nil {
		return yearreport.Report{}, err
	}
	meter := newMeter(std.Err)
	facts, err := perform(ctx, staging{config: config, cohort: who, script: s, from: from, to: to, tolerant: tolerant, log: std.Err, progress: meter.at})
	meter.clear()
	if err != nil {
		return yearreport.Report{}, err
	}
	return yearreport.Evaluate(facts), nil
}

// period is from the first moment of the first day to the first moment after the
// last one, in the programme's zone.
func (c rehearseCmd) period(config *Config) (from, to time.Time, err error) {
	first, last := config.settings.Contract, config.settings.Completion
	for flag, d := range map[string]*programme.Date{"--from": &first, "--to": &last} {
		given := map[string]string{"--from": c.From, "--to": c.To}[flag]
		if given == "" {
			continue
		}
		if *d, err = programme.ParseDate(given); err != nil {
			return from, to, withHint(fmt.Errorf("%s %q is no day", flag, given), "write it like 2026-09-01")
		}
	}
	zone := config.settings.Zone
	from, to = first.At(0, 0, zone), last.At(0, 0, zone).AddDate(0, 0, 1)
	switch {
	case !from.Before(to):
		return from, to, withHint(fmt.Errorf("the first day, %s, is after the last, %s", first, last), "check --from and --to")
	case to.Sub(from) > longestRehearsal*24*time.Hour:
		return from, to, withHint(fmt.Errorf("from %s to %s is too long", first, last), fmt.Sprintf("%d days at most", longestRehearsal))
	}
	return from, to, nil
}

// writable says at the beginning that the end would fail.
func writable(file string) error {
	if file == "" {
		return nil
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return withHint(fmt.Errorf("%s is a folder", file), "name a file in it with -o")
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".tsugite-*")
	if err != nil {
		return withHint(fmt.Errorf("%s cannot be written: %w", file, reason(err)), "name a file in a folder that exists with -o")
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// spoken is the report's language: the command line's words, and days as messages
// write them.
type spoken struct {
	speech
	zone *time.Location
}

func (s spoken) locale() ui.Locale { return ui.NewLocale(s.lang, s.zone) }

// Say is the sentence under key.
func (s spoken) Say(key string, args map[string]any) string { return s.say(key, args) }

// Moment writes a moment in the programme's zone.
func (s spoken) Moment(t time.Time) string { return s.locale().Moment(t) }

// Day writes a day in the programme's zone.
func (s spoken) Day(t time.Time) string { return s.locale().Date(programme.DateOf(t, s.zone)) }

// Tag is the language as HTML names it.
func (s spoken) Tag() string { return s.lang }

// meter shows on a terminal how far the clock has come.
type meter struct {
	w     io.Writer
	shown string
}

func newMeter(w io.Writer) *meter {
	f, ok := w.(*os.File)
	if !ok {
		return &meter{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &meter{}
	}
	return &meter{w: w}
}

func (m *meter) at(t time.Time) {
	if day := t.Format(time.DateOnly); m.w != nil && day != m.shown {
		m.shown = day
		fmt.Fprintf(m.w, "\r%s ", day)
	}
}

func (m *meter) clear() {
	if m.shown != "" {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}
