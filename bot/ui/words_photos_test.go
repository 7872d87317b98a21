package ui

import "tsugite/programme"

// composedForPhotos are the keys that are put together: fields of the forms, and why a
// picture was not kept.
func composedForPhotos() (keys []string) {
	for _, f := range programme.PhotoFaults {
		keys = append(keys, "photo.fault."+string(f))
	}
	for _, field := range []string{"place", "people", "people.hint", "names", "names.hint", "others", "others.yes", "nobody", "nobody.yes", "caption"} {
		keys = append(keys, "photo.form."+field)
	}
	return append(keys, "memo.form.photos", "memo.form.photos.hint")
}
