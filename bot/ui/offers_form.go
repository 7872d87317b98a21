package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// OfferFormData is what the form is drawn from by which an expert, or the office for them,
// says when and with what they can be asked for.
type OfferFormData struct {
	Form  Form // Subject: the expert; Version
	View  programme.OfferView
	Named []programme.Text // fields that can be ticked
	Most  int              // sessions of one expert in a week
	// Zones are those in which times can be written: the programme's, and the expert's
	// own where it is another.
	Zones []string
}

// offerForm is the name of the form in block ids.
const offerForm = "offer"

// OfferForm asks for everything about an expert's times, in the order in which they think
// of it: what with, how, when, and then on what terms.
func OfferForm(d OfferFormData, l Locale) slack.ModalViewRequest {
	in, o := fields{offerForm, l}, d.View.Offer
	d.Form.Subject, d.Form.Version = string(d.View.Person.ID), o.Version
	var blocks []slack.Block
	if !d.View.Mine {
		blocks = append(blocks, section(bold(nameAndFirm(d.View.Person, l)), nil))
	}
	blocks = append(blocks, in.input("help", in.words(o.Help, programme.MaxOfferHelp, true)))
	if named := namedFields(d.Named, l); len(named) > 0 {
		blocks = append(blocks, in.optional("fields", ticks(named, fieldKeys(o.Fields))))
	}
	blocks = append(blocks,
		in.optional("languages", in.words(o.Languages, programme.MaxOfferLanguages, false)),
		in.input("modes", modeTicks(o, l)),
		in.optional("url", in.words(o.URL, programme.MaxEventURL, false)),
		in.optional("place", in.words(o.Place, programme.MaxEventPlace, false)),
	)
	blocks = append(blocks, hoursInputs(in, d)...)
	blocks = append(blocks,
		in.input("length", in.one(lengthOptions(l), inMinutes(o.Length))),
		in.input("buffer", in.one(bufferOptions(o.Buffer, l), inMinutes(o.Buffer))),
		in.input("notice", in.one(noticeOptions(o.Notice, l), inMinutes(o.Notice))),
		in.input("week", in.one(weekOptions(d.Most, o.PerWeek, l), strconv.Itoa(min(o.PerWeek, d.Most)))),
		in.input("open", radio([]labelled{{openAll, l.T("offer.form.open_all", nil)}, {openOwn, l.T("offer.form.open_own", nil)}}, openValue(o))),
		in.optional("accepts", tick(l.T("offer.form.accepts_yes", nil), o.Accepts)),
	)
	return formView(l.T("offer.form.title", nil), l.T("button.offer_save", nil), CallbackOffer, d.Form, l, blocks...)
}

// hoursInputs ask when: each sort of time a line a time, in which zone if there is a
// choice.
func hoursInputs(in fields, d OfferFormData) []slack.Block {
	h := d.View.Offer.Hours
	text := h.Text(h.Place(in.l.zoneOrUTC()), in.l.Language() == "en")
	return []slack.Block{
		zoneInput(in, d),
		in.optional("weekly", in.words(text.Weekly, programme.MaxHoursText, true)),
		in.optional("single", in.words(text.Single, programme.MaxHoursText, true)),
		in.optional("off", in.words(text.Off, programme.MaxHoursText, true)),
		in.optional("holidays", tick(in.l.T("offer.form.holidays_yes", nil), h.Holidays)),
	}
}

// zoneInput asks in which zone times are written, or says it. Who never wrote any is
// thought to mean their own.
func zoneInput(in fields, d OfferFormData) slack.Block {
	if len(d.Zones) < 2 {
		return small(in.l.T("offer.zone", words{"Zone": zoneName(in.l)}))
	}
	zone := d.View.Offer.Hours.Zone
	if d.View.Offer.Version == 0 {
		zone = d.Zones[len(d.Zones)-1]
	}
	var zones []labelled
	for _, z := range d.Zones {
		zones = append(zones, labelled{z, zoneCalled(z, in.l)})
	}
	return in.input("zone", in.one(zones, zone))
}

