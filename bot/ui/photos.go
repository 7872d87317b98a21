package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// photoForm is the name of the forms about photos in block ids and keys.
const photoForm = "photo"

const (
	maxPhotoNames  = 2000 // characters typed
	maxPhotoPeople = 500  // as many as a line of the page holds
)

// photoAsk asks where pictures belong that somebody sent to the bot, and then says what
// came of them.
func photoAsk(m programme.Matter, l Locale) (string, []slack.Block) {
	p := m.Parcel
	count := words{"Count": len(p.Files)}
	switch p.State {
	case programme.ParcelWanted:
		text := l.T("photo.wanted", count)
		return text, []slack.Block{section(escape(text), nil)}
	case programme.ParcelDropped:
		text := l.T("photo.dropped", nil)
		return text, []slack.Block{section(escape(text), nil)}
	case programme.ParcelDone:
		return photosKept(p, l)
	}
	text := l.T("photo.asked", count)
	return text, []slack.Block{
		section(lines(bold(text), l.T("photo.asked.where", nil)), nil),
		row(button(ActionPhotoPlace, string(p.ID), l.T("button.photo_place", nil)).WithStyle(slack.StylePrimary),
			button(ActionPhotoDrop, string(p.ID), l.T("button.photo_drop", nil))),
		small(l.T("photo.asked.note", nil)),
	}
}

// photosKept says how many are kept, and why others are not.
func photosKept(p programme.Parcel, l Locale) (string, []slack.Block) {
	text := l.T("photo.kept_none", nil)
	if p.Kept > 0 {
		text = l.T("photo.kept", words{"Count": p.Kept})
	}
	said := []string{bold(text)}
	for _, f := range programme.PhotoFaults {
		if n := countOf(p.Faults, f); n > 0 {
			said = append(said, l.T("photo.fault", words{"Count": n, "Why": l.T("photo.fault."+string(f), nil)}))
		}
	}
	blocks := []slack.Block{section(lines(said...), nil)}
	if p.Kept > 0 {
		blocks = append(blocks, row(button(ActionPhotos, placeValue(p.PhotoPlace), l.T("button.photos_open", nil))))
	}
	return text, blocks
}

func countOf[T comparable](list []T, x T) (n int) {
	for _, y := range list {
		if x == y {
			n++
		}
	}
	return n
}

// placeValue is a place as the value of a button or option.
func placeValue(p programme.PhotoPlace) string {
	if p.Memo != "" {
		return "m|" + string(p.Memo)
	}
	return "e|" + string(p.Event)
}

// ReadPhotoPlace reads such a value.
func ReadPhotoPlace(value string) (programme.PhotoPlace, error) {
	kind, id, _ := strings.Cut(value, "|")
	switch {
	case kind == "m" && id != "":
		return programme.PhotoPlace{Memo: programme.MemoID(id)}, nil
	case kind == "e" && id != "":
		return programme.PhotoPlace{Event: programme.EventID(id)}, nil
	}
	return programme.PhotoPlace{}, errOldButton
}

// PhotoPlaceForm asks to which memo or event pictures belong, and who may be recognised.
// Form.Subject is the parcel.
func PhotoPlaceForm(form Form, t programme.PhotoTargets, l Locale) slack.ModalViewRequest {
	in := fields{photoForm, l}
	places := photoPlaces(t, l)
	if len(places) == 0 {
		return Saved(l.T("photo.place.title", nil), l.T("photo.place.none", nil), l)
	}
	blocks := []slack.Block{in.input("place", in.one(places, ""))}
	blocks = append(blocks, photoInputs(in, programme.PhotoView{}, t.Office)...)
	return formView(l.T("photo.place.title", nil), l.T("button.photo_keep", nil), CallbackPhotoPlace, form, l, blocks...)
}

// photoPlaces are the memos, newest first, and then the events: as many as a menu holds.
func photoPlaces(t programme.PhotoTargets, l Locale) (out []labelled) {
	memos := min(len(t.Memos), maxChoices-min(len(t.Events), maxChoices/2))
	for _, v := range t.Memos[:memos] {
		out = append(out, labelled{placeValue(programme.PhotoPlace{Memo: v.Memo.ID}),
			l.T("photo.place.memo", words{"Date": l.Date(v.Memo.Held), "About": memoSubject(v.Memo.Kind, v.Atsugi, v.Event, l)})})
	}
	for _, e := range t.Events {
		out = append(out, labelled{placeValue(programme.PhotoPlace{Event: e.ID}),
			l.T("photo.place.event", words{"Date": l.day(e.Start), "Event": eventTitle(e, l)})})
	}
	return out
}

