package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"tsugite/programme"
)

// openOffice opens the Office of a command that touches data beside a running
// serve: by the configuration if one is named, else over the database alone. The
// function closes it.
func openOffice(ctx context.Context, config, database string) (*programme.Office, func() error, error) {
	settings := programme.Settings{
		Targets: programme.DefaultTargets(), Parts: programme.DefaultParts(), Sessions: programme.DefaultSessions(),
	}
	if config != "" {
		c, err := LoadConfig(config)
		if err != nil {
			return nil, nil, err
		}
		settings, database = c.Settings(), c.DB
	} else {
		zone, err := time.LoadLocation("Asia/Tokyo")
		if err != nil {
			return nil, nil, err
		}
		settings.Zone = zone
	}
	store, office, err := newOffice(ctx, database, settings, time.Now)
	if err != nil {
		return nil, nil, err
	}
	return office, store.Close, nil
}

// openKept is openOffice for commands that make nothing new: a mistyped name must
// not become an empty database.
func openKept(ctx context.Context, config, database string) (*programme.Office, func() error, error) {
	if config == "" {
		if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, withHint(fmt.Errorf("there is no database %s", database), "check the name")
		}
	}
	return openOffice(ctx, config, database)
}
