package ui

// Ids of what support organisations do, and of what the office does for them (see ids.go).
const (
	ActionRecommendations   = "recommend.list"     // opens what the reader's organisation recommended; value: "|how many before"
	ActionRecommend         = "recommend.new"      // opens the form
	ActionRecommendWithdraw = "recommend.withdraw" // value: recommendation id
	ActionInvitation        = "recommend.text"     // opens the text to pass on
	ActionInvitationSend    = "recommend.text.send"

	ActionSupportBoard      = "support.board"      // opens the office's page; value: "|how many before"
	ActionRecommendOpen     = "recommend.open"     // value: recommendation id
	ActionRecommendApproach = "recommend.approach" // value: recommendation id
	ActionRecommendAgree    = "recommend.agree"    // value: recommendation id; opens the form
	ActionRecommendDecline  = "recommend.decline"  // value: recommendation id; opens the form
	ActionRecommendQuota    = "recommend.quota"    // value: somebody of the organisation; opens the form

	ActionHandover     = "handover.open" // value: whose part, "" for one's own; says what moves and what ends
	ActionHandoverForm = "handover.form" // value: likewise; opens the form
	ActionHandoverLook = "handover.look" // value: hand-over id
	ActionHandoverYes  = "handover.yes"  // value: hand-over id
	ActionHandoverNo   = "handover.no"   // value: hand-over id

	ActionMonth     = "month.open" // value: a day of the month, "" for the present one
	ActionMonthFile = "month.file" // value: a day of the month; has the file sent

	CallbackRecommend        = "recommend.form"         // private_metadata: Form
	CallbackRecommendAgree   = "recommend.agree.form"   // private_metadata: Form; Subject: recommendation
	CallbackRecommendDecline = "recommend.decline.form" // private_metadata: Form; Subject: recommendation
	CallbackRecommendQuota   = "recommend.quota.form"   // private_metadata: Form; Subject: somebody of the organisation
	CallbackHandover         = "handover.who.form"      // private_metadata: Form; Subject: whose part, "" for one's own
)
