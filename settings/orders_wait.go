package settings

// Wait is how long a sale rests at the till before it goes to the books, so that
// one which is still being typed does not go five times.
type Wait struct {
	AfterChange Duration `yaml:"after_change" min:"0s" max:"168h" title:"After the last change" help:"So long nothing may have changed at the till, also of a sale that stands in the books already. 0s: it goes at once."`
	UntilPaid   bool     `yaml:"until_paid" title:"Until paid" help:"A sale waits until it is paid in full. One that stands in the books already does not."`
	AtMost      Duration `yaml:"at_most" min:"1m" max:"8760h" title:"At most" help:"A sale that is not paid so long after its last change is parked, so that a person sees it."`
}
