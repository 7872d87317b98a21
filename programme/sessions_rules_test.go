package programme

import (
	"testing"
	"time"
)

// TestAWeekIsMondayToSunday by the programme's days, whatever the zone of the moment.
func TestAWeekIsMondayToSunday(t *testing.T) {
	jst := time.FixedZone("JST", 9*60*60)
	set := Settings{Zone: jst}
	monday := time.Date(2026, 9, 7, 0, 0, 0, 0, jst)
	for _, c := range []struct {
		rule string
		at   time.Time
		want time.Time
	}{
		{"its first moment", monday, monday},
		{"the moment before", monday.Add(-time.Second), monday.AddDate(0, 0, -7)},
		{"a Thursday", time.Date(2026, 9, 10, 14, 0, 0, 0, jst), monday},
		{"the last of Sunday", monday.AddDate(0, 0, 7).Add(-time.Second), monday},
		{"a Monday in Tokyo, a Sunday in London", time.Date(2026, 9, 6, 20, 0, 0, 0, time.UTC), monday},
	} {
		got := set.week(c.at)
		if !got.From.Equal(c.want) || !got.Until.Equal(c.want.AddDate(0, 0, 7)) {
			t.Errorf("%s: %s to %s", c.rule, got.From, got.Until)
		}
	}
}

func TestTheCutOffIsTheLastMoment(t *testing.T) {
	set := SessionSettings{CutOff: 24 * time.Hour}
	start := time.Date(2026, 9, 10, 14, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rule string
		now  time.Time
		want bool
	}{
		{"a day before", start.Add(-24 * time.Hour), true},
		{"a second later", start.Add(-24*time.Hour + time.Second), false},
		{"at the start", start, false},
	} {
		if got := set.beforeCutOff(start, c.now); got != c.want {
			t.Errorf("%s: %v", c.rule, got)
		}
	}
}
