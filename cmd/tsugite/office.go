package main

import (
	"context"
	"time"

	"tsugite/programme"
)

// openOffice opens the Office of a command that touches data beside a running
// serve: by the configuration if one is named, else over the database alone. The
// function closes it.
func openOffice(ctx context.Context, config, database string) (*programme.Office, func() error, error) {
	settings := programme.Settings{Targets: programme.DefaultTargets(), Parts: programme.DefaultParts()}
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
