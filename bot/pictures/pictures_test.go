package pictures

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// The four corners of the pictures of these tests, as they are stored: left to right, top
// to bottom. A camera that was held otherwise has them end up elsewhere.
var corners = [4]color.NRGBA{{R: 220, A: 255}, {G: 200, A: 255}, {B: 220, A: 255}, {R: 230, G: 230, B: 230, A: 255}}

// fields is a picture of four coloured fields, 48 wide and 32 high.
func fields() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			img.SetNRGBA(x, y, corners[y/16*2+x/24])
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// place is what the tests look for: where a picture was taken, as EXIF says it.
const place = "35/1 41/1 22/1 HERE-IT-WAS"

// exif is a TIFF block with an orientation and the GPS latitude of a place.
func exif(orientation uint16) []byte {
	var b bytes.Buffer
	put := func(v any) { binary.Write(&b, binary.BigEndian, v) }
	entry := func(tag, kind uint16, count, value uint32) { put(tag); put(kind); put(count); put(value) }
	b.WriteString("MM\x00*")
	put(uint32(8))
	put(uint16(2))                                        // IFD0 at 8
	entry(0x0112, 3, 1, uint32(orientation)<<16)          // Orientation, SHORT
	entry(0x8825, 4, 1, 38)                               // GPS IFD
	put(uint32(0))                                        // at 34: no other
	put(uint16(2))                                        // GPS IFD at 38
	entry(1, 2, 2, uint32('N')<<24)                       // latitude north
	entry(0x1b, 7, uint32(len(place)), uint32(38+2+24+4)) // processing method: the words
	put(uint32(0))
	b.WriteString(place)
	return b.Bytes()
}

// withSegment is the JPEG with a segment after its first marker.
func withSegment(data []byte, marker byte, body []byte) []byte {
	segment := []byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}
	return bytes.Join([][]byte{data[:2], segment, body, data[2:]}, nil)
}

// withChunk is the PNG with a chunk after its header.
func withChunk(data []byte, kind string, body []byte) []byte {
	const afterHeader = 8 + 4 + 4 + 13 + 4
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return bytes.Join([][]byte{data[:afterHeader], chunk, data[afterHeader:]}, nil)
}

func gpsJPEG(t testing.TB, orientation uint16) []byte {
	return withSegment(jpegOf(t, fields()), 0xe1, append([]byte("Exif\x00\x00"), exif(orientation)...))
}

