package programme

import (
	"context"
	"slices"
	"strings"
)

// FaqMade lists for the office the entries of the FAQ that it made, newest first. Those of the
// configuration's file are not among them.
func (o *Office) FaqMade(ctx context.Context, who Actor) (made []FaqEntry, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		made, err = tx.FaqEntries()
		return err
	})
	return made, err
}

// RemoveFaq takes an entry out of the FAQ: nobody is shown it any more, and where it was shown it
// goes. Doing it again changes nothing.
func (o *Office) RemoveFaq(ctx context.Context, who Actor, id string) error {
	return o.manage(ctx, who, func(c *change) error {
		f, err := c.Faq(id)
		if err != nil {
			return orMissing(err, "error.faq_gone")
		}
		if !f.Retired.IsZero() {
			return nil
		}
		f.Retired = c.now
		if err := c.SaveFaq(f); err != nil {
			return err
		}
		if err := c.redrawShownFaq(Posted{Kind: PostedFaq, ID: f.ID}.key()); err != nil {
			return err
		}
		return c.audit("faq.remove", f.ID)
	})
}

// redrawShownFaq draws again the messages that show an entry of the FAQ.
func (c *change) redrawShownFaq(key string) error {
	for _, state := range []EnquiryState{EnquiryFound, EnquirySolved, EnquiryOpen, EnquiryClosed} {
		es, err := c.Enquiries(state, mostWaiting)
		if err != nil {
			return err
		}
		for _, e := range es {
			if !slices.Contains(strings.Split(e.Shown, "\n"), key) {
				continue
			}
			if err := c.redraw(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellsOfOthers says whether a text has the whole name or the firm of one of those whom the
// programme supports. Of others nothing is looked for: a municipality's name is that of a place,
// too.
func tellsOfOthers(text string, people []Person) bool {
	folded := foldName(text)
	return slices.ContainsFunc(people, func(p Person) bool {
		if !p.Has(Atsugi) {
			return false
		}
		return slices.ContainsFunc([]string{p.Name, p.Organisation}, func(part string) bool {
			part = foldName(part)
			return len([]rune(part)) > 2 && strings.Contains(folded, part)
		})
	})
}
