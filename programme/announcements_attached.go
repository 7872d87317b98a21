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
