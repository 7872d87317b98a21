package main

import (
	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// maxRecommendations is how many one organisation may recommend: beyond it the number is a
// slip. maxRecommendContact is how long the words about where to ask may be.
const (
	maxRecommendations  = 100
	maxRecommendContact = 200
)

// readRecommendations reads how many atsugi an organisation may recommend. Without the
// section the programme takes no recommendations.
func readRecommendations(c *Config, v strict.Value) {
	if !v.Given() {
		return
	}
	m := v.Map()
	var s programme.RecommendSettings
	s.PerOrganisation = m.Need("per_organisation").Int(1, maxRecommendations)
	if until := m.Get("until"); until.Given() {
		s.Until = readDate(until)
	}
	if contact := m.Get("contact"); contact.Given() {
		s.Contact = contact.TextUpTo(maxRecommendContact)
	}
	c.settings.Recommend = s
}
