package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// againForm is that of the atsugi who asked for a time, for others of the expert's.
func (c cast) againForm() ui.SessionFormData {
	asked := c.requested()
	asked.MayPick, asked.Session.URL, asked.Session.Proposal.URL = false, "", ""
	return ui.SessionFormData{
		Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3}, Session: asked, Me: c.atsugi.ID, Length: time.Hour,
		Again: &ui.RequestAgain{Expert: c.offered()[0], Times: c.offered()[0].Next},
	}
}

// requestsAgain draws the form for other times of what they asked for, as it opens, as it
// is filled in, in place of an agreed time, and where there are no times.
func (c cast) requestsAgain(t testing.TB, l ui.Locale, out map[string]drawing) {
	d := c.againForm()
	out["request-again"] = view(t, ui.SessionTimesForm(d, l))
	filled := d
	filled.Session.Proposal.By, filled.Session.Proposal.For = c.mentor.ID, c.atsugi.ID // the expert's answer
	filled.Filled = programme.SessionForm{Op: "01KOP", Venue: programme.Venue{Mode: programme.ModeOnSite}, Topic: c.typed,
		Spans: []programme.Span{d.Again.Times[0], {}, d.Again.Times[2]}}
	out["request-again-filled"] = view(t, ui.SessionTimesForm(filled, l))
	moving := d
	moving.Session.State, moving.Session.Span, moving.Session.Proposal = programme.SessionBooked, d.Session.Proposal.Spans[0], programme.Proposal{}
	out["request-again-moving"] = view(t, ui.SessionTimesForm(moving, l))
	none := d
	none.Again = &ui.RequestAgain{Expert: c.offered()[2]}
	out["request-again-none"] = view(t, ui.SessionTimesForm(none, l))
}
