package ui

// Ids of consents: one's own, and the office's list of what is to be published (see ids.go).
const (
	ActionConsentFirst = "consent.first" // Home: the notice of use was read, and they take part
	ActionConsents     = "consent.open"  // opens one's own consents; value: "", or "|texts before"
	ActionConsentSay   = "consent.say"   // value: kind|yes or no
	ActionConsentText  = "consent.text"  // value: publication id; opens the text that one is asked about
	ActionConsentPhoto = "consent.photo" // value: publication id; has its picture sent as a file
	ActionConsentAsk   = "consent.ask"   // value: publication id; opens what one asks the office

	ActionPublications      = "publication.list"    // opens the office's list; value: "", or "|texts before"
	ActionPublicationOpen   = "publication.open"    // value: publication id
	ActionPublicationPick   = "publication.pick"    // value: memo id; opens its parts
	ActionPublicationNew    = "publication.new"     // value: from where (publicationValue); opens the form
	ActionPublicationEdit   = "publication.edit"    // value: publication id; opens the form
	ActionPublicationAccept = "publication.accept"  // value: publication id|version
	ActionPublicationDrop   = "publication.drop"    // value: publication id|version
	ActionPublicationPeople = "publication.people"  // value: publication id|version; asks who was found in the picture since
	ActionPublicationPaper  = "publication.paper"   // value: publication id|number of the party; opens the form
	ActionPublicationProof  = "publication.proof"   // starts the final proof
	ActionPublicationGiven  = "publication.deliver" // the report was delivered
	ActionPublicationUndo   = "publication.undo"    // it was not

	CallbackConsentAsk       = "consent.ask.form"       // private_metadata: Form; Subject: publication
	CallbackConsentText      = "consent.text.form"      // private_metadata: Form; Subject: publication, Item: hash of what is shown
	CallbackPublication      = "publication.form"       // private_metadata: Form; Item: from where (publicationValue)
	CallbackPublicationEdit  = "publication.edit.form"  // private_metadata: Form; Subject: publication, Version
	CallbackPublicationPaper = "publication.paper.form" // private_metadata: Form; Subject: publication, Item: number of the party|hash
)
