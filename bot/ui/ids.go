package ui

import "strings"

// Action ids, callback ids and block ids travel through Slack and come back from
// messages that may be months old: the strings are stored, so rename the Go name
// if you must, never the string. Every id here has a handler in bot, and every
// handler an id here; a start-up check holds them together.
const (
	ActionComeYes    = "event.yes"    // value: event id
	ActionComeOnline = "event.online" // value: event id
	ActionComeNo     = "event.no"     // value: event id
	ActionComeLater  = "event.later"  // value: event id
	ActionComeReason = "event.reason" // value: event id; opens the form

	ActionSpeakYes    = "speaker.yes"  // value: event id
	ActionSpeakNo     = "speaker.no"   // value: event id
	ActionEventSurvey = "event.survey" // value: event id
	ActionCode        = "checkin.code" // Home on the day; opens the form

	ActionEventList      = "event.list"       // value: how many events come before the page
	ActionEventNew       = "event.new"        // opens the form
	ActionEventOpen      = "event.open"       // value: event id
	ActionEventChange    = "event.change"     // value: event id
	ActionEventCopy      = "event.copy"       // value: event id
	ActionEventMove      = "event.move"       // value: event id
	ActionEventCancel    = "event.cancel"     // value: event id
	ActionEventSubmit    = "event.submit"     // value: event id
	ActionEventApprove   = "event.approve"    // value: event id; the bureau's own press
	ActionEventReturn    = "event.return"     // value: event id
	ActionEventApproved  = "event.approved"   // value: event id; the office enters the bureau's word
	ActionEventAnswerFor = "event.answer_for" // value: event id

	ActionCheckIn       = "checkin.open"   // value: event id
	ActionCheckInPage   = "checkin.page"   // value: event id|people before
	ActionCheckInGuest  = "checkin.guest"  // value: as ActionCheckInPage; opens the form for somebody at the door
	ActionGuests        = "guest.list"     // value: event id, or event id|guests before
	ActionGuestNew      = "guest.new"      // value: event id; opens the form
	ActionGuestChange   = "guest.change"   // value: event id|guest id; opens the form
	ActionSpeakers      = "speaker.list"   // value: event id
	ActionSpeakerNew    = "speaker.new"    // value: event id; opens the form
	ActionSpeakerStatus = "speaker.status" // a select; block id: speaker|event id|person id
	ActionMail          = "event.mail"     // value: event id
	ActionPhones        = "event.phones"   // value: event id
	ActionPack          = "event.pack"     // value: event id
	ActionEventHold     = "event.hold"     // value: event id
	ActionEventGo       = "event.go"       // value: event id

	ActionKnown     = "known.open" // opens the page
	ActionKnownSend = "known.send" // sends the file

	ActionUpcoming    = "notice.next"  // opens the page
	ActionNoticeHold  = "notice.hold"  // value: see noticeValue
	ActionNoticeSkip  = "notice.skip"  // value: see noticeValue
	ActionNoticeEarly = "notice.early" // value: see noticeValue
	ActionNoticeBack  = "notice.back"  // value: see noticeValue
	ActionHold        = "delivery.hold"
	ActionGo          = "delivery.go"
	ActionPanel       = "delivery.panel" // opens the page

	ActionSurveyStart   = "survey.start"    // value: response id
	ActionSurveyDecline = "survey.decline"  // value: response id
	ActionSurveyPick    = "survey.pick"     // one of some buttons; value: response|question|choice
	ActionSurveySelect  = "survey.select"   // a select or checkboxes; block id: see answerBlock
	ActionSurveySend    = "survey.send"     // "that is all" under checkboxes; value: response|question
	ActionSurveySkip    = "survey.skip"     // value: response|question
	ActionSurveyChange  = "survey.change"   // value: response|question
	ActionSurveyRank    = "survey.rank"     // the next place of a ranking; button: response|question|choice, menu: block id with the place
	ActionSurveyRankEnd = "survey.rank_end" // value: response|question
	ActionSurveyDate    = "survey.date"     // a date picker; block id: see answerBlock
	ActionSurveyBack    = "survey.back"     // value: response id
	ActionSurveyPause   = "survey.pause"    // value: response id
	ActionSurveyLater   = "survey.later"    // a select of programme.Laters; block id: see laterBlock
	ActionSurveyForm    = "survey.form"     // value: response id; opens the sheet
	ActionSurveyFill    = "survey.fill"     // value: response id; the office opens somebody's sheet
	ActionSurveyDraft   = "survey.draft"    // in the sheet; value: response id
	ActionShared        = "survey.shared"   // a select of an expert's own atsugi
	ActionSurveyPreview = "survey.preview"  // Home of the office; value: definition id

	ActionSurveys         = "survey.list"      // opens the list of what one may see and answer
	ActionSurveyBoard     = "survey.board"     // value: survey id, or survey id|people before
	ActionSurveyTry       = "survey.try"       // value: definition id
	ActionSurveyChase     = "survey.chase"     // value: survey id
	ActionSurveyExtend    = "survey.extend"    // value: survey id; opens the form
	ActionSurveyClose     = "survey.close"     // value: survey id
	ActionSurveyNewcomers = "survey.newcomers" // value: survey id
	ActionSurveyPaper     = "survey.paper"     // value: survey id; the sheet to print
	ActionSurveyMail      = "survey.mail"      // value: survey id
	ActionSurveyResults   = "survey.results"   // value: survey id
	ActionSurveyPerson    = "survey.person"    // a select of response ids, or value: response id, or response id|questions before
	ActionSurveyReopen    = "survey.reopen"    // value: response id; opens the form
	ActionSurveyWishes    = "survey.wishes"    // value: survey id, or survey id|people before
	ActionEngage          = "engagement.new"   // value: survey id|person id; opens the form
	ActionEngageAny       = "engagement.any"   // opens the form for whomever
	ActionEngagements     = "engagement.list"  // value: how many engagements come before the page
	ActionEngagementEnd   = "engagement.end"   // value: engagement id

	ActionSessionNew      = "session.new"      // value: engagement id; opens the form for times of a new session
	ActionSessionTimes    = "session.times"    // value: session id; opens the form for times of a session without one, or other times than those proposed
	ActionSessionMove     = "session.move"     // value: session id; opens the form for times in place of the agreed one
	ActionSessionPick     = "session.pick"     // value: see pickValue; a time of those proposed
	ActionSessionNone     = "session.none"     // value: see declineValue; none of the times suits; opens the form
	ActionSessionStop     = "session.stop"     // value: session id; opens the form for calling off
	ActionSessionSay      = "session.say"      // value: session id|word; whether it took place
	ActionSessionWithdraw = "session.withdraw" // value: see declineValue; takes back the request to change the agreed time
	ActionSessionVenue    = "session.venue"    // value: session id; opens the form for how and where they meet
	ActionSessionPapers   = "session.papers"   // value: session id; opens the office's form for the papers of the fee
	ActionSessionKind     = "session.kind"     // value: session id; opens the office's form for what it counts for
	ActionSessionWords    = "session.words"    // value: session id; opens the atsugi's two lines afterwards
	ActionSessionMemo     = "session.memo"     // value: session id; opens the form for a memo of it
	ActionSessionOpen     = "session.open"     // value: session id; opens its page
	ActionSessionList     = "session.list"     // opens one's own
	ActionSessionBoard    = "session.board"    // value: how many firms come before the page
	ActionSessionBook     = "session.book"     // value: session id, or "" for one of an engagement; opens the office's form
	ActionSessionTwo      = "session.two"      // opens the office's form for two people without an engagement

	ActionRequest       = "session.request"        // the experts; value: field's key|how many come before the page
	ActionRequestField  = "session.request.field"  // a select of fields
	ActionRequestExpert = "session.request.expert" // value: expert's id|how many days come before the page
	ActionRequestDays   = "session.request.days"   // the days on which somebody has time
	ActionRequestDay    = "session.request.day"    // value: day|how many times come before the page
	ActionRequestTime   = "session.request.time"   // value: see timeValue; opens the form
	ActionRequestOther  = "session.request.other"  // in the form; value: see timeValue; another time in place of the one that was taken
	ActionRequestWait   = "session.wait"           // value: expert's id; to be told when they have time
	ActionRequestUnwait = "session.unwait"         // value: expert's id

	ActionOffer       = "offer.open"   // value: expert's id, "" for oneself; what came of the times that they publish
	ActionOfferOf     = "offer.of"     // a select of experts, for the office
	ActionOfferChange = "offer.change" // value: expert's id; opens the form

	ActionPhotoPlace  = "photo.place"  // value: parcel id; opens the form
	ActionPhotoDrop   = "photo.drop"   // value: parcel id
	ActionPhotos      = "photo.list"   // value: see placeValue
	ActionPhotoSend   = "photo.send"   // value: photo id
	ActionPhotoChange = "photo.change" // value: photo id; opens the office's form
	ActionPhotoRemove = "photo.remove" // value: photo id

	ActionMemoNew   = "memo.new"   // opens the form
	ActionMemoOpen  = "memo.open"  // value: memo id
	ActionMemoShare = "memo.share" // value: memo id

	ActionMemoShareMany = "memo.share_many" // opens the form
	ActionMemoWithdraw  = "memo.withdraw"   // value: memo id; opens the form
	ActionMemoReceipt   = "memo.receipt"    // value: memo id|version
	ActionMemoQuestion  = "memo.question"   // value: memo id; opens the form
	ActionMemoAnswer    = "memo.answer"     // value: question id; opens the form
	ActionMemoOpenTo    = "memo.open_to"    // value: memo id|version; opens the form
	ActionMemoCloseTo   = "memo.close_to"   // value: memo id | place in the list of openings
	ActionMemoOpenNewer = "memo.open_newer" // value: memo id | place in the list of openings | version
	ActionHidden        = "hidden.open"     // value: person id, "" for oneself; opens the form

	ActionNextList  = "next.list"        // value: atsugi's id; what was agreed on with them
	ActionNextSay   = "next.say"         // value: next action's id|state
	ActionLink      = "link"             // buttons with a URL: Slack sends a click all the same
	ActionArrived   = "delivery.arrived" // value: delivery id
	ActionSendAgain = "delivery.again"   // value: delivery id

	CallbackMemo         = "memo.form"          // private_metadata: Form
	CallbackMemoShare    = "memo.share.form"    // private_metadata: Form
	CallbackMemoWall     = "memo.wall.form"     // private_metadata: Form; Item: memo ids
	CallbackMemoWithdraw = "memo.withdraw.form" // private_metadata: Form; Subject: memo
	CallbackMemoQuestion = "memo.question.form" // private_metadata: Form; Subject: memo
	CallbackMemoAnswer   = "memo.answer.form"   // private_metadata: Form; Subject: question
	CallbackMemoOpenTo   = "memo.open_to.form"  // private_metadata: Form; Subject: memo, Item: organisation, if asked twice
	CallbackHidden       = "hidden.form"        // private_metadata: Form; Subject: person

	CallbackSurvey      = "survey.launch"     // private_metadata: Form
	CallbackPhotoPlace  = "photo.place.form"  // private_metadata: Form; Subject: parcel
	CallbackPhotoChange = "photo.change.form" // private_metadata: Form; Subject: photo, Item: place whose page it lies on
	CallbackSheet       = "survey.sheet"      // private_metadata: Form; Subject: response, Item: page, Opened

	CallbackSurveyExtend = "survey.extend.form" // private_metadata: Form
	CallbackSurveyReopen = "survey.reopen.form" // private_metadata: Form; Subject: response id
	CallbackEngagement   = "engagement.form"    // private_metadata: Form; Subject: survey id, Item: atsugi; both "" if the form asks for whom

	CallbackSessionTimes  = "session.times.form"  // private_metadata: Form; Subject: session, "" of a new one, Item: its engagement, Version
	CallbackSessionBook   = "session.book.form"   // private_metadata: Form; Subject: session, "" of a new one, Version
	CallbackSessionNone   = "session.none.form"   // private_metadata: Form; Subject: session, Item: when the times were proposed
	CallbackSessionStop   = "session.stop.form"   // private_metadata: Form; Subject: session, Version
	CallbackSessionVenue  = "session.venue.form"  // private_metadata: Form; Subject: session, Version
	CallbackSessionPapers = "session.papers.form" // private_metadata: Form; Subject: session, Version
	CallbackSessionKind   = "session.kind.form"   // private_metadata: Form; Subject: session, Version
	CallbackSessionWords  = "session.words.form"  // private_metadata: Form; Subject: session

	CallbackRequest = "session.request.form" // private_metadata: Form; Subject: expert, Item: when the time begins; Op keeps the time

	CallbackOffer = "offer.form" // private_metadata: Form; Subject: expert, Version

	CallbackReason = "event.reason.form" // private_metadata: Form
	CallbackCode   = "checkin.code.form" // private_metadata: Form

	CallbackCheckIn = "checkin.form" // private_metadata: Form; Item: people before
	CallbackGuest   = "guest.form"   // private_metadata: Form
	CallbackSpeaker = "speaker.form" // private_metadata: Form
	CallbackMail    = "event.mail.form"

	CallbackEvent         = "event.form"            // private_metadata: Form; of all forms about an event
	CallbackEventMove     = "event.move.form"       //
	CallbackEventCancel   = "event.cancel.form"     //
	CallbackEventReturn   = "event.return.form"     //
	CallbackEventApproved = "event.approved.form"   //
	CallbackEventAnswer   = "event.answer_for.form" //

	MenuPeople        = "people.find"        // offers people of the roster
	MenuOrganisations = "organisations.find" // offers organisations of the roster
	MenuHidden        = "hidden.find"        // offers by whom an atsugi may not want to be seen
	MenuSurveyPeople  = "survey.people"      // offers who may be named in an answer; in a message a choice answers
)

