package sandbox

import "slices"

// OperationNames lists what the till can do, for the contract test's completeness.
func OperationNames() []string {
	var names []string
	for name := range operations {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// OperationsThatCanFail lists the operations with a result FAILED.
func OperationsThatCanFail() []string {
	return slices.DeleteFunc(OperationNames(), func(name string) bool { return operations[name].failed == nil })
}
