package programme

import "context"

// RedrawLetters has the messages about an event that stand with the person drawn
// again: somebody pressed a button that no longer works, and the message is to say
// why (the registration closed, the event is over).
func (o *Office) RedrawLetters(ctx context.Context, who Actor, id EventID) error {
	return o.write(ctx, who, func(c *change) error {
		e, err := c.Event(id)
		if err != nil {
			return orMissing(err, "error.event_gone")
		}
		return c.redrawLetters(e, c.me)
	})
}
