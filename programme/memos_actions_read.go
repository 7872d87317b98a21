package programme

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxActions is how many lines of a memo's next actions become a list: more is no list
// that anybody keeps. The memo has them all.
const maxActions = 20

// The parts of a line of next actions that are not what is to be done.
var (
	actionBullet = regexp.MustCompile(`^(?:[・･•◦●○◎◆◇■□☐▪►▶‣→⇒①-⑳]+|[-*+＊＋－–—]+[\s　]+)[\s　]*`)
	actionNumber = regexp.MustCompile(`^[（(]?[0-9０-９]{1,2}[）)．.、][\s　]*`)
	actionWhose  = regexp.MustCompile(`^(?i)(?:【([^】:：]{1,10})】|([^\s　:：【（(]{1,10})[\s　]*[:：])[:：\s　]*`)

	// actionDay is a day as people write it in a sentence: with or without its year, in
	// either width, with the day of the week in brackets.
	actionDay = `((?:(?:令和|[RrＲ])?[0-9０-９]{1,4}[年/／.．-])?[0-9０-９]{1,2}[月/／.．-][0-9０-９]{1,2}日?)` +
		`(?:[（(][月火水木金土日](?:曜日?)?[）)])?`
	actionDue   = `(?:` + actionDay + `[\s　]*まで(?:に)?|(?i:by|until)[\s　]+` + actionDay + `)`
	actionFirst = regexp.MustCompile(`^(?:[（(][\s　]*` + actionDue + `[\s　]*[）)]|` + actionDue + `)[\s　、,:：]*`)
	actionLast  = regexp.MustCompile(`(?:[\s　、,]*[（(][\s　]*` + actionDue + `[\s　]*[）)]|[\s　、,]+` + actionDue + `)[\s　]*[。.]?$`)
	actionAmong = regexp.MustCompile(actionDay + `[\s　]*までに`)
)

// actionReaders are whose a line can be said to be, by the word before its colon.
var actionReaders = map[string]Reader{
	"専門家": ReadMentor, "担当専門家": ReadMentor, "expert": ReadMentor, "mentor": ReadMentor,
	"事務局": ReadOffice, "office": ReadOffice,
	"アトツギ": ReadParticipant, "本人": ReadParticipant, "ご本人": ReadParticipant, "atsugi": ReadParticipant,
}

// ReadActions reads what a memo says of next actions (今後の取組): a line each. A word
// before a colon says whose it is (「専門家：」「事務局：」), the atsugi's if there is none;
// 「12/10まで」, 「12月10日までに」 or "(by 12/10)" until when. A day without its year is the
// first such from today on. What is the line as it was written, without its bullet, whose it
// is, and the day where that stands first or last. It is pure.
func ReadActions(text string, today Date) []MemoAction {
	var out []MemoAction
	for line := range strings.SplitSeq(text, "\n") {
		a, ok := readAction(strings.TrimSpace(line), today)
		if !ok {
			continue
		}
		if len(out) == maxActions {
			break
		}
		a.Position, a.State = len(out), ActionOpen
		out = append(out, a)
	}
	return out
}

// readAction reads one line; ok is false if it says nothing.
func readAction(line string, today Date) (a MemoAction, ok bool) {
	line = withoutBullet(line)
	a.Whose = ReadParticipant
	if m := actionWhose.FindStringSubmatch(line); m != nil {
		if r, known := actionReaders[strings.ToLower(m[1]+m[2])]; known {
			a.Whose, line = r, line[len(m[0]):]
		}
	}
	a.What, a.Until = untilWhen(line, today)
	return a, strings.ContainsFunc(a.What, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// withoutBullet takes what marks a line of a list off. A number is no mark if a number
// follows: 1.5 is one and a half.
func withoutBullet(line string) string {
	line = strings.TrimSpace(line[len(actionBullet.FindString(line)):])
	mark := actionNumber.FindString(line)
	rest := line[len(mark):]
	if first := []rune(rest); len(first) > 0 && unicode.IsDigit(first[0]) {
		return line
	}
	return rest
}

// untilWhen takes the day off that stands first or last in the line; one in the middle
// stays there, because the words around it would not be a sentence any more.
func untilWhen(line string, today Date) (what string, until Date) {
	for _, form := range []*regexp.Regexp{actionFirst, actionLast} {
		at := form.FindStringSubmatchIndex(line)
		if at == nil {
			continue
		}
		what := strings.TrimSpace(line[:at[0]] + line[at[1]:]) // one of the two is empty
		if day := dayAhead(submatch(line, at), today); day != "" && what != "" {
			return what, day
		}
	}
	if at := actionAmong.FindStringSubmatchIndex(line); at != nil {
		until = dayAhead(submatch(line, at), today)
	}
	return strings.TrimSpace(line), until
}

// submatch is the first of the groups that matched.
func submatch(line string, at []int) string {
	for i := 2; i+1 < len(at); i += 2 {
		if at[i] >= 0 {
			return line[at[i]:at[i+1]]
		}
	}
	return ""
}

// dayAhead reads a day as written; without its year it is the first from today on. "" is
// no day, such as 31 June.
func dayAhead(written string, today Date) Date {
	if day, ok := typedDay(written); ok {
		return day
	}
	numbers := strings.FieldsFunc(fold(written), func(r rune) bool { return !unicode.IsDigit(r) })
	now := today.At(0, 0, time.UTC)
	if len(numbers) != 2 || strings.ContainsAny(fold(written), ".-") || now.IsZero() {
		return ""
	}
	month, _ := strconv.Atoi(numbers[0]) // two digits at most
	day, _ := strconv.Atoi(numbers[1])
	for year := now.Year(); year <= now.Year()+1; year++ {
		on := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if on.Day() == day && int(on.Month()) == month && !on.Before(now) {
			return DateOf(on, time.UTC)
		}
	}
	return ""
}
