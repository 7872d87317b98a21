package ui

// Ids of the conversation between who asked and the office (see ids.go).
const (
	ActionEnquiryClose = "enquiry.close" // value: enquiry id; of the asker and of the office
	ActionEnquiryFaq   = "enquiry.faq"   // value: enquiry id; opens the office's form for an entry of the FAQ
	ActionEnquiries    = "enquiry.list"  // opens the office's list of open enquiries

	CallbackEnquiryFaq = "enquiry.faq.form" // private_metadata: Form; Subject: enquiry, Version: of the entry, 0 of a new one
)
