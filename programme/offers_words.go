package programme

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// scanner reads what people write about days and times from the front of a line.
type scanner struct{ rest string }

// newScanner makes width, kana, capitals and the many signs for "from … to" equal, and
// leaves out what says nothing: bullets, です, まで.
func newScanner(line string) *scanner {
	s := untils.Replace(bare(line))
	return &scanner{strings.TrimLeft(wordTo.ReplaceAllString(s, "-"), " -・•*●○■□▪")}
}

var (
	untils = strings.NewReplacer("−", "-", "‐", "-", "‑", "-", "–", "-", "—", "-", "―", "-", "─", "-", "ー", "-",
		"~", "-", "〜", "-", "〰", "-", "から", "-", "まで", "", "の間", "", "正午", "12:00")
	wordTo = regexp.MustCompile(`\s+(?:to|until|till)\s+`)
)

// The words of a line, each at its front.
var (
	everyWeek = regexp.MustCompile(`^\s*(?:毎週の?|every\s|each\s|on\s)`)
	someDays  = regexp.MustCompile(`^\s*(平日|毎日|週末|weekdays?\b|weekends?\b|every ?day\b|daily\b)`)
	oneDay    = regexp.MustCompile(`^\s*\(?\s*(?:([月火水木金土日])(?:曜日?)?|` +
		`(mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)\b\.?)\s*\)?,?`)
	hyphen  = regexp.MustCompile(`^\s*-\s*`)
	between = regexp.MustCompile(`^(?:\s*(?:[,、・/&;と]|and\s)|\s)\s*`)
	mark    = regexp.MustCompile(`^(?:[\s:、はの]|from\s)*`)
	// clockTime is the next day, the half of the day, hour and minute in one of three
	// ways, and the half of the day in the English place.
	clockTime = regexp.MustCompile(`^\s*(翌[日朝]?の?)?\s*(午前|午後)?\s*` +
		`(?:(\d{2})(\d{2})|(\d{1,2})(?:[:.](\d{2})|時(?:(\d{1,2})分?|(半))?)?)(?:\s*(a|p)\.?m\b\.?)?`)
	wholeDate = regexp.MustCompile(`^\s*((?:(?:令和|r)\.?\s*(?:\d{1,2}|元)|\d{4})\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})`)
	shortDate = regexp.MustCompile(`^\s*(\d{1,2})\s*[/月]\s*(\d{1,2})`)
	monthDate = regexp.MustCompile(`^\s*(` + months + `)\.?\s*(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s*(20[2-9]\d)\b)?,?`)
	dateMonth = regexp.MustCompile(`^\s*(\d{1,2})(?:st|nd|rd|th)?\s+(` + months + `)\b\.?(?:,?\s*(20[2-9]\d)\b)?,?`)
	dayAlone  = regexp.MustCompile(`^\s*(\d{1,2})`)
	wholeDay  = regexp.MustCompile(`^\s*(?:終日|all day\b)`)
)

const months = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// monthNames and the days below are how the words of a month and a day begin.
var (
	monthNames   = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	weekdayKanji = []string{"日", "月", "火", "水", "木", "金", "土"}
)

// take reads what the form matches at the front: the groups of the match, nil if there is
// no match.
func (s *scanner) take(form *regexp.Regexp) []string {
	m := form.FindStringSubmatch(s.rest)
	if m != nil {
		s.rest = s.rest[len(m[0]):]
	}
	return m
}

// done says whether everything was read.
func (s *scanner) done() bool { return blank(s.rest) }

// weekday reads a day of the week.
func (s *scanner) weekday() (time.Weekday, bool) {
	m := s.take(oneDay)
	switch {
	case m == nil:
		return 0, false
	case m[1] != "":
		return time.Weekday(slices.Index(weekdayKanji, m[1])), true
	}
	return time.Weekday(slices.Index(weekdayNames, m[2][:3])), true
}

// days reads days of the week: one, some in a row, and 月-金.
func (s *scanner) days() []time.Weekday {
	s.take(everyWeek)
	var out []time.Weekday
	add := func(days ...time.Weekday) {
		for _, d := range days {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	for {
		before := *s
		if len(out) > 0 {
			s.take(between)
		}
		if m := s.take(someDays); m != nil {
			add(daysNamed(m[1])...)
			continue
		}
		first, ok := s.weekday()
		if !ok {
			*s = before
			return out
		}
		add(daysTo(first, s.lastWeekday(first))...)
	}
}

// lastWeekday reads the end of a stretch of days, which is its beginning if there is none.
func (s *scanner) lastWeekday(first time.Weekday) time.Weekday {
	before := *s
	if s.take(hyphen) != nil {
		if last, ok := s.weekday(); ok {
			return last
		}
	}
	*s = before
	return first
}

func daysNamed(word string) []time.Weekday {
	switch {
	case word == "平日" || strings.HasPrefix(word, "weekd"):
		return daysTo(time.Monday, time.Friday)
	case word == "週末" || strings.HasPrefix(word, "weeke"):
		return daysTo(time.Saturday, time.Sunday)
	}
	return daysTo(time.Monday, time.Sunday)
}

// daysTo are the days from one to another, over the end of a week if need be.
func daysTo(first, last time.Weekday) []time.Weekday {
	out := []time.Weekday{first}
	for d := first; d != last; {
		d = (d + 1) % 7
		out = append(out, d)
	}
	return out
}

// date reads a date with or without its year.
func (s *scanner) date() (writtenDate, bool) {
	defer s.dayWord()
	if m := s.take(wholeDate); m != nil {
		day, ok := typedDay(m[1])
		if !ok {
			return writtenDate{month: 13}, true // a date, of which there is no day
		}
		return writtenDate{whole: day}, true
	}
	if m := s.take(shortDate); m != nil {
		return numberedDate(m[1], m[2]), true
	}
	if m := s.take(monthDate); m != nil {
		return namedDate(m[1], m[2], m[3]), true
	}
	if m := s.take(dateMonth); m != nil {
		return namedDate(m[2], m[1], m[3]), true
	}
	return writtenDate{}, false
}

// dayWord reads the 日 that follows a number, which is not that of 日曜.
func (s *scanner) dayWord() {
	if rest := strings.TrimSpace(s.rest); strings.HasPrefix(rest, "日") && !strings.HasPrefix(rest, "日曜") {
		s.rest = strings.TrimPrefix(rest, "日")
	}
}

func numberedDate(month, day string) writtenDate {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	return writtenDate{month: m, day: d}
}

func namedDate(month, day, year string) writtenDate {
	n := strconv.Itoa(slices.Index(monthNames, month[:3]) + 1)
	if year == "" {
		return numberedDate(n, day)
	}
	whole, ok := typedDay(year + "-" + n + "-" + day)
	if !ok {
		return writtenDate{month: 13}
	}
	return writtenDate{whole: whole}
}

// dayOfMonth reads a day of the same month.
func (s *scanner) dayOfMonth(of Date) (writtenDate, bool) {
	m := s.take(dayAlone)
	if m == nil {
		return writtenDate{}, false
	}
	s.dayWord()
	whole, ok := typedDay(strings.TrimRight(string(of), "0123456789") + m[1])
	if !ok {
		return writtenDate{month: 13}, true
	}
	return writtenDate{whole: whole}, true
}
