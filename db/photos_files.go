package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"tsugite/programme"
)

var _ programme.Album = (*DB)(nil)

// photoFolder is beside the database: tsugite.db has tsugite-photos.
func (db *DB) photoFolder() string { return strings.TrimSuffix(db.path, ".db") + "-photos" }

// extensions are those of the kinds that are kept.
var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png"}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// photoPath is where a picture lies: 256 folders, so that none grows too full to look at.
func (db *DB) photoPath(hash, mime string) (string, error) {
	ext, known := extensions[mime]
	if !known || !hashForm.MatchString(hash) {
		return "", fmt.Errorf("db: no photo is called %q of kind %q", hash, mime)
	}
	return filepath.Join(db.photoFolder(), hash[:2], hash+ext), nil
}

// PutPhoto writes a picture under a name of its own first: a file called by a hash is
// always whole, and on the disk before any row names it. Others may not read it.
func (db *DB) PutPhoto(_ context.Context, hash, mime string, data []byte) error {
	path, err := db.photoPath(hash, mime)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
		now := time.Now()
		return os.Chtimes(path, now, now) // whoever sweeps takes it for new
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(folder, "new-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	for _, d := range []string{folder, db.photoFolder(), filepath.Dir(db.path)} { // names are kept in folders
		if err := syncFolder(d); err != nil {
			return err
		}
	}
	return nil
}

// GetPhoto answers programme.ErrNoRow if the file is not there.
func (db *DB) GetPhoto(_ context.Context, hash, mime string) ([]byte, error) {
	path, err := db.photoPath(hash, mime)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = programme.ErrNoRow
	}
	return data, err
}

// DropPhoto removes a picture; one that is not there is removed already.
func (db *DB) DropPhoto(_ context.Context, hash, mime string) error {
	path, err := db.photoPath(hash, mime)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// SweepPhotos removes what lies in the folder, is as old as that, and is not one of the
// pictures that are named. A file's age is by the machine's clock, which wrote it.
func (db *DB) SweepPhotos(ctx context.Context, named map[string]bool, age time.Duration) (removed int, err error) {
	before := time.Now().Add(-age)
	folders, err := os.ReadDir(db.photoFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, folder := range folders {
		if err != nil || ctx.Err() != nil {
			break
		}
		if !folder.IsDir() {
			continue
		}
		var n int
		n, err = sweepFolder(filepath.Join(db.photoFolder(), folder.Name()), named, before)
		removed += n
	}
	return removed, errors.Join(err, ctx.Err())
}

func sweepFolder(folder string, named map[string]bool, before time.Time) (removed int, err error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		hash, _, _ := strings.Cut(f.Name(), ".")
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || named[hash] || !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(folder, f.Name())); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// syncFolder makes a folder's names durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