// photoInputs ask what a picture shows and who may be recognised. The office alone says who
// of the roster is in it, and that nobody is.
func photoInputs(in fields, v programme.PhotoView, office bool) []slack.Block {
	names := in.words(strings.Join(typedNames(v.Photo), "\n"), maxPhotoNames, true)
	caption := in.optional("caption", in.words(v.Photo.Caption, programme.MaxCaption, false))
	if !office {
		return []slack.Block{in.optional("names", names), caption}
	}
	strangers := formInput(photoForm, "names", in.l.T("photo.form.strangers", nil), in.l.T("photo.form.strangers.hint", nil), names)
	strangers.Optional = true
	return []slack.Block{
		in.optional("people", in.asks(MenuPeople, peopleOptions(v.People, in.l))), strangers,
		in.optional("others", photoBox(in, "others", false)),
		in.optional("nobody", photoBox(in, "nobody", !v.Photo.Marked.IsZero() && len(v.Photo.People) == 0)), caption,
	}
}

// photoBox is a box to tick.
func photoBox(in fields, field string, ticked bool) slack.BlockElement {
	os := options([]labelled{{field, in.l.T("photo.form."+field+".yes", nil)}}, 1)
	box := slack.NewCheckboxGroupsBlockElement(inputValue, os...)
	if ticked {
		box.InitialOptions = os
	}
	return box
}

// typedNames are those of whom a photo has the name alone.
func typedNames(p programme.Photo) (names []string) {
	for _, d := range p.People {
		if d.Person == "" {
			names = append(names, d.Name)
		}
	}
	return names
}

// photoNames are those who may be recognised; for the office whoever is of the roster has
// their firm beside them: it shows for whom a name was taken.
func photoNames(v programme.PhotoView, l Locale) (names []string) {
	for _, p := range v.People {
		if v.Office {
			names = append(names, nameAndFirm(p, l))
		} else {
			names = append(names, p.Name)
		}
	}
	return append(names, typedNames(v.Photo)...)
}

// ReadPhotoForm reads what either of the forms brought; the place is of the first alone.
func ReadPhotoForm(view slack.View) (Form, programme.PhotoForm, string, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	f := programme.PhotoForm{
		Caption: v.words("caption"), Names: v.words("names"), Others: len(v.some("others")) > 0, Nobody: len(v.some("nobody")) > 0,
	}
	for _, id := range v.some("people") {
		f.People = append(f.People, programme.PersonID(id))
	}
	return form, f, v.one("place"), err
}

// PhotoChangeForm asks the office who may be recognised in a photo. Form.Subject is the
// photo, Form.Item the place whose page it lies on.
func PhotoChangeForm(form Form, v programme.PhotoView, l Locale) slack.ModalViewRequest {
	in := fields{photoForm, l}
	blocks := append([]slack.Block{section(photoFacts(v, l), nil)}, photoInputs(in, v, true)...)
	return formView(l.T("photo.change.title", nil), l.T("button.save", nil), CallbackPhotoChange, form, l, blocks...)
}

// PhotosPage lists the photos of a memo or event that its reader may see: by whom, when
// and who is on them; each is sent as a file to who presses its button.
func PhotosPage(p programme.PhotoPage, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	if p.Event.ID != "" {
		blocks = append(blocks, section(bold(eventTitle(p.Event, l)), nil))
	}
	if len(p.Photos) == 0 {
		blocks = append(blocks, section(l.T("photo.none", nil), nil))
	}
	for _, v := range p.Photos {
		send := button(ActionPhotoSend, string(v.Photo.ID), l.T("button.photo_send", nil))
		blocks = append(blocks, section(photoFacts(v, l), send))
		if v.Office {
			ask := sure(l, l.T("photo.remove.title", nil), l.T("photo.remove.ask", nil), l.T("button.photo_remove", nil))
			deeds := append(publishPhotoButton(v, l), button(ActionPhotoChange, string(v.Photo.ID), l.T("button.photo_change", nil)),
				button(ActionPhotoRemove, string(v.Photo.ID), l.T("button.photo_remove", nil)).WithConfirm(ask))
			blocks = append(blocks, row(deeds...))
		}
	}
	page := modal(l.T("photo.page.title", nil), l, blocks...)
	page.PrivateMetadata = Form{Op: photoForm, Subject: placeValue(p.Place)}.encode()
	return page
}

