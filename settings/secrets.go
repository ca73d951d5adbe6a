package settings

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
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
		if channel.secretAddress() {
			names = append(names, AlertURLSecret(channel.Name))
		}
	}
	return names
}

var alertSecret = regexp.MustCompile(`^alert\.([a-z0-9-]+)\.(secret|url)$`)

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
	addresses := map[string]bool{}
	for i, channel := range doc.Alerts.Channels {
		name := AlertURLSecret(channel.Name)
		addresses[name] = true
		if channel.secretAddress() && !has(name) {
			problems = append(problems, Problem{
				Path: fmt.Sprintf("alerts.channels[%d].url", i), Text: "is required for a webhook, unless the secret " + name + " is set; set that with koppel secret set",
			})
		}
	}
	for _, name := range RequiredSecrets(doc) {
		if !has(name) && !addresses[name] {
			problems = append(problems, Problem{Path: name, Text: "secret is not set; set it with koppel secret set"})
		}
	}
	return problems
}

// placeOf is where a document says what a path is about: the secret of a channel
// belongs to that channel.
func (d Document) placeOf(path string) string {
	if named := alertSecret.FindStringSubmatch(path); named != nil {
		for i, channel := range d.Alerts.Channels {
			if channel.Name == named[1] {
				return fmt.Sprintf("alerts.channels[%d]", i)
			}
		}
	}
	return path
}

// SecretProblem says why a value cannot be this secret; empty when it can. It
// shows nothing of the value.
func SecretProblem(name, value string) string {
	if !strings.HasSuffix(name, ".url") || !alertSecret.MatchString(name) {
		return ""
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || strings.Contains(value, "#"):
		return "must be an address to post to, such as https://example.nl/hooks/1, without user or fragment"
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return "must begin with https://; only this machine itself may be reached over http"
	default:
		return ""
	}
}
