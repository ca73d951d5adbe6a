-- name: InboxPut :execrows
-- Stores what arrived, unless a newer version is there already.
insert into inbox (integration, entity, source_id, number, marker, content_hash, payload_month, payload_id, total_cents)
values (@integration, @entity, @source_id, @number, @marker, @content_hash, @payload_month, @payload_id, @total_cents)
on conflict (integration, entity, source_id) do update
set number = excluded.number, marker = excluded.marker, content_hash = excluded.content_hash,
    payload_month = excluded.payload_month, payload_id = excluded.payload_id,
    total_cents = excluded.total_cents, arrived_at = now()
where inbox.marker < excluded.marker;

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