// photoFacts are what is known about a photo.
func photoFacts(v programme.PhotoView, l Locale) string {
	p := v.Photo
	by := l.T("person.office", nil)
	if v.By.ID != "" {
		by = name(v.By, l)
	}
	people := l.T("photo.people.unsaid", nil)
	switch {
	case len(p.People) > 0:
		people = l.mrkdwn("photo.people", words{"Names": line(l.list(photoNames(v, l)), maxPhotoPeople)})
	case !p.Marked.IsZero():
		people = l.T("photo.people.nobody", nil)
	}
	state := ""
	if p.Marked.IsZero() {
		state = l.T("photo.unmarked", nil)
	}
	sent := ""
	if len(v.SentTo) > 0 {
		names := make([]string, len(v.SentTo))
		for i, p := range v.SentTo {
			names[i] = name(p, l)
		}
		sent = l.mrkdwn("photo.sent_to", words{"Names": line(l.list(names), maxPhotoPeople)})
	}
	caption := ""
	if p.Caption != "" {
		caption = bold(escape(line(p.Caption, programme.MaxCaption)))
	}
	return lines(caption, l.mrkdwn("photo.facts", words{"When": l.Moment(p.At), "By": by, "Size": photoSize(p)}), people, sent, state)
}

func photoSize(p programme.Photo) string {
	return strconv.Itoa(p.Width) + "×" + strconv.Itoa(p.Height)
}

// photosButton opens the photos that a reader sees with a memo, if there are any.
func photosButton(v programme.MemoView, l Locale) []slack.BlockElement {
	if v.Photos == 0 {
		return nil
	}
	return []slack.BlockElement{button(ActionPhotos, placeValue(programme.PhotoPlace{Memo: v.Memo.ID}),
		l.T("button.photos", words{"Count": v.Photos}))}
}

// deskPhotoLines are the memos and events with photos of which the office has not said who
// is in them.
func deskPhotoLines(d programme.MemoDesk, l Locale) []slack.Block {
	if len(d.Photos) == 0 {
		return nil
	}
	blocks := title("memo.desk.photos", l)
	rest := d.ToMark
	for _, w := range d.Photos[:min(len(d.Photos), deskPhotos)] {
		about := eventTitle(w.Event, l)
		if w.Place.Memo != "" {
			about = memoSubject(w.Memo.Memo.Kind, w.Memo.Atsugi, w.Memo.Event, l)
		}
		blocks = append(blocks, section(lines(bold(about), l.T("photo.waiting", words{"Count": w.Count})),
			button(ActionPhotos, placeValue(w.Place), l.T("button.photos_mark", nil))))
		rest -= w.Count
	}
	return append(blocks, restOf(rest, l)...)
}

// eventPhotosButton opens the photos that are kept with an event.
func eventPhotosButton(e programme.Event, l Locale) slack.BlockElement {
	return button(ActionPhotos, placeValue(programme.PhotoPlace{Event: e.ID}), l.T("button.photos_open", nil))
}

// photosInput takes pictures with a memo's form.
func photosInput(in fields) *slack.InputBlock {
	files := slack.NewFileInputBlockElement(inputValue).WithFileTypes("jpg", "jpeg", "png", "heic", "webp").WithMaxFiles(programme.MaxParcel)
	return in.optional("photos", files)
}

// ReadMemoPhotos are Slack's ids of the pictures that a memo's form brought.
func ReadMemoPhotos(view slack.View) (ids []string) {
	for _, f := range readFields(view)["photos"].Files {
		ids = append(ids, f.ID)
	}
	return ids
}

// photoFile is the comment beside a photo that is sent.
func photoFile(_ programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("file.photo.text", nil), nil
}

// photoExtension is how a photo's file name ends.
func photoExtension(p programme.Photo) string {
	if p.Mime == "image/png" {
		return "png"
	}
	return "jpg"
}

// PhotosWanted and PhotoSent say what was done.
func PhotosWanted(l Locale) string { return l.T("photo.wanted_form", nil) }
func PhotoSent(l Locale) string    { return l.T("photo.sent", nil) }
