// Package pictures makes of a picture that somebody sent one that can be kept: it is
// looked at before it is decoded, and nothing but its pixels remains. What a camera writes
// beside them (where it stood, when, whose it is, a small copy from before the picture was
// cut) and whatever was hung on the file is gone, because the pixels are written anew.
//
// It knows bytes alone: no Slack, no programme, no files. What it is given comes from
// outside; a picture that is not one is an error, never a panic.
package pictures

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
)

// What is taken, and how it is kept.
const (
	MaxBytes  = 10 << 20   // of the file as it came
	MaxPixels = 50_000_000 // width times height: the largest that telephones make
	// maxDecoded bounds a picture in memory: 50 megapixels of four bytes, 25 of eight.
	maxDecoded = 4 * MaxPixels
	quality    = 90 // of a JPEG, out of 100
)

// The reasons for which a picture is not taken.
var (
	ErrTooBig = errors.New("pictures: too many bytes or pixels")
	ErrKind   = errors.New("pictures: neither JPEG nor PNG")
	ErrHEIC   = errors.New("pictures: HEIC or AVIF") // as iPhones keep them
	ErrWebP   = errors.New("pictures: WebP")
	ErrBroken = errors.New("pictures: the file is damaged")
)

// Picture is one that can be kept: as many pixels as came, upright.
type Picture struct {
	Data          []byte
	Mime          string // image/jpeg or image/png
	Width, Height int
}

// Clean makes a picture of what somebody sent, or says by one of the errors above why it
// is not taken. Of an animated PNG the still picture remains. The colours are read as
// those of a plain screen (sRGB), and those of print (CMYK) are turned into such.
func Clean(data []byte) (Picture, error) {
	if len(data) > MaxBytes {
		return Picture{}, ErrTooBig
	}
	kind, err := kindOf(data)
	if err != nil {
		return Picture{}, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := bearable(size); err != nil {
		return Picture{}, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	upright := turned(decoded, orientation(data, kind))
	var out bytes.Buffer
	if kind == kindPNG {
		err = png.Encode(&out, upright)
	} else {
		err = jpeg.Encode(&out, upright, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	bounds := upright.Bounds()
	return Picture{Data: out.Bytes(), Mime: kind, Width: bounds.Dx(), Height: bounds.Dy()}, nil
}

// bearable says whether a picture of that size may be decoded.
func bearable(c image.Config) error {
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return ErrBroken
	case c.Width > MaxPixels/c.Height, c.Width*c.Height > maxDecoded/bytesOf(c):
		return ErrTooBig
	}
	return nil
}

// The kinds that are kept, by their media type.
const (
	kindJPEG = "image/jpeg"
	kindPNG  = "image/png"
)

// kindOf tells a picture's kind by how its file begins, whatever it is called.
func kindOf(data []byte) (string, error) {
	box := func(at int, s string) bool { return len(data) >= at+len(s) && string(data[at:at+len(s)]) == s }
	switch {
	case box(0, "\xff\xd8\xff"):
		return kindJPEG, nil
	case box(0, "\x89PNG\r\n\x1a\n"):
		return kindPNG, nil
	case box(0, "RIFF") && box(8, "WEBP"):
		return "", ErrWebP
	case box(4, "ftyp"):
		return "", ErrHEIC
	}
	return "", ErrKind
}
