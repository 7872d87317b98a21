package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// CheckInData is what the page of ticks is drawn from.
type CheckInData struct {
	Page programme.EventPage
	From int // how many of the list are on pages before this one
	// Op is made for this drawing: Slack carries what is ticked over to a page
	// whose blocks have the same ids, and an older page's ticks are not this one's.
	Op string
}

// How many people a page of ticks holds: within 100 blocks and 250 KB, each ticked
// option being written twice.
const (
	checkInGroup = 10 // options of one block of checkboxes (slack.md Sizes)
	checkInPage  = 150
)

const checkInBlock = "checkin."

// CheckInPage is the list of the day: the code to show in the room, and everyone
// to tick, those who said that they come first.
func CheckInPage(d CheckInData, l Locale) slack.ModalViewRequest {
	e := d.Page.Event
	list := checkInOrder(d.Page.Attendees)
	from := max(0, min(d.From, len(list))) / checkInPage * checkInPage
	if from == len(list) {
		from = max(0, from-checkInPage)
	}
	shown := list[from:min(len(list), from+checkInPage)]
	blocks := checkInHead(d.Page, from, l)
	blocks = append(blocks, checkInGroups(shown, from, d.Op, l)...)
	if len(list) == 0 {
		blocks = append(blocks, section(l.T("checkin.nobody", nil), nil))
	}
	blocks = append(blocks, pageTurner(ActionCheckInPage, string(e.ID), from, checkInPage, len(list), l)...)
	blocks = append(blocks, participation(d.Page, l)...)
	v := modal(l.T("checkin.title", nil), l, blocks...)
	if len(shown) > 0 {
		v.Submit = plain(l.T("button.save", nil), maxModalWord)
		v.CallbackID = CallbackCheckIn
	}
	v.PrivateMetadata = Form{Op: d.Op, Subject: string(e.ID), Item: strconv.Itoa(from)}.encode()
	return v
}

// checkInHead is the code, as large as Slack can write, what it is for, and how
// many are there.
func checkInHead(page programme.EventPage, from int, l Locale) []slack.Block {
	e := page.Event
	here := place(string(e.ID), from)
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), eventFacts(e, programme.Undecided, l)), nil),
		section(bold(checkInCount(page, l)), nil),
		small(l.T("checkin.help", nil)),
		row(button(ActionCheckInGuest, here, l.T("button.walk_in", nil)),
			button(ActionCheckInPage, here, l.T("button.redraw", nil))),
	}
	if e.Code == "" {
		return blocks
	}
	code := strings.Join(strings.Split(line(e.Code, 20), ""), " ")
	return append([]slack.Block{
		header(l.T("checkin.code", words{"Code": code})),
		small(l.mrkdwn("checkin.code_help", words{"Code": line(e.Code, 20)})),
	}, blocks...)
}

func checkInCount(page programme.EventPage, l Locale) string {
	expected := 0
	for _, line := range programme.Participation(page) {
		if line.By == programme.ByAll {
			expected = line.Expected
		}
	}
	return l.T("checkin.count", words{"Here": page.Arrived, "Expected": expected})
}

