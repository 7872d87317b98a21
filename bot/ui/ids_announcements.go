package ui

// Ids of announcements: their list, form, preview, page and letters (see ids.go).
const (
	ActionAnnounceList    = "announce.list"    // value: how many announcements come before the page
	ActionAnnounceNew     = "announce.new"     // opens the page that asks what to begin with
	ActionAnnounceOpen    = "announce.open"    // value: announcement id, or announcement id|people before
	ActionAnnounceEdit    = "announce.edit"    // value: announcement id; the first page of its form
	ActionAnnounceCopy    = "announce.copy"    // value: announcement id; the form of a new one with everything of it but the time
	ActionAnnounceKeep    = "announce.keep"    // in the form: keeps it as a draft
	ActionAnnounceBack    = "announce.back"    // on the form's second page: keeps it, and back to the first
	ActionAnnouncePreview = "announce.preview" // value: announcement id, or announcement id|people before
	ActionAnnounceTest    = "announce.test"    // value: announcement id
	ActionAnnounceDrop    = "announce.drop"    // value: announcement id; a draft is thrown away
	ActionAnnounceStop    = "announce.stop"    // value: announcement id
	ActionAnnounceGoOn    = "announce.go_on"   // value: announcement id
	ActionAnnounceCorrect = "announce.correct" // value: announcement id; opens the form
	ActionAnnounceRecall  = "announce.recall"  // value: announcement id
	ActionAnnounceChase   = "announce.chase"   // value: announcement id
	ActionAnnounceMail    = "announce.mail"    // value: announcement id; the text and addresses for those off Slack
	ActionAnnounceOff     = "announce.off"     // value: announcement id, or announcement id|people before; the list of those off Slack
	ActionAnnounceTick    = "announce.tick"    // value: announcement id|person id; the office told them another way
	ActionAnnounceAck     = "announce.ack"     // value: announcement id; the recipient's own press
	ActionAnnounceEvent   = "announce.event"   // value: event id; opens the reader's own card of the event
	ActionAnnounceSurvey  = "announce.survey"  // value: survey id; begins the reader's own answers

	CallbackAnnounceStart   = "announce.start.form"   // private_metadata: Form
	CallbackAnnounceText    = "announce.text.form"    // private_metadata: Form; Subject: announcement, "" of a new one, Item: the one that it is a copy of, Version
	CallbackAnnounceTo      = "announce.to.form"      // private_metadata: Form; Subject: announcement, Version
	CallbackAnnounceSend    = "announce.send.form"    // private_metadata: Form; Subject: announcement, Version, Item: fingerprint of what was shown
	CallbackAnnounceCorrect = "announce.correct.form" // private_metadata: Form; Subject: announcement, Version
)
