package reminders_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// Who was told of no change is told nothing when everything is back as it was, and
// whoever was told one is told the way back from there, however quickly the office
// changes its mind.
func TestQuickMovesToAndFroSayOnlyWhatIsNews(t *testing.T) {
	t.Parallel()
	const people = 6
	for round := range 5 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			r := newRig(t, people, nil)
			ctx := context.Background()
			e := workshop(t, 0)
			for i := range people {
				_, _, err := r.office.AnswerEvent(ctx, programme.As(atsugi(i).ID), e.ID, programme.NotYet, "")
				noError(t, err)
			}
			r.start()
			for _, day := range []int{1, 2, 0} {
				_, err := r.office.MoveEvent(ctx, programme.Operator, e.ID, 0, e.Start.AddDate(0, 0, day), time.Time{}, "")
				noError(t, err)
			}
			for range 10 {
				r.leap(2 * time.Second) // one message a second goes to a person
			}
			told := map[string][]string{}
			for _, p := range postedIn(t, r.slack.Log(0)) {
				told[p.channel] = append(told[p.channel], p.text)
			}
			for who, texts := range told {
				if len(texts) == 1 || !strings.Contains(texts[len(texts)-1], "9月24日") {
					t.Errorf("%s was told %q", who, texts)
				}
			}
		})
	}
}
