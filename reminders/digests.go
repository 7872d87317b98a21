package reminders

import (
	"fmt"
	"regexp"
	"time"

	"github.com/robfig/cron/v3"

	"tsugite/programme"
)

// Digest is a letter that comes by the calendar: the coordinator's week, the month
// ahead for everyone, a support organisation's participation, the bureau's file of memos
// that are new, which goes to its channel. ID is stable, as a Step's.
type Digest struct {
	ID       string
	Kind     programme.NoticeKind // digest.week, .month or .support, or memo.digest
	Schedule Schedule
}

// usefulDigest is how long after its moment a digest is worth sending: a week that
// is half over needs no overview.
var usefulDigest = map[programme.NoticeKind]time.Duration{
	programme.NoticeDigestWeek:    3 * 24 * time.Hour,
	programme.NoticeDigestMonth:   10 * 24 * time.Hour,
	programme.NoticeDigestSupport: 14 * 24 * time.Hour,
	programme.NoticeMemoDigest:    14 * 24 * time.Hour,
}

func (d Digest) check() error {
	_, known := usefulDigest[d.Kind]
	switch {
	case !stepID.MatchString(d.ID):
		return fmt.Errorf("digest id %.60q: write small letters, digits, - and _, such as week", d.ID)
	case !known:
		return fmt.Errorf("digest %q: %.40q is no kind of digest (one of %v)", d.ID, d.Kind,
			[]programme.NoticeKind{programme.NoticeDigestWeek, programme.NoticeDigestMonth, programme.NoticeDigestSupport, programme.NoticeMemoDigest})
	case d.Schedule.days == nil:
		return fmt.Errorf("digest %q has no cron line (write cron: \"0 9 * * 1\" for Mondays at nine)", d.ID)
	}
	return nil
}

// Schedule is a cron line: some days, at one time of day.
type Schedule struct {
	spec string
	days cron.Schedule
}

// cronForm is minute, hour, day, month and weekday, with one time of day: nobody
// gets a digest twice on a day. Zones and words such as @daily are not taken.
var cronForm = regexp.MustCompile(`^[0-9]{1,2} [0-9]{1,2} [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+$`)

const cronMend = `write minute, hour, day, month, weekday: "0 9 * * 1" for Mondays at nine, "0 9 1 * *" for the first of the month`

// ParseSchedule reads a cron line; its errors say what to write. Of day and
// weekday, if both are given, either will do, as cron has it.
func ParseSchedule(s string) (Schedule, error) {
	if !cronForm.MatchString(s) {
		return Schedule{}, fmt.Errorf("%.60q is not a cron line with one time of day (%s)", s, cronMend)
	}
	days, err := cron.ParseStandard(s)
	if err != nil {
		return Schedule{}, fmt.Errorf("cron line %.60q: %w (%s)", s, err, cronMend)
	}
	if days.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, fmt.Errorf("cron line %.60q: there is no such day (%s)", s, cronMend)
	}
	return Schedule{spec: s, days: days}, nil
}

// String writes the line as the configuration does.
func (s Schedule) String() string { return s.spec }

// between lists the schedule's moments from from to to, both included. Days are
// counted without a zone and only then looked up on the zone's clocks, so that a
// change of daylight saving neither skips a digest nor doubles it.
func (s Schedule) between(from, to time.Time, zone *time.Location) []time.Time {
	var moments []time.Time
	for at := dayOf(from.In(zone)).Add(-time.Second); ; {
		if at = s.days.Next(at); at.IsZero() {
			return moments
		}
		t := clockTime(at.Hour()*60+at.Minute()).on(dayOf(at), zone)
		if t.After(to) {
			return moments
		}
		if !t.Before(from) {
			moments = append(moments, t)
		}
	}
}

// digests adds the digests of the stretch from From to To. Each is moved off the
// closed days and out of the quiet hours to an earlier moment, and is of use until
// the next one or for as long as usefulDigest says. Of several that are moved to
// one moment the last stays.
func (p *planning) digests() {
	if p.From.IsZero() {
		return
	}
	for _, d := range p.Rules.Digests {
		var moments []moment
		for _, at := range d.Schedule.between(p.From, p.To, p.Zone) {
			due := at
			if p.Rules.BusinessDays {
				due = p.cal.open(due, -1)
			}
			due = p.Rules.Quiet.earlier(due, p.Zone)
			moments = append(moments, moment{
				occasion: programme.DigestOccasion(at), due: due, latest: at.Add(usefulDigest[d.Kind]),
			})
		}
		p.climb(rung{kind: d.Kind, subject: d.ID}, moments)
	}
}

// readsDigest says whether somebody is meant by digests of a kind at the moment.
func readsDigest(kind programme.NoticeKind, p *programme.Person, at time.Time, zone *time.Location) bool {
	switch kind {
	case programme.NoticeDigestWeek:
		return p.Has(programme.Coordinator) && p.Admitted(programme.DateOf(at, zone))
	case programme.NoticeDigestSupport:
		return p.Has(programme.Supporter)
	}
	return true
}
