package main

import (
	"time"

	"tsugite/programme"
)

// deed is what the office does by the program's own door.
func (p *player) deed(d officeDeed) {
	p.t.Helper()
	office := p.local.demo.app.Office
	who := programme.As(p.local.person(coordinator).ID)
	switch {
	case d.Launch != "":
		_, err := office.LaunchSurvey(p.t.Context(), who, office.NewID(), p.definition(d.Launch))
		p.did(err)
	case d.Leaves != "":
		p.local.as(p.person(d.Leaves)).must("person", map[string]any{"do": "deactivate"})
	}
}

func (p *player) did(err error) {
	p.t.Helper()
	if err != nil {
		p.fail("the office: %v", err)
	}
}

func (p *player) definition(id string) programme.SurveyDef {
	p.t.Helper()
	for _, def := range p.surveys {
		if def.ID == id {
			return def
		}
	}
	p.fail("no survey is called %q", id)
	return programme.SurveyDef{}
}

// moment reads a time of a script.
func (p *player) moment(written string) time.Time {
	p.t.Helper()
	office := p.local.demo.app.Office
	at, err := momentFrom(written, office.Now(), office.Settings.Zone)
	p.did(err)
	return at
}

// initial is what a field of a page begins with, as its state's value would be.
func initial(e block) any {
	for _, key := range []string{"initial_option", "initial_options", "initial_date", "initial_value"} {
		if v, ok := e[key]; ok {
			return v
		}
	}
	return nil
}

// valueWords are the words of what stands in a field.
func valueWords(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		return labelOf(v)
	case []any:
		out := ""
		for i, o := range v {
			if i > 0 {
				out += "、"
			}
			out += valueWords(o)
		}
		return out
	}
	return ""
}

// personID is somebody's id in the roster, "" of nobody.
func (l *local) personID(account string) string {
	person, err := l.demo.app.Office.PersonBySlack(l.t.Context(), account)
	if err != nil {
		return ""
	}
	return string(person.ID)
}
