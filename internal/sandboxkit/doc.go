// Package sandboxkit is what the sandboxes of both outside systems share: the believable shop they are seeded with,
// faults on demand, counts of the calls they met, and a state that survives a restart.
//
// It knows neither system. It uses the standard library only, so that a sandbox can be read, and trusted, on its own.
package sandboxkit
