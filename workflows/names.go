package workflows

import (
	"strings"

	"go.temporal.io/sdk/temporal"
)

// Task queues: one for our own work and one for each outside system, so that a
// slow system holds up only what needs it.
const (
	QueueSync        = "sync"
	QueueAccountView = "accountview"
	QueueMplus       = "mplus"
)

// Signals and updates. The names are published contracts: people type them in
// the Temporal UI, and running workflows wait for them.
const (
	// SignalOrderChanged tells a running PushOrder that a newer version arrived. It carries OrderChanged.
	SignalOrderChanged = "OrderChanged"
	// SignalWoken tells a parked PushOrder that what it waits for came. It carries Woken.
	SignalWoken = "Woken"
	// UpdateRetry asks a parked PushOrder for a new attempt under the current document version.
	UpdateRetry = "Retry"
	// UpdateSkip ends a parked PushOrder without another attempt. It carries SkipOrder.
	UpdateSkip = "Skip"
	// UpdateFix lets a fix that was stored take effect, if the parked PushOrder passes with it. It carries FixOrder.
	UpdateFix = "Fix"
	// UpdatePause lets a LoadCatalog stand still. It carries PauseLoad.
	UpdatePause = "Pause"
	// UpdateResume lets it go on. It carries ResumeLoad.
	UpdateResume = "Resume"
	// UpdateSetPace says how fast it may go. It carries SetPace.
	UpdateSetPace = "SetPace"
	// QueryProgress asks a run what it is doing.
	QueryProgress = "Progress"
)

// Search attributes, all of type Keyword. The deployment creates them; the
// worker checks at start that they exist.
var (
	AttributeIntegration = temporal.NewSearchAttributeKeyKeyword("Integration")
	AttributeFlow        = temporal.NewSearchAttributeKeyKeyword("Flow")
	AttributeEntityRef   = temporal.NewSearchAttributeKeyKeyword("EntityRef")
	AttributeOutcome     = temporal.NewSearchAttributeKeyKeyword("Outcome")
)

// ScheduleID is the Temporal schedule of a flow.
func ScheduleID(flow, integration string) string { return flow + "/" + integration }

// switchedOff begins the note of a schedule that its document switches off. It is
// stored in Temporal: whoever changes it must go on recognising the old one.
const switchedOff = "Switched off in the document"

// SwitchedOffNote is the note of a schedule that its document switches off, by the
// setting at the path. What stands paused with another note, a person or a fault
// has paused.
func SwitchedOffNote(path string) string {
	return switchedOff + " (" + path + "). Switch it on there: what is unpaused by hand is paused again at the next apply."
}

// IsSwitchedOff reports whether the note of a paused schedule is SwitchedOffNote.
func IsSwitchedOff(note string) bool { return strings.HasPrefix(note, switchedOff+" (") }

// DeliveryWorkflowID is the run that one webhook delivery starts: the same
// delivery names the same run, so it starts once.
func DeliveryWorkflowID(flow, integration, delivery string) string {
	return flow + "/" + integration + "/" + delivery
}

// OrderWorkflowID is the one workflow of an order. The ID is what makes two
// workflows of one order impossible.
func OrderWorkflowID(integration, orderID string) string {
	return "order/" + integration + "/" + orderID
}

// Words of the requests in search attributes, where a flow has its name.
const (
	RequestTest    = "test"
	RequestConnect = "connect"
)

// ConnectionTestID is the test of one connection. Two who ask at the same time
// wait for the same test; a draft is tested for itself.
func ConnectionTestID(integration, system, draft string) string {
	id := RequestTest + "/" + integration + "/" + system
	if draft != "" {
		id += "/" + draft
	}
	return id
}

// ConsentID is the run that finishes one consent.
func ConsentID(integration, system, consent string) string {
	return RequestConnect + "/" + integration + "/" + system + "/" + consent
}

// SearchAttributes are those every workflow of a flow carries. The reference is
// a business key such as an order number, never personal data.
func SearchAttributes(integration, flow, reference string) temporal.SearchAttributes {
	values := []temporal.SearchAttributeUpdate{
		AttributeIntegration.ValueSet(integration),
		AttributeFlow.ValueSet(flow),
	}
	if reference = strings.TrimSpace(reference); reference != "" {
		values = append(values, AttributeEntityRef.ValueSet(reference))
	}
	return temporal.NewSearchAttributes(values...)
}
