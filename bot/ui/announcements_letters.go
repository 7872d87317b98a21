package ui

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// announced is an announcement as one reader gets it.
type announced struct {
	a       programme.Announcement
	event   programme.Event              // that it is about, zero for none
	survey  programme.Survey             // likewise
	acked   time.Time                    // when the reader acknowledged it, zero if they did not
	channel bool                         // it stands in a channel: nobody acknowledges there
	trial   bool                         // a test or a preview: what is pressed does nothing
	over    struct{ event, survey bool } // what is attached is over
}

// announcedTo is the announcement as the one gets it whom a notice goes to.
func announcedTo(m programme.Matter) announced {
	of := m.Announcement
	v := announced{a: of.Announcement, event: of.Attached.Event, survey: of.Attached.Survey, acked: of.Acknowledged, channel: m.To.ID == ""}
	if !of.Now.IsZero() {
		v.over.event, v.over.survey = !v.event.Open(of.Now), v.survey.ClosedAt(of.Now)
	}
	return v
}

// announcement is the message itself.
func announcement(m programme.Matter, l Locale) (string, []slack.Block) {
	v := announcedTo(m)
	return v.text("announce.text", l), v.blocks("", l)
}

// announcementTest is the message as a test, to who asked for it.
func announcementTest(m programme.Matter, l Locale) (string, []slack.Block) {
	v := announcedTo(m)
	v.trial = true
	return v.text("announce.text_test", l), v.blocks(l.T("announce.test", nil), l)
}

// announcementChase asks once more to acknowledge, with everything that it says.
func announcementChase(m programme.Matter, l Locale) (string, []slack.Block) {
	v := announcedTo(m)
	lead := l.T("announce.chase", nil)
	if !v.acked.IsZero() {
		lead = ""
	}
	return v.text("announce.text_chase", l), v.blocks(lead, l)
}

// text is the top-level text: others see it on the phone, so it has the title alone. It is
// escaped, because Slack reads markup in it.
func (v announced) text(key string, l Locale) string {
	text := l.mrkdwn(key, words{"Title": innerBrackets.Replace(announceTitle(v.a, l))})
	if v.asks() && v.acked.IsZero() {
		text = lines(text, l.T("announce.text_ack", nil))
	}
	return text
}

// asks says whether the reader is asked to acknowledge it.
func (v announced) asks() bool { return v.a.Acknowledge && !v.channel }

// blocks are the message, under a line of what it is unless blank.
func (v announced) blocks(lead string, l Locale) []slack.Block {
	var blocks []slack.Block
	if lead != "" {
		blocks = append(blocks, small(lead))
	}
	blocks = append(blocks, header(announceTitle(v.a, l)))
	blocks = append(blocks, formatted(or(announceBody(v.a, l), nothing))...)
	if v.a.Edition > 1 {
		blocks = append(blocks, small(l.T("announce.corrected", nil)))
	}
	blocks = append(blocks, v.eventPart(l)...)
	blocks = append(blocks, v.surveyPart(l)...)
	blocks = append(blocks, v.acknowledgement(l)...)
	foot := "announce.foot"
	if v.channel {
		foot = "announce.foot_channel"
	}
	return append(blocks, small(l.T(foot, nil)))
}

// value is what a button of the message carries: the id of what it leads to.
func (v announced) value(id string) string {
	if v.trial {
		return trialValue + id
	}
	return id
}

// trialValue begins the value of a button of a test or a preview.
const trialValue = "test|"

// ReadAnnounceValue reads the value of a button of an announcement's message; trial says that
// it is of a test.
func ReadAnnounceValue(value string) (id string, trial bool) {
	return strings.CutPrefix(value, trialValue)
}

// eventPart is the event that it is about, with the way to the reader's own answer.
func (v announced) eventPart(l Locale) []slack.Block {
	e := v.event
	if e.ID == "" {
		return nil
	}
	blocks := []slack.Block{divider(), section(lines(bold(eventTitle(e, l)), eventFacts(e, programme.Undecided, l)), nil)}
	switch {
	case !e.Cancelled.IsZero():
		return append(blocks, section(bold(l.T("event.cancelled", nil)), nil))
	case v.over.event:
		return blocks
	}
	return append(blocks, row(button(ActionAnnounceEvent, v.value(string(e.ID)), l.T("button.announce_event", nil))))
}

// surveyPart is the survey that it is about, with the way to the reader's own answers.
func (v announced) surveyPart(l Locale) []slack.Block {
	s := v.survey
	if s.ID == "" {
		return nil
	}
	blocks := []slack.Block{divider(), section(lines(bold(surveyTitle(s.Def, l)), l.T("survey.invite.until", words{"Until": l.Moment(s.Closes)})), nil)}
	if v.over.survey {
		return append(blocks, small(l.T("survey.state.closed", nil)))
	}
	return append(blocks, row(button(ActionAnnounceSurvey, v.value(string(s.ID)), l.T("button.announce_survey", nil))))
}

// acknowledgement is the button, or that it was pressed.
func (v announced) acknowledgement(l Locale) []slack.Block {
	switch {
	case !v.asks():
		return nil
	case !v.acked.IsZero():
		return []slack.Block{section(l.T("announce.acked", words{"When": l.Moment(v.acked)}), nil)}
	}
	return []slack.Block{
		divider(), section(l.T("announce.ask_ack", nil), nil),
		row(button(ActionAnnounceAck, v.value(string(v.a.ID)), l.T("button.announce_ack", nil)).WithStyle(slack.StylePrimary)),
	}
}

// AnnounceTrialPressed says that a button of a test does nothing.
func AnnounceTrialPressed(l Locale) string { return l.T("announce.trial_pressed", nil) }

// AnnounceAcked says that a press was understood although its message does not show it yet.
func AnnounceAcked(l Locale) string { return l.T("announce.ack_noted", nil) }
