package ui

// Ids of questions to the office (see ids.go).
const (
	ActionEnquiryAsk    = "enquiry.ask"    // value: enquiry id; the office is told
	ActionEnquirySolved = "enquiry.solved" // value: enquiry id; what was shown was enough
	ActionEnquiryNew    = "enquiry.new"    // opens the form

	CallbackEnquiry = "enquiry.form" // private_metadata: Form
)
