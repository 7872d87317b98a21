package programme_test

import (
	"testing"

	"tsugite/programme"
)

func TestOnlyZonesOfTheDatabaseAreZones(t *testing.T) {
	for name, want := range map[string]string{
		"Asia/Tokyo": "Asia/Tokyo", "UTC": "UTC", "": "", "Local": "", "../etc/passwd": "", "Mars/Base": "",
		"Asia/./Tokyo": "", "Asia//Tokyo": "", "Asia": "",
	} {
		for range 2 { // the second time it is remembered
			got := ""
			if zone := programme.ZoneNamed(name); zone != nil {
				got = zone.String()
			}
			if got != want {
				t.Errorf("%q is the zone %q, want %q", name, got, want)
			}
		}
	}
}