// namedFields are the fields that can be ticked.
func namedFields(named []programme.Text, l Locale) []labelled {
	var out []labelled
	for _, t := range named {
		out = append(out, labelled{optionKey(t.Ja), or(line(l.Text(t), maxOption), nothing)})
	}
	return out
}

func fieldKeys(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, optionKey(n))
	}
	return out
}

// mostTicks is how many boxes Slack shows in one group (slack.md Sizes).
const mostTicks = 10

// ticks are boxes to tick, or a menu where there are too many for boxes.
func ticks(cs []labelled, values []string) slack.BlockElement {
	if os := options(cs, maxChoices); len(os) > mostTicks {
		return slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, inputValue, os...).
			WithInitialOptions(chosen(os, values)...)
	}
	os := options(cs, mostTicks)
	e := slack.NewCheckboxGroupsBlockElement(inputValue, os...)
	e.InitialOptions = chosen(os, values)
	return e
}

func modeTicks(o programme.Offer, l Locale) slack.BlockElement {
	var modes []labelled
	var on []string
	for _, m := range []struct {
		mode programme.SessionMode
		on   bool
	}{{programme.ModeOnline, o.Online}, {programme.ModeOnSite, o.OnSite}} {
		modes = append(modes, labelled{string(m.mode), l.T("session.mode."+string(m.mode), nil)})
		if m.on {
			on = append(on, string(m.mode))
		}
	}
	return ticks(modes, on)
}

// Whose the times are to choose: values of the radio buttons.
const (
	openAll = "all"
	openOwn = "own"
)

func openValue(o programme.Offer) string {
	if o.Everyone {
		return openAll
	}
	return openOwn
}

// inMinutes is the value of an option that stands for a length.
func inMinutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }

func lengthOptions(l Locale) []labelled {
	var out []labelled
	for _, each := range programme.SessionLengths {
		out = append(out, labelled{inMinutes(each), l.T("session.minutes", words{"N": int(each / time.Minute)})})
	}
	return out
}

// bufferOptions are pauses to choose from, and the one that is set.
func bufferOptions(set time.Duration, l Locale) []labelled {
	return durations([]time.Duration{0, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, 45 * time.Minute, time.Hour}, set,
		func(d time.Duration) string {
			if d == 0 {
				return l.T("offer.form.buffer_none", nil)
			}
			return l.T("session.minutes", words{"N": int(d / time.Minute)})
		})
}

const wholeDay = 24 * time.Hour

// noticeOptions are how long before a time it can be asked for, and what is set.
func noticeOptions(set time.Duration, l Locale) []labelled {
	return durations([]time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, wholeDay, 2 * wholeDay, 3 * wholeDay, 5 * wholeDay, 7 * wholeDay}, set,
		func(d time.Duration) string { return askedBefore(d, l) })
}

// askedBefore is until how long before a time it can be asked for.
func askedBefore(d time.Duration, l Locale) string {
	switch {
	case d == 0:
		return l.T("offer.notice.none", nil)
	case d%wholeDay == 0:
		return l.T("offer.notice.days", words{"Count": int(d / wholeDay)})
	case d%time.Hour == 0:
		return l.T("offer.notice.hours", words{"Count": int(d / time.Hour)})
	}
	return l.T("offer.notice.minutes", words{"Count": int(d / time.Minute)})
}

// durations are those to choose from and the one that is set, by length.
func durations(offered []time.Duration, set time.Duration, say func(time.Duration) string) []labelled {
	all := append(slices.Clone(offered), set)
	slices.Sort(all)
	var out []labelled
	for _, d := range slices.Compact(all) {
		out = append(out, labelled{inMinutes(d), say(d)})
	}
	return out
}

// mostInWeek is how many sessions a week can be chosen, at most.
const mostInWeek = 20

// weekOptions are how often a week, up to what the programme allows.
func weekOptions(most, set int, l Locale) []labelled {
	offered := []int{}
	for n := range min(most, mostInWeek) {
		offered = append(offered, n+1)
	}
	if set > mostInWeek && set <= most {
		offered = append(offered, set)
	}
	var out []labelled
	for _, n := range offered {
		out = append(out, labelled{strconv.Itoa(n), l.T("offer.week_times", words{"Count": n})})
	}
	return out
}
