package reminders_test

import (
	"testing"

	"tsugite/programme"
	"tsugite/reminders"
)

// waiting is world with a question that the office has not answered since Thursday 17
// September 2026 at 15:00. Monday to Wednesday after are holidays.
func waiting(t testing.TB) reminders.Facts {
	f := world(t)
	f.Events, f.Attendance, f.Rules.Steps, f.Rules.BusinessDays = nil, nil, nil, true
	f.Enquiries = []programme.WaitingEnquiry{{ID: "q1", Since: moment(t, "2026-09-17T15:00:00+09:00")}}
	return f
}

func TestPlanOfQuestionsThatWait(t *testing.T) {
	const (
		later = "2026-12-01T00:00:00+09:00"
		first = "enquiry.chase c:office 09-18 15:00..09-25 15:00"
		again = "enquiry.chase c:office 09-25 15:00..10-09 15:00"
	)
	since := func(at string) func(*reminders.Facts) {
		return func(f *reminders.Facts) { f.Enquiries[0].Since = moment(t, at) }
	}
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nobody before a business day is over", "2026-09-18T14:59:59+09:00", nil, nil},
		{"the office after one business day", "2026-09-18T15:00:00+09:00", nil, []string{first}},
		{"once more after three, without the holidays, and never again", later, nil, []string{first, again}},
		{"nobody once it is answered or closed", later, func(f *reminders.Facts) { f.Enquiries = nil }, nil},
		{"what was asked at night waits for the morning", later, since("2026-09-17T22:30:00+09:00"),
			[]string{"enquiry.chase c:office 09-24 07:30..09-28 07:30", "enquiry.chase c:office 09-28 07:30..10-12 07:30"}},
		{"what was asked at the weekend counts from the next open day", later, since("2026-09-26T11:00:00+09:00"),
			[]string{"enquiry.chase c:office 09-28 11:00..09-30 11:00", "enquiry.chase c:office 09-30 11:00..10-14 11:00"}},
		{"each question for itself", "2026-09-18T16:00:00+09:00", func(f *reminders.Facts) {
			f.Enquiries = append(f.Enquiries, programme.WaitingEnquiry{ID: "q2", Since: moment(t, "2026-09-17T15:30:00+09:00")})
		}, []string{first, "enquiry.chase c:office 09-18 15:30..09-25 15:30"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := waiting(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, planned(reminders.Plan(moment(t, c.now), f)))
		})
	}
	if list := reminders.Upcoming(waiting(t).Enquiries[0].Since, waiting(t), 9); len(list) != 0 {
		t.Errorf("what comes only if nobody answers is on the list: %+v", list)
	}
}
