package ui

// Ids of joining, leaving and the directory (see ids.go).
const (
	ActionJoin        = "join.ask"      // in the page and message of an account in nobody's row; opens the form
	ActionJoinList    = "join.list"     // opens the office's list
	ActionJoinOpen    = "join.open"     // value: newcomer id
	ActionJoinMatch   = "join.match"    // value: newcomer id|person id
	ActionJoinFind    = "join.find"     // value: newcomer id; opens the form
	ActionJoinNot     = "join.not_ours" // value: newcomer id
	ActionJoinTake    = "join.take"     // value: newcomer id; opens the form
	ActionJoinDecline = "join.decline"  // value: request id; opens the form

	ActionProfile     = "profile.open" // opens the form
	ActionProfileTake = "profile.take" // value: change id
	ActionProfileDrop = "profile.drop" // value: change id

	ActionPersonFind = "person.find"  // opens the form that asks for whom, with who left
	ActionPersonOpen = "person.open"  // value: person id
	ActionLeave      = "person.leave" // value: person id
	ActionTakeBack   = "person.back"  // value: person id

	ActionDirectory     = "directory.open" // value: "", or what was sought|entries before
	ActionDirectoryShow = "directory.show" // opens the form

	CallbackJoin        = "join.form"           // private_metadata: Form
	CallbackJoinFind    = "join.find.form"      // private_metadata: Form; Subject: newcomer
	CallbackJoinTake    = "join.take.form"      // private_metadata: Form; Subject: newcomer
	CallbackJoinDecline = "join.decline.form"   // private_metadata: Form; Subject: request
	CallbackProfile     = "profile.form"        // private_metadata: Form
	CallbackPersonFind  = "person.find.form"    // private_metadata: Form
	CallbackDirectory   = "directory.form"      // private_metadata: Form
	CallbackShow        = "directory.show.form" // private_metadata: Form; Version
)
