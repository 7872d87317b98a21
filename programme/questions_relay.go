package programme

// passOn brings a further word of the asker under the office's card.
func (c *change) passOn(e Enquiry, _ EnquiryWord) error {
	return c.redraw(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID)})
}

// passChange draws again, on the other side, a word that was edited or taken back.
func (c *change) passChange(e Enquiry, _ EnquiryWord) error {
	return c.redraw(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID)})
}
