package main

import "testing"

func TestSampleLoads(t *testing.T) {
	if _, err := sampleConfig(); err != nil {
		t.Fatal(err)
	}
	people, err := samplePeople()
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 49 {
		t.Fatal(len(people))
	}
}
