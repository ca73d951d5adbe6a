// Package house holds tests about the code itself: who may import whom, what
// files look like, and that nothing is left unexplained.
package house
