package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// MemoCode is 整理番号: what office and bureau call a memo by (see memoCode).
func MemoCode(id programme.MemoID) string { return memoCode(id) }

// How much of each kind the page of what is known shows; the file has all of it.
const (
	knownMemos    = 12
	knownPhotos   = 12
	knownReadings = 40
	knownEvents   = 20
)

// knownButton leads to who shows themself to the reader, and to what is kept about them,
// from everybody's Home.
func knownButton(l Locale) slack.Block {
	return row(button(ActionDirectory, "", l.T("button.directory", nil)), button(ActionKnown, "", l.T("button.known", nil)))
}

// KnownPage shows somebody what is kept about them, with the way to have it as a file and
// to the office. What is longer comes last.
func KnownPage(k programme.Known, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{
		section(l.T("known.intro", nil), nil),
		row(knownButtons(k, l)...),
		small(knownOffice(k, l)),
		header(l.T("known.profile", nil)),
	}
	blocks = append(blocks, verbatim(knownLines(knownProfile(k, l), l))...)
	for _, t := range []struct {
		key  string
		rows [][]string
		most int
	}{
		{"known.consents", knownConsentRows(k, l), knownReadings},
		{"known.publications", knownPublicationRows(k, l), knownEvents},
		{"known.questions", knownQuestionRows(k, l), knownEvents},
		{"known.enquiries", knownEnquiryRows(k, l), knownEvents},
		{"known.corrections", knownCorrectionRows(k, l), knownEvents},
		{"known.actions", knownActionRows(k, l), knownEvents},
		{"known.hidden", knownHiddenRows(k, l), len(k.Hidden)},
		{"known.readings", knownReadingRows(k, l), knownReadings},
		{"known.sessions", knownSessionCounts(k, l), len(k.Sessions)},
		{"known.events", knownEventRows(k, l), knownEvents},
	} {
		if len(t.rows) == 0 {
			continue
		}
		blocks = append(blocks, header(l.T(t.key, nil)))
		blocks = append(blocks, verbatim(knownLines(t.rows[:min(len(t.rows), t.most)], l))...)
		if rest := len(t.rows) - t.most; rest > 0 {
			blocks = append(blocks, small(l.T("known.rest", words{"Count": rest})))
		}
		if t.key == "known.readings" {
			blocks = append(blocks, small(l.T("known.readings_help", nil)))
		}
	}
	blocks = append(blocks, knownPhotoList(k, l)...)
	blocks = append(blocks, knownMemoList(k, l)...)
	blocks = append(blocks, knownAnswerBlocks(k, l)...)
	v := modal(l.T("known.title", nil), l)
	v.Blocks = fit(blocks, nil, small(l.T("known.more", nil)))
	return v
}

// knownButtons are what somebody can do about it: have it as a file, and, as an atsugi, say
// by whom they would rather not be seen.
func knownButtons(k programme.Known, l Locale) []slack.BlockElement {
	out := []slack.BlockElement{button(ActionKnownSend, "", l.T("button.known_send", nil)).WithStyle(slack.StylePrimary)}
	if k.Me.Has(programme.Atsugi) {
		out = append(out, hiddenButton("", l))
	}
	return out
}

// knownOffice says whom to ask, and that a formal request is the office's to answer.
func knownOffice(k programme.Known, l Locale) string {
	var names []string
	for _, p := range k.Office {
		names = append(names, name(p, l))
	}
	if len(names) == 0 {
		return l.T("known.formal", nil)
	}
	return l.mrkdwn("known.formal_to", words{"Names": l.list(names)})
}

// KnownSent says that the file is on its way.
func KnownSent(l Locale) string { return l.T("known.sent", nil) }

// knownLines are rows as lines, the first cell apart from the others.
func knownLines(rows [][]string, l Locale) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = line(r[0], maxAnswer)
		if len(r) > 1 {
			out[i] = l.T("known.line", words{"Name": or(out[i], nothing), "Text": line(strings.Join(r[1:], "　"), maxAnswer)})
		}
	}
	return strings.Join(out, "\n")
}

