package programme

// LooksWaiting is how many looks wait for the next snapshot.
func (o *Office) LooksWaiting() int {
	o.looks.mu.Lock()
	defer o.looks.mu.Unlock()
	return len(o.looks.waiting)
}
