package main

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
)

// whereTaken is the place that every picture of the scripts was taken at, as its camera
// wrote it down: nothing that is kept or sent may hold it.
const whereTaken = "35/1 41/1 22/1 HERE-IT-WAS"

// contentOf is what a file of a script holds: a photo of its own for each name that ends
// in .jpg, taken lying on its side at whereTaken; what is no picture else.
func contentOf(name string) []byte {
	switch bad, is := badPictures[name]; {
	case is:
		return bad
	case strings.HasSuffix(name, ".heic"):
		return []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	case strings.HasSuffix(name, ".jpg"):
		return photoCalled(name)
	}
	return []byte("content")
}

// photoCalled is a photo of its own for each name.
func photoCalled(name string) []byte {
	h := fnv.New32()
	h.Write([]byte(name))
	colour := h.Sum32()
	img := image.NewNRGBA(image.Rect(0, 0, 48, 32))
	for i := range 48 * 32 {
		img.SetNRGBA(i%48, i/48, color.NRGBA{R: byte(colour), G: byte(colour >> 8), B: byte(colour >> 16), A: 255})
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, nil); err != nil {
		panic(err) // memory takes everything
	}
	return withPlace(plain.Bytes())
}

// badPictures are files that cannot be kept as photos, by their names.
var badPictures = map[string][]byte{
	"cut.jpg":     photoCalled("whole")[:600],
	"letter.jpg":  []byte("no picture, whatever it is called"),
	"huge.png":    pngOfSize(20_000, 20_000),
	"photo.webp":  []byte("RIFF\x24\x00\x00\x00WEBPVP8 "),
	"moving.gif":  []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"),
	"drawing.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
}

// pngOfSize is a PNG that says it is so large, and holds nothing.
func pngOfSize(wide, high uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), wide)
	head = append(binary.BigEndian.AppendUint32(head, high), 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// withPlace writes beside the pixels what a camera does: EXIF with an orientation of 6 and
// a GPS block.
func withPlace(data []byte) []byte {
	var tiff bytes.Buffer
	for _, v := range []any{
		[]byte("MM\x00*"), uint32(8),
		uint16(2), // the first block: how it was held, and where the GPS block is
		uint16(0x0112), uint16(3), uint32(1), uint32(6 << 16),
		uint16(0x8825), uint16(4), uint32(1), uint32(38), uint32(0),
		uint16(1), // the GPS block: how the place was found, in words
		uint16(0x1b), uint16(7), uint32(len(whereTaken)), uint32(56), uint32(0),
		[]byte(whereTaken),
	} {
		if err := binary.Write(&tiff, binary.BigEndian, v); err != nil {
			panic(err)
		}
	}
	body := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return bytes.Join([][]byte{data[:2], segment, body, data[2:]}, nil)
}

// filesOf has somebody choose files in a form: they are in Slack from then on, and in no
// conversation.
func (p *player) filesOf(names texts) (files []any) {
	p.t.Helper()
	for _, name := range names {
		out := p.must("upload", map[string]any{"name": name, "content_base64": contentOf(name)}, "quiet")
		var file map[string]any
		if err := json.Unmarshal(out.File, &file); err != nil {
			p.fail("the file %s was not taken: %v", name, err)
		}
		files = append(files, file)
	}
	return files
}

// soundPhotos: beside the database lies each picture that is kept, nothing else, and none
// says where it was taken.
func (p *player) soundPhotos(store *sql.DB) {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(strings.TrimSuffix(p.file, ".db")+"-photos", "*", "*"))
	check(p.t, err)
	if n := p.number(store, `SELECT count(DISTINCT hash) FROM photos WHERE removed_at IS NULL`); n != len(files) {
		p.t.Errorf("%d pictures are kept, and the files are %v", n, files)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		check(p.t, err)
		if bytes.Contains(data, []byte(whereTaken)) || bytes.Contains(data, []byte("Exif")) {
			p.t.Errorf("%s says where it was taken", file)
		}
	}
}
