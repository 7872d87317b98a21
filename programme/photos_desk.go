package programme

// PhotosToMark are the photos of one place of which the office has not said who is in
// them: nobody outside sees these (programme.md "Consent and sharing in practice").
type PhotosToMark struct {
	Place PhotoPlace
	Count int
	Memo  MemoView // a title, if they are kept with one
	Event Event    // if they are kept with one
}

// deskPhotos are the places whose photos wait, the oldest first, and how many photos wait
// in all; those with memos about the reader themself are not among them.
func (c *change) deskPhotos(desk *MemoDesk) error {
	waiting, err := c.PhotosUnmarked(c.me.ID)
	if err != nil {
		return err
	}
	for i, w := range waiting {
		desk.ToMark += w.Count
		if i >= deskLines {
			continue
		}
		if w.Place.Memo == "" {
			w.Event, err = c.Event(w.Place.Event)
		} else {
			w.Memo, err = c.titleOf(w.Place.Memo)
		}
		if err != nil {
			return err
		}
		desk.Photos = append(desk.Photos, w)
	}
	return nil
}

// titleOf is a memo without its words.
func (c *change) titleOf(id MemoID) (MemoView, error) {
	m, err := c.Tx.Memo(id)
	if err != nil {
		return MemoView{}, err
	}
	return memoView(c.Tx, m.withoutWords())
}
