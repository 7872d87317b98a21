package rehearsal

import (
	"regexp"
	"time"
)

// trigger lets the app open one view for one person, soon.
type trigger struct {
	user string
	at   time.Time // wall time
	used bool
}

// triggers are the latest ones; older ones are known to have expired by their form.
type triggers struct {
	byID  map[string]*trigger
	order []string
}

const keptTriggers = 20000

func newTriggers() triggers { return triggers{byID: map[string]*trigger{}} }

// trigger makes a trigger id for a person, whose life begins now.
func (s *Server) trigger(user string) string {
	id := digits(s.ids.seed, 12, s.ids.secret("trigger", 16)) + "." + digits(s.ids.seed, 12, "team") + "." + s.ids.secret("trigger", 32)
	t := &s.triggers
	t.byID[id] = &trigger{user: user, at: time.Now()}
	t.order = append(t.order, id)
	if len(t.order) > keptTriggers {
		delete(t.byID, t.order[0])
		t.order = t.order[1:]
	}
	return id
}

var triggerForm = regexp.MustCompile(`^\d+\.\d+\.[0-9a-f]{8,}$`)

// find is a trigger that can be exchanged.
func (t *triggers) find(id string, life time.Duration) (*trigger, error) {
	one := t.byID[id]
	switch {
	case one == nil && triggerForm.MatchString(id):
		return nil, fail("expired_trigger_id")
	case one == nil:
		return nil, fail("invalid_trigger_id")
	case one.used:
		return nil, fail("exchanged_trigger_id")
	case time.Since(one.at) > life:
		return nil, fail("expired_trigger_id")
	}
	return one, nil
}
