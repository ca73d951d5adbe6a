package sandboxkit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Kind names one way in which a call to an outside system goes wrong.
type Kind string

// The kinds of fault. What each does to a call is told at Faults.Wrap.
const (
	Latency      Kind = "latency"
	TooMany      Kind = "429"
	ServerError  Kind = "500"
	BadGateway   Kind = "502"
	DropBefore   Kind = "drop_before"
	DropAfter    Kind = "drop_after"
	Late         Kind = "late"
	Cut          Kind = "cut"
	Hang         Kind = "hang"
	ErrorIn200   Kind = "error_in_200"
	ExpiredToken Kind = "expired_token"
	RepeatedPage Kind = "repeated_page"
	RowChanged   Kind = "row_changed"
)

var kinds = []Kind{
	Latency, TooMany, ServerError, BadGateway, DropBefore, DropAfter, Late, Cut, Hang, ErrorIn200, ExpiredToken,
	RepeatedPage, RowChanged,
}

// Kinds lists every kind of fault.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// Rule asks for faults: of which kinds, on which calls, how many.
type Rule struct {
	// Kind or Kinds say what goes wrong; each fault is one of them, drawn evenly. A kind that makes no sense for a call
	// (a repeated page of a write) is left out of the draw; when none is left the call passes and the rule waits.
	Kind  Kind   `json:"kind,omitempty"`
	Kinds []Kind `json:"kinds,omitempty"`
	// Operation is the name of a call as the call counts show it, or the beginning of one. Empty is every call.
	Operation string `json:"operation,omitempty"`
	// Calls is how many faults there will be. Share is the chance of a fault for each call, above 0 and at most 1. One of
	// them must be given; with both, the chance holds until the number is reached.
	Calls int     `json:"calls,omitempty"`
	Share float64 `json:"share,omitempty"`
	// Seconds is the length of a latency, a Retry-After, a lateness or a hang. When 0: 1, 1, 3 and 30 seconds.
	Seconds float64 `json:"seconds,omitempty"`
	// Seed makes the draws of this rule repeatable.
	Seed uint64 `json:"seed,omitempty"`
	// Skip lets the first calls that the rule is about pass.
	Skip int `json:"skip,omitempty"`
}

// A RuleError says what is wrong with a Rule, by the JSON name of the field.
type RuleError struct{ Field, Problem string }

// Error says which part of the rule is refused, and why.
func (e *RuleError) Error() string { return e.Field + ": " + e.Problem }

// maxSeconds keeps a slip of the pen from parking a connection for a day.
const maxSeconds = 3600

func (r Rule) validate() error {
	all := r.allKinds()
	if len(all) == 0 {
		return &RuleError{"kind", "give kind or kinds"}
	}
	for _, k := range all {
		if !isKind(k) {
			return &RuleError{"kind", fmt.Sprintf("%q is not a kind of fault; the kinds are %s", k, kindNames())}
		}
	}
	switch {
	case r.Calls < 0:
		return &RuleError{"calls", "must not be negative"}
	case r.Share < 0 || r.Share > 1 || math.IsNaN(r.Share):
		return &RuleError{"share", "must lie between 0 and 1"}
	case r.Calls == 0 && r.Share == 0:
		return &RuleError{"calls", "give calls, share or both"}
	case r.Seconds < 0 || r.Seconds > maxSeconds || math.IsNaN(r.Seconds):
		return &RuleError{"seconds", fmt.Sprintf("must lie between 0 and %d", maxSeconds)}
	case r.Skip < 0:
		return &RuleError{"skip", "must not be negative"}
	}
	return nil
}

func (r Rule) allKinds() []Kind {
	all := append([]Kind(nil), r.Kinds...)
	if r.Kind != "" {
		all = append(all, r.Kind)
	}
	return all
}

func isKind(k Kind) bool {
	for _, known := range kinds {
		if k == known {
			return true
		}
	}
	return false
}

func kindNames() string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// activeRule is a rule at work.
type activeRule struct {
	rule    Rule
	kinds   []Kind
	random  *rand.Rand
	skipped int
	hits    int
	byKind  map[Kind]int
}

func newActiveRule(r Rule) *activeRule {
	return &activeRule{
		rule:   r,
		kinds:  r.allKinds(),
		random: rand.New(rand.NewPCG(r.Seed, 0x6b6f7070656c)),
		byKind: map[Kind]int{},
	}
}

func (a *activeRule) names(op string) bool {
	return a.rule.Operation != "" && strings.HasPrefix(op, a.rule.Operation)
}

func (a *activeRule) about(op string) bool {
	return a.rule.Operation == "" || a.names(op)
}

func (a *activeRule) spent() bool { return a.rule.Calls > 0 && a.hits >= a.rule.Calls }

// draw decides about one call that the rule is about; fits tells which kinds make sense for it.
func (a *activeRule) draw(fits func(Kind) bool) (Kind, bool) {
	if a.spent() {
		return "", false
	}
	if a.skipped < a.rule.Skip {
		a.skipped++
		return "", false
	}
	if a.rule.Share > 0 && a.random.Float64() >= a.rule.Share {
		return "", false
	}
	var possible []Kind
	for _, k := range a.kinds {
		if fits(k) {
			possible = append(possible, k)
		}
	}
	if len(possible) == 0 {
		return "", false
	}
	kind := possible[a.random.IntN(len(possible))]
	a.hits++
	a.byKind[kind]++
	return kind, true
}
