package db

import (
	"errors"

	"github.com/gofrs/flock"
)

// ErrServed is TryLock's answer when somebody else has the lock.
var ErrServed = errors.New("another tsugite is already serving this database (stop it first, or name another database)")

// TryLock takes the Courier's lock, the file PATH.lock. The system frees it when
// the process ends, however it ends. Commands that only read and write rows do
// not need it.
func (db *DB) TryLock() (unlock func(), err error) {
	lock := flock.New(db.path+".lock", flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, explain(lock.Path(), err)
	case !got:
		return nil, ErrServed
	}
	return func() { _ = lock.Unlock() }, nil // an ending process frees it anyway
}
