package ui

import "tsugite/programme"

// composedForEnquiries are the keys that questions to the office put together.
func composedForEnquiries() []string {
	keys := []string{"enquiry.form.text"}
	for _, w := range []programme.PlainWish{programme.WishNext, programme.WishCancel, programme.WishBookings} {
		keys = append(keys, "enquiry.wish."+string(w), "enquiry.wish."+string(w)+"_none")
	}
	return keys
}