// checkInOrder puts first who is looked for at the door: who comes, waits for a
// place or speaks; each part keeps the order by kana. Whether somebody is ticked
// makes no difference: people do not move under the finger.
func checkInOrder(list []programme.Attendee) []programme.Attendee {
	var first, rest []programme.Attendee
	for _, a := range list {
		if lookedFor(a) {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

func lookedFor(a programme.Attendee) bool { return a.Answer.Expected() || a.Speaker.Speaks() }

// checkInGroups are the checkboxes: those looked for, then the others.
func checkInGroups(list []programme.Attendee, from int, op string, l Locale) []slack.Block {
	expected := slices.IndexFunc(list, func(a programme.Attendee) bool { return !lookedFor(a) })
	if expected < 0 {
		expected = len(list)
	}
	blocks := checkInBoxes(list[:expected], from, op, l)
	if expected < len(list) {
		blocks = append(blocks, section(bold(l.T("checkin.others", nil)), nil))
	}
	return append(blocks, checkInBoxes(list[expected:], from+expected, op, l)...)
}

// checkInBoxes are boxes of ten, named by the first and the last in kana.
func checkInBoxes(list []programme.Attendee, from int, op string, l Locale) []slack.Block {
	var blocks []slack.Block
	for group := range slices.Chunk(list, checkInGroup) {
		var people []labelled
		var there []string
		for _, a := range group {
			people = append(people, labelled{string(a.ID), checkInLabel(a, l)})
			if !a.Arrived.IsZero() {
				there = append(there, string(a.ID))
			}
		}
		os := options(people, checkInGroup)
		boxes := slack.NewCheckboxGroupsBlockElement(memoInput, os...)
		boxes.InitialOptions = chosen(os, there)
		last := from + len(group)
		label := l.T("checkin.group", words{"From": from + 1, "To": last,
			"First": groupName(group[0], l), "Last": groupName(group[len(group)-1], l)})
		block := slack.NewInputBlock(fmt.Sprintf("%s%s.%d", checkInBlock, op, from), plain(label, maxLabel), nil, boxes)
		block.Optional = true
		blocks = append(blocks, block)
		from = last
	}
	return blocks
}

// maxGroupName is how much of a name stands over a group of ten.
const maxGroupName = 12

// groupName is what a name is looked up by: its kana, by which the list is sorted.
func groupName(a programme.Attendee, l Locale) string {
	return line(or(a.Kana(), attendeeName(a, l)), maxGroupName)
}

// checkInLabel is a name with what the door needs to know, and the organisation as
// far as it fits.
func checkInLabel(a programme.Attendee, l Locale) string {
	mark := ""
	switch {
	case a.Speaker.Speaks():
		mark = l.T("checkin.speaks", nil)
	case a.Answer == programme.Yes:
	case a.Answer == programme.Undecided:
		mark = l.T("checkin.no_answer", nil)
	default:
		mark = l.T("checkin.said_"+string(a.Answer), nil)
	}
	who := line(attendeeName(a, l), 30)
	if firm := line(a.Organisation(), maxName); firm != "" {
		who = l.T("person.with_firm", words{"Name": who, "Firm": firm})
	}
	if mark == "" {
		return cut(who, maxOption)
	}
	return cut(who, maxOption-size(mark)-1) + " " + mark
}

func attendeeName(a programme.Attendee, l Locale) string {
	return or(line(a.Name(), maxName), l.T("person.unnamed", nil))
}

// pageTurner leads to the pages before and after, of a list that does not fit on
// one; value is what the list is about.
func pageTurner(action, value string, from, most, all int, l Locale) []slack.Block {
	var buttons []slack.BlockElement
	if from > 0 {
		buttons = append(buttons, button(PickID(action, 0), place(value, max(0, from-most)), l.T("button.page_before", nil)))
	}
	if from+most < all {
		buttons = append(buttons, button(PickID(action, 1), place(value, from+most), l.T("button.page_after", nil)))
	}
	if len(buttons) == 0 {
		return nil
	}
	return []slack.Block{row(buttons...)}
}

// place is the value of a button that leads to a place in a list: what it is about
// and how many come before. ReadPlace reads it.
func place(value string, from int) string { return value + "|" + strconv.Itoa(from) }

// ReadPlace reads the value of a button that leads to a place in a list. What
// names no place is the beginning.
func ReadPlace(value string) (about string, from int) {
	i := strings.LastIndexByte(value, '|')
	if i < 0 {
		return value, 0
	}
	from, err := strconv.Atoi(value[i+1:])
	if err != nil || from < 0 {
		from = 0
	}
	return value[:i], from
}

// participation is how many came of how many expected, by role, cohort and
// prefecture, in one line each.
func participation(page programme.EventPage, l Locale) []slack.Block {
	by := map[programme.ParticipationBy][]string{}
	for _, p := range programme.Participation(page) {
		if p.By != programme.ByAll {
			by[p.By] = append(by[p.By], l.T("checkin.came_of", words{
				"Of": participationName(p, l), "Came": p.Came, "Expected": p.Expected}))
		}
	}
	var body []string
	for _, part := range []struct {
		by  programme.ParticipationBy
		key string
	}{{programme.ByRole, "checkin.by_role"}, {programme.ByCohort, "checkin.by_cohort"}, {programme.ByPrefecture, "checkin.by_prefecture"}} {
		if len(by[part.by]) > 0 {
			body = append(body, l.mrkdwn(part.key, words{"Counts": cut(l.list(by[part.by]), 900)}))
		}
	}
	if len(body) == 0 {
		return nil
	}
	return []slack.Block{divider(), section(strings.Join(body, "\n"), nil), small(l.T("checkin.by_help", nil))}
}

func participationName(p programme.ParticipationLine, l Locale) string {
	switch {
	case p.Of == "":
		return l.T("checkin.not_known", nil)
	case p.By == programme.ByRole:
		return roleName(programme.Role(p.Of), l)
	}
	return line(p.Of, 20)
}

// roleName is what somebody is called by their role.
func roleName(r programme.Role, l Locale) string {
	if s, ok := l.say("role."+string(r), nil); ok {
		return s
	}
	return string(r)
}

// Ticks are what somebody changed on a page of ticks. What they left as it was
// drawn is in neither list: it may have changed since, by another hand.
type Ticks struct {
	Here []programme.AttendeeID // ticked
	Gone []programme.AttendeeID // the tick was taken back
}

// ReadTicks compares a page of ticks that came back with what was drawn on it.
func ReadTicks(view slack.View) Ticks {
	var t Ticks
	if view.State == nil {
		return t
	}
	for _, b := range view.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok || !strings.HasPrefix(in.BlockID, checkInBlock) {
			continue
		}
		boxes, ok := in.Element.(*slack.CheckboxGroupsBlockElement)
		value, told := view.State.Values[in.BlockID][memoInput]
		if !ok || !told {
			continue
		}
		for _, o := range boxes.Options {
			id := programme.AttendeeID(o.Value)
			was := slices.ContainsFunc(boxes.InitialOptions, func(x *slack.OptionBlockObject) bool { return x.Value == o.Value })
			is := slices.ContainsFunc(value.SelectedOptions, func(x slack.OptionBlockObject) bool { return x.Value == o.Value })
			switch {
			case is && !was:
				t.Here = append(t.Here, id)
			case was && !is:
				t.Gone = append(t.Gone, id)
			}
		}
	}
	return t
}

// CheckInSaved says that the ticks are kept and leads back to the list.
func CheckInSaved(page programme.EventPage, from int, l Locale) slack.ModalViewRequest {
	return done(l.T("checkin.title", nil), lines(l.T("checkin.saved", nil), checkInCount(page, l)), l,
		button(ActionCheckInPage, place(string(page.Event.ID), from), l.T("button.checkin_back", nil)).WithStyle(slack.StylePrimary))
}

// done is a small closing page that leads on.
func done(title, text string, l Locale, next ...slack.BlockElement) slack.ModalViewRequest {
	return modal(title, l, section(escape(text), nil), row(next...))
}
