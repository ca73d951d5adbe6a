package domain

const testChannel = "Then send a test message: koppel alert test -i INTEGRATION --channel NAME."

// upkeepReasons explain what stands in the way of forgetting and of telling.
var upkeepReasons = map[string]Reason{
	"master_key_wrong":   {Words: "The master key of this process does not open what is stored, so nothing was destroyed.", Fix: "Give the worker the key that the payloads were stored with (KOPPEL_KEY or KOPPEL_KEY_FILE). Then unpause the schedule."},
	"mail_not_set_up":    {Words: "A channel sends e-mail, but this process knows no mail server.", Fix: "Set KOPPEL_SMTP_HOST and KOPPEL_SMTP_FROM for the worker. " + testChannel},
	"mail_login":         {Words: "The mail server refuses the user or the password.", Fix: "Check KOPPEL_SMTP_USER and KOPPEL_SMTP_PASSWORD. " + testChannel},
	"mail_insecure":      {Words: "The mail server cannot be spoken to in a way that keeps the password secret.", Fix: "Check KOPPEL_SMTP_TLS, the port and the server's certificate. " + testChannel},
	"mail_refused":       {Words: "The mail server refuses the message or a recipient.", Fix: "Check the channel's addresses in the document, and KOPPEL_SMTP_FROM. " + testChannel},
	"mail_unavailable":   {Words: "The mail server does not answer, or cannot take the message now.", Fix: "Nothing to do when it comes back by itself: what was not told is told then. If it stays, check KOPPEL_SMTP_HOST and KOPPEL_SMTP_PORT."},
	"hook_refused":       {Words: "The receiver of a webhook refuses the message.", Fix: "Check the channel's address (url in the document, or the secret alert.NAME.url), and the secret that both sides sign with. " + testChannel},
	"hook_unavailable":   {Words: "The receiver of a webhook does not answer, or cannot take the message now.", Fix: "Nothing to do when it comes back by itself: what was not told is told then."},
	"channel_no_address": {Words: "A webhook channel has no address to post its messages to.", Fix: "Give the channel a url in the document or, when the address is secret, set it: koppel secret set alert.NAME.url. " + testChannel},
	"channel_no_secret":  {Words: "A webhook channel has no secret to sign its messages with.", Fix: "Set it, and give the receiver the same: koppel secret set alert.NAME.secret. " + testChannel},
}
