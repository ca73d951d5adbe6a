package domain

// stockReasons explain why stock of an article did not reach the till.
var stockReasons = map[string]Reason{
	"article_not_at_till":   {Words: "The till does not have this article, so it shows no stock of it.", Fix: "Nothing to do. Should it be sold, let the products flow make it, or make it at the till; its stock follows by itself."},
	"stock_not_kept":        {Words: "AccountView keeps no stock of this article.", Fix: "Nothing to do. Which column says so is accountview.assumptions.articles.stock_managed_field."},
	"stock_sold_nowhere":    {Words: "No branch of the till sells from the locations where this article lies, or the formula says nothing of it.", Fix: "Nothing to do. Which branches sell from a location is for the table stock_location to say."},
	"till_no_stock_article": {Words: "The till keeps no stock of this article.", Fix: "Nothing to do. Should the till keep stock of it, make it a stock article (voorraadartikel) there, or let the document do so: flows.stock.no_stock_article: keep."},
}
