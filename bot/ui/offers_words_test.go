package ui

import "tsugite/programme"

// offerFields are the fields of the form for an expert's times, and whether a hint stands
// below.
var offerFields = map[string]bool{
	"help": true, "fields": false, "languages": true, "modes": false, "url": true, "place": true, "zone": false,
	"weekly": true, "single": true, "off": true, "holidays": false, "length": false, "buffer": false, "notice": false,
	"week": false, "open": false, "accepts": false,
}

// composedForOffers are the keys about published times that are put together from fields
// of the form.
func composedForOffers() []string {
	var keys []string
	for field, hint := range offerFields {
		keys = append(keys, "offer.form."+field)
		if hint {
			keys = append(keys, "offer.form."+field+".hint")
		}
	}
	for _, fault := range []programme.BusyFault{programme.BusyUnreachable, programme.BusyRefused, programme.BusyForbidden,
		programme.BusyTooLarge, programme.BusyNoCalendar} {
		keys = append(keys, "offer.fault."+string(fault))
	}
	return keys
}
