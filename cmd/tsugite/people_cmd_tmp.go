package main

type PeopleCmd struct{}
