package programme

import (
	"errors"
	"strings"
	"time"
)

// Matter is what a notice is about, looked up again at the moment of sending.
// Only the fields of the notice's kind are filled.
type Matter struct {
	Notice Notice
	To     Person // zero when the notice goes to a channel or an account

	Event      Event
	Attendance Attendance
	Meetings   []AgreedTime // the person's sessions while the event lasts
	Before     EventChange  // of a moved event: what the person knew, and what stands
	After      EventChange
	Speaker    Speaker
	Person     Person    // whom an office's card is about
	Guest      Guest     // likewise
	Page       EventPage // of a print pack: all that the coordinator who asked may see
	Dialogue   Dialogue
	Question   Question
	Asked      bool           // the question is being asked, by this message
	Survey     Survey         // of a sheet to print
	Changes    []AnswerChange // of an answered survey, that day
	Results    Results        // all that the person may see
	Part       int            // which of the results this message shows, for ResultsOf
	Engagement EngagementView
	Session    SessionView
	Room       []Person        // of a conversation about a session: who is in it
	Shared     []SharedAnswers // of a briefing: what the atsugi said for their experts
	Agreed     string          // of a briefing: what was agreed on last time
	Expert     Person          // of an expert's free time: who has it
	Times      []Span          // of an expert's free time, or of a request they declined: what the person can ask them for now, by start
	Digest     Digest
	KeyDate    KeyDate
	// Questionnaire says that the person can answer the event's questionnaire.
	Questionnaire bool
	Memo          MemoView          // without parts: a card has no content
	Due           MemoDue           // the memo that is to be written
	Action        MemoAction        // of a call for help
	Actions       []MemoAction      // of a session's first reminder: what its atsugi has still to do; of a briefing: how all of it stands
	Listed        bool              // of a briefing: what Agreed says is among the Actions
	Receipts      []MemoReceiptView // of what the bureau was told of
	MemoQuestion  MemoQuestion
	Correction    CorrectionView
	Earlier       bool // of a memo that was corrected: its atsugi has an earlier version open to an organisation
	Parcel        Parcel
	Photo         PhotoView
	TakenBack     MemoWithdrawal // of a memo that was taken back: for who wrote it alone

	Enquiry EnquiryView
	Word    EnquiryWord // of an enquiry's conversation: what was said
	File    EnquiryFile // that came with it
	Ahead   AskerAhead  // of an enquiry's card
	Refused int         // how many files of the word are not passed on
	Since   time.Time   // since when an enquiry waits for the office

	Consent      ConsentMatter
	Known        Known // of one's own data: what is kept about who is told
	Announcement AnnouncementMatter

	Workspace WorkspaceRunView // of how performing the plan of the workspace goes

	Joining   JoiningPage
	Welcome   WelcomeMatter
	Leaving   LeavingView
	Change    ProfileChangeView
	Recommend RecommendMatter
	Handover  HandoverMatter
	Month     SupportMonth // of a support organisation's month as a file

	// Over says that nothing can be pressed any more: the event or the survey is over.
	Over bool
	// Closed says that nobody new may say any more that they come.
	Closed bool
	// Again says that the person was asked about the event before this message.
	Again bool

	// Refiled says that the person was sent an earlier calendar file of the event.
	Refiled bool

	// Withdrawn says why the notice must not go out any more, "" if it must.
	Withdrawn string
}

// The reasons for withdrawing a notice, stored beside the delivery.
const (
	withdrawnGone      = "gone"      // what it is about no longer exists
	withdrawnLeft      = "left"      // the person left or cannot be reached
	withdrawnCancelled = "cancelled" // the event does not take place
	withdrawnMoved     = "moved"     // the event starts at another time now, or moved on
	withdrawnBack      = "back"      // time and place are what the person knew all along
	withdrawnHeld      = "held"      // the coordinator holds or skips it
	withdrawnAnswered  = "answered"  // the question was answered meanwhile
	withdrawnNo        = "no"        // the person does not come
	withdrawnClosed    = "closed"    // the survey or the registration is over
	withdrawnDenied    = "denied"    // the person may not see it any more
	withdrawnEmpty     = "empty"     // the digest has nothing to say
	withdrawnTaken     = "taken"     // somebody else was there first
	withdrawnStopped   = "stopped"   // the announcement was stopped: it may go on
	withdrawnRecalled  = "recalled"  // the announcement was taken back
	withdrawnUnfit     = "unfit"     // the person answered since the announcement was sent or planned, and is not meant any more
)

