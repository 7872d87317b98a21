package programme

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// FirmPresence is what the organisation that recommended a firm may know of it beyond
// counts (ConsentRecommender): to how many events it came.
type FirmPresence struct {
	Firm   string
	Events int
}

// recommendedFirms are the firms that an organisation recommended, of those atsugi alone
// who agreed to it, by name. Individual meetings are none of its business.
func (o *Office) recommendedFirms(tx Tx, organisation string, events []Event, now time.Time) ([]FirmPresence, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	agreed := map[string][]Person{}
	for _, p := range people {
		if !p.Active() || !p.Has(Atsugi) || p.Organisation == "" || !recommendedBy(p, organisation) {
			continue
		}
		ok, err := o.Allows(tx, p.ID, ConsentRecommender)
		if err != nil {
			return nil, err
		}
		if ok {
			agreed[p.Organisation] = append(agreed[p.Organisation], p)
		}
	}
	var out []FirmPresence
	for firm, people := range agreed {
		line := FirmPresence{Firm: firm}
		for _, e := range events {
			if !e.Held(now) || !e.Announced(o.Settings.Today(now)) || e.Kind == Meeting {
				continue
			}
			came, err := anyCame(tx, e, people)
			if err != nil {
				return nil, err
			}
			if came {
				line.Events++
			}
		}
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b FirmPresence) int { return strings.Compare(a.Firm, b.Firm) })
	return out, nil
}

// anyCame says whether one of some people was at an event.
func anyCame(tx Tx, e Event, people []Person) (bool, error) {
	for _, p := range people {
		a, err := tx.Attendance(e.ID, p.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return false, err
		}
		s, err := tx.Speaker(e.ID, p.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return false, err
		}
		there, err := presence(tx, e, p.ID, a, s)
		if err != nil || there.WasThere() {
			return err == nil, err
		}
	}
	return false, nil
}
