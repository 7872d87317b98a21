package bot

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerOffers() {
	b.router.Action(ui.ActionOffer, b.openOffer)
	b.router.Action(ui.ActionOfferOf, b.openOffer)
	b.router.Action(ui.ActionOfferChange, b.offerForm)
	b.router.Submit(ui.CallbackOffer, b.saveOffer)
}

// choosing says whether atsugi choose from times that experts publish.
func (b *Bot) choosing() bool {
	return b.Office.Settings.Sessions.Offering == programme.OfferingOpen
}

// offers says whether somebody may publish times of their own. It is a matter of what they
// are shown alone: the Office says who may.
func (b *Bot) offers(p programme.Person) bool {
	return b.choosing() && p.Has(programme.Mentor) && p.WritesMemos()
}

// ownOffer is what an expert offers, for their Home; nil of who may not, or not any more.
func (b *Bot) ownOffer(ctx context.Context, r Request) (*programme.OfferView, error) {
	if !b.offers(r.Me) {
		return nil, nil
	}
	v, err := b.Office.OfferPage(ctx, r.Who, "")
	if _, meant := programme.AsError(err); meant {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// openOffer shows what came of the times that an expert publishes.
func (b *Bot) openOffer(ctx context.Context, r Request) (Reply, error) {
	mentor := r.Action.Value
	if chosen := r.Action.SelectedOption.Value; chosen != "" {
		mentor = chosen
	}
	page, err := b.offerPage(ctx, r, programme.PersonID(mentor), false)
	return Reply{Open: page}, err
}

func (b *Bot) offerPage(ctx context.Context, r Request, mentor programme.PersonID, saved bool) (*slack.ModalViewRequest, error) {
	v, err := b.Office.OfferPage(ctx, r.Who, mentor)
	if err != nil {
		return nil, err
	}
	page := ui.OfferPage(v, saved, r.Locale)
	return &page, nil
}

// offerForm opens the form for an expert's times. Slack is asked for their zone, in which
// they may prefer to write them.
func (b *Bot) offerForm(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.OfferPage(ctx, r.Who, programme.PersonID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	set := b.Office.Settings
	d := ui.OfferFormData{
		Form: ui.Form{Op: b.Office.NewID()}, View: v, Named: set.Sessions.Fields, Most: set.Sessions.PerWeek,
		Zones: []string{set.Zone.String()},
	}
	for _, zone := range []string{v.Offer.Hours.Zone, zoneOf(b.zones.theirs(ctx, b.API, v.Person))} {
		if zone != "" && !slices.Contains(d.Zones, zone) {
			d.Zones = append(d.Zones, zone)
		}
	}
	form := ui.OfferForm(d, r.Locale)
	return Reply{Open: &form}, nil
}

// zoneOf is the name of a zone, "" of none.
func zoneOf(place *time.Location) string {
	if place == nil {
		return ""
	}
	return place.String()
}

// saveOffer keeps the times. Who changed them on their page sees that again, with what
// came of it; else it comes in the place of the form.
func (b *Bot) saveOffer(ctx context.Context, r Request) (Reply, error) {
	f, err := ui.ReadOffer(*r.View, b.Office.Settings, b.Office.Now())
	if err != nil {
		return Reply{}, err
	}
	v, err := b.Office.SaveOffer(ctx, r.Who, f)
	if err != nil {
		return Reply{}, err
	}
	if r.View.PreviousViewID != "" {
		return Reply{Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
			return b.offerPage(ctx, r, f.Mentor, true)
		}}, nil
	}
	page := ui.OfferPage(v, true, r.Locale)
	return Reply{Replace: &page}, nil
}
