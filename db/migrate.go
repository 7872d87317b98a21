package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// applicationID is "TSGT" in the file's header (migrations/001).
const applicationID = 0x54534754

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations makes the provider of this version's steps. They only go forward.
func migrations(pool *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, pool, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// migrate brings the database from version at to this program's, in one
// transaction a step.
func migrate(ctx context.Context, pool *sql.DB, path string, at int64) error {
	steps, err := migrations(pool)
	if err != nil {
		return err
	}
	sources := steps.ListSources()
	target := sources[len(sources)-1].Version
	if at > target {
		return &OpenError{
			Path: path, Err: ErrNewer,
			Reason: "it was made by a newer version of tsugite",
			Hint:   "install that version",
		}
	}
	for at < target {
		_, err = steps.Up(ctx)
		// Another process may have opened the same new file at the same moment
		// and taken the step first: then it is done, or there is less to do.
		now, verr := storedVersion(ctx, pool, path)
		if verr != nil {
			return verr
		}
		if err != nil && now == at {
			return fmt.Errorf("bringing the database to version %d: %w", target, err)
		}
		at = now
	}
	return nil
}

// storedVersion reads which version made the database, 0 for an empty file. A
// file that holds anything else is refused.
func storedVersion(ctx context.Context, pool *sql.DB, path string) (int64, error) {
	var app, tables, ours int64
	err := pool.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'),
		(SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&app, &tables, &ours)
	if err != nil {
		return 0, err
	}
	// Between its creation and the first step a file has the table of versions only.
	if app != applicationID && (app != 0 || tables > ours) {
		return 0, &OpenError{Path: path, Reason: "it is the database of another program", Hint: "name another file"}
	}
	if ours == 0 {
		return 0, nil
	}
	var version int64
	err = pool.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1`).Scan(&version)
	return version, err
}
