package reminders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// bun was asked two weeks before and is told on the 8th that the workshop moved
// from the 18th to the 19th; aki comes and is told as well; dai is not.
func TestAMovedEventIsNotAskedAboutAgainByWhoIsToldOfTheMove(t *testing.T) {
	f := world(t)
	f.Events[0].Start, f.Events[0].End = moment(t, "2026-09-19T14:00:00+09:00"), moment(t, "2026-09-19T17:00:00+09:00")
	for _, p := range []programme.PersonID{"bun", "aki"} {
		f.Told = append(f.Told, programme.Told{Event: "ws1", Person: p, At: moment(t, "2026-09-08T12:00:00+09:00")})
	}
	// A later move of something else says nothing of this event.
	f.Told = append(f.Told, programme.Told{Event: "other", Person: "dai", At: moment(t, "2026-09-18T12:00:00+09:00")})

	got := lines(reminders.Plan(moment(t, "2026-09-19T13:30:00+09:00"), f))
	want := []string{
		"ask ask-2w dai 09-05 10:00..09-16 10:00",
		"ask ask-3d bun 09-16 10:00..09-19 14:00", "ask ask-3d dai 09-16 10:00..09-19 14:00",
		"reminder eve aki 09-18 17:00..09-19 13:00", "reminder eve eri 09-18 17:00..09-19 13:00",
		"reminder hour aki 09-19 13:00..09-19 14:00", "reminder hour eri 09-19 13:00..09-19 14:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}