// EventOccasion is the occasion of a step of an event's reminders: the step's
// stable id and the start in UTC, so that a moved event has new occasions.
func EventOccasion(step string, e Event) string {
	return step + "@" + e.Start.UTC().Format(occasionForm)
}

// matter looks at what one notice is about.
func (o *Office) matter(tx Tx, n Notice, update bool) (Matter, error) {
	m := Matter{Notice: n}
	err := o.look(tx, &m, update)
	if errors.Is(err, ErrNoRow) {
		m.Withdrawn, err = withdrawnGone, nil
	} else if e, ok := AsError(err); ok && e.Code == CodeNotFound {
		m.Withdrawn, err = withdrawnGone, nil
	}
	if update {
		m.Withdrawn = keepGone(m.Withdrawn)
	}
	return m, err
}

func (o *Office) look(tx Tx, m *Matter, update bool) (err error) {
	if id := m.Notice.To.Person(); id != "" {
		if m.To, err = tx.Person(id); err != nil {
			return err
		}
		if !m.To.Reachable() {
			m.Withdrawn = withdrawnLeft
			return nil
		}
	}
	if err := o.lookInto(tx, m, update); err != nil || m.Withdrawn != "" || update {
		return err
	}
	held, err := heldBack(tx, m.Notice)
	if held {
		m.Withdrawn = withdrawnHeld
	}
	return err
}

// keepGone leaves only the reasons that hold for updates too.
func keepGone(reason string) string {
	if reason == withdrawnGone || reason == withdrawnLeft {
		return reason
	}
	return ""
}

