package sandboxkit

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Faults holds the rules of a sandbox and plays the faults they ask for. Make one with NewFaults; close it when the
// sandbox closes.
type Faults struct {
	mu     sync.Mutex
	rules  []*activeRule
	byKind map[Kind]int

	closing   chan struct{}
	closeOnce sync.Once
	late      sync.WaitGroup
	closed    bool
}

// NewFaults starts without any rule: every call passes.
func NewFaults() *Faults {
	return &Faults{byKind: map[Kind]int{}, closing: make(chan struct{})}
}

// Add puts a rule to work. A rule that is not valid is refused with a *RuleError and changes nothing.
func (f *Faults) Add(r Rule) error { return f.addAll([]Rule{r}) }

func (f *Faults) addAll(rules []Rule) error {
	for _, r := range rules {
		if err := r.validate(); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range rules {
		f.rules = append(f.rules, newActiveRule(r))
	}
	return nil
}

// Clear ends all rules and forgets how often they hit. Late writes on their way still arrive.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules, f.byKind = nil, map[Kind]int{}
}

// Close lets everyone go who hangs, makes writes that are still on their way take effect now, and waits for them. Calls
// that come later meet no fault.
func (f *Faults) Close() error {
	f.closeOnce.Do(func() {
		f.mu.Lock()
		f.closed = true
		f.mu.Unlock()
		close(f.closing)
	})
	f.late.Wait()
	return nil
}

// Hooks tell Faults about the system whose sandbox it wraps.
type Hooks struct {
	// Operation names a call, says whether it changes something and whether it reads a page after the first. It may read
	// the body. An empty name is a call that is not part of the system (a page of the sandbox itself): it is neither
	// counted nor disturbed.
	Operation func(*http.Request) (op string, write bool, paged bool)
	// The system's own bodies for three kinds of fault. A kind whose hook is nil does not apply: another is drawn.
	Error500, ErrorIn200, Unauthorized func(http.ResponseWriter, *http.Request)
	// Applies rules kinds out for an operation, such as an expired token for the call that gets tokens. Nil rules out none.
	Applies func(op string, k Kind) bool
	// Fragile marks operations that nobody can recover from when only the answer is lost, such as the exchange of a
	// single-use token. Only a rule that names such an operation may lose its answer. Nil: no operation is fragile.
	Fragile func(op string) bool
	// Calls counts every call that arrives, faulty or not. Nil: calls are not counted.
	Calls *Calls
}

// losesAnswer tells the kinds after which the work is done but the caller does not know.
func losesAnswer(k Kind) bool { return k == DropAfter || k == Late || k == Cut }

// draw asks the rules in the order they were added; the first that hits decides.
func (f *Faults) draw(h Hooks, op string, paged bool) (Kind, time.Duration, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return "", 0, false
	}
	fragile := h.Fragile != nil && h.Fragile(op)
	for _, rule := range f.rules {
		if !rule.about(op) {
			continue
		}
		protected := fragile && !rule.names(op)
		kind, hit := rule.draw(func(k Kind) bool { return h.fits(op, k, paged) && !(protected && losesAnswer(k)) })
		if hit {
			f.byKind[kind]++
			return kind, rule.length(kind), protected
		}
	}
	return "", 0, false
}

func (h Hooks) fits(op string, k Kind, paged bool) bool {
	if h.Applies != nil && !h.Applies(op, k) {
		return false
	}
	switch k {
	case ServerError:
		return h.Error500 != nil
	case ErrorIn200:
		return h.ErrorIn200 != nil
	case ExpiredToken:
		return h.Unauthorized != nil
	case RepeatedPage, RowChanged:
		return paged
	default:
		return true
	}
}

func (a *activeRule) length(k Kind) time.Duration {
	seconds := a.rule.Seconds
	if seconds == 0 {
		switch k {
		case Late:
			seconds = 3
		case Hang:
			seconds = 30
		default:
			seconds = 1
		}
	}
	return time.Duration(seconds * float64(time.Second))
}

type pageFaultKey struct{}

// PageFault tells the code that cuts pages whether this call must repeat a page or change a row: RepeatedPage,
// RowChanged, or empty for an honest page.
func PageFault(ctx context.Context) Kind {
	kind, _ := ctx.Value(pageFaultKey{}).(Kind)
	return kind
}
