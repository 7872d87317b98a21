package programme

import (
	"context"
	"slices"
)

// SupportMonth is a support organisation's page of one month, for its superiors: that and
// how often people took part, and how the programme is run. It has counts and what is
// public; nothing of what anybody said or wrote.
type SupportMonth struct {
	Settings     Settings
	Organisation string
	First        Date // of the month
	Last         Date
	Before       Date // the first day of the month before, "" if the programme had not begun
	After        Date // of the month after, "" if that is still to come
	Held         []MonthEvent
	Next         []Event // of the month after, that are announced, by start
	Firms        []FirmPresence
	Recommended  int // firms that it recommended and that take part
	// States counts its recommendations by state, as they are now; Quota what of them counts.
	States     map[RecommendState]int
	Quota      Quota
	Recommends bool

	// How it is run: of the events held, those of the office, the bureau, and those that
	// support organisations co-hosted, and that this one did.
	CoHosted, OwnCoHosted int
}

// MonthEvent is an event that was held, and how many of the organisation's people were there.
type MonthEvent struct {
	DigestEvent
	Own int
}

// OwnCame is how often its people were at something.
func (m SupportMonth) OwnCame() (n int) {
	for _, e := range m.Held {
		n += e.Own
	}
	return n
}

// NoticeSupportMonth is a month's page as a file. Kinds are stored, as all are.
const NoticeSupportMonth NoticeKind = "support.month" // subject: first day of the month, occasion: operation; to who asked

// SupportMonth gathers a month for somebody of a support organisation: that of a day, or of
// the present day for "". Only months of the programme that have begun are there.
func (o *Office) SupportMonth(ctx context.Context, who Actor, day Date) (SupportMonth, error) {
	var m SupportMonth
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if _, err := o.supports(who, me, o.Now()); err != nil {
			return err
		}
		var err error
		m, err = o.supportMonth(tx, me, day)
		return err
	})
	return m, err
}

// firstOf is the first day of a day's month, "" if the Date is malformed.
func firstOf(d Date) Date {
	if d.Add(0, 0) == "" {
		return ""
	}
	return d[:len("2006-01")] + "-01"
}

func (o *Office) supportMonth(tx Tx, me Person, day Date) (m SupportMonth, err error) {
	today := firstOf(o.Settings.Today(o.Now()))
	begun := firstOf(o.Settings.Contract)
	if day == "" {
		day = today
	}
	first := firstOf(day)
	if first == "" || first > today || begun != "" && first < begun {
		return m, missing("error.month_gone")
	}
	m = SupportMonth{
		Settings: o.Settings, Organisation: me.Organisation, First: first, Last: first.Add(1, -1),
		States: map[RecommendState]int{}, Recommends: o.Settings.Recommend.On(),
	}
	if before := first.Add(-1, 0); begun == "" || before >= begun {
		m.Before = before
	}
	if after := first.Add(1, 0); after <= today {
		m.After = after
	}
	events, err := tx.Events()
	if err != nil {
		return m, err
	}
	if err := o.monthHeld(tx, &m, events, me); err != nil {
		return m, err
	}
	ahead := Digest{From: first.Add(1, 0), To: first.Add(2, -1)}
	for _, e := range ahead.within(events, o.Settings.Zone) {
		if e.Announced(o.Settings.Today(o.Now())) && (e.Kind != Meeting || slices.Contains(e.CoHosts, me.Organisation)) {
			e.Notes, e.Code = "", ""
			m.Next = append(m.Next, e)
		}
	}
	held := ahead
	held.From, held.To = m.First, m.Last
	if m.Firms, err = o.recommendedFirms(tx, me.Organisation, held.within(events, o.Settings.Zone), o.Now()); err != nil {
		return m, err
	}
	all, err := tx.RecommendationsOf(me.Organisation)
	if err != nil {
		return m, err
	}
	for _, r := range all {
		m.States[r.State]++
	}
	m.Quota, err = o.quotaOf(tx, me.Organisation)
	return m, err
}

// monthHeld takes what the organisation's monthly message says of the month (digests.go),
// and counts its own people beside.
func (o *Office) monthHeld(tx Tx, m *SupportMonth, events []Event, me Person) error {
	d, _, err := o.support(tx, m.First.Add(1, 0), events, me)
	if err != nil {
		return err
	}
	m.Recommended = d.Firms
	for _, e := range d.Events {
		e.Names = nil // who came is no part of what is handed up
		line := MonthEvent{DigestEvent: e}
		list, err := roll(tx, e.Event)
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.Person.ID != "" && a.Person.Has(Supporter) && a.Person.Organisation == me.Organisation && a.presence(e.CheckedIn).WasThere() {
				line.Own++
			}
		}
		if len(e.Event.CoHosts) > 0 {
			m.CoHosted++
		}
		if e.CoHosts {
			m.OwnCoHosted++
		}
		m.Held = append(m.Held, line)
	}
	return nil
}

// SendSupportMonth has a month's page sent as a file to whoever asks, once for each
// operation op.
func (o *Office) SendSupportMonth(ctx context.Context, who Actor, day Date, op string) error {
	return o.write(ctx, who, func(c *change) error {
		if _, err := o.supports(who, c.me, c.now); err != nil {
			return err
		}
		m, err := o.supportMonth(c.Tx, c.me, day)
		if err != nil {
			return err
		}
		err = c.notify(Notice{
			Kind: NoticeSupportMonth, Subject: string(m.First), To: ToPerson(c.me.ID), Occasion: op, UsefulUntil: c.now.Add(packUseful),
		})
		if err != nil {
			return err
		}
		return c.audit("support.month", string(m.First))
	})
}

func (o *Office) lookAtSupportMonth(tx Tx, m *Matter, _ bool) (err error) {
	if _, refused := o.supports(As(m.To.ID), m.To, o.Now()); refused != nil {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	m.Month, err = o.supportMonth(tx, m.To, Date(m.Notice.Subject))
	return err
}
