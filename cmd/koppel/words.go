package main

import (
	"fmt"
	"time"

	"github.com/koppel/koppel/domain"
)

// moment writes a time for people, in Amsterdam and with its zone, or what it
// means that there is none.
func moment(at *time.Time, none string) string {
	if at == nil {
		return none
	}
	return domain.Moment(*at)
}

// many writes a count and what is counted, as people say it.
func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
