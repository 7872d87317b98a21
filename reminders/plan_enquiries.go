package reminders

import "tsugite/programme"

// enquirySteps are when the office is reminded of a question that it has not answered, counted
// from when somebody began to wait: once after a business day, and once more.
var enquirySteps = []struct {
	id     string
	offset Offset
}{
	{"1bd", Offset{n: 1, unit: businessDays}},
	{"3bd", Offset{n: 3, unit: businessDays}},
}

// enquiries adds enquiry.chase, to the office. Who waits from another moment on, because the
// office answered and they went on, has notices of their own.
func (p *planning) enquiries() {
	for _, e := range p.Enquiries {
		var moments []moment
		for _, step := range enquirySteps {
			due := p.Rules.after(step.offset, e.Since, e.Since, p.cal)
			moments = append(moments, moment{programme.ChaseOccasion(step.id, e.Since), due, due, due.Add(usefulAfter)})
		}
		p.climb(rung{kind: programme.NoticeEnquiryChase, subject: string(e.ID)}, moments)
	}
}
