package settings

// Wake is how parked orders go on by themselves.
type Wake struct {
	Every Duration `yaml:"every" min:"10s" max:"24h" title:"Interval" help:"How often is looked whether what parked orders wait for has come: an article in the books, the original of a credit. Nothing is asked while none waits. A change of the document is looked at at once."`
}

// Wait is how long a sale rests at the till before it goes to the books, so that
// one which is still being typed does not go five times.
type Wait struct {
	AfterChange Duration `yaml:"after_change" min:"0s" max:"168h" title:"After the last change" help:"So long nothing may have changed at the till, also of a sale that stands in the books already. 0s: it goes at once."`
	UntilPaid   bool     `yaml:"until_paid" title:"Until paid" help:"A sale waits until it is paid in full. One that stands in the books already does not."`
	AtMost      Duration `yaml:"at_most" min:"1m" max:"8760h" title:"At most" help:"A sale that is not paid so long after its last change is parked, so that a person sees it."`
}
