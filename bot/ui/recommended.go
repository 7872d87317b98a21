package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// recommendedShown is how many firms Home lists.
const recommendedShown = 15

// homeRecommended lists for a support organisation how often those came of its firms who
// agreed that it is told.
func homeRecommended(h programme.Home, l Locale) []slack.Block {
	if len(h.RecommendedFirms) == 0 {
		return nil
	}
	out := []string{bold(l.T("recommended.firms", nil))}
	for i, f := range h.RecommendedFirms {
		if i == recommendedShown {
			out = append(out, l.T("recommended.more", words{"Count": len(h.RecommendedFirms) - i}))
			break
		}
		out = append(out, l.mrkdwn("recommended.firm", words{"Firm": line(f.Firm, maxName), "Count": f.Events}))
	}
	return []slack.Block{section(lines(out...), nil)}
}
