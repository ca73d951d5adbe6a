package mplus

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/internal/fault"
)

// testedRelease is the oldest release of the service that this package was
// written against: its schema is the one of 67.1.3.
const testedRelease = 67

// codeProtocolUnknown: the till speaks another protocol than 1.
const codeProtocolUnknown = "till_protocol_unknown"

// Version is what the till says it is.
type Version struct {
	Protocol string // "1.0.0"
	Release  string // "67.1.3"; empty when the till does not say
	Warning  string // set when the release is older than what was tested
}

// Version reads the till's version. Another protocol than 1 is a fault of kind
// Misconfigured: nothing it says can be trusted to mean what we think. An older
// release is a warning only.
func (c *Client) Version(ctx context.Context) (Version, error) {
	var w getAPIVersionResponse
	if err := c.ask(ctx, opGetAPIVersion, nil, &w); err != nil {
		return Version{}, err
	}
	r := &reading{}
	major := r.count("majorNumber", w.MajorNumber)
	v := Version{Protocol: fmt.Sprintf("%d.%d.%d", major, r.count("minorNumber", w.MinorNumber), r.count("revisionNumber", w.RevisionNumber))}
	release := r.count("serviceMajorNumber", w.ServiceMajorNumber)
	if w.ServiceMajorNumber.given() {
		v.Release = fmt.Sprintf("%d.%d.%d", release,
			r.count("serviceMinorNumber", w.ServiceMinorNumber), r.count("serviceRevisionNumber", w.ServiceRevisionNumber))
	}
	if err := r.err(); err != nil || !w.MajorNumber.given() {
		return Version{}, unclear(opGetAPIVersion, "answer_not_understood").Because(err)
	}
	if major != 1 {
		return v, fault.New(fault.Misconfigured, codeProtocolUnknown, opGetAPIVersion.op())
	}
	if v.Release != "" && release < testedRelease {
		v.Warning = fmt.Sprintf("the till runs release %s; Koppel was tested with %d and newer", v.Release, testedRelease)
	}
	return v, nil
}
