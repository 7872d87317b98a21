package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Where experts publish times (offering: open), atsugi choose: an expert and then one of
// their times, or a day and time first and then who has it. All pages have the same two
// ways on top.

// RequestData is what the page of the experts is drawn from.
type RequestData struct {
	Lines []programme.OfferLine
	// Fields are those of the configuration, by which the experts can be told apart.
	Fields []programme.Text
	// Field is the key of the field that was chosen (see ReadRequestField), "" for all;
	// From is how many experts come before the page.
	Field string
	From  int
}

// Bounds of the pages: within 100 blocks whatever the data.
const (
	expertsAPage = 8
	daysAPage    = 7
	timesAPage   = 20 // of a day
	// requestHelp is how much of what an expert says of themself stands in the list, in
	// characters.
	requestHelp = 200
	// daysARow is how many buttons of days, or hours of a day, stand in a row.
	daysARow = 8
	// namesARow bounds who is offered for one time: an actions block has 25 elements.
	namesARow = 24
)

// allFields is the option of the menu that shows the experts of every field.
const allFields = "*"

// RequestExperts is the list of experts with the next times of each.
func RequestExperts(d RequestData, l Locale) slack.ModalViewRequest {
	blocks := append(requestWays(ActionRequest, l), fieldMenu(d, l)...)
	experts := slices.DeleteFunc(slices.Clone(d.Lines), func(line programme.OfferLine) bool {
		return d.Field != "" && !slices.ContainsFunc(line.Offer.Fields, func(f string) bool { return optionKey(f) == d.Field })
	})
	if len(experts) == 0 {
		return requestPage(l, append(blocks, section(l.T("session.request.nobody", nil), nil))...)
	}
	from := min(max(0, d.From), (len(experts)-1)/expertsAPage*expertsAPage)
	for _, line := range experts[from:min(from+expertsAPage, len(experts))] {
		help := cut(strings.TrimSpace(line.Offer.Help), requestHelp)
		blocks = append(blocks, divider(), section(lines(expertName(line, l), escape(help)), nil), small(expertOffers(line.Offer, d.Fields, l)))
		blocks = append(blocks, nextTimes(line, l)...)
	}
	blocks = append(blocks, turning(ActionRequest, d.Field, from, expertsAPage, len(experts), l)...)
	if i := slices.IndexFunc(experts, func(line programme.OfferLine) bool { return len(line.Next) > 0 }); i >= 0 {
		blocks = append(blocks, clockNote(experts[i].Next[0].From, l)...)
	}
	return requestPage(l, blocks...)
}

// requestPage is one of the pages on which somebody chooses.
func requestPage(l Locale, blocks ...slack.Block) slack.ModalViewRequest {
	return modal(l.T("session.request.title", nil), l, blocks...)
}

// clockNote tells somebody whose clock shows another time then of whose clock the times are.
func clockNote(at time.Time, l Locale) []slack.Block {
	if !l.elsewhere(at) {
		return nil
	}
	return []slack.Block{small(l.T("session.request.zone", words{"Zone": zoneName(l)}))}
}

// requestWays are the two ways, the present one marked.
func requestWays(present string, l Locale) []slack.Block {
	experts := button(PickID(ActionRequest, 0), "", l.T("button.request_expert", nil))
	times := button(PickID(ActionRequestDays, 0), "", l.T("button.request_time", nil))
	if present == ActionRequest {
		experts.Style = slack.StylePrimary
	} else {
		times.Style = slack.StylePrimary
	}
	return []slack.Block{row(experts, times)}
}

