package db

import (
	"errors"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// ErrServed is TryLock's answer when somebody else has the lock.
var ErrServed = errors.New("another tsugite is already serving this database (stop it first, or name another database)")

// TryLock takes the Courier's lock, the file PATH.lock. The system frees it when
// the process ends, however it ends. Commands that only read and write rows do
// not need it. The file stays: what stands in it tells the database from an older
// copy of itself (life).
func (db *DB) TryLock() (unlock func(), err error) {
	lock := flock.New(db.path+".lock", flock.SetPermissions(0o600))
	_, err = os.Stat(lock.Path())
	stood := !errors.Is(err, fs.ErrNotExist)
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, explain(lock.Path(), err)
	case !got:
		return nil, ErrServed
	}
	if err := db.life.open(lock.Path(), stood); err != nil {
		return nil, errors.Join(explain(lock.Path(), err), lock.Unlock())
	}
	return func() {
		db.life.close()
		_ = lock.Unlock() // an ending process frees it anyway
	}, nil
}
