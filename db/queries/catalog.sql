-- name: CatalogGet :many
select * from catalog where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]);

-- name: CatalogByTarget :many
select * from catalog where integration = @integration and entity = @entity and target_id = any(@target_ids::text[]) and target_id <> '';

-- name: CatalogClaim :many
-- Takes the right to write these records, and makes their rows. What somebody else
-- is writing is not among the answer, nor what was written from a later reading, nor
-- what somebody wrote after we read: what we found at the till then no longer holds.
insert into catalog (integration, entity, source_id, holder, locked_until)
select @integration, @entity, unnest(@source_ids::text[]), @holder::uuid, now() + @lease::interval
on conflict (integration, entity, source_id) do update
set holder = excluded.holder, locked_until = excluded.locked_until
where (catalog.locked_until <= now() or catalog.holder = excluded.holder) and catalog.read_at <= @read_at::timestamptz and catalog.changed_at <= @read_at::timestamptz
returning source_id;

-- name: CatalogSettle :execrows
-- Notes how claimed records ended, by their holder only, and lets them go.
update catalog c
set target_id = n.target_id, draft_hash = n.draft_hash, document = @document, read_at = greatest(c.read_at, @read_at::timestamptz),
    crawl = greatest(c.crawl, @crawl::bigint), outcome = n.outcome, code = n.code, look_again = n.look_again, gone_at = null,
    holder = null, locked_until = now() + n.settle * interval '1 millisecond', changed_at = now()
from (select unnest(@source_ids::text[]) as source_id, unnest(@target_ids::text[]) as target_id, unnest(@draft_hashes::text[]) as draft_hash,
             unnest(@outcomes::text[]) as outcome, unnest(@codes::text[]) as code, unnest(@again::boolean[]) as look_again,
             unnest(@settles::bigint[]) as settle) as n
where c.integration = @integration and c.entity = @entity and c.source_id = n.source_id and c.holder = @holder::uuid;

-- name: CatalogMet :exec
-- Notes that records were met and stand as they did: one statement for a page.
insert into catalog (integration, entity, source_id, target_id, draft_hash, document, read_at, crawl, outcome, code)
select @integration, @entity, unnest(@source_ids::text[]), unnest(@target_ids::text[]), unnest(@draft_hashes::text[]), @document,
       @read_at::timestamptz, @crawl::bigint, unnest(@outcomes::text[]), unnest(@codes::text[])
on conflict (integration, entity, source_id) do update
set target_id = case when excluded.target_id = '' then catalog.target_id else excluded.target_id end,
    draft_hash = excluded.draft_hash, document = excluded.document, read_at = excluded.read_at,
    crawl = greatest(catalog.crawl, excluded.crawl), outcome = excluded.outcome, code = excluded.code, look_again = false, gone_at = null,
    changed_at = now()
where catalog.read_at <= excluded.read_at and catalog.locked_until <= now();

-- name: CatalogSeen :exec
-- Notes that a crawl met records about which nothing else is new.
update catalog set crawl = greatest(crawl, @crawl::bigint), gone_at = null
where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]) and (crawl < @crawl or gone_at is not null);

-- name: CatalogListAgain :many
-- What the next run is to look at whether it changed or not: what was left undecided,
-- and what waits for a person since before the document that is in force.
select source_id from (
    select c.source_id from catalog c
    where c.integration = @integration and c.entity = @entity and c.look_again
    union
    select p.source_id from parked p
    where p.integration = @integration and p.entity = @entity and p.closed_at is null and p.document < @document
) as waiting
where not source_id = any(@besides::text[])
order by source_id
limit @most;

-- name: CatalogCountGone :one
-- How many records a complete crawl did not meet, of all that stand at the till.
select count(*) filter (where crawl < @crawl::bigint and gone_at is null) as gone,
       count(*) filter (where gone_at is null) as known
from catalog
where integration = @integration and entity = @entity and target_id <> '';

-- name: CatalogListGone :many
select * from catalog
where integration = @integration and entity = @entity and target_id <> '' and crawl < @crawl::bigint and gone_at is null and source_id > @after
order by source_id
limit @most;

-- name: CatalogGone :exec
update catalog set gone_at = now(), outcome = @outcome, code = @code, look_again = false, changed_at = now()
where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]);

-- name: CatalogCount :many
select outcome, code, count(*) as records from catalog
where integration = @integration and entity = @entity and gone_at is null
group by outcome, code
order by outcome, code;

-- name: CatalogLookAgain :exec
update catalog set look_again = true where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]);

-- name: CatalogNumbers :many
-- Which number of the till each record has; for kinds of which there are few.
select source_id, target_id from catalog where integration = @integration and entity = @entity and target_id <> '' order by source_id;

-- name: CatalogSkip :execrows
-- A person ended this version of a record that waited: it is left alone until it changes.
update catalog set outcome = @outcome, code = @code, look_again = false, changed_at = now()
where integration = @integration and entity = @entity and source_id = @source_id and gone_at is null;

-- name: CatalogGoneUnmade :many
-- Records that never came to the till and that a complete crawl did not meet, or that
-- the books do not know by name: there is nothing left to wait for.
update catalog c set gone_at = now(), outcome = @outcome, code = @code, look_again = false, changed_at = now()
where c.integration = @integration and c.entity = @entity and c.target_id = '' and c.gone_at is null
  and (c.crawl < @crawl::bigint or c.source_id = any(@source_ids::text[]))
returning source_id;

-- name: CatalogGoneAgain :exec
-- What could not be taken away is tried again by the next full compare.
update catalog set gone_at = null
where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]) and target_id <> '' and gone_at is not null;

-- name: CatalogCountAll :many
-- How the records of the books stand at the till, over all integrations.
select integration, entity,
       count(*) filter (where gone_at is null and target_id <> '') as stand,
       count(*) filter (where gone_at is null and outcome in ('left_out', 'skipped')) as left_out,
       count(*) filter (where gone_at is null and outcome = 'parked') as parked,
       count(*) filter (where look_again) as put_off,
       count(*) filter (where gone_at is not null) as gone
from catalog
group by integration, entity
order by integration, entity;

-- name: CatalogJoined :many
-- Takes out rows of what is no record any more: an article that became a variant of another
-- product, or that came back to the one it had left.
delete from catalog
where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]) and locked_until <= now()
returning source_id;

-- name: CatalogLeft :exec
-- Notes that a product of the till has articles that no product of the books has, for a complete
-- crawl to count them among what it did not meet.
insert into catalog (integration, entity, source_id, target_id, crawl)
select @integration, @entity, unnest(@source_ids::text[]), unnest(@target_ids::text[]), @crawl::bigint
on conflict (integration, entity, source_id) do update
set target_id = excluded.target_id, crawl = excluded.crawl, gone_at = null
where catalog.gone_at is null or @again::boolean;
