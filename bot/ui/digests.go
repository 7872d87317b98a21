package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of each kind a digest shows: a message of 50 blocks, read on a phone.
const (
	digestEvents = 12
	digestLines  = 15
	digestNames  = 40
)

// digestHead begins a digest: what it is and the days that it is about.
func digestHead(key string, d programme.Digest, l Locale) slack.Block {
	return section(lines(bold(l.T(key, nil)), l.T("digest.days", words{"From": l.Date(d.From), "To": l.Date(d.To)})), nil)
}

// digestMore says how many were left out, if any were.
func digestMore(all, shown int, l Locale) string {
	if all <= shown {
		return ""
	}
	return l.T("digest.more", words{"Count": all - shown})
}

// digestWeek is the coordinator's week: what takes place and who has to be
// telephoned, what the bureau has still to approve, key dates, and what went wrong.
// The names are inside only.
func digestWeek(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Digest
	blocks := []slack.Block{digestHead("digest.week.title", d, l)}
	for _, e := range d.Events[:min(len(d.Events), digestEvents)] {
		open := button(ActionEventOpen, string(e.Event.ID), l.T("button.open", nil))
		line := programme.EventLine{Event: e.Event, Counts: e.Counts, Asked: e.Asked}
		blocks = append(blocks, section(lines(digestEvent(e, l), eventCounts(line, l), silentNames(e.Silent, l),
			notPublic(e.Event, d.From, l), returnedWords(e.Event, true, l)), open))
	}
	if len(d.Events) == 0 {
		blocks = append(blocks, section(l.T("digest.week.nothing", nil), nil))
	}
	blocks = append(blocks, digestTail(digestMore(len(d.Events), digestEvents, l))...)
	blocks = append(blocks, digestTail(unapproved(d.Unapproved, l))...)
	blocks = append(blocks, digestTail(keyDates(d.Dates, l))...)
	blocks = append(blocks, digestTail(wentWrong(d.Deliveries, l))...)
	return l.T("digest.week.text", words{"Events": len(d.Events), "Dates": len(d.Dates), "Open": len(d.Unapproved)}), blocks
}

// digestTail is a section, unless there is nothing to say.
func digestTail(s string) []slack.Block {
	if s == "" {
		return nil
	}
	return []slack.Block{section(s, nil)}
}

// digestEvent is an event's title, time and place, as escaped markup.
func digestEvent(e programme.DigestEvent, l Locale) string {
	return lines(
		bold(eventTitle(e.Event, l)),
		l.T("event.when", words{"When": l.Span(e.Event.Start, e.Event.End)}),
		l.mrkdwn("event.where", words{"Where": eventPlace(e.Event, e.Answer, l)}),
	)
}

func silentNames(people []programme.Person, l Locale) string {
	if len(people) == 0 {
		return ""
	}
	var names []string
	for _, p := range people[:min(len(people), digestNames)] {
		names = append(names, name(p, l))
	}
	return lines(l.mrkdwn("digest.silent", words{"Names": cut(l.list(names), maxSection/2)}), digestMore(len(people), digestNames, l))
}

func unapproved(es []programme.Event, l Locale) string {
	if len(es) == 0 {
		return ""
	}
	out := []string{bold(l.T("digest.unapproved", nil))}
	for _, e := range es[:min(len(es), digestLines)] {
		state := l.T("event.state."+unapprovedState(e), nil)
		out = append(out, "• "+l.mrkdwn("digest.unapproved_line", words{"Event": eventTitle(e, l), "When": l.Moment(e.Start), "State": state}))
		if e.Returned != "" {
			out = append(out, "　"+l.mrkdwn("event.page.returned", words{"Reason": line(e.Returned, maxName)}))
		}
	}
	return lines(append(out, digestMore(len(es), digestLines, l))...)
}

func keyDates(ks []programme.KeyDate, l Locale) string {
	if len(ks) == 0 {
		return ""
	}
	out := []string{bold(l.T("digest.dates", nil))}
	for _, k := range ks[:min(len(ks), digestLines)] {
		out = append(out, "• "+escape(lines(keyDateTitle(k, l)+"："+keyDateDay(k, l))))
	}
	return lines(append(out, digestMore(len(ks), digestLines, l))...)
}

