-- name: InboxPut :execrows
-- Stores what arrived, unless this version or a newer one is there already. A
-- version whose payload is gone (retention, a lost key) is taken in again.
insert into inbox (integration, entity, source_id, number, marker, content_hash, payload_month, payload_id, total_cents)
values (@integration, @entity, @source_id, @number, @marker, @content_hash, @payload_month, @payload_id, @total_cents)
on conflict (integration, entity, source_id) do update
set number = excluded.number, marker = excluded.marker, content_hash = excluded.content_hash,
    payload_month = excluded.payload_month, payload_id = excluded.payload_id,
    total_cents = excluded.total_cents, arrived_at = now(), edited_by = null
where inbox.marker < excluded.marker
   or inbox.marker = excluded.marker and not exists (
        select from payload p
        join payload_key k on k.integration = p.integration and k.month = p.month and k.destroyed_at is null
        where p.integration = inbox.integration and p.month = inbox.payload_month and p.id = inbox.payload_id);

-- name: InboxGet :one
select * from inbox where integration = @integration and entity = @entity and source_id = @source_id;

-- name: InboxListUnstarted :many
-- Documents whose newest version no workflow was started for, oldest first.
select source_id, number, marker
from inbox
where integration = @integration and entity = @entity and started_marker < marker
order by arrived_at, source_id
limit @most;

-- name: InboxCountUnstarted :one
select count(*) from inbox where integration = @integration and entity = @entity and started_marker < marker;

-- name: InboxStarted :exec
update inbox set started_marker = greatest(started_marker, @marker)
where integration = @integration and entity = @entity and source_id = @source_id;

-- name: InboxFinished :exec
update inbox set finished_marker = greatest(finished_marker, @marker), started_marker = greatest(started_marker, @marker)
where integration = @integration and entity = @entity and source_id = @source_id;

-- name: InboxCountArrivedSince :many
select integration, entity, count(*) as records
from inbox
where arrived_at >= @since
group by integration, entity
order by integration, entity;

-- name: InboxCountUnfinished :many
select integration, entity, count(*) as records
from inbox
where finished_marker < marker
group by integration, entity
order by integration, entity;

-- name: InboxListNumbered :many
-- What arrived under these numbers, newest version of each.
select * from inbox
where integration = @integration and entity = @entity and number = any (@numbers::text[])
order by arrived_at desc, source_id;

-- name: InboxListLast :many
select * from inbox
where integration = @integration and entity = @entity
order by arrived_at desc, source_id desc
limit @most;

-- name: InboxListArrived :many
-- What arrived since a moment, page by page, with the version of the document it was
-- booked under (0: it was not). Pages go by the source's id: when a record arrived
-- moves whenever it changes at the source, also between two pages.
select sqlc.embed(inbox), coalesce(link.document, 0)::integer as booked_document
from inbox
left join link on link.integration = inbox.integration and link.entity = inbox.entity and link.source_id = inbox.source_id
    and link.state = 'linked'
where inbox.integration = @integration and inbox.entity = @entity
  and inbox.arrived_at >= @since and inbox.source_id > @after_source_id::text
order by inbox.source_id
limit @most;