// knownProfile is the person's row of the roster, without the office's own remark.
func knownProfile(k programme.Known, l Locale) [][]string {
	p := k.Me
	var roles, experts []string
	for _, r := range p.Roles {
		roles = append(roles, roleName(r, l))
	}
	for _, e := range k.Experts {
		experts = append(experts, nameAndFirm(e, l))
	}
	kind := ""
	if p.Kind != "" {
		kind = l.T("known.kind."+string(p.Kind), nil)
	}
	var rows [][]string
	for _, cell := range [][2]string{
		{"name", p.Name}, {"kana", p.Kana}, {"email", p.Email}, {"phone", p.Phone}, {"role", l.list(roles)}, {"kind", kind},
		{"organisation", p.Organisation}, {"prefecture", p.Prefecture}, {"cohort", knownCohorts(p.Cohorts, l)}, {"recommended_by", p.RecommendedBy},
		{"mentor", l.list(experts)}, {"craft", p.Craft}, {"bank", p.Bank}, {"notified", knownDate(p.Notified, l)}, {"pledged", knownDate(p.Pledged, l)},
	} {
		if strings.TrimSpace(cell[1]) != "" {
			rows = append(rows, []string{l.T("known.field."+cell[0], nil), cell[1]})
		}
	}
	return append(rows, knownOwnWords(k.Profile, l)...)
}

func knownDate(d programme.Date, l Locale) string {
	if d == "" {
		return ""
	}
	return l.fullDate(d)
}

// knownConsentRows are all that was said, in that order.
func knownConsentRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, c := range k.Consents {
		rows = append(rows, []string{
			knownMoment(c.At, l), l.T("consent.kind."+string(c.Kind), nil), l.T("known.decision."+string(c.Decision), nil), knownDate(c.Paper, l),
		})
	}
	return rows
}

// knownPublicationRows are the texts that are to be published, with what was said of them.
func knownPublicationRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, p := range k.Publications {
		said := l.T("known.decision.none", nil)
		if p.Says != "" {
			said = l.T("known.decision."+string(p.Says), nil)
		}
		since := ""
		if !p.Since.IsZero() {
			since = knownMoment(p.Since, l)
		}
		rows = append(rows, []string{since, said, p.Publication.Text})
	}
	return rows
}

// knownPhotoRows are when photos in which the reader is were sent, and what they show.
func knownPhotoRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, p := range k.Photos {
		rows = append(rows, []string{knownMoment(p.At, l), or(p.Caption, nothing)})
	}
	return rows
}

func knownHiddenRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, h := range k.Hidden {
		rows = append(rows, []string{hiddenName(h, l)})
	}
	return rows
}

// knownReadingRows are day, organisation, in what way and how often; never a name.
func knownReadingRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, r := range k.Readings {
		by := r.Organisation
		if strings.TrimSpace(by) == "" {
			by = roleName(r.Role, l)
		}
		rows = append(rows, []string{l.fullDate(r.Day), by, l.T("known.how."+or(r.File, "screen"), nil), l.T("known.times", words{"Count": r.Times})})
	}
	return rows
}

// knownSessionCounts are how many sessions stand where.
func knownSessionCounts(k programme.Known, l Locale) [][]string {
	n := map[programme.SessionState]int{}
	for _, s := range k.Sessions {
		n[s.Session.State]++
	}
	var rows [][]string
	for _, state := range []programme.SessionState{
		programme.SessionHeld, programme.SessionBooked, programme.SessionOpen, programme.SessionNotHeld, programme.SessionCancelled,
	} {
		if n[state] > 0 {
			rows = append(rows, []string{knownState(state, l), l.T("known.times", words{"Count": n[state]})})
		}
	}
	return rows
}

func knownState(s programme.SessionState, l Locale) string {
	return l.T("known.session."+string(s), nil)
}

func knownEventRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, e := range k.Events {
		said, here := "", ""
		if e.Attendance.Answer != programme.Undecided {
			said = l.T("known.coming."+string(e.Attendance.Answer), nil)
		}
		if e.Here {
			here = l.T("known.here", nil)
		}
		rows = append(rows, []string{l.fullDate(programme.DateOf(e.Event.Start, l.zoneOrUTC())), eventTitle(e.Event, l), said, here, e.Attendance.Reason})
	}
	return rows
}

// knownPhotoList are the photos in which the reader is, each to be sent to them.
func knownPhotoList(k programme.Known, l Locale) []slack.Block {
	if len(k.Photos) == 0 {
		return nil
	}
	blocks := []slack.Block{header(l.T("known.photos", nil))}
	for _, p := range k.Photos[:min(len(k.Photos), knownPhotos)] {
		blocks = append(blocks, section(lines(escape(knownMoment(p.At, l)), escape(line(p.Caption, programme.MaxCaption))),
			button(ActionPhotoSend, string(p.ID), l.T("button.photo_send", nil))))
	}
	if rest := len(k.Photos) - knownPhotos; rest > 0 {
		blocks = append(blocks, small(l.T("known.rest", words{"Count": rest})))
	}
	return blocks
}

// knownMemoList are the memos with a part for the reader, to be opened.
func knownMemoList(k programme.Known, l Locale) []slack.Block {
	if len(k.Memos) == 0 {
		return nil
	}
	blocks := []slack.Block{header(l.T("known.memos", nil))}
	for _, v := range k.Memos[:min(len(k.Memos), knownMemos)] {
		blocks = append(blocks, section(lines(
			l.T("memo.page.held", words{"Date": l.fullDate(v.Memo.Held), "Kind": memoKind(v.Memo.Kind, l)}), writtenBy(v, l),
			knownWhere(v.Memo, l),
		), button(ActionMemoOpen, string(v.Memo.ID), l.T("button.open", nil))))
	}
	if rest := len(k.Memos) - knownMemos; rest > 0 {
		blocks = append(blocks, small(l.T("known.rest", words{"Count": rest})))
	}
	return blocks
}

// knownWhere is the place of a memo and those present, "" if neither was written.
func knownWhere(m programme.Memo, l Locale) string {
	var out []string
	if m.Place != "" {
		out = append(out, l.mrkdwn("memo.page.place", words{"Place": line(m.Place, maxAnswer)}))
	}
	if m.Present != "" {
		out = append(out, l.mrkdwn("memo.page.present", words{"Present": line(m.Present, maxAnswer)}))
	}
	return lines(out...)
}

// knownAnswerBlocks are the answers to surveys, newest survey first.
func knownAnswerBlocks(k programme.Known, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, d := range k.Surveys {
		blocks = append(blocks, header(surveyTitle(d.Survey.Def, l)))
		for _, q := range d.Survey.Def.Questions {
			a, given := d.Answers[q.ID]
			if !given {
				continue
			}
			blocks = append(blocks, section(lines(bold(line(l.Text(q.Words), 500)), escape(cut(answerWords(q, a, d.People, l), maxReceipt)), enteredBy(a, l)), nil))
		}
	}
	return blocks
}

// Table is a sheet of a file: its name, its columns with their widths in digits, and its
// rows.
type Table struct {
	Name    string
	Columns []string
	Widths  []float64
	Rows    [][]string
}

