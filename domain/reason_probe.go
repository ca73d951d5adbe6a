package domain

const (
	testAgain   = "Then test the connection again: koppel doctor."
	addressOf   = "Check base_url of this system in the document: host, port and path. "
	renewTheirs = "Ask who runs the system to put a valid certificate on it; Koppel never goes on without one. "
)

// probeReasons explain what a test of a connection, a consent or a check of the
// house can find.
var probeReasons = map[string]Reason{
	// Getting there.
	"name_server_silent":     {Words: "The name server did not answer, so the system's address is not known.", Fix: "Check the network and DNS of this machine. " + testAgain},
	"host_unreachable":       {Words: "There is no way over the network to the system's address.", Fix: neverWorked + "Check the network and the firewall between this machine and the system. " + testAgain},
	"certificate_expired":    {Words: "The system's certificate has expired, or is not valid yet.", Fix: renewTheirs + "Check the clock of this machine too. " + testAgain},
	"certificate_wrong_name": {Words: "The system's certificate belongs to another name than the one in base_url.", Fix: addressOf + "If the name is right, " + "ask who runs the system for a certificate on that name. " + testAgain},
	"not_tls":                {Words: "The address begins with https, but what answers there speaks plain http.", Fix: addressOf + "Most likely the port is wrong. " + testAgain},
	"not_http":               {Words: "Something answers at this address, but it does not speak HTTP.", Fix: addressOf + "Most likely the port is wrong. " + testAgain},
	"not_the_till":           {Words: "Something answers at this address, but it is not the MplusKASSA API.", Fix: "Check mplus.base_url in the document: each administration has a port of its own, of five digits. " + testAgain},
	"not_the_books":          {Words: "Something answers at this address, but it is not the AccountView API.", Fix: "Check accountview.base_url in the document; it ends with the version: https://www.accountview.net/api/v3. " + testAgain},

	// Being let in.
	"no_company":            {Words: "The user who gave consent has no company in AccountView.net.", Fix: "Link the user to the company at accountview.net, and let the same user exist in AccountView itself. " + testAgain},
	"company_not_listed":    {Words: "The company in the document is not among those that this user may use.", Fix: "Choose one of the companies listed and put its Id in accountview.company_id; the short code will not do. " + testAgain},
	"books_right_missing":   {Words: "The user of AccountView lacks a right that the flows need.", Fix: "Give the user the right to what is named, in AccountView itself and in the consent (scopes). " + testAgain},
	"books_module_missing":  {Words: "AccountView does not know a business object that the flows need: its module is missing from the licence, or the setting names another.", Fix: "Check the licence, and the object named in accountview.assumptions. " + testAgain},
	"field_not_in_books":    {Words: "The mapping names a field that this AccountView does not have.", Fix: "Correct the mapping in the document, or add the field in AccountView. " + testAgain},
	"list_not_read":         {Words: "A list that helps with the set-up could not be read; the flows do not need it.", Fix: "Give the user the right to read it, or fill in its codes by hand."},
	"till_right_missing":    {Words: "MplusKASSA refuses a call that the flows need.", Fix: "Ask MplusKASSA to give this ident the right to the call that is named. " + testAgain},
	"branch_not_at_till":    {Words: "The document names a branch that the till does not have.", Fix: "Correct mplus.branches in the document; the branches are listed. " + testAgain},
	"employee_not_at_till":  {Words: "The till has no employee with the number of flows.orders.fill.employee.", Fix: "Name one of the employees that are listed, or the number that the till keeps for programs, which is the default. " + testAgain},
	"default_debtor_absent": {Words: "AccountView has no debtor with the number of flows.orders.default_debtor.", Fix: "Create the debtor in AccountView, or name another in the document and apply it. An order parked for this is then tried again with koppel parked retry. " + testAgain},
	"account_not_in_books":  {Words: "AccountView has no ledger account with this number.", Fix: "Name one of the accounts that are listed, where the document names this one: flows.orders.control_account, amounts or day_totals. " + testAgain},
	"lookup_not_covering":   {Words: "A lookup table of the document and the lists of the systems do not fit together.", Fix: "Add rows for the codes that have none, and correct or remove rows whose key or value is gone: koppel lookup, or the document. Then run koppel doctor again."},
	"number_unknown":        {Words: "A setting names a number that is on no list of the till: an employee, a branch or an order category.", Fix: "Correct the setting, or make it at the till. Then run koppel doctor again."},
	"own_field_absent":      {Words: "A row of the mapping reads a field of the shop's own making that the system does not have; it gives nothing.", Fix: "Correct the name in the mapping, or make the field in the system. Then run koppel doctor again."},
	"system_unknown":        {Words: "There is no system of that name.", Fix: "Name accountview or mplus."},
	"draft_gone":            {Words: "The draft of the document is no longer kept.", Fix: "Send the draft again."},
	"probe_out_of_time":     {Words: "The test took longer than it may, and was ended before everything was looked at.", Fix: "Look at the checks that were made: a system that answers slowly is the usual cause. " + testAgain},

	// Consent.
	"consent_refused":         {Words: "Consent was not given.", Fix: "Open the address of koppel connect accountview again and allow the access that is asked."},
	"consent_unknown":         {Words: "This consent was not asked from here, was used before, or took too long.", Fix: "Ask for a new address with koppel connect accountview, and open it within fifteen minutes."},
	"consent_code_refused":    {Words: "AccountView does not accept the code of this consent.", Fix: "Ask for a new address with koppel connect accountview. If it stays, check client_id, the client secret and the redirect address of the app at accountview.net."},
	"consent_without_refresh": {Words: "AccountView gave a token that cannot be renewed.", Fix: "Check at accountview.net that the app may stay signed in, and give consent again."},
	"consent_not_finished":    {Words: "Consent was given, but Koppel could not take it: Temporal does not answer.", Fix: "When it is back, ask for a new address with koppel connect accountview."},
	"consent_not_tried":       {Words: "The draft names another address for AccountView than the document in force. The consent that is stored was given to the address in force, so it was not used, and none is taken in its place.", Fix: "Check accountview.base_url in the draft. If it is right, apply the draft first and give consent anew: koppel connect accountview."},
	"consent_pending":         {Words: "The consent is being finished; AccountView has not answered yet.", Fix: "Look again in a moment with koppel doctor."},
	"public_url_missing":      {Words: "Koppel does not know the address under which people reach it, so AccountView could not send them back.", Fix: "Set KOPPEL_PUBLIC_URL, and register that address with /connect/accountview behind it as redirect URI of the app at accountview.net."},

	// The house.
	"schema_old":             {Words: "The tables are older than this build.", Fix: "Run koppel migrate."},
	"master_key_wrong":       {Words: "KOPPEL_KEY is not the key that this database was sealed with: it opens nothing of what is stored.", Fix: "Start this with the key that the other processes have, or with the copy that was kept of it (KOPPEL_KEY, or the file that KOPPEL_KEY_FILE names)."},
	"temporal_unavailable":   {Words: "Temporal does not answer.", Fix: "Check that it runs, and KOPPEL_TEMPORAL_ADDRESS."},
	"attributes_missing":     {Words: "The Temporal namespace lacks search attributes that every workflow carries.", Fix: "Create them; the command is shown."},
	"namespace_missing":      {Words: "The Temporal namespace cannot be read.", Fix: "Check KOPPEL_TEMPORAL_NAMESPACE, and that the namespace exists."},
	"schedule_missing":       {Words: "A flow is switched on, but its schedule does not exist.", Fix: "Start a worker, or apply the document again."},
	"schedule_behind":        {Words: "A schedule does not follow the document yet.", Fix: "Start a worker, or apply the document again."},
	"schedule_paused":        {Words: "A flow is paused.", Fix: "Read the note, do what it says, and unpause the schedule in the Temporal UI."},
	"clock_wrong":            {Words: "The clock of this machine and that of the database differ.", Fix: "Let both machines keep their time with NTP."},
	"document_not_compiling": {Words: "The mapping of the document does not compile under this build.", Fix: "Run koppel apply -f with a corrected document; it lists every problem."},
	"worker_absent":          {Words: "No worker asks for work on this queue.", Fix: "Start a worker: koppel worker."},
}
