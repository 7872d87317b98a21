package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// lapsed is one for which the atsugi named three times that all went by.
func (c cast) lapsed() programme.SessionView {
	v := c.proposed()
	v.Proposal.By, v.Proposal.For = c.atsugi.ID, c.mentor.ID
	v.Now, v.MayPick = at(12, 4, 9, 0), false
	return v
}

// unmoved is one that is booked, of which the expert asked for other times in vain.
func (c cast) unmoved() programme.SessionView {
	v := c.session()
	v.Span, v.Now = hour(at(12, 8, 14, 0)), at(12, 4, 9, 0)
	v.Proposal = c.proposed().Proposal
	v.Proposal.Reason = c.words("窯の修理が入りました。")
	return v
}

// lapses draws what is said of times that nobody picked from, of those that the office
// named for somebody, and of a follow-up that ended.
func (c cast) lapses(t testing.TB, l ui.Locale, out map[string]drawing) {
	nobody := programme.Person{}
	lapsed, since := c.lapsed(), c.proposed()
	out["session-lapsed"] = c.told(t, l, programme.NoticeSessionLapsed, c.atsugi, lapsed)
	out["session-lapsed-since"] = c.told(t, l, programme.NoticeSessionLapsed, c.atsugi, since, true)
	out["session-lapsed-office"] = c.told(t, l, programme.NoticeSessionLapsed, nobody, lapsed)
	out["session-lapsed-office-since"] = c.told(t, l, programme.NoticeSessionLapsed, nobody, since, true)
	out["session-lapsed-move"] = c.told(t, l, programme.NoticeSessionLapsed, c.mentor, c.unmoved())
	out["session-lapsed-office-move"] = c.told(t, l, programme.NoticeSessionLapsed, nobody, c.unmoved())
	late := c.unmoved()
	late.MayMove = false
	out["session-lapsed-move-late"] = c.told(t, l, programme.NoticeSessionLapsed, c.mentor, late)
	requested := lapsed
	requested.Requested, requested.Proposal.Spans = true, requested.Proposal.Spans[:1]
	out["session-lapsed-requested"] = c.told(t, l, programme.NoticeSessionLapsed, c.atsugi, requested)
	out["session-proposed-lapsed"] = c.told(t, l, programme.NoticeSessionProposed, c.mentor, lapsed)
	out["session-proposed-lapsed-move"] = c.told(t, l, programme.NoticeSessionProposed, c.atsugi, c.unmoved())
	out["session-page-lapsed"] = view(t, ui.SessionPage(lapsed, c.atsugi.ID, l))

	behalf := c.proposed()
	behalf.MayPick = false
	out["session-behalf"] = c.told(t, l, programme.NoticeSessionBehalf, c.mentor, behalf)
	out["session-behalf-move"] = c.told(t, l, programme.NoticeSessionBehalf, c.mentor, c.moveAsked())
	out["session-behalf-picked"] = c.told(t, l, programme.NoticeSessionBehalf, c.mentor, c.session(), true)

	met := c.counterForm()
	met.Refused = &programme.Error{Code: programme.CodeConflict, Key: "error.session_open"}
	out["session-form-met-theirs"] = view(t, ui.SessionTimesForm(met, l))
	met.Session = lapsed
	out["session-form-met"] = view(t, ui.SessionTimesForm(met, l))

	board := programme.Board{Office: true, Now: at(12, 4, 9, 0), Most: 15, Stuck: []programme.SessionView{lapsed, c.unmoved()}, Waiting: []programme.SessionView{c.moveAsked()}}
	out["session-board-lapsed"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: board}, l))
	c.ended(t, l, out)
	c.reminders(t, l, out)
}

// moveAsked is one that is booked, of which the expert asks for other times.
func (c cast) moveAsked() programme.SessionView {
	v := c.unmoved()
	v.Now = at(11, 24, 9, 0)
	return v
}

// ended draws a follow-up that ended, and what it leaves.
func (c cast) ended(t testing.TB, l ui.Locale, out map[string]drawing) {
	off := c.session()
	off.State, off.Span, off.Ended = programme.SessionCancelled, programme.Span{}, true
	off.MayMove, off.MayCancel, off.MayVenue = false, false, false
	out["session-withdrawn-ended"] = c.told(t, l, programme.NoticeSessionCancelled, c.atsugi, off)
	off.Ended, off.Engagement, off.Kind = false, "", programme.Between
	out["session-withdrawn-between"] = c.told(t, l, programme.NoticeSessionCancelled, c.atsugi, off)
	off.Requested = true
	out["session-withdrawn-request"] = c.told(t, l, programme.NoticeSessionCancelled, c.atsugi, off)
	out["session-withdrawn-request-expert"] = c.told(t, l, programme.NoticeSessionCancelled, c.mentor, off)
	missed := c.over()
	missed.State, missed.MaySay, missed.Ended = programme.SessionNotHeld, false, true
	out["session-after-not-held-ended"] = c.told(t, l, programme.NoticeSessionAfter, c.atsugi, missed, true)
	form := ui.Form{Op: "01KOP"}
	out["engagement-form-any"] = view(t, ui.EngagementFormAny(form, []programme.Person{c.atsugi}, []programme.Person{c.mentor}, l))
	out["engagement-form-any-nobody"] = view(t, ui.EngagementFormAny(form, []programme.Person{c.atsugi}, nil, l))
}

// reminders draws the same reminder, as far ahead as each name says.
func (c cast) reminders(t testing.TB, l ui.Locale, out map[string]drawing) {
	for name, now := range map[string]time.Time{
		"early": at(11, 28, 10, 0), "tomorrow": at(11, 30, 10, 0), "today": at(12, 1, 7, 30), "soon": at(12, 1, 13, 0), "begun": at(12, 1, 14, 0),
	} {
		v := c.session()
		v.Now = now
		out["session-reminder-"+name] = c.told(t, l, programme.NoticeSessionReminder, c.atsugi, v)
	}
}
