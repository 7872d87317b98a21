package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// photoViews are a photo that the office looked at, with people in it, one without, and
// one that it did not look at yet.
func (c cast) photoViews(office bool) []programme.PhotoView {
	photo := func(id string, wide, high int) programme.Photo {
		return programme.Photo{ID: programme.PhotoID(id), Mime: "image/jpeg", Width: wide, Height: high, By: c.mentor.ID,
			At: at(9, 4, 10, 15), PhotoPlace: programme.PhotoPlace{Memo: c.memo.Memo.ID}}
	}
	with := photo("01P1", 3024, 4032)
	with.Caption, with.Marked = c.topic, at(9, 4, 11, 0)
	with.People = []programme.Depicted{{Person: c.atsugi.ID}, {Name: "窯元のご近所の方"}}
	without := photo("01P2", 4032, 3024)
	without.Marked = at(9, 4, 11, 0)
	var sent []programme.Person
	if office {
		sent = []programme.Person{c.atsugi, c.mentor}
	}
	return []programme.PhotoView{
		{Photo: with, By: c.mentor, People: []programme.Person{c.atsugi}, Office: office, SentTo: sent},
		{Photo: without, By: c.mentor, Office: office},
		{Photo: photo("01P3", 1200, 900), By: c.mentor, Office: office},
	}
}

func (c cast) photos(t testing.TB, l ui.Locale, out map[string]drawing) {
	place := programme.PhotoPlace{Memo: c.memo.Memo.ID}
	for state, p := range map[string]programme.Parcel{
		"asked":   {State: programme.ParcelAsked},
		"wanted":  {State: programme.ParcelWanted},
		"dropped": {State: programme.ParcelDropped},
		"kept":    {State: programme.ParcelDone, Kept: 3},
		"partly":  {State: programme.ParcelDone, Kept: 1, Faults: []programme.PhotoFault{programme.FaultHEIC, programme.FaultHEIC}},
		"none":    {State: programme.ParcelDone, Faults: programme.PhotoFaults},
	} {
		p.ID, p.Files, p.PhotoPlace = "01PP", []string{"F1", "F2", "F3"}, place
		out["photo-ask-"+state] = message(t, programme.Matter{Notice: notice(programme.NoticePhotoAsk), To: c.mentor, Parcel: p}, l)
	}
	out["photo-page-office"] = view(t, ui.PhotosPage(programme.PhotoPage{Place: place, Photos: c.photoViews(true)}, l))
	out["photo-page-atsugi"] = view(t, ui.PhotosPage(programme.PhotoPage{Place: place, Photos: c.photoViews(false)}, l))
	out["photo-page-event"] = view(t, ui.PhotosPage(programme.PhotoPage{Place: programme.PhotoPlace{Event: c.workshop.ID}, Event: c.workshop}, l))
	form := ui.Form{Op: "01OP", Subject: "01PP"}
	targets := programme.PhotoTargets{Memos: []programme.MemoView{c.memo}, Events: []programme.Event{c.seminar}}
	out["photo-place"] = view(t, ui.PhotoPlaceForm(form, targets, l))
	targets.Office = true
	out["photo-place-office"] = view(t, ui.PhotoPlaceForm(form, targets, l))
	out["photo-place-none"] = view(t, ui.PhotoPlaceForm(form, programme.PhotoTargets{}, l))
	out["photo-change"] = view(t, ui.PhotoChangeForm(form, c.photoViews(true)[0], l))
	out["photo-change-nobody"] = view(t, ui.PhotoChangeForm(form, c.photoViews(true)[1], l))
	out["photo-desk"] = view(t, ui.MemoDesk(programme.MemoDesk{Office: true, ToMark: 5, Photos: []programme.PhotosToMark{
		{Place: place, Count: 3, Memo: c.memo}, {Place: programme.PhotoPlace{Event: c.workshop.ID}, Count: 2, Event: c.workshop},
	}}, l))
	out["photo-said"] = view(t, ui.Saved(ui.AppName, ui.PhotosWanted(l)+"\n"+ui.PhotoSent(l), l))
}
