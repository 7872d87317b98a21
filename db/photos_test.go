package db

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

const (
	aHash     = "ab00000000000000000000000000000000000000000000000000000000000001"
	otherHash = "ab00000000000000000000000000000000000000000000000000000000000002"
)

// TestPhotosLieBesideTheDatabase under the name of what they hold, for their owner alone;
// nothing else is called a photo.
func TestPhotosLieBesideTheDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	db := open(t, path)
	ctx, data := t.Context(), []byte("pixels")
	for range 2 { // the same twice is there once
		if err := db.PutPhoto(ctx, aHash, "image/jpeg", data); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(filepath.Dir(path), "t-photos", "ab")
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || files[0].Name() != aHash+".jpg" {
		t.Fatalf("there are %v, %v", files, err)
	}
	for _, p := range []string{folder, filepath.Join(folder, files[0].Name())} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v, %v", p, info.Mode(), err)
		}
	}
	if got, err := db.GetPhoto(ctx, aHash, "image/jpeg"); err != nil || !bytes.Equal(got, data) {
		t.Errorf("it holds %q, %v", got, err)
	}
	if _, err := db.GetPhoto(ctx, otherHash, "image/jpeg"); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("one that is not there: %v", err)
	}
	for hash, mime := range map[string]string{
		"../../../etc/passwd": "image/jpeg", strings.ToUpper(aHash): "image/jpeg", aHash[:63] + "/": "image/png", aHash: "text/html", "": "image/png",
	} {
		if err := db.PutPhoto(ctx, hash, mime, data); err == nil {
			t.Errorf("%q of kind %q was written", hash, mime)
		}
	}
	for range 2 {
		if err := db.DropPhoto(ctx, aHash, "image/jpeg"); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, aHash+".jpg")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it is still there:", err)
	}
}

// TestSweepTakesWhatNoPhotoNames, half-written files too, once it is old.
func TestSweepTakesWhatNoPhotoNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	db := open(t, path)
	ctx := t.Context()
	if n, err := db.SweepPhotos(ctx, nil, time.Hour); n != 0 || err != nil {
		t.Errorf("without a folder: %d, %v", n, err)
	}
	for _, hash := range []string{aHash, otherHash} {
		if err := db.PutPhoto(ctx, hash, "image/png", []byte("pixels")); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(filepath.Dir(path), "t-photos", "ab")
	torn := filepath.Join(folder, "new-123")
	if err := os.WriteFile(torn, []byte("pix"), 0o600); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{aHash: true}
	if n, err := db.SweepPhotos(ctx, named, time.Hour); n != 0 || err != nil {
		t.Errorf("of a moment ago: %d, %v", n, err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, p := range []string{torn, filepath.Join(folder, aHash+".png"), filepath.Join(folder, otherHash+".png")} {
		if err := os.Chtimes(p, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := db.SweepPhotos(ctx, named, time.Hour); n != 2 || err != nil {
		t.Errorf("swept %d, %v; want the one without a photo and the torn one", n, err)
	}
	if _, err := db.GetPhoto(ctx, aHash, "image/png"); err != nil {
		t.Error("the one that is named:", err)
	}
}
