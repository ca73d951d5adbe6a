package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// Step is one thing that a probe looks at.
type Step struct {
	Name  string
	About string
	Need  Need
	// Look gives what was found, in a form without personal data, or the code of
	// why it is not as it should be.
	Look func(ctx context.Context) (found, code string)
}

// Need says what it means when a step fails.
type Need int

const (
	// Helps: the flows can do without.
	Helps Need = iota
	// Needed: no record can pass, but the steps after it still tell something.
	Needed
	// First: the steps after it tell nothing without it.
	First
)

// CodeOutOfTime is the code of a probe that took longer than it may.
const CodeOutOfTime = "probe_out_of_time"

// LookAt takes the steps in turn and writes down how each ended. It reports
// whether a later step can still tell something.
func LookAt(ctx context.Context, f *domain.Findings, steps ...Step) bool {
	for i, s := range steps {
		check := domain.Check{Name: s.Name, About: s.About, Outcome: domain.CheckOK}
		check.Found, check.Code = s.Look(ctx)
		switch {
		case check.Code != "" && ctx.Err() != nil:
			check.Code, check.Outcome = CodeOutOfTime, domain.CheckFailed
		case check.Code != "" && s.Need == Helps:
			check.Outcome = domain.CheckWarns
		case check.Code != "":
			check.Outcome = domain.CheckFailed
		}
		f.Checks = append(f.Checks, check)
		if ctx.Err() != nil || check.Code != "" && s.Need == First {
			NotRun(f, steps[i+1:]...)
			return false
		}
	}
	return true
}

// NotRun writes down the steps that could not be taken.
func NotRun(f *domain.Findings, steps ...Step) {
	for _, s := range steps {
		f.Checks = append(f.Checks, domain.Check{Name: s.Name, About: s.About, Outcome: domain.CheckNotRun})
	}
}
