package programme

// redrawAnnouncements draws the messages again of the announcements that lead to an event or a
// survey: they say when and where it is, or until when it takes answers.
func (c *change) redrawAnnouncements(leads func(Announcement) bool) error {
	all, err := c.Announcements()
	if err != nil {
		return err
	}
	for _, a := range all {
		if !leads(a) || a.State == AnnouncementDraft || a.State == AnnouncementRecalled {
			continue
		}
		for _, kind := range []NoticeKind{NoticeAnnouncement, NoticeAnnouncementChase} {
			if err := c.redraw(Notice{Kind: kind, Subject: string(a.ID)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// NoticeAnnouncementHeld is to the office: an announcement that was still to go out, or was going
// out, is stopped, because the event that it is about is off or was moved.
const NoticeAnnouncementHeld NoticeKind = "announcement.held" // subject: announcement, occasion: version of the event

// holdAnnouncements stops what is still to go out about an event that is off, or is at another
// time or place: what was written says the old one. Nothing goes out until the office looked at
// it and says go on.
func (c *change) holdAnnouncements(e Event) error {
	all, err := c.Announcements()
	if err != nil {
		return err
	}
	for _, a := range all {
		a = a.standsAt(c.now)
		if a.Event != e.ID || a.State != AnnouncementScheduled && a.State != AnnouncementSending {
			continue
		}
		a.State, a.Todo = AnnouncementStopped, true
		if err := c.saveAnnouncement("", a, &a); err != nil {
			return err
		}
		// Of very many the last are withdrawn when their turn comes: the state says that they are not sent.
		if _, err := c.putInOrder(a); err != nil {
			return err
		}
		if err := c.redraw(progressOf(a.ID)); err != nil {
			return err
		}
		if err := c.notify(Notice{Kind: NoticeAnnouncementHeld, Subject: string(a.ID), To: ToChannel(ChannelOffice), Occasion: versionOccasion(e)}); err != nil {
			return err
		}
		if err := c.audit("announcement.hold", string(a.ID)); err != nil {
			return err
		}
	}
	return nil
}
