// Package telemetry is how Koppel is watched: logs that hold no secret and no
// personal data, metrics for Prometheus, and the health of a process.
package telemetry

// Keys of log attributes. A log line names what it is about with these and with
// no other words, so that one search finds everything about one thing.
const (
	KeyIntegration = "integration"
	KeyFlow        = "flow"
	KeySystem      = "system" // accountview or mplus
	KeyEntity      = "entity"
	KeyRef         = "ref" // business key: an order number, an article code
	KeyRun         = "run" // run ID of a workflow
	KeyKind        = "kind"
)
