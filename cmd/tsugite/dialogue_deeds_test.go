package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"tsugite/programme"
)

// deed is what the office does by the program's own door.
func (p *player) deed(d officeDeed) {
	p.t.Helper()
	office, ctx := p.local.demo.app.Office, p.t.Context()
	who := programme.As(p.local.person(coordinator).ID)
	var err error
	switch {
	case d.Launch != "":
		window := programme.Window{Opens: p.moment(d.Opens), Closes: p.moment(d.Closes)}
		_, err = office.LaunchSurvey(ctx, who, office.NewID(), p.definition(d.Launch), window)
	case d.Try != "":
		_, err = office.TrySurvey(ctx, who, office.NewID(), p.definition(d.Try))
	case d.Extend != "":
		_, err = office.ExtendSurvey(ctx, who, p.newest(), p.moment(d.Extend))
	case d.Hold, d.Go:
		err = office.HoldDeliveries(ctx, who, d.Hold)
	case d.Close:
		_, err = office.CloseSurvey(ctx, who, p.newest())
	case d.Chase:
		_, err = office.ChaseSurvey(ctx, who, p.newest(), office.NewID())
	case d.Newcomers:
		_, err = office.AskNewcomers(ctx, who, p.newest())
	case d.Reopen != "":
		err = office.ReopenSurvey(ctx, who, p.response(d.Reopen), p.moment(d.Until))
	case d.Engage != "":
		_, err = office.MakeEngagement(ctx, who, programme.EngagementForm{Op: office.NewID(),
			Atsugi: p.local.person(p.person(d.Engage)).ID, Mentor: p.local.person(p.person(d.With)).ID, Sessions: 2})
	case d.Publish != "":
		err = p.publish(who, d)
	case d.Leaves != "":
		p.local.as(p.person(d.Leaves)).must("person", map[string]any{"do": "deactivate"})
	case d.Returns != "":
		p.local.as(coordinator).must("person", map[string]any{"do": "reactivate", "user": p.person(d.Returns)})
	case d.Joins != "":
		p.joins(d)
	case d.Renames != "":
		p.local.as(p.person(d.Renames)).must("person", map[string]any{"do": "rename", "real_name": d.Name, "display_name": d.Name})
	case d.Enters:
		_, err = office.ImportRoster(ctx, who, []programme.RosterRow{{Row: 2, Cells: map[programme.Column]string{
			programme.ColName: d.Name, programme.ColEmail: d.Mail, programme.ColOrganisation: d.Firm, programme.ColRole: "アトツギ"}}}, "")
	default:
		p.fail("the office does nothing")
	}
	p.did(err)
}

// joins lets an account come into the workspace.
func (p *player) joins(d officeDeed) {
	p.t.Helper()
	handle, _, _ := strings.Cut(d.Mail, "@")
	id := "UJOIN" + strings.ToUpper(handle)
	p.local.as(coordinator).must("person", map[string]any{"do": "join", "person": map[string]any{
		"id": id, "name": handle, "real_name": d.Name, "display_name": d.Name, "email": d.Mail, "locale": "ja-JP", "outsider": d.Outsider}})
	p.cast[d.Joins] = id
}

func (p *player) did(err error) {
	p.t.Helper()
	if err != nil {
		p.fail("the office: %v", err)
	}
}

// publish offers an expert's hours to every atsugi, online and on site, an hour each.
func (p *player) publish(who programme.Actor, d officeDeed) error {
	p.t.Helper()
	office, ctx := p.local.demo.app.Office, p.t.Context()
	expert := p.local.person(p.person(d.Publish)).ID
	hours, _, err := programme.ParseHours(programme.HoursText{Weekly: d.Weekly}, office.Now(), office.Settings.Zone)
	p.did(err)
	had, err := office.OfferPage(ctx, who, expert)
	p.did(err)
	hours.Zone = office.Settings.Zone.String()
	_, err = office.SaveOffer(ctx, who, programme.OfferForm{Version: had.Offer.Version, Offer: programme.Offer{
		Mentor: expert, Help: "値段の決め方", Fields: []string{"経営"}, Online: true, URL: "https://meet.example.jp/soudan",
		OnSite: true, Place: "事務局の会議室", Length: time.Hour, Notice: 24 * time.Hour, PerWeek: 5, Everyone: true,
		Accepts: d.Accepts, Hours: hours,
	}})
	return err
}

// newest is the survey that was sent out last.
func (p *player) newest() programme.SurveyID {
	p.t.Helper()
	return programme.SurveyID(p.text(`SELECT id FROM surveys WHERE trial = 0 ORDER BY launched_at DESC, id DESC LIMIT 1`))
}

// response is somebody's response to it.
func (p *player) response(name string) programme.ResponseID {
	p.t.Helper()
	return programme.ResponseID(p.text(`SELECT r.id FROM responses r JOIN people p ON p.id = r.person_id WHERE r.survey_id = $1 AND p.slack_id = $2`,
		string(p.newest()), p.person(name)))
}

func (p *player) text(query string, args ...any) string {
	p.t.Helper()
	store := readOnly(p.t, p.file)
	defer store.Close()
	var s string
	p.did(store.QueryRow(query, args...).Scan(&s))
	return s
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

// testSurveys are those of testdata/surveys.
func (p *player) testSurveys() []programme.SurveyDef {
	p.t.Helper()
	files, err := filepath.Glob("testdata/surveys/*.yaml")
	check(p.t, err)
	var defs []programme.SurveyDef
	for _, file := range files {
		data, err := os.ReadFile(file)
		check(p.t, err)
		def, err := parseSurvey(file, data)
		check(p.t, err)
		defs = append(defs, def)
	}
	return defs
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
	for _, key := range []string{"initial_option", "initial_options", "initial_date", "initial_time", "initial_value"} {
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