// TestNothingButThePixelsRemains sends a place, names and a hidden file along in every way
// that the two formats know.
func TestNothingButThePixelsRemains(t *testing.T) {
	const secret = "SECRET-PLACE"
	j, p := jpegOf(t, fields()), pngOf(t, fields())
	for name, data := range map[string][]byte{
		"GPS in EXIF of a JPEG":     gpsJPEG(t, 1),
		"XMP in a JPEG":             withSegment(j, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x>"+secret+"</x>")),
		"IPTC in a JPEG":            withSegment(j, 0xed, []byte("Photoshop 3.0\x00"+secret)),
		"colour profile in a JPEG":  withSegment(j, 0xe2, []byte("ICC_PROFILE\x00\x01\x01"+secret)),
		"comment in a JPEG":         withSegment(j, 0xfe, []byte(secret)),
		"file behind a JPEG":        append(bytes.Clone(j), "PK\x03\x04"+secret...),
		"second picture of a JPEG":  append(bytes.Clone(j), gpsJPEG(t, 1)...),
		"text in a PNG":             withChunk(p, "tEXt", []byte("Author\x00"+secret)),
		"other text in a PNG":       withChunk(p, "iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret)),
		"EXIF in a PNG":             withChunk(p, "eXIf", exif(1)),
		"time in a PNG":             withChunk(p, "tIME", []byte{7, 234, 9, 1, 9, 0, 0}),
		"a chunk of one's own":      withChunk(p, "prVt", []byte(secret)),
		"file behind a PNG":         append(bytes.Clone(p), "<script>"+secret+"</script>"...),
		"animation beside a PNG":    withChunk(p, "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}),
		"animation's frame in it":   withChunk(p, "fdAT", []byte("\x00\x00\x00\x01"+secret)),
		"nothing but pixels (JPEG)": j,
		"nothing but pixels (PNG)":  p,
	} {
		t.Run(name, func(t *testing.T) {
			kept, err := Clean(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, gone := range []string{secret, place, "Exif", "HERE"} {
				if bytes.Contains(kept.Data, []byte(gone)) {
					t.Errorf("%q is still in it", gone)
				}
			}
			for _, part := range partsOf(t, kept) {
				if !needed[part] {
					t.Errorf("holds %q, which is no pixels", part)
				}
			}
		})
	}
}

// needed are the parts of a file without which its pixels cannot be read.
var needed = map[string]bool{
	"IHDR": true, "PLTE": true, "tRNS": true, "IDAT": true, "IEND": true,
	"\xd8": true, "\xdb": true, "\xc0": true, "\xc4": true, "\xda": true, "\xd9": true,
}

// partsOf lists a PNG's chunks or a JPEG's markers up to the end of the file.
func partsOf(t *testing.T, p Picture) (parts []string) {
	t.Helper()
	data := p.Data
	if p.Mime == kindPNG {
		for data = data[8:]; len(data) > 0; {
			size := binary.BigEndian.Uint32(data)
			parts = append(parts, string(data[4:8]))
			data = data[12+size:]
		}
		return parts
	}
	for at := 2; at < len(data); {
		if data[at] != 0xff {
			t.Fatalf("no marker at %d of the JPEG", at)
		}
		parts = append(parts, string(data[at+1:at+2]))
		if data[at+1] == 0xd9 {
			if at+2 != len(data) {
				t.Errorf("%d bytes behind the picture", len(data)-at-2)
			}
			break
		}
		scan := data[at+1] == 0xda
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		for scan && (data[at] != 0xff || data[at+1] == 0) {
			at++
		}
	}
	return parts
}

// TestPicturesAreKeptUpright has the same picture held in each of the eight ways; which
// corner is then at the upper left and at the upper right, the EXIF standard says.
func TestPicturesAreKeptUpright(t *testing.T) {
	const red, green, blue, white = 0, 1, 2, 3
	for held, want := range map[uint16][2]int{
		0: {red, green}, 1: {red, green}, 9: {red, green}, // none, upright, one that there is not
		2: {green, red}, 3: {white, blue}, 4: {blue, white},
		5: {red, blue}, 6: {blue, red}, 7: {white, green}, 8: {green, white},
	} {
		for name, data := range map[string][]byte{"JPEG": gpsJPEG(t, held), "PNG": withChunk(pngOf(t, fields()), "eXIf", exif(held))} {
			kept, err := Clean(data)
			if err != nil {
				t.Fatal(err)
			}
			img, _, err := image.Decode(bytes.NewReader(kept.Data))
			if err != nil {
				t.Fatal(err)
			}
			wide, high := 48, 32
			if held >= 5 && held <= 8 {
				wide, high = 32, 48
			}
			if b := img.Bounds(); b.Dx() != wide || b.Dy() != high || kept.Width != wide || kept.Height != high {
				t.Errorf("%s held %d is %v, said to be %d x %d, want %d x %d", name, held, b, kept.Width, kept.Height, wide, high)
			}
			if left, right := nearest(img.At(3, 3)), nearest(img.At(wide-4, 3)); left != want[0] || right != want[1] {
				t.Errorf("%s held %d begins with fields %d and %d, want %v", name, held, left, right, want)
			}
		}
	}
}

// nearest is the field whose colour is closest.
func nearest(c color.Color) (field int) {
	least := 1 << 30
	r, g, b, _ := c.RGBA()
	for i, f := range corners {
		d := 0
		for _, pair := range [][2]int{{int(r >> 8), int(f.R)}, {int(g >> 8), int(f.G)}, {int(b >> 8), int(f.B)}} {
			d += (pair[0] - pair[1]) * (pair[0] - pair[1])
		}
		if d < least {
			field, least = i, d
		}
	}
	return field
}

// TestWhatIsNotTaken has a reason for each.
func TestWhatIsNotTaken(t *testing.T) {
	huge := bytes.Clone(pngOf(t, fields()))
	binary.BigEndian.PutUint32(huge[16:], 10_000)
	binary.BigEndian.PutUint32(huge[20:], 10_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	deep := bytes.Clone(pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 2, 2))))
	binary.BigEndian.PutUint32(deep[16:], 6_000)
	binary.BigEndian.PutUint32(deep[20:], 5_000) // 30 megapixels of eight bytes
	binary.BigEndian.PutUint32(deep[29:], crc32.ChecksumIEEE(deep[12:29]))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":               {nil, ErrKind},
		"a web page":            {[]byte("<html><body>Sign in</body></html>"), ErrKind},
		"a GIF":                 {[]byte("GIF89a\x01\x00\x01\x00"), ErrKind},
		"an SVG":                {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrKind},
		"a WebP":                {[]byte("RIFF\x24\x00\x00\x00WEBPVP8 "), ErrWebP},
		"an iPhone's HEIC":      {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), ErrHEIC},
		"an AVIF":               {[]byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), ErrHEIC},
		"half a JPEG":           {jpegOf(t, fields())[:200], ErrBroken},
		"half a PNG":            {pngOf(t, fields())[:60], ErrBroken},
		"the beginning alone":   {[]byte("\xff\xd8\xff"), ErrBroken},
		"100 megapixels":        {huge, ErrTooBig},
		"30 megapixels, 16 bit": {deep, ErrTooBig},
		"more than 10 MB":       {append(jpegOf(t, fields()), make([]byte, MaxBytes)...), ErrTooBig},
	} {
		if _, err := Clean(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestOtherColours are kept as what they show.
func TestOtherColours(t *testing.T) {
	deep, grey, few := image.NewNRGBA64(image.Rect(0, 0, 9, 7)), image.NewGray(image.Rect(0, 0, 9, 7)), image.NewPaletted(image.Rect(0, 0, 9, 7), color.Palette{color.Black, color.White})
	for name, data := range map[string][]byte{
		"16 bit": pngOf(t, deep), "grey": jpegOf(t, grey), "a palette": pngOf(t, few), "print": cmyk(t),
	} {
		kept, err := Clean(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, err := Clean(kept.Data)
		if err != nil || again.Width != kept.Width || again.Height != kept.Height {
			t.Errorf("%s: what was kept reads as %d x %d (%v), want %d x %d", name, again.Width, again.Height, err, kept.Width, kept.Height)
		}
	}
}

// cmyk is a JPEG of four components, one block of eight by eight without any detail,
// as the colours of print are kept.
func cmyk(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("\xff\xd8")
	segment := func(marker byte, body []byte) {
		b.Write([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)})
		b.Write(body)
	}
	segment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"))
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))
	segment(0xc0, []byte{8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0})
	counts := make([]byte, 16)
	counts[0] = 1 // a code of one bit, for zero
	segment(0xc4, append(append([]byte{0x00}, counts...), 0))
	segment(0xc4, append(append([]byte{0x10}, counts...), 0))
	segment(0xda, []byte{4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0})
	b.WriteString("\x00\xff\xd9") // eight zero bits: four components, DC and AC each
	return b.Bytes()
}

// FuzzClean never panics, and what it keeps is clean already.
func FuzzClean(f *testing.F) {
	f.Add(gpsJPEG(f, 6))
	f.Add(withChunk(pngOf(f, fields()), "eXIf", exif(8)))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"))
	f.Add([]byte("\x00\x00\x00\x18ftypheic"))
	f.Fuzz(func(t *testing.T, data []byte) {
		kept, err := Clean(data)
		if err != nil {
			return
		}
		if bytes.Contains(kept.Data, []byte("Exif\x00")) || kept.Width*kept.Height > MaxPixels {
			t.Errorf("kept %d x %d, or what a camera wrote", kept.Width, kept.Height)
		}
		if again, err := Clean(kept.Data); err != nil && !errors.Is(err, ErrTooBig) || err == nil && (again.Width != kept.Width || again.Height != kept.Height) {
			t.Errorf("what was kept reads as %d x %d: %v", again.Width, again.Height, err)
		}
	})
}