func (o *Office) lookInto(tx Tx, m *Matter, update bool) error {
	if m.Notice.Kind.OfSession() {
		return o.lookAtSession(tx, m, update)
	}
	if m.Notice.Kind.OfConsent() {
		return o.lookAtConsent(tx, m, update)
	}
	if sharedKinds[m.Notice.Kind] {
		return o.lookAtShared(tx, m, update)
	}
	if look := supportNotices[m.Notice.Kind]; look != nil {
		return look(o, tx, m, update)
	}
	if m.Notice.Kind.OfCorrection() {
		return o.lookAtCorrected(tx, m, update)
	}
	if m.Notice.Kind.OfEnquiry() {
		return o.lookAtEnquiry(tx, m, update)
	}
	if m.Notice.Kind.OfRelay() {
		return o.lookAtRelay(tx, m, update)
	}
	switch m.Notice.Kind {
	case NoticeEventAsk, NoticeEventReminder:
		return o.lookAtEvent(tx, m, update)
	case NoticeEventMoved, NoticeEventCancelled, NoticeEventPlace, NoticeGuestPlace, NoticeEventCalendar,
		NoticeEventAbsent, NoticeEventChanged, NoticeEventApproval, NoticeEventDecided, NoticeEventPack, NoticeSpeakerAsk, NoticeSpeakerAnswer:
		return o.lookAtEventNews(tx, m, update)
	case NoticeEventThanks, NoticeEventCatchUp, NoticeEventMemo:
		return o.lookAtAfter(tx, m, update)
	case NoticeDigestWeek, NoticeDigestMonth, NoticeDigestSupport:
		return o.lookAtDigest(tx, m)
	case NoticeKeyDate:
		return o.lookAtKeyDate(m)
	case NoticeSurveyInvite, NoticeSurveyQuestion, NoticeSurveyReceipt, NoticeSurveyLater, NoticeSurveyStop,
		NoticeSurveyChase, NoticeSurveyReopened, NoticeSurveyChanged:
		return o.lookAtSurvey(tx, m, update)
	case NoticeSurveyResults:
		return o.lookAtResults(tx, m)
	case NoticeEngagement:
		return o.lookAtEngagement(tx, m, update)
	case NoticeSurveySheet:
		return o.lookAtSurveySheet(tx, m)
	case NoticeMemoDigest:
		return o.lookAtMemoDigest(tx, m)
	case NoticePhotoAsk:
		return lookAtParcel(tx, m)
	case NoticeMemoPhoto:
		return o.lookAtPhoto(tx, m)
	case NoticeOwnData:
		return o.lookAtOwnData(tx, m)
	case NoticeSessionRoom:
		return o.lookAtRoom(tx, m, update)
	case NoticeSessionFree:
		return o.lookAtFree(tx, m, update)
	case NoticeMemoDue, NoticeMemoOverdue:
		return o.lookAtMemoDue(tx, m, update)
	case NoticeAnnouncement, NoticeAnnouncementChase, NoticeAnnouncementTest, NoticeAnnouncementProgress, NoticeAnnouncementHeld:
		return o.lookAtAnnouncement(tx, m, update)
	case NoticeMemoOwn:
		return o.lookAtOwn(tx, m, update)
	case NoticeMemoOpened:
		return o.lookAtOpened(tx, m, update)
	case NoticeMemoHelp:
		return o.lookAtHelp(tx, m, update)
	case NoticeWorkspace:
		return o.lookAtWorkspace(tx, m, update)
	case NoticeWelcome, NoticeNewcomer, NoticeJoinRequest, NoticeJoinDeclined, NoticeJoinReceived:
		return o.lookAtJoining(tx, m, update)
	case NoticePersonLeft, NoticeAccountShut, NoticeAccountAgain:
		return o.lookAtLeft(tx, m, update)
	case NoticeProfileChange, NoticeProfileDropped:
		return o.lookAtChange(tx, m, update)
	case NoticeWallStands:
		return o.lookAtStanding(tx, m)
	}
	return nil
}

// lookAtEventNews is for what an event's change or answer brings, which no plan
// knows of.
func (o *Office) lookAtEventNews(tx Tx, m *Matter, update bool) (err error) {
	if err := o.eventOf(tx, m); err != nil {
		return err
	}
	e, coming := m.Event, m.Attendance.Answer
	off := !e.Cancelled.IsZero()
	switch m.Notice.Kind {
	case NoticeEventMoved:
		if off && !update {
			m.Withdrawn = withdrawnCancelled
		}
		return lookAtChange(tx, m)
	case NoticeEventCalendar:
		switch {
		case m.Notice.Occasion != ChangeOccasion(e.Seq):
			m.Withdrawn = withdrawnMoved
		case !off && !coming.Comes():
			m.Withdrawn = withdrawnNo
		}
		return lookForEarlierFile(tx, m)
	case NoticeEventPlace:
		switch {
		case update:
		case off:
			m.Withdrawn = withdrawnCancelled
		case coming != Yes:
			m.Withdrawn = withdrawnNo
		}
	case NoticeGuestPlace:
		id, _, _ := strings.Cut(m.Notice.Occasion, "/")
		if m.Guest, err = tx.Guest(GuestID(id)); errors.Is(err, ErrNoRow) {
			m.Person, err = tx.Person(PersonID(id))
		}
	case NoticeEventAbsent:
		id, _, _ := strings.Cut(m.Notice.Occasion, "/")
		if m.Person, err = tx.Person(PersonID(id)); err != nil {
			return err
		}
		if m.Attendance, err = tx.Attendance(e.ID, m.Person.ID); err == nil && m.Attendance.Answer != No && !update {
			m.Withdrawn = withdrawnAnswered
		}
	case NoticeEventChanged:
		if !update && m.Notice.Occasion != versionOccasion(e) {
			m.Withdrawn = withdrawnMoved // a newer notice says what stands
		}
	case NoticeSpeakerAsk, NoticeSpeakerAnswer:
		return lookAtSpeaker(tx, m, update)
	case NoticeEventPack:
		return o.lookAtPack(tx, m)
	case NoticeEventApproval:
		if !update && (off || e.Approved != "" || e.Submitted.IsZero()) {
			m.Withdrawn = withdrawnAnswered
		}
	}
	return err
}

