package programme

// OfEnquiry says whether notices of this kind are about a question to the office.
func (k NoticeKind) OfEnquiry() bool {
	return k == NoticeEnquiryFound || k == NoticeEnquiryTold || k == NoticeEnquiryCard
}

// lookAtEnquiry finds what was asked, and, while the office was not told, what was published
// that may answer it.
func (o *Office) lookAtEnquiry(tx Tx, m *Matter, update bool) error {
	e, err := tx.Enquiry(EnquiryID(m.Notice.Subject))
	if err != nil {
		return err
	}
	if m.To.ID != "" && m.To.ID != e.Person {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	if m.Enquiry, err = enquiryView(tx, e, m.Notice.To.Channel() == ChannelOffice); err != nil {
		return err
	}
	if m.Notice.Kind == NoticeEnquiryFound {
		err = o.lookUpShown(tx, &m.Enquiry)
	}
	if m.Notice.Kind == NoticeEnquiryCard {
		return o.lookAtCard(tx, m)
	}
	if m.Notice.Kind == NoticeEnquiryFound && !update && e.State != EnquiryFound {
		m.Withdrawn = withdrawnAnswered
	}
	return err
}
