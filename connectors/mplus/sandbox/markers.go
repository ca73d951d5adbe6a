package sandbox

func getCurrentSyncMarkers(c *call, _ noInput) (markersXML, error) {
	return markersXML{
		ArticleSyncMarker: c.counters[markArticle], ArticleGroupSyncMarker: new(c.counters[markGroup]),
		RelationSyncMarker: c.counters[markRelation], EmployeeSyncMarker: lastEmployeeMarker,
		InvoiceSyncMarker: c.counters[markInvoice], ReceiptSyncMarker: c.counters[markReceipt],
		OrderSyncMarker: c.counters[markOrder], StockID: new(c.counters[markStock]),
	}, nil
}

type currentSyncMarkersInput struct {
	Request currentSyncMarkersXML `xml:"request"`
}

// getCurrentSyncMarkersV2 answers the markers that are asked for, of the kinds the sandbox has.
func getCurrentSyncMarkersV2(c *call, in currentSyncMarkersInput) (markersV2XML, error) {
	head := func(asked *bool, marker int64) *int64 {
		if !value(asked) {
			return nil
		}
		return &marker
	}
	ask := in.Request
	return markersV2XML{
		ArticleSyncMarker:      head(ask.IncludeArticleSyncMarker, c.counters[markArticle]),
		ArticleGroupSyncMarker: head(ask.IncludeArticleGroupSyncMarker, c.counters[markGroup]),
		RelationSyncMarker:     head(ask.IncludeRelationSyncMarker, c.counters[markRelation]),
		EmployeeSyncMarker:     head(ask.IncludeEmployeeSyncMarker, lastEmployeeMarker),
		InvoiceSyncMarker:      head(ask.IncludeInvoiceSyncMarker, c.counters[markInvoice]),
		ReceiptSyncMarker:      head(ask.IncludeReceiptSyncMarker, c.counters[markReceipt]),
		OrderSyncMarker:        head(ask.IncludeOrderSyncMarker, c.counters[markOrder]),
		ProposalSyncMarker:     head(ask.IncludeProposalSyncMarker, 0),
		StockID:                head(ask.IncludeStockID, c.counters[markStock]),
		PackingSlipSyncMarker:  head(ask.IncludePackingSlipSyncMarker, 0),
	}, nil
}
