package programme

import (
	"strings"
	"sync"
	"time"
)

// ZoneNamed is a zone by its name in the tz database, nil if that has none of that name. It
// alone decides what a zone is called, so that none is taken here and unknown there. The
// machine's own zone is nobody's, and of several spellings by which a file is found only
// the database's own names it.
func ZoneNamed(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	if name == "" || name == "Local" || strings.Contains(name, ".") || strings.Contains(name, "//") {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	zones.Store(name, zone)
	return zone
}

// zones are those that were looked up, by name: each look reads a file. There are as many
// as the tz database has names.
var zones sync.Map