// fieldMenu shows the experts of one field only, where they have more than one between
// them.
func fieldMenu(d RequestData, l Locale) []slack.Block {
	all := []labelled{{allFields, l.T("session.request.all_fields", nil)}}
	for _, f := range d.Fields {
		if slices.ContainsFunc(d.Lines, func(line programme.OfferLine) bool { return slices.Contains(line.Offer.Fields, f.Ja) }) {
			all = append(all, labelled{optionKey(f.Ja), l.Text(f)})
		}
	}
	if len(all) <= 2 {
		return nil
	}
	os := options(all, maxChoices)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, ActionRequestField, os...)
	menu.InitialOption = first(chosen(os, []string{or(d.Field, allFields)}))
	return []slack.Block{section(l.T("session.request.by_field", nil), menu)}
}

// ReadRequestField reads which field was chosen, "" for all.
func ReadRequestField(a slack.BlockAction) string {
	if a.SelectedOption.Value == allFields {
		return ""
	}
	return a.SelectedOption.Value
}

// expertName is the expert in bold, as escaped markup; somebody whom the atsugi knows is
// marked.
func expertName(line programme.OfferLine, l Locale) string {
	key := "session.request.expert"
	if line.Known {
		key = "session.request.known"
	}
	return bold(l.T(key, words{"Who": name(line.Person, l)}))
}

// expertOffers are an expert's fields and languages, and how and how long one meets them,
// as escaped markup.
func expertOffers(o programme.Offer, fields []programme.Text, l Locale) string {
	var in []string
	for _, f := range fields {
		if slices.Contains(o.Fields, f.Ja) {
			in = append(in, l.Text(f))
		}
	}
	about, languages := "", ""
	if len(in) > 0 {
		about = l.mrkdwn("session.request.fields", words{"Fields": cut(l.list(in), maxPlace)})
	}
	if o.Languages != "" {
		languages = l.mrkdwn("session.request.languages", words{"Languages": line(o.Languages, maxName)})
	}
	var ways []string
	for _, m := range offeredModes(o, l) {
		ways = append(ways, m.label)
	}
	how := l.mrkdwn("session.request.how", words{
		"How": l.list(ways), "Length": l.T("session.minutes", words{"N": int(o.Length / time.Minute)})})
	return lines(about, languages, how)
}

// offeredModes are the ways in which one can meet the expert.
func offeredModes(o programme.Offer, l Locale) []labelled {
	var out []labelled
	if o.Online {
		out = append(out, labelled{string(programme.ModeOnline), l.T("session.mode.online", nil)})
	}
	if o.OnSite {
		out = append(out, labelled{string(programme.ModeOnSite),
			l.T("session.request.on_site", words{"Place": or(line(o.Place, maxName), l.T("event.place_open", nil))})})
	}
	return out
}

// nextTimes are an expert's next times, and the way to the others or to being told.
func nextTimes(line programme.OfferLine, l Locale) []slack.Block {
	if len(line.Next) == 0 {
		return noTimes(line.Person.ID, line.Waiting, l)
	}
	others := button(PickID(ActionRequestExpert, len(line.Next)), expertPlace(line.Person.ID), l.T("button.request_others", nil))
	return []slack.Block{row(append(requestButtons(line.Person.ID, line.Next, l), others)...)}
}

// noTimes says that there are none, and offers to tell when there are.
func noTimes(mentor programme.PersonID, waiting bool, l Locale) []slack.Block {
	if waiting {
		return []slack.Block{small(l.T("session.request.waiting", nil)), row(stopWaiting(mentor, l))}
	}
	return []slack.Block{small(l.T("session.request.none", nil)),
		row(button(ActionRequestWait, string(mentor), l.T("button.request_wait", nil)))}
}

func stopWaiting(mentor programme.PersonID, l Locale) *slack.ButtonBlockElement {
	return button(ActionRequestUnwait, string(mentor), l.T("button.request_unwait", nil))
}

// requestButtons are a button for each time of an expert, with day and time.
func requestButtons(mentor programme.PersonID, times []programme.Span, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	for i, s := range times {
		out = append(out, button(PickID(ActionRequestTime, i), timeValue(mentor, s.From), l.Span(s.From, s.Until)))
	}
	return out
}

