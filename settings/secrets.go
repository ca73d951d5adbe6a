package settings

import (
	"regexp"
	"slices"
)

// Names of the secrets of an integration. They are set apart from the document
// and stored encrypted.
const (
	// SecretAccountViewClient is the secret of the registered app.
	SecretAccountViewClient = "accountview.client_secret"
	// SecretAccountViewRefresh is the refresh token of the consent; it is replaced at every refresh.
	SecretAccountViewRefresh = "accountview.refresh_token"
	// SecretMplusIdent is the till's API user.
	SecretMplusIdent = "mplus.ident"
	// SecretMplusSecret is the password that belongs to the ident.
	SecretMplusSecret = "mplus.secret"
	// SecretWebhook signs what is posted to the webhooks of the integration.
	SecretWebhook = "webhook.secret"
)

// RequiredSecrets names the secrets that must be set before a document can
// work: those of every document, then those of its alert channels.
func RequiredSecrets(doc Document) []string {
	names := []string{SecretAccountViewClient, SecretAccountViewRefresh, SecretMplusIdent, SecretMplusSecret, SecretWebhook}
	for _, channel := range doc.Alerts.Channels {
		if channel.Kind == AlertWebhook {
			names = append(names, AlertSecret(channel.Name))
		}
	}
	return names
}

var alertSecret = regexp.MustCompile(`^alert\.([a-z0-9-]+)\.secret$`)

// KnownSecret reports whether a secret of this name can be set: one that every
// document needs, or one of an alert channel, which is set before the document
// that names the channel is applied.
func KnownSecret(name string) bool {
	if channel := alertSecret.FindStringSubmatch(name); channel != nil {
		return slug.MatchString(channel[1])
	}
	return slices.Contains(RequiredSecrets(Document{}), name)
}

// SecretNames lists the secrets of an integration for people: those that every
// document needs, then those of alert channels that are set.
func SecretNames(set []string) []string {
	names := RequiredSecrets(Document{})
	for _, name := range set {
		if KnownSecret(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// MissingSecrets is a problem for each required secret that has is not true of.
// As a check of Parse it is reported with all other problems.
func MissingSecrets(doc Document, has func(name string) bool) Problems {
	var problems Problems
	for _, name := range RequiredSecrets(doc) {
		if !has(name) {
			problems = append(problems, Problem{Path: name, Text: "secret is not set; set it with koppel secret set"})
		}
	}
	return problems
}
