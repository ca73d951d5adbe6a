-- name: TillSalePut :execrows
-- Notes goods that the till sold, once, whoever reads of them.
insert into till_sale (integration, stock_id, article, branch, quantity, document, at)
select @integration, unnest(@stock_ids::bigint[]), unnest(@articles::text[]), unnest(@branches::text[]), unnest(@quantities::text[]),
       unnest(@documents::text[]), unnest(@ats::timestamptz[])
on conflict do nothing;

-- name: TillSaleListOpen :many
-- Goods sold that are not settled, each with what became of the document of its sale.
select s.stock_id, s.article, s.branch, s.quantity, s.document, s.at,
       (i.source_id is not null)::boolean as arrived, coalesce(i.finished_marker < i.marker, false)::boolean as open,
       coalesce(l.state, '') as state, coalesce(l.target, '') as target, coalesce(l.target_id, '') as target_id
from till_sale s
left join inbox i on i.integration = s.integration and i.entity = @entity and i.source_id = s.document
left join link l on l.integration = s.integration and l.entity = @entity and l.source_id = s.document
where s.integration = @integration and s.settled_at is null
order by s.stock_id, s.article, s.branch;

-- name: TillSaleSettle :exec
update till_sale t set settled_at = now()
from (select unnest(@stock_ids::bigint[]) as stock_id, unnest(@articles::text[]) as article, unnest(@branches::text[]) as branch) as n
where t.integration = @integration and t.stock_id = n.stock_id and t.article = n.article and t.branch = n.branch;

-- name: TillSaleDeleteBefore :execrows
delete from till_sale d
where d.integration = @integration and (d.stock_id, d.article, d.branch) in (
    select s.stock_id, s.article, s.branch from till_sale s where s.integration = @integration and s.settled_at < @before limit @most);

-- name: CatalogLookAgainAt :exec
-- The next run looks again at what stands at the till under these numbers.
update catalog set look_again = true
where integration = @integration and entity = @entity and target_id = any(@target_ids::text[]) and target_id <> '';

-- name: InboxListUnbooked :many
-- Documents that the books do not have yet, newest first.
select i.source_id from inbox i
where i.integration = @integration and i.entity = @entity and i.finished_marker < i.marker
  and not exists (
      select from link l
      where l.integration = i.integration and l.entity = i.entity and l.source_id = i.source_id and l.state = 'linked')
order by i.arrived_at desc, i.source_id
limit @most;
