package accountview

import (
	"net/http"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const wholesale = `{"CONTACT":[{"SUB_NR":"0042","ACCT_NAME":"Fietsfabriek B.V.","MAIN_CONT":"J. Jansen","ADDRESS1":"Dam 1","POST_CODE":"1012 AB",
	"CITY":"Amsterdam","CNT_CODE":"NL","MAIL_BUS":"inkoop@example.nl","TEL_BUS":"020-1","TEL_MOB":"06-1","WWW_URL":"example.nl","VAT_NR":"NL001234567B01",
	"COC_CODE":"12345678","DEB_NR":"900042","APX_LIST":"HOREC","RPL_GRP":"GROOT","DISC_PCT":12.5,"DISC_CODE":"30","CRED_LIM":5000,"IBAN_NR":"NL00BANK",
	"REC_BLK":false,"BLK_SP":true,"ZZ_DAYS":"30","ZZ_STREET":"Kade 2","ZZ_CITY":"Utrecht","COMMENT1":"klant"}]}`

func TestDebtors_ReadsWhatTheColumnsHold(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, wholesale) })
	books := f.books(t, func(s *Settings) {
		s.Debtors.PaymentDaysField, s.Debtors.DeliveryStreetField, s.Debtors.DeliveryCityField = "zz_days", "zz_street", "zz_city"
	})
	page, err := books.Debtors(t.Context(), connectors.Part{Limit: 10})
	require.NoError(t, err)
	require.Empty(t, page.Next)
	require.Len(t, page.Records, 1)
	require.NoError(t, page.Records[0].Fault)
	d := page.Records[0].Debtor
	require.Equal(t, "klant", d.Custom["COMMENT1"])
	d.Custom = nil
	require.Equal(t, domain.Debtor{
		Number: "0042", ExternalNumber: "900042", Name: "Fietsfabriek B.V.", Contact: "J. Jansen",
		Address:   domain.Address{Street: "Dam 1", Postcode: "1012 AB", City: "Amsterdam", Country: "NL"},
		DeliverTo: domain.Address{Street: "Kade 2", City: "Utrecht"},
		Email:     "inkoop@example.nl", Phone: "020-1", Mobile: "06-1", Website: "example.nl", VATNumber: "NL001234567B01", CommerceNumber: "12345678",
		BankAccount: "NL00BANK", PriceList: "HOREC", Group: "GROOT", DiscountPercent: decimal.RequireFromString("12.5"), PaymentDays: 30,
		PaymentTerm: "30", CreditLimit: decimal.NewFromInt(5000), Blocked: true,
	}, d)
}

func TestDebtors_OneWithANumberThatIsNoneHasAFault(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]string{
		"discount": `"DISC_PCT":"veel"`, "days": `"ZZ_DAYS":"14.5"`, "more days than a number holds": `"ZZ_DAYS":"1e30"`, "limit": `"CRED_LIM":"geen"`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
				reply(w, http.StatusOK, `{"CONTACT":[{"SUB_NR":"1","ACCT_NAME":"Geheim",`+row+`},{"SUB_NR":"2","ACCT_NAME":"Goed"}]}`)
			})
			page, err := f.books(t, func(s *Settings) { s.Debtors.PaymentDaysField = "ZZ_DAYS" }).Debtors(t.Context(), connectors.Part{Limit: 10})
			require.NoError(t, err)
			require.Len(t, page.Records, 2)
			wrong := requireFault(t, page.Records[0].Fault, fault.Invalid, "debtor_unreadable")
			require.Equal(t, "1", wrong.Key)
			require.NotContains(t, wrong.Detail(), "veel")
			require.Equal(t, domain.Debtor{Number: "1"}, page.Records[0].Debtor)
			require.NoError(t, page.Records[1].Fault)
		})
	}
}

func TestDebtors_ATableWithoutNamesIsAWrongSetting(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, `{"CONTACT":[{"SUB_NR":"1"}]}`) })
	_, err := f.books(t).Debtors(t.Context(), connectors.Part{Limit: 10})
	requireFault(t, err, fault.Misconfigured, "column_missing")
}
