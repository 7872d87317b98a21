package programme

// mustBeAtNoEvent refuses a time at which the person is counted on at an event. They
// themselves are told which, and that declining it frees the time; so is the office, which
// can enter their answer. Where the other one goes is nobody else's business.
func (c *change) mustBeAtNoEvent(events []Event, id PersonID, at candidate) error {
	for _, e := range events {
		if !e.Cancelled.IsZero() || !at.Overlaps(e.span()) {
			continue
		}
		p, err := c.Person(id)
		if err != nil {
			return err
		}
		goes, err := goesTo(c.Tx, e, p, c.office.Settings.Today(c.now))
		if err != nil {
			return err
		}
		if goes {
			return c.atEvent(e, p, at.field)
		}
	}
	return nil
}

// atEvent is what is said of a time at which p is counted on at the event.
func (c *change) atEvent(e Event, p Person, field string) error {
	speaks, err := speaksAt(c.Tx, e.ID, p.ID)
	if err != nil {
		return err
	}
	office := c.office.may(c.actor, c.me, c.now, Coordinator)
	out := &Error{Code: CodeConflict, Field: field, Key: "error.time_taken"}
	known := p.ID == c.me.ID && (speaks || e.Announced(c.office.Settings.Today(c.now)))
	if !known && !office {
		return out
	}
	switch out.Args = pairs([]any{"Event", e, "Who", []Person{p}}); {
	case speaks:
		out.Key = "error.time_speaks"
	case p.ID == c.me.ID:
		out.Key = "error.time_event"
	default:
		out.Key = "error.time_event_of"
	}
	return out
}
