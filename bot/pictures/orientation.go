package pictures

import (
	"bytes"
	"image"
	"image/color"

	"github.com/bep/imagemeta"
)

// orientation is how the camera was held, 1 to 8 as EXIF counts; 1, which is upright, if
// the file does not say, or says it in a way that cannot be read.
func orientation(data []byte, kind string) int {
	format := imagemeta.JPEG
	if kind == kindPNG {
		format = imagemeta.PNG
	}
	held := 1
	isIt := func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" && t.Namespace == "IFD0" }
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: isIt,
		HandleTag: func(t imagemeta.TagInfo) error {
			if v, ok := t.Value.(uint16); ok && v >= 1 && v <= 8 {
				held = int(v)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1
	}
	return held
}

// turned is the picture upright. Nothing is copied: its encoder asks for one pixel after
// the other.
func turned(of image.Image, orientation int) image.Image {
	if orientation == 1 {
		return of
	}
	return view{of, orientation}
}

// view is a picture seen as EXIF's orientations 2 to 8 say.
type view struct {
	image.Image
	orientation int
}

func (v view) Bounds() image.Rectangle {
	b := v.Image.Bounds()
	if v.orientation >= 5 { // lies on its side
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

func (v view) At(x, y int) color.Color {
	b := v.Image.Bounds()
	if v.orientation >= 5 {
		x, y = y, x
	}
	switch v.orientation { // where the stored columns and rows end up
	case 2, 3, 7, 8:
		x = b.Dx() - 1 - x
	}
	switch v.orientation {
	case 3, 4, 6, 7:
		y = b.Dy() - 1 - y
	}
	return v.Image.At(b.Min.X+x, b.Min.Y+y)
}

// bytesOf is how many bytes a pixel of the colours takes once it is decoded.
func bytesOf(c image.Config) int {
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}
