package programme

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// eras are the years before the first of an era, by the ways it is written.
var eras = map[string]int{
	"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925,
}

var (
	dayForm     = regexp.MustCompile(`^(令和|平成|昭和|[rhs])?\.?(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	weekdayForm = regexp.MustCompile(`\([月火水木金土日](?:曜日?)?\)$`)
	dashes      = strings.NewReplacer("−", "-", "‐", "-", "–", "-", "ー", "-", ",", " ")
)

// typedDay reads a day as people write it: 2027-04-01, 2027/4/1, 20270401, 2027年4月1日,
// 令和9年4月1日, R9.4.1, April 1, 2027, in any width and with a weekday in brackets.
func typedDay(text string) (Date, bool) {
	t := strings.Join(strings.Fields(dashes.Replace(bare(text))), " ")
	for _, layout := range []string{"January 2 2006", "2 January 2006", "Jan 2 2006", "2 Jan 2006"} {
		if day, err := time.Parse(layout, t); err == nil {
			return Date(day.Format(time.DateOnly)), day.Year() >= 1000
		}
	}
	t = weekdayForm.ReplaceAllString(strings.ReplaceAll(t, " ", ""), "")
	if m := eightDigits.FindStringSubmatch(t); m != nil {
		t = strings.Join(m[1:], "-")
	}
	m := dayForm.FindStringSubmatch(t)
	if m == nil {
		return "", false
	}
	year := 1
	if m[2] != "元" {
		year, _ = strconv.Atoi(m[2])
	}
	switch before, ok := eras[m[1]]; {
	case ok && year >= 1 && year <= 99:
		year += before
	case ok || len(m[2]) != 4 || year < 1000:
		return "", false
	}
	month, _ := strconv.Atoi(m[3])
	day, _ := strconv.Atoi(m[4])
	// A day or month that does not exist runs into another month.
	on := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return Date(on.Format(time.DateOnly)), int(on.Month()) == month
}