// RequestExpert is one expert's page: all of what they say, and their times by day, from
// the day that so many come before.
func RequestExpert(line programme.OfferLine, times []programme.Span, fields []programme.Text, from int, l Locale) slack.ModalViewRequest {
	blocks := append(requestWays(ActionRequest, l), section(expertName(line, l), nil))
	if help := strings.TrimSpace(line.Offer.Help); help != "" {
		blocks = append(blocks, verbatim(help)...)
	}
	blocks = append(blocks, small(expertOffers(line.Offer, fields, l)), divider())
	if len(times) == 0 {
		return requestPage(l, append(blocks, noTimes(line.Person.ID, line.Waiting, l)...)...)
	}
	all := byDay(times, func(s programme.Span) time.Time { return s.From }, l)
	from = min(max(0, from), (len(all)-1)/daysAPage*daysAPage)
	for _, day := range all[from:min(from+daysAPage, len(all))] {
		blocks = append(blocks, section(bold(l.day(day[0].From)), nil))
		var hours []slack.BlockElement
		for _, s := range day {
			hours = append(hours, button(PickID(ActionRequestTime, len(hours)%daysARow), timeValue(line.Person.ID, s.From), clock(s, l)))
		}
		blocks = append(blocks, rows(hours)...)
	}
	blocks = append(blocks, turning(ActionRequestExpert, string(line.Person.ID), from, daysAPage, len(all), l)...)
	if line.Waiting {
		blocks = append(blocks, row(stopWaiting(line.Person.ID, l)))
	}
	return requestPage(l, append(blocks, clockNote(times[0].From, l)...)...)
}

// rows are lines of buttons, daysARow each.
func rows(buttons []slack.BlockElement) []slack.Block {
	var out []slack.Block
	for some := range slices.Chunk(buttons, daysARow) {
		out = append(out, row(some...))
	}
	return out
}

// byDay sorts what has a moment, and is by it, into its days.
func byDay[T any](all []T, at func(T) time.Time, l Locale) [][]T {
	var out [][]T
	last := programme.Date("")
	for _, x := range all {
		day := programme.DateOf(at(x), l.zoneOrUTC())
		if day != last {
			out, last = append(out, nil), day
		}
		out[len(out)-1] = append(out[len(out)-1], x)
	}
	return out
}

// clock is when a time begins and ends, without its day: 14:00〜15:00.
func clock(s programme.Span, l Locale) string {
	return l.T("session.request.clock", words{"From": l.in(s.From).Format("15:04"), "Until": l.in(s.Until).Format("15:04")})
}

// RequestDays are the days on which somebody has time.
func RequestDays(times []programme.TimeLine, l Locale) slack.ModalViewRequest {
	blocks := requestWays(ActionRequestDays, l)
	if len(times) == 0 {
		return requestPage(l, append(blocks, section(l.T("session.request.none_at_all", nil), nil))...)
	}
	blocks = append(blocks, section(l.T("session.request.pick_day", nil), nil))
	var buttons []slack.BlockElement
	for _, day := range byDay(times, func(t programme.TimeLine) time.Time { return t.From }, l) {
		date := programme.DateOf(day[0].From, l.zoneOrUTC())
		buttons = append(buttons, button(PickID(ActionRequestDay, len(buttons)%daysARow), string(date)+"|0", l.day(day[0].From)))
	}
	return requestPage(l, append(append(blocks, rows(buttons)...), clockNote(times[0].From, l)...)...)
}