// Actions and Callbacks list every id that is drawn; Menus those of menus that ask
// what to offer.
var (
	Actions = []string{
		ActionEventList, ActionEventNew, ActionEventOpen, ActionEventChange, ActionEventCopy, ActionEventMove,
		ActionEventCancel, ActionEventSubmit, ActionEventApprove, ActionEventReturn, ActionEventApproved, ActionEventAnswerFor,
		ActionComeYes, ActionComeOnline, ActionComeNo, ActionComeLater, ActionComeReason,
		ActionSpeakYes, ActionSpeakNo, ActionEventSurvey, ActionCode,
		ActionCheckIn, ActionCheckInPage, ActionCheckInGuest, ActionGuests, ActionGuestNew, ActionGuestChange,
		ActionSpeakers, ActionSpeakerNew, ActionSpeakerStatus, ActionMail, ActionPhones, ActionPack, ActionEventHold, ActionEventGo,
		ActionUpcoming, ActionNoticeHold, ActionNoticeSkip, ActionNoticeEarly, ActionNoticeBack, ActionHold, ActionGo, ActionPanel,
		ActionSurveyStart, ActionSurveyDecline, ActionSurveyPick, ActionSurveySelect, ActionSurveySend,
		ActionSurveySkip, ActionSurveyChange, ActionSurveyPreview, ActionSurveyRank, ActionSurveyRankEnd, ActionSurveyDate,
		ActionSurveyBack, ActionSurveyPause, ActionSurveyLater, ActionSurveyForm, ActionSurveyFill, ActionSurveyDraft, ActionShared,
		MenuSurveyPeople,
		ActionSurveys, ActionSurveyBoard, ActionSurveyTry, ActionSurveyChase, ActionSurveyExtend, ActionSurveyClose,
		ActionSurveyNewcomers, ActionSurveyPaper, ActionSurveyMail, ActionSurveyResults, ActionSurveyPerson, ActionSurveyReopen,
		ActionSurveyWishes, ActionEngage, ActionEngageAny, ActionEngagements, ActionEngagementEnd,
		ActionSessionNew, ActionSessionTimes, ActionSessionMove, ActionSessionPick, ActionSessionNone, ActionSessionStop,
		ActionSessionSay, ActionSessionWords, ActionSessionMemo, ActionSessionOpen, ActionSessionList,
		ActionSessionBoard, ActionSessionBook, ActionSessionTwo, ActionSessionWithdraw, ActionSessionVenue, ActionSessionPapers, ActionSessionKind,
		ActionRequest, ActionRequestField, ActionRequestExpert, ActionRequestDays, ActionRequestDay, ActionRequestTime,
		ActionRequestOther, ActionRequestWait, ActionRequestUnwait,
		ActionOffer, ActionOfferOf, ActionOfferChange,
		ActionPhotoPlace, ActionPhotoDrop, ActionPhotos, ActionPhotoSend, ActionPhotoChange, ActionPhotoRemove,
		ActionKnown, ActionKnownSend, ActionSearch, ActionSearchMore, ActionMemoNew, ActionMemoOpen, ActionMemoShare, ActionMemoShareMany, ActionMemoWithdraw,
		ActionMemoReceipt, ActionMemoQuestion, ActionMemoAnswer, ActionMemoOpenTo, ActionMemoCloseTo, ActionMemoOpenNewer, ActionHidden,
		ActionMemoEvent, ActionMemoKind, ActionMemoTyped, ActionMemoSave, ActionMemoReaders, ActionMemoDraft, ActionMemoDrop, ActionMemoDesk,
		ActionMemoReview, ActionMemoCorrect, ActionMemoHistory, ActionCorrectionAsk, ActionCorrectionDecide, ActionCorrectionAnswer,
		ActionAnnounceList, ActionAnnounceNew, ActionAnnounceOpen, ActionAnnounceEdit, ActionAnnounceCopy, ActionAnnounceKeep, ActionAnnounceBack,
		ActionAnnouncePreview, ActionAnnounceTest, ActionAnnounceDrop, ActionAnnounceStop, ActionAnnounceGoOn, ActionAnnounceCorrect,
		ActionAnnounceRecall, ActionAnnounceChase, ActionAnnounceMail, ActionAnnounceOff, ActionAnnounceTick,
		ActionAnnounceAck, ActionAnnounceEvent, ActionAnnounceSurvey,
		ActionEnquiryAsk, ActionEnquirySolved, ActionEnquiryNew,
		ActionEnquiryClose, ActionEnquiryFaq, ActionEnquiries, ActionFaqList, ActionFaqRemove,
		ActionRecommendations, ActionRecommend, ActionRecommendWithdraw, ActionInvitation, ActionInvitationSend,
		ActionSupportBoard, ActionRecommendOpen, ActionRecommendApproach, ActionRecommendAgree, ActionRecommendDecline, ActionRecommendQuota,
		ActionHandover, ActionHandoverForm, ActionHandoverLook, ActionHandoverYes, ActionHandoverNo, ActionMonth, ActionMonthFile,
		ActionLink, ActionArrived, ActionSendAgain,
		ActionWorkspace,
		ActionNextList, ActionNextSay,
		ActionJoin, ActionJoinList, ActionJoinOpen, ActionJoinMatch, ActionJoinFind, ActionJoinNot, ActionJoinTake, ActionJoinDecline,
		ActionProfile, ActionProfileTake, ActionProfileDrop, ActionPersonFind, ActionPersonOpen, ActionLeave, ActionTakeBack,
		ActionDirectory, ActionDirectoryShow,
		ActionConsentFirst, ActionConsents, ActionConsentSay, ActionConsentText, ActionConsentPhoto, ActionConsentAsk,
		ActionPublications, ActionPublicationOpen, ActionPublicationPick, ActionPublicationNew, ActionPublicationEdit,
		ActionPublicationAccept, ActionPublicationDrop, ActionPublicationPeople, ActionPublicationPaper, ActionPublicationProof, ActionPublicationGiven, ActionPublicationUndo,
	}
	Callbacks = []string{
		CallbackEnquiryFaq,
		CallbackJoin, CallbackJoinFind, CallbackJoinTake, CallbackJoinDecline, CallbackProfile, CallbackPersonFind, CallbackDirectory, CallbackShow,
		CallbackConsentAsk, CallbackConsentText, CallbackPublication, CallbackPublicationEdit, CallbackPublicationPaper,
		CallbackSearch, CallbackMemoShare, CallbackMemoWall, CallbackMemoWithdraw, CallbackMemoQuestion, CallbackMemoAnswer, CallbackMemoOpenTo, CallbackHidden,
		CallbackMemo, CallbackMemoReaders, CallbackCorrectionAsk, CallbackCorrectionDecide,
		CallbackSurvey, CallbackSheet, CallbackReason, CallbackCode, CallbackCheckIn, CallbackGuest, CallbackSpeaker, CallbackMail,
		CallbackSurveyExtend, CallbackSurveyReopen, CallbackEngagement, CallbackWorkspace,
		CallbackSessionTimes, CallbackSessionBook, CallbackSessionNone, CallbackSessionStop, CallbackSessionWords, CallbackSessionVenue, CallbackSessionPapers, CallbackSessionKind,
		CallbackRequest,
		CallbackEnquiry,
		CallbackRecommend, CallbackRecommendAgree, CallbackRecommendDecline, CallbackRecommendQuota, CallbackHandover,
		CallbackPhotoPlace, CallbackPhotoChange,
		CallbackOffer,
		CallbackAnnounceStart, CallbackAnnounceText, CallbackAnnounceTo, CallbackAnnounceSend, CallbackAnnounceCorrect,
		CallbackEvent, CallbackEventMove, CallbackEventCancel, CallbackEventReturn, CallbackEventApproved, CallbackEventAnswer,
	}
	Menus = []string{MenuPeople, MenuOrganisations, MenuHidden, MenuSurveyPeople}
)

// PickID is the action id of one of several elements in a block, which Slack
// wants to differ: the id that is handled, and a letter. ActionOf takes it off.
func PickID(action string, n int) string { return action + "#" + string(rune('a'+n)) }

// Within says whether the element stands on the page that it turns, so that the
// next page takes its place and does not lie on it: the id of such has a letter.
func Within(id string) bool { return strings.Contains(id, "#") }

// ActionOf is the action that an element's id stands for.
func ActionOf(id string) string {
	action, _, _ := strings.Cut(id, "#")
	return action
}
