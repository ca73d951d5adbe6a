-- name: PriceRowsByID :many
select * from price_row where integration = @integration and row_id = any(@row_ids::text[]);

-- name: PriceRowsPut :exec
insert into price_row (integration, row_id, sku, holder, subject, price, fault, words, valid_from, valid_until, crawl)
select @integration, unnest(@row_ids::text[]), unnest(@skus::text[]), unnest(@holders::text[]), unnest(@subjects::text[]),
       unnest(@prices::jsonb[]), unnest(@faults::text[]), unnest(@words::text[]), unnest(@valid_froms::text[]), unnest(@valid_untils::text[]), @crawl::bigint
on conflict (integration, row_id, holder, sku) do update
set subject = excluded.subject, price = excluded.price, fault = excluded.fault, words = excluded.words,
    valid_from = excluded.valid_from, valid_until = excluded.valid_until, crawl = greatest(price_row.crawl, excluded.crawl);

-- name: PriceRowsSeen :exec
update price_row set crawl = @crawl::bigint
where integration = @integration and row_id = any(@row_ids::text[]) and crawl < @crawl;

-- name: PriceRowsDrop :exec
delete from price_row p using (
    select unnest(@row_ids::text[]) as row_id, unnest(@holders::text[]) as holder, unnest(@skus::text[]) as sku) as d
where p.integration = @integration and p.row_id = d.row_id and p.holder = d.holder and p.sku = d.sku;

-- name: PriceRowsCount :one
select count(*) as known, count(*) filter (where crawl < @crawl::bigint) as gone from price_row where integration = @integration;

-- name: PriceRowsGone :many
-- Takes away rows that a complete reading did not meet, and gives the lists they were in; at most so many at a time.
delete from price_row p
where p.integration = @integration and (p.row_id, p.holder, p.sku) in (
    select g.row_id, g.holder, g.sku from price_row g where g.integration = @integration and g.crawl < @crawl::bigint limit @most)
returning p.holder, p.subject;

-- name: PriceRowsOfLists :many
select * from price_row
where integration = @integration and holder = @holder and subject = any(@subjects::text[])
order by subject collate "C", row_id collate "C", sku collate "C";

-- name: PriceListsDue :exec
insert into price_list (integration, holder, subject, due_at)
select @integration, unnest(@holders::text[]), unnest(@subjects::text[]), @due_at::bigint
on conflict (integration, holder, subject) do update set due_at = greatest(price_list.due_at, excluded.due_at);

-- name: PriceListsAll :many
-- A page of all lists.
select * from price_list
where integration = @integration and (holder || '/' || subject) collate "C" > @after::text
order by (holder || '/' || subject) collate "C"
limit @most;

-- name: PriceListsToCarry :many
-- A page of the lists that need a look on a day: those of which a row changed, those in which a row begins or ends since
-- the day that they were made to hold, and those of customers that came to the till.
select l.* from price_list l
where l.integration = @integration and (l.holder || '/' || l.subject) collate "C" > @after::text
  and (l.due_at > 0
    or l.absent and exists (select 1 from catalog c where c.integration = l.integration and c.entity = @customer_entity and c.source_id = l.subject and c.target_id <> '')
    or l.carried_on < @day::text and exists (
        select 1 from price_row r where r.integration = l.integration and r.holder = l.holder and r.subject = l.subject
          and (r.valid_from > l.carried_on and r.valid_from <= @day or r.valid_until <> '' and r.valid_until >= l.carried_on and r.valid_until < @day)))
order by (l.holder || '/' || l.subject) collate "C"
limit @most;

-- name: PriceListsGet :many
select * from price_list where integration = @integration and (holder || '/' || subject) = any(@lists::text[]);

-- name: PriceListsCarried :exec
-- Lists up to here hold what they are to hold on a day, but for those that came to need a look since.
update price_list set carried_on = @day::text, due_at = case when due_at <= @until::bigint then 0 else due_at end
where integration = @integration and (holder || '/' || subject) collate "C" <= @through::text
  and (carried_on <> @day or due_at > 0 and due_at <= @until);

-- name: PriceListNote :exec
update price_list set ours = @ours::text[], waiting = @waiting::text[], absent = @absent
where integration = @integration and holder = @holder and subject = @subject
  and (ours <> @ours or waiting <> @waiting or absent <> @absent);

-- name: PriceListsWaiting :many
-- What rows wait for that people must make at the till, and how many do.
select entry, count(*) as rows
from (select unnest(l.waiting)::text as entry from price_list l where l.integration = @integration and l.waiting <> '{}') as w
group by entry
order by entry;

-- name: PriceListsOfWaiting :many
select * from price_list
where integration = @integration and waiting && @entries::text[]
order by (holder || '/' || subject) collate "C"
limit @most;

-- name: PriceListsWake :exec
update price_list set due_at = greatest(due_at, @due_at::bigint) where integration = @integration and waiting && @entries::text[];

-- name: PriceParkedLevels :many
-- What people were asked to make at the till.
select source_id from catalog where integration = @integration and entity = @entity and outcome = 'parked' and code = @code;
