package programme

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