// lookAtPack gathers what is printed for the coordinator who asked, if they still
// may see it.
func (o *Office) lookAtPack(tx Tx, m *Matter) (err error) {
	if !o.may(Actor{Kind: ByPerson, Person: m.To.ID}, m.To, o.Now(), Coordinator) {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	m.Page, err = eventPage(tx, m.Event)
	m.Page.Manages = true
	return err
}

// eventOf finds the event and what the person answered.
func (o *Office) eventOf(tx Tx, m *Matter) (err error) {
	if m.Event, err = tx.Event(EventID(m.Notice.Subject)); err != nil {
		return err
	}
	m.Over, m.Closed = !m.Event.Open(o.Now()), !m.Event.Registers(o.Now())
	if m.To.ID == "" {
		return nil
	}
	if m.Attendance, err = tx.Attendance(m.Event.ID, m.To.ID); err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if m.Speaker, err = tx.Speaker(m.Event.ID, m.To.ID); err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	m.Meetings, err = agreedTimes(tx, m.Event, m.To.ID, o.Now())
	return err
}

func (o *Office) lookAtEvent(tx Tx, m *Matter, update bool) error {
	if err := o.eventOf(tx, m); err != nil {
		return err
	}
	e, now := m.Event, o.Now()
	switch {
	case update:
	case !e.Cancelled.IsZero():
		m.Withdrawn = withdrawnCancelled
	case !ofPresentStart(m.Notice.Occasion, e):
		m.Withdrawn = withdrawnMoved
	case !e.Announced(o.Settings.Today(now)) || !e.Audience.Includes(m.To) && !m.Speaker.Status.Speaks() && !m.Attendance.Answer.Expected():
		m.Withdrawn = withdrawnGone
	case m.Attendance.Answer == No:
		m.Withdrawn = withdrawnNo
	case m.Notice.Kind == NoticeEventAsk && (m.Attendance.Answer.Expected() || m.Speaker.Status.Speaks()):
		m.Withdrawn = withdrawnAnswered
	case m.Notice.Kind == NoticeEventAsk && m.Closed:
		m.Withdrawn = withdrawnClosed
	case m.Notice.Kind == NoticeEventReminder && !m.Attendance.Answer.Expected() && !m.Speaker.Status.Speaks():
		m.Withdrawn = withdrawnNo
	}
	if m.Withdrawn == "" && m.Notice.Kind == NoticeEventAsk {
		return lookForEarlierAsk(tx, m)
	}
	return nil
}

// lookForEarlierAsk says whether an earlier question about the event stands: a
// second one must not read like the first.
func lookForEarlierAsk(tx Tx, m *Matter) error {
	asks, err := tx.DeliveriesOf(Notice{Kind: NoticeEventAsk, Subject: m.Notice.Subject, To: m.Notice.To})
	for _, d := range asks {
		m.Again = m.Again || d.stands() && d.Due.Before(m.Notice.Due)
	}
	return err
}

// lookForEarlierFile says whether an earlier file went out: only then is there an
// entry that the new one takes the place of. A file's message may be unknown.
func lookForEarlierFile(tx Tx, m *Matter) error {
	files, err := tx.DeliveriesOf(Notice{Kind: m.Notice.Kind, Subject: m.Notice.Subject, To: m.Notice.To})
	for _, d := range files {
		m.Refiled = m.Refiled || d.Occasion != m.Notice.Occasion && (d.State == Sent || d.stands())
	}
	return err
}

// ofPresentStart says whether the occasion is of the event's present start.
func ofPresentStart(occasion string, e Event) bool {
	return strings.HasSuffix(occasion, EventOccasion("", e))
}