// wentWrong counts the messages that a person has to look after.
func wentWrong(n programme.DeliveryCounts, l Locale) string {
	var out []string
	for _, s := range []programme.DeliveryState{programme.Refused, programme.Unknown} {
		if n[s] > 0 {
			out = append(out, l.T("digest.delivery_"+string(s), words{"N": n[s]}))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return lines(append(out, l.T("digest.delivery_where", nil))...)
}

// digestMonth is what lies ahead of one person. Where and when to answer is on
// Home and in the question itself, which follow what was answered; a digest does not.
func digestMonth(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Digest
	open := false // whether an answer is still owed
	var ahead []digestLine
	for _, e := range d.Events[:min(len(d.Events), digestEvents)] {
		state := l.T("event.answer."+string(e.Answer), nil)
		switch {
		case e.Speaks:
			state = l.T("digest.speaks", nil)
		case e.Answer == programme.Undecided && closesBefore(e.Event, d.From, l):
			state = l.T("event.closed", nil)
		case e.Answer == programme.Undecided:
			state = l.T("digest.unanswered", nil)
		}
		open = open || !e.Speaks && !e.Answer.Expected() && e.Answer != programme.No && !closesBefore(e.Event, d.From, l)
		ahead = append(ahead, digestLine{
			e.Event.Start, l.T("digest.event_line", words{"Event": eventTitle(e.Event, l), "When": l.Moment(e.Event.Start)}),
			section(lines(digestEvent(e, l), state), nil),
		})
	}
	ahead = append(ahead, digestSessions(d.Sessions, m.To.ID, l)...)
	slices.SortStableFunc(ahead, func(a, b digestLine) int { return a.at.Compare(b.at) })
	text := []string{l.T("digest.month.text", nil)}
	blocks := []slack.Block{digestHead("digest.month.title", d, l)}
	for _, a := range ahead {
		text, blocks = append(text, a.text), append(blocks, a.block)
	}
	more := max(0, len(d.Events)-digestEvents) + max(0, len(d.Sessions)-digestEvents)
	blocks = append(blocks, digestTail(digestMore(len(ahead)+more, len(ahead), l))...)
	blocks = append(blocks, digestTail(keyDates(d.Dates, l))...)
	if open {
		blocks = append(blocks, small(l.T("digest.month.note", nil)))
	}
	return strings.Join(text, "\n"), blocks
}

// digestLine is something that lies ahead: in the notification, and inside.
type digestLine struct {
	at    time.Time
	text  string
	block slack.Block
}

// digestSessions are the reader's own sessions. Whom they meet is inside only.
func digestSessions(all []programme.SessionView, me programme.PersonID, l Locale) (out []digestLine) {
	for _, v := range all[:min(len(all), digestEvents)] {
		out = append(out, digestLine{
			v.Span.From, l.T("digest.event_line", words{"Event": l.T("session.title", nil), "When": when(v.Span, l)}),
			section(lines(sessionPair(v, me, l), whenLine(v.Span, l), agreedWhere(v, l)), openSession(v, l)),
		})
	}
	return out
}

// closesBefore says whether nobody new may register from the day on.
func closesBefore(e programme.Event, day programme.Date, l Locale) bool {
	return !e.Deadline.IsZero() && l.in(e.Deadline).Format(time.DateOnly) < string(day)
}

// digestSupport tells a support organisation who came, in numbers; names only of
// what it co-hosts (design.md section 5), and only inside.
func digestSupport(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Digest
	blocks := []slack.Block{digestHead("digest.support.title", d, l)}
	for _, e := range d.Events[:min(len(d.Events), digestEvents)] {
		blocks = append(blocks, section(lines(
			bold(eventTitle(e.Event, l)), l.T("event.when", words{"When": l.Span(e.Event.Start, e.Event.End)}),
			tookPart(e, l), recommendedFirms(e, d.Firms, l), coHostNames(e, l),
		), nil))
	}
	blocks = append(blocks, digestTail(digestMore(len(d.Events), digestEvents, l))...)
	return l.T("digest.support.text", words{"Events": len(d.Events)}), append(blocks, small(l.T("digest.support.note", nil)))
}

// tookPart is how many were expected, and came if anybody was checked in.
func tookPart(e programme.DigestEvent, l Locale) string {
	if !e.CheckedIn {
		return l.T("digest.support.expected", words{"Expected": e.Expected})
	}
	return l.T("digest.support.came", words{"Came": e.Came, "Expected": e.Expected})
}

func recommendedFirms(e programme.DigestEvent, firms int, l Locale) string {
	if firms == 0 {
		return ""
	}
	return l.T("digest.support.firms", words{"Firms": firms, "Came": e.FirmsCame})
}

func coHostNames(e programme.DigestEvent, l Locale) string {
	if !e.CoHosts || len(e.Names) == 0 {
		return ""
	}
	var names []string
	for _, n := range e.Names[:min(len(e.Names), digestNames)] {
		names = append(names, or(line(n, maxName), l.T("person.unnamed", nil)))
	}
	return lines(l.mrkdwn("digest.support.names", words{"Names": cut(l.list(names), maxSection/2)}), digestMore(len(e.Names), digestNames, l))
}

// keyDate reminds of a deadline of the programme. One on a holiday is worked to on
// the business day before, and the message says so.
func keyDate(m programme.Matter, l Locale) (string, []slack.Block) {
	k := m.KeyDate
	title, day := keyDateTitle(k, l), keyDateDay(k, l)
	return l.T("key_date.text", words{"Title": title, "Day": day}), []slack.Block{
		small(l.T("key_date.title", nil)),
		section(lines(bold(title), escape(day)), nil),
	}
}

func keyDateTitle(k programme.KeyDate, l Locale) string {
	return or(line(k.Title, maxTitle), l.T("key_date.untitled", nil))
}

// keyDateDay is until when to work, and why that is before the date itself.
func keyDateDay(k programme.KeyDate, l Locale) string {
	if k.WorkBy == k.Date || k.WorkBy == "" {
		return l.T("key_date.day", words{"Day": l.Date(k.Date)})
	}
	return l.T("key_date.day_before", words{"Day": l.Date(k.WorkBy), "Date": l.Date(k.Date)})
}
