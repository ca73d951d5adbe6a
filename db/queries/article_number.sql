-- name: ArticleNumberLock :exec
-- Numbers of one integration are given by one at a time.
select pg_advisory_xact_lock(hashtextextended('article_number/' || @integration::text, 0));

-- name: ArticleNumberGet :many
select sku, number, asks, kind from article_number where integration = @integration and sku = any(@skus::text[]);

-- name: ArticleNumberAbout :many
-- Who has these numbers, or asks for them in vain.
select a.sku, a.number, a.asks, a.kind from article_number a where a.integration = @integration and a.number = any(@numbers::bigint[])
union all
select b.sku, b.number, b.asks, b.kind from article_number b where b.integration = @integration and b.number is null and b.asks = any(@numbers::bigint[]);

-- name: ArticleNumberPut :exec
-- A zero is none.
insert into article_number (integration, sku, number, asks, kind, crawl)
select @integration, u.sku, nullif(u.number, 0), nullif(u.asks, 0), u.kind, @crawl
from (select unnest(@skus::text[]) as sku, unnest(@numbers::bigint[]) as number, unnest(@asked::bigint[]) as asks, unnest(@kinds::text[]) as kind) u
on conflict (integration, sku) do update set number = excluded.number, asks = excluded.asks, kind = excluded.kind, crawl = greatest(article_number.crawl, excluded.crawl);

-- name: ArticleNumberLastAlias :one
select coalesce(max(number), 0)::bigint from article_number
where integration = @integration and number between @first::bigint and @last::bigint and kind = 'alias';

-- name: ArticleNumberTaken :many
-- What no alias may be, between two numbers.
select a.number::bigint as number from article_number a where a.integration = @integration and a.number between @first::bigint and @last::bigint
union all
select b.asks::bigint from article_number b where b.integration = @integration and b.number is null and b.asks between @first::bigint and @last::bigint;

-- name: ArticleNumberDrop :exec
delete from article_number where integration = @integration and number is null and sku = any(@skus::text[]);

-- name: ArticleNumberForget :exec
-- Codes without a number that a complete reading did not meet ask no more.
delete from article_number where integration = @integration and number is null and crawl < @crawl;

-- name: ArticleNumberSettle :exec
-- Who asks alone for a number that nobody has gets it.
with lone as (
    select min(n.sku) as sku, n.asks as asks from article_number n where n.integration = @integration and n.number is null
    group by n.asks having count(*) = 1
)
update article_number a set number = a.asks, asks = null from lone
where a.integration = @integration and a.sku = lone.sku
  and not exists (select from article_number o where o.integration = @integration and o.number = lone.asks);

-- name: ArticleNumberAnother :exec
-- The number turned out to be taken at the till.
update article_number set number = @number::bigint where integration = @integration and sku = @sku and number = @taken::bigint and kind = 'alias';
