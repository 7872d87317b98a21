package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tsugite/programme"
)

// sampleOffer is what an expert of the sample offers from the start where atsugi choose
// from published times.
type sampleOffer struct {
	mentor string // their Slack id
	help   string
	change func(*programme.Offer)
}

// sampleOffers are those of half of the experts: the others show what an expert sees who
// has published nothing yet.
var sampleOffers = []sampleOffer{
	{"U0MENTOR01", "値段の決め方と、新しい販路の探し方", func(of *programme.Offer) {
		of.URL, of.Everyone = "https://meet.example.jp/kiryudani", true
		of.Hours.Weekly = []programme.WeeklyTime{evening(time.Tuesday), evening(time.Thursday)}
	}},
	{"U0MENTOR02", "資金計画と、銀行への説明", func(of *programme.Offer) {
		of.URL, of.Everyone, of.Accepts = "https://meet.example.jp/hasumizawa", true, true
		of.Hours.Weekly = []programme.WeeklyTime{{Day: time.Wednesday, From: 13 * 60, Until: 17 * 60}}
	}},
	{sampleEnglish, "海外での売り方（英語でも日本語でも）", func(of *programme.Offer) {
		of.URL, of.Languages = "https://meet.example.jp/hartley", "English, 日本語"
		of.Hours.Weekly = []programme.WeeklyTime{evening(time.Friday)}
	}},
}

func evening(day time.Weekday) programme.WeeklyTime {
	return programme.WeeklyTime{Day: day, From: 18 * 60, Until: 21 * 60}
}

// enterOffers publishes the sample's times for experts who have published none: what was
// changed since, in a database that was kept, stays.
func enterOffers(ctx context.Context, office *programme.Office) error {
	experts, err := office.Experts(ctx, programme.Operator)
	if err != nil {
		return err
	}
	for _, of := range sampleOffers {
		i := slices.IndexFunc(experts, func(p programme.Person) bool { return p.SlackID == of.mentor })
		if i < 0 {
			continue // no expert any more
		}
		if err := enterOffer(ctx, office, experts[i].ID, of); err != nil {
			return fmt.Errorf("the sample's times of %s: %w", of.mentor, err)
		}
	}
	return nil
}

func enterOffer(ctx context.Context, office *programme.Office, mentor programme.PersonID, of sampleOffer) error {
	v, err := office.OfferPage(ctx, programme.Operator, mentor)
	if err != nil || v.Offer.Version > 0 {
		return err
	}
	v.Offer.Help = of.help
	of.change(&v.Offer)
	_, err = office.SaveOffer(ctx, programme.Operator, programme.OfferForm{Offer: v.Offer})
	return err
}