// KnownTables are all that KnownPage shows and what the memos' parts say, as the sheets of
// a file. A sheet that would be empty is not there, but for the profile.
func KnownTables(k programme.Known, parts []programme.PartDef, l Locale) []Table {
	table := func(key string, widths []float64, columns []string, rows [][]string) Table {
		t := Table{Name: l.T(key, nil), Widths: widths, Rows: rows}
		for _, c := range columns {
			t.Columns = append(t.Columns, l.T("known.column."+c, nil))
		}
		return t
	}
	profile := table("known.profile", []float64{24, 60}, []string{"item", "text"}, knownProfile(k, l))
	out := []Table{profile}
	for _, t := range []Table{
		table("known.consents", []float64{26, 40, 30, 18}, []string{"date", "kind", "state", "paper"}, knownConsentRows(k, l)),
		table("known.publications", []float64{26, 30, 80}, []string{"date", "state", "text"}, knownPublicationRows(k, l)),
		table("known.questions", []float64{26, 80}, []string{"date", "text"}, knownQuestionRows(k, l)),
		table("known.enquiries", []float64{26, 24, 80}, []string{"date", "writer", "text"}, knownEnquiryRows(k, l)),
		table("known.corrections", []float64{26, 60, 40, 60}, []string{"date", "text", "answer", "reason"}, knownCorrectionRows(k, l)),
		table("known.actions", []float64{60, 18, 30, 26}, []string{"text", "until", "state", "said"}, knownActionRows(k, l)),
		table("known.hidden", []float64{30}, []string{"hidden"}, knownHiddenRows(k, l)),
		table("known.photos", []float64{24, 60}, []string{"date", "caption"}, knownPhotoRows(k, l)),
		table("known.memos", []float64{18, 16, 18, 24, 30, 18, 60, 10}, []string{"date", "kind", "writer", "place", "present", "part", "text", "version"}, knownPartRows(k, parts, l)),
		table("known.readings", []float64{18, 30, 40, 10}, []string{"date", "organisation", "how", "times"}, knownReadingRows(k, l)),
		table("known.sessions", []float64{26, 22, 24, 24, 40}, []string{"date", "state", "kind", "other", "text"}, knownSessionRows(k, l)),
		table("known.events", []float64{18, 30, 16, 12, 40}, []string{"date", "event", "answer", "here", "reason"}, knownEventRows(k, l)),
		table("known.answers", []float64{24, 40, 60, 24, 16}, []string{"survey", "question", "text", "date", "via"}, knownAnswerRows(k, l)),
	} {
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func knownPartRows(k programme.Known, parts []programme.PartDef, l Locale) [][]string {
	var rows [][]string
	for _, v := range k.Memos {
		writer := l.T("person.office", nil)
		if v.Writer.ID != "" {
			writer = name(v.Writer, l)
		}
		for _, p := range inOrder(v.Memo.Parts, parts) {
			rows = append(rows, []string{
				l.fullDate(v.Memo.Held), memoKind(v.Memo.Kind, l), writer, v.Memo.Place, v.Memo.Present, partTitle(p.Key, parts, l), p.Text, strconv.Itoa(v.Memo.Version),
			})
		}
	}
	return rows
}

// knownSessionRows are the sessions, with what the reader wrote themself.
func knownSessionRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, s := range k.Sessions {
		when, own := "", ""
		if x := s.Session; !x.Span.From.IsZero() {
			when = knownMoment(x.Span.From, l) + "–" + l.in(x.Span.Until).Format("15:04")
		}
		if s.Session.Atsugi == k.Me.ID {
			own = lines(s.Session.Topic, s.Session.Bring, s.Session.Avoid, s.Session.Next, s.Session.ToOffice)
		}
		rows = append(rows, []string{when, knownState(s.Session.State, l), kindName(s.Session.Kind, l), nameAndFirm(s.Other, l), own})
	}
	return rows
}

func knownAnswerRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, d := range k.Surveys {
		for _, q := range d.Survey.Def.Questions {
			if a, given := d.Answers[q.ID]; given {
				rows = append(rows, []string{
					surveyTitle(d.Survey.Def, l), l.Text(q.Words), answerWords(q, a, d.People, l), knownMoment(a.At, l), enteredBy(a, l),
				})
			}
		}
	}
	return rows
}

// ownData is the comment beside the file: it does not say what is in it, because a phone
// shows it to whoever looks.
func ownData(_ programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("file.own_data.text", nil), nil
}
