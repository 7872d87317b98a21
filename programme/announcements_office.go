package programme

import (
	"context"
	"errors"
)

var errNotYet = errors.New("programme: not yet")

func (o *Office) SaveAnnouncement(ctx context.Context, who Actor, f AnnouncementForm) (Announcement, error) {
	return Announcement{}, errNotYet
}
func (o *Office) DropAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error { return errNotYet }
func (o *Office) Announcements(ctx context.Context, who Actor) ([]AnnouncementLine, error) {
	return nil, errNotYet
}
func (o *Office) Announcement(ctx context.Context, who Actor, id AnnouncementID) (AnnouncementStanding, error) {
	return AnnouncementStanding{}, errNotYet
}
func (o *Office) PreviewAnnouncement(ctx context.Context, who Actor, id AnnouncementID) (AnnouncementPreview, error) {
	return AnnouncementPreview{}, errNotYet
}
func (o *Office) TestAnnouncement(ctx context.Context, who Actor, op string, id AnnouncementID) error {
	return errNotYet
}
func (o *Office) SendAnnouncement(ctx context.Context, who Actor, op string, id AnnouncementID, version int, fingerprint string) (Announcement, error) {
	return Announcement{}, errNotYet
}
func (o *Office) StopAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	return errNotYet
}
func (o *Office) ResumeAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	return errNotYet
}
func (o *Office) CorrectAnnouncement(ctx context.Context, who Actor, id AnnouncementID, version int, title, body Text) (Announcement, error) {
	return Announcement{}, errNotYet
}
func (o *Office) RecallAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	return errNotYet
}
func (o *Office) Acknowledge(ctx context.Context, who Actor, id AnnouncementID) error {
	return errNotYet
}
func (o *Office) ChaseAcknowledgements(ctx context.Context, who Actor, op string, id AnnouncementID) (told int, err error) {
	return 0, errNotYet
}
func (o *Office) TickOffSlack(ctx context.Context, who Actor, id AnnouncementID, person PersonID, ticked bool) error {
	return errNotYet
}
func (o *Office) AnnouncementsFor(ctx context.Context, who Actor) ([]Announcement, error) {
	return nil, errNotYet
}
