package programme

import (
	"context"
	"time"
)

// undoDelivery is how long a delivery that was marked by mistake can be undone.
const undoDelivery = 24 * time.Hour

func (o *Office) mayUndo(delivered time.Time) bool {
	return !delivered.IsZero() && o.Now().Sub(delivered) <= undoDelivery
}

// MarkDelivered says that the report was delivered (納入): from then on nobody can take a
// consent to it back, nor change what it says. So what is delivered has to be what may be:
// CodeConflict unless there is something, and the last export holds exactly what stands,
// in these words and with these names. The same again changes nothing.
func (o *Office) MarkDelivered(ctx context.Context, who Actor) error {
	return o.manage(ctx, who, func(c *change) error {
		delivered, err := c.Delivered()
		if err != nil || !delivered.IsZero() {
			return err
		}
		if err := c.mustBeExported(); err != nil {
			return err
		}
		if err := c.KeepDelivered(c.now); err != nil {
			return err
		}
		return c.audit("publication.deliver", "")
	})
}

// UndoDelivery takes a delivery back that was marked by mistake, for a day: CodeClosed
// later. Everybody can then change again what they said.
func (o *Office) UndoDelivery(ctx context.Context, who Actor) error {
	return o.manage(ctx, who, func(c *change) error {
		delivered, err := c.Delivered()
		switch {
		case err != nil || delivered.IsZero():
			return err
		case !o.mayUndo(delivered):
			return &Error{Code: CodeClosed, Key: "error.deliver_undo"}
		}
		if err := c.ForgetDelivered(); err != nil {
			return err
		}
		return c.audit("publication.undeliver", "")
	})
}

// mustBeExported refuses unless the last export holds what may be published now, and
// nothing else.
func (c *change) mustBeExported() error {
	ps, err := c.Publications("")
	if err != nil {
		return err
	}
	given := map[PublicationID][]Copy{}
	var last time.Time
	for _, p := range ps {
		if given[p.ID], err = c.CopiesOf(string(p.ID)); err != nil {
			return err
		}
		for _, x := range given[p.ID] {
			if x.At.After(last) {
				last = x.At
			}
		}
	}
	ready := false
	for _, p := range ps {
		s, err := c.office.standingOf(c.Tx, p)
		if err != nil {
			return err
		}
		ready = ready || s.Out
		if !s.givenOut(p, given[p.ID], last) {
			return &Error{Code: CodeConflict, Key: "error.deliver_export"}
		}
	}
	if !ready {
		return &Error{Code: CodeConflict, Key: "error.deliver_nothing"}
	}
	return nil
}

// givenOut says whether the export of that moment has the text just as it stands, or has it
// not if it may not be published.
func (s Standing) givenOut(p Publication, copies []Copy, export time.Time) bool {
	for _, x := range copies {
		if x.At.Equal(export) {
			return s.Out && x.Version == p.Last().Version && x.Kind == s.copyKind()
		}
	}
	return !s.Out
}
