package programme

import (
	"context"
	"time"
)

// OverrideAction is what the coordinator decided about planned notices. The
// strings are stored.
type OverrideAction string

const (
	OverrideHold  OverrideAction = "hold"  // waits until it is released
	OverrideSkip  OverrideAction = "skip"  // does not go out
	OverrideEarly OverrideAction = "early" // goes out at At instead of when it would be due
)

// Override is a decision about one planned notice, to whomever it goes, or about
// all of an event's: then Kind and Occasion are "".
type Override struct {
	Subject  string // event, digest, key date, survey or session
	Kind     NoticeKind
	Occasion string
	Action   OverrideAction
	By       PersonID
	At       time.Time
}

// Upcoming is a planned notice that is still to come, to everyone it goes to.
type Upcoming struct {
	Kind     NoticeKind
	Subject  string
	Title    string // of the event or key date, of a session the names of the two, "" for a digest or survey
	Survey   Text   // of a survey, its title
	Occasion string
	Due      time.Time
	People   int            // how many would get it as things stand
	Action   OverrideAction // "" unless the coordinator decided otherwise
}

// OverridesTx keeps what the coordinator decided about planned notices.
type OverridesTx interface {
	Overrides() ([]Override, error)
	OverridesOf(subject string) ([]Override, error)
	SetOverride(Override) error // inserts or replaces
	DropOverride(subject string, kind NoticeKind, occasion string) (dropped bool, err error)
}

// OverrideNotice keeps what the coordinator decided about planned notices. By and,
// unless it goes out early at a stated moment, At are filled in.
func (o *Office) OverrideNotice(ctx context.Context, who Actor, d Override) error {
	return o.manage(ctx, who, func(c *change) error {
		whole := d.Kind == "" && d.Occasion == ""
		switch {
		case d.Subject == "" || !whole && (!d.Kind.Planned() || d.Occasion == ""):
			return missing("error.notice_gone")
		case d.Action != OverrideHold && d.Action != OverrideSkip && d.Action != OverrideEarly,
			whole && d.Action == OverrideEarly:
			return invalid("action", "error.choice")
		}
		d.By = c.me.ID
		if d.At.IsZero() || d.Action != OverrideEarly {
			d.At = c.now
		}
		if err := c.SetOverride(d); err != nil {
			return err
		}
		c.factsChanged()
		return c.audit("notice."+string(d.Action), d.Subject)
	})
}

// ReleaseNotice takes back what was decided about planned notices: they go out as
// planned, if they are still of use.
func (o *Office) ReleaseNotice(ctx context.Context, who Actor, subject string, kind NoticeKind, occasion string) error {
	return o.manage(ctx, who, func(c *change) error {
		dropped, err := c.DropOverride(subject, kind, occasion)
		if err != nil || !dropped {
			return err
		}
		c.factsChanged()
		return c.audit("notice.release", subject)
	})
}

// Planned says whether notices of the kind are derived from a plan, so that the
// coordinator may hold them. What answers somebody's act goes out.
func (k NoticeKind) Planned() bool {
	switch k {
	case NoticeEventAsk, NoticeEventReminder, NoticeEventThanks, NoticeEventCatchUp, NoticeEventMemo,
		NoticeDigestWeek, NoticeDigestMonth, NoticeDigestSupport, NoticeKeyDate, NoticeSurveyChase,
		NoticeSessionReminder, NoticeSessionBriefing, NoticeSessionAfter, NoticeSessionLapsed, NoticeSessionNudge,
		NoticeMemoDue, NoticeMemoOverdue, NoticeMemoDigest, NoticeEnquiryChase:
		return true
	}
	return false
}

// heldBack says whether the coordinator holds or skips the notice, or everything
// that is planned about its subject. One that goes out early goes out.
func heldBack(tx Tx, n Notice) (bool, error) {
	if !n.Kind.Planned() {
		return false, nil
	}
	decided, err := tx.OverridesOf(n.Subject)
	if err != nil {
		return false, err
	}
	d, found := Decided(decided, n.Subject, n.Kind, n.Occasion)
	return found && d.Stops(), nil
}

// Decided finds what the coordinator decided about a planned notice. A decision
// that stops it, about this one or about everything of its subject, comes before
// one that sends it early.
func Decided(overrides []Override, subject string, kind NoticeKind, occasion string) (o Override, found bool) {
	for _, d := range overrides {
		this, all := d.Kind == kind && d.Occasion == occasion, d.Kind == "" && d.Occasion == ""
		switch {
		case d.Subject != subject || !this && !all:
		case d.Stops(), !found && this:
			o, found = d, true
		}
	}
	return o, found
}

// Stops says whether the notice must not go out as long as the decision stands.
func (o Override) Stops() bool { return o.Action == OverrideHold || o.Action == OverrideSkip }
