package ui

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// ReadOffer reads the form for an expert's times. Those of a form that asked for no zone
// are in the programme's. The form has the lines that cannot be read as Unread, beside "weekly",
// "single" and "off"; what else is wrong the rules say.
func ReadOffer(view slack.View, set programme.Settings, now time.Time) (programme.OfferForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.OfferForm{}, err
	}
	v := readFields(view)
	zone := or(v.one("zone"), set.Zone.String())
	hours, at, err := programme.ParseHours(
		programme.HoursText{Weekly: v["weekly"].Value, Single: v["single"].Value, Off: v["off"].Value},
		now, programme.Hours{Zone: zone}.Place(set.Zone))
	var unread programme.Faults
	if err != nil && !errors.As(err, &unread) {
		return programme.OfferForm{}, err
	}
	hours.Zone, hours.Holidays = zone, len(v.some("holidays")) > 0
	modes := v.some("modes")
	week, _ := strconv.Atoi(v.one("week"))
	return programme.OfferForm{Version: form.Version, Lines: at, Unread: unread, Offer: programme.Offer{
		Mentor: programme.PersonID(form.Subject), Help: v.words("help"), Fields: fieldsNamed(v.some("fields"), set.Sessions.Fields),
		Languages: v.words("languages"),
		Online:    slices.Contains(modes, string(programme.ModeOnline)), URL: v.words("url"),
		OnSite: slices.Contains(modes, string(programme.ModeOnSite)), Place: v.words("place"),
		Length: v.minutes("length"), Buffer: v.minutes("buffer"), Notice: v.minutes("notice"), PerWeek: week,
		Everyone: v.one("open") == openAll, Accepts: len(v.some("accepts")) > 0, Hours: hours,
	}}, nil
}

// minutes is a length that was chosen; none is less than any, which the rules refuse.
func (v fieldValues) minutes(field string) time.Duration {
	n, err := strconv.Atoi(v.one(field))
	if err != nil {
		return -1
	}
	return time.Duration(n) * time.Minute
}

// fieldsNamed are the fields whose boxes are ticked, by their Japanese names.
func fieldsNamed(keys []string, named []programme.Text) []string {
	var out []string
	for _, t := range named {
		if slices.Contains(keys, optionKey(t.Ja)) {
			out = append(out, t.Ja)
		}
	}
	return out
}
