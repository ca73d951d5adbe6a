// Package accountview speaks with Visma AccountView over its Web API (v3) and
// plays four roles for one connection: it takes orders, customers and delivery
// addresses into the books and tells which products the books know.
//
// The Web API is a relay on accountview.net in front of a Windows program with
// fixed-width tables. No official description of it is public, so what is known
// comes from public clients that talked to it. What those clients do not show is
// assumed: each assumption is a named setting in settings.go, marked ASSUMED
// with the question to ask the vendor. MAPPING.md holds the field, code and
// status tables with how sure each of them is.
//
// Three habits of the API shape this package. It has no idempotency key, so an
// answer that is not clear is told apart from a refusal. Its filters may match
// more than was asked, so every look-up is compared again on our side. And an
// error may come with status 200, so a body is read before it is believed.
package accountview
