package main

import (
	"testing"

	"tsugite/programme"
)

// TestHowManyAnOrganisationMayRecommend: none unless the configuration says so.
func TestHowManyAnOrganisationMayRecommend(t *testing.T) {
	for file, want := range map[string]programme.RecommendSettings{
		minimal: {},
		minimal + "recommendations: {per_organisation: 3}\n":                                     {PerOrganisation: 3},
		minimal + "recommendations: {per_organisation: 3, until: 2026-10-30, contact: 事務局 03}\n": {PerOrganisation: 3, Until: "2026-10-30", Contact: "事務局 03"},
	} {
		c, err := parseConfig("c.yaml", []byte(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.settings.Recommend; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	for file, want := range map[string]string{
		"recommendations: {until: 2026-10-30}":                     "c.yaml:7:19: recommendations.per_organisation: is missing",
		"recommendations: {per_organisation: 0}":                   "c.yaml:7:37: recommendations.per_organisation: must be a whole number (1 to 100)",
		"recommendations: {per_organisation: 3, util: 2026-10-30}": `c.yaml:7:40: recommendations: unknown key "util" (did you mean until?)`,
	} {
		_, err := parseConfig("c.yaml", []byte(minimal+file+"\n"), nil)
		if err == nil || err.Error() != want {
			t.Errorf("%s\n%v, want\n%s", file, err, want)
		}
	}
}