// RequestDay are the times of one day and who has each, from the time that so many come
// before.
func RequestDay(times []programme.TimeLine, date programme.Date, from int, l Locale) slack.ModalViewRequest {
	times = slices.DeleteFunc(slices.Clone(times), func(t programme.TimeLine) bool {
		return programme.DateOf(t.From, l.zoneOrUTC()) != date
	})
	blocks := append(requestWays(ActionRequestDays, l), section(bold(l.Date(date)),
		button(PickID(ActionRequestDays, 1), "", l.T("button.request_days", nil))))
	if len(times) == 0 {
		return requestPage(l, append(blocks, section(l.T("session.request.none_that_day", nil), nil))...)
	}
	from = min(max(0, from), (len(times)-1)/timesAPage*timesAPage)
	blocks = append(blocks, section(l.T("session.request.pick_expert", nil), nil))
	for _, t := range times[from:min(from+timesAPage, len(times))] {
		blocks = append(blocks, section(bold(clock(t.Span, l)), nil), row(whoHas(t, l)...))
		if rest := len(t.Mentors) - namesARow; rest > 0 {
			blocks = append(blocks, small(l.T("home.more_people", words{"Count": rest})))
		}
	}
	blocks = append(blocks, turning(ActionRequestDay, string(date), from, timesAPage, len(times), l)...)
	return requestPage(l, append(blocks, clockNote(times[0].From, l)...)...)
}

// whoHas are a button for each expert who has that time.
func whoHas(t programme.TimeLine, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	for i, p := range t.Mentors[:min(len(t.Mentors), namesARow)] {
		out = append(out, button(PickID(ActionRequestTime, i), timeValue(p.ID, t.From), name(p, l)))
	}
	return out
}

// RequestTaken says that somebody else was quicker, and offers the expert's next times, if
// there are any.
func RequestTaken(mentor programme.PersonID, next []programme.Span, l Locale) slack.ModalViewRequest {
	blocks := append(requestWays(ActionRequest, l), section(bold(l.T("session.request.taken", nil)), nil))
	if len(next) == 0 {
		return requestPage(l, append(blocks, noTimes(mentor, false, l)...)...)
	}
	others := button(PickID(ActionRequestExpert, len(next)), expertPlace(mentor), l.T("button.request_others", nil))
	return requestPage(l, append(blocks, section(l.T("session.request.next", nil), nil),
		row(append(requestButtons(mentor, next, l), others)...))...)
}

// RequestMet is the page of a session that has no time yet: why the atsugi cannot ask the
// same expert for another, and what they can do.
func RequestMet(v programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	page := SessionPage(v, me, l)
	page.Blocks.BlockSet = append([]slack.Block{section(bold(l.T("session.request.met", nil)), nil)}, page.Blocks.BlockSet...)
	return page
}

// expertPlace is the value of a button that leads to the first page of an expert's times.
func expertPlace(mentor programme.PersonID) string { return string(mentor) + "|0" }

// timeValue is an expert and when one of their times begins.
func timeValue(mentor programme.PersonID, start time.Time) string {
	return string(mentor) + "|" + start.UTC().Format(time.RFC3339)
}

// ReadRequestTime reads which time of whom was pressed.
func ReadRequestTime(value string) (programme.PersonID, time.Time, error) {
	mentor, at, _ := strings.Cut(value, "|")
	start, err := time.Parse(time.RFC3339, at)
	if err != nil || mentor == "" {
		return "", time.Time{}, errOldButton
	}
	return programme.PersonID(mentor), start, nil
}

// WithRequest puts the way to the experts' published times above a page.
func WithRequest(page slack.ModalViewRequest, l Locale) slack.ModalViewRequest {
	lead := row(button(ActionRequest, "", l.T("button.request", nil)).WithStyle(slack.StylePrimary))
	page.Blocks.BlockSet = append([]slack.Block{lead}, page.Blocks.BlockSet...)
	return page
}

// homeRequest leads an atsugi to the times that experts publish, where they do.
func homeRequest(h programme.Home, l Locale) []slack.Block {
	if h.Settings.Sessions.Offering != programme.OfferingOpen || !h.Me.Has(programme.Atsugi) {
		return nil
	}
	return []slack.Block{section(l.T("session.request.home", nil),
		button(ActionRequest, "", l.T("button.request", nil)).WithStyle(slack.StylePrimary))}
}
