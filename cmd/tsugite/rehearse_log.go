package main

import (
	"context"
	"log/slog"
	"sync"
)

// onceHandler lets each fault through once: over a year the same one comes a
// thousand times, and what it kept from being sent is in the report.
type onceHandler struct {
	slog.Handler
	mu   sync.Mutex
	said map[string]bool
}

// Handle passes the first record with these words and this kind on.
func (h *onceHandler) Handle(ctx context.Context, r slog.Record) error {
	key := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "kind" || a.Key == "name" {
			key += "\x00" + a.Value.String()
		}
		return true
	})
	h.mu.Lock()
	known := h.said[key]
	h.said[key] = true
	h.mu.Unlock()
	if known {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}
