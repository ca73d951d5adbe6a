package mplus

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/soap"
)

// Whatever a till says of its stock, no sale is made of what is none, none is lost
// without a fault, and nothing panics.
func FuzzStockAnswers(f *testing.F) {
	const move = `<articleStockHistory><stockId>7</stockId><articleNumber>1</articleNumber><amountChanged>-25</amountChanged><decimalPlaces>1</decimalPlaces><type>STOCK-HISTORY-TYPE-SALES</type><receiptId>a</receiptId></articleStockHistory>`
	f.Add([]byte(enveloped(`<ns:GetStockHistoryResponse>` + move + `</ns:GetStockHistoryResponse>`).body))
	f.Add([]byte(enveloped(`<ns:GetStockHistoryResponse><articleStockHistory><stockId>x</stockId></articleStockHistory></ns:GetStockHistoryResponse>`).body))
	f.Add([]byte(enveloped(`<ns:GetStockResponse><articleStocks><articleNumber>1</articleNumber><amountFree>5</amountFree><decimalPlacesFree>99</decimalPlacesFree></articleStocks></ns:GetStockResponse>`).body))
	a := assumptions{zone: amsterdam(f), timeOffset: OffsetTrusted}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		var history getStockHistoryResponse
		if decode(opGetStockHistory, body, &history) == nil {
			page, err := a.salesFromHistory(3, history)
			require.GreaterOrEqual(t, page.Newest, int64(3))
			for _, m := range page.Moves {
				require.True(t, err != nil || m.ID > 3 && m.ID <= page.Newest)
				for _, id := range m.Documents {
					require.NotEmpty(t, id)
				}
			}
		}
		var stock getStockResponse
		if decode(opGetStock, body, &stock) == nil {
			for _, told := range stock.ArticleStocks {
				held := a.heldFromArticleStock(told)
				require.True(t, held.Fault != nil || held.Physical().Equal(held.Free.Add(held.Reserved)))
			}
		}
	})
}
