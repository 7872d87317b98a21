package main

import (
	"fmt"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the module's version and the revision that the binary holds.
func (versionCmd) Run(std streams) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(std.Out, "tsugite (built without module information)")
		return err
	}
	version, revision := info.Main.Version, "unknown"
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	_, err := fmt.Fprintf(std.Out, "tsugite %s, revision %s, %s\n", version, revision, info.GoVersion)
	return err
}
