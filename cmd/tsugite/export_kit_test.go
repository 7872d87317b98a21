package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook opens what an export wrote to the file; it says nothing on the terminal.
func workbook(t *testing.T, file string, export func(context.Context, streams) error) *excelize.File {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := export(t.Context(), streams{&stdout, &stderr}); err != nil || stdout.Len() > 0 {
		t.Fatal(err, stdout.String())
	}
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
