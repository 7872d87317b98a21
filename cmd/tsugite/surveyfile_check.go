package main

import (
	"errors"
	"fmt"
	"os"

	"tsugite/cmd/internal/strict"
)

// surveyCmd is about surveys as files, before anybody is asked.
type surveyCmd struct {
	Check surveyCheck `cmd:"" help:"Check survey files, and say how long they are."`
}

// surveyCheck reads survey files as the configuration would.
type surveyCheck struct {
	Files []string `arg:"" name:"FILE" help:"Survey files, or bundled:status for one that comes with the program."`
	Lang  string   `enum:"ja,en," default:"" help:"Say it in ja or en; else LANG decides."`
}

// Run prints a line for every file that is sound, and every fault of the others.
func (c surveyCheck) Run(std streams) error {
	say := speechFor(c.Lang)
	var all strict.Faults
	var unread error
	for _, file := range c.Files {
		def, err := readSurvey(file, os.ReadFile)
		var faults strict.Faults
		switch {
		case errors.As(err, &faults):
			all = append(all, faults...)
			continue
		case err != nil:
			unread = errors.Join(unread, err)
			continue
		}
		always := 0
		for _, q := range def.Questions {
			if q.When.Always() {
				always++
			}
		}
		fmt.Fprintln(std.Out, say.say("survey.checked", slots(
			"File", file, "Title", say.text(def.Title), "N", len(def.Questions), "Always", always, "Minutes", def.Minutes)))
	}
	if len(all) > 0 {
		return errors.Join(all, unread)
	}
	return unread
}
