-- name: ParkedPut :one
insert into parked (integration, flow, entity, source_id, number, code, about, document, total_cents, payload_month, payload_id, workflow_id, waits_for)
values (@integration, @flow, @entity, @source_id, @number, @code, @about, @document, @total_cents, @payload_month, @payload_id, @workflow_id, coalesce(@waits_for::text[], '{}'))
on conflict (integration, entity, source_id) where closed_at is null do update
set code = excluded.code, about = excluded.about, document = excluded.document, total_cents = excluded.total_cents,
    payload_month = excluded.payload_month, payload_id = excluded.payload_id, workflow_id = excluded.workflow_id,
    waits_for = excluded.waits_for, parked_at = now(), woken_at = null
returning id;

-- name: ParkedClose :execrows
update parked set closed_at = now(), closed_by = @closed_by
where integration = @integration and entity = @entity and source_id = @source_id and closed_at is null;

-- name: ParkedListOpen :many
select * from parked
where closed_at is null and (@integration::text = '' or integration = @integration)
order by opened_at, id
limit @most;

-- name: ParkedGetOpen :one
select * from parked where integration = @integration and entity = @entity and source_id = @source_id and closed_at is null;

-- name: ParkedListWaiting :many
-- What waits for something that may have come by now, and was not told yet.
select p.id, p.source_id, p.number, p.code, p.document, p.waits_for, p.parked_at, coalesce(i.marker, 0)::bigint as marker
from parked p
left join inbox i on i.integration = p.integration and i.entity = p.entity and i.source_id = p.source_id
where p.integration = @integration and p.entity = @entity and p.closed_at is null and p.woken_at is null and p.waits_for <> '{}'
order by p.id;

-- name: ParkedWoken :exec
-- It was told. One that was parked again meanwhile is another matter.
update parked set woken_at = now() where id = @id and parked_at = @parked_at and closed_at is null;

-- name: ParkedSumByCause :many
-- What is open of an integration, by cause.
select entity, code, count(*) as records, coalesce(sum(total_cents), 0)::bigint as total_cents, min(opened_at)::timestamptz as oldest_at
from parked
where closed_at is null and integration = @integration
group by entity, code
order by total_cents desc, code;

-- name: ParkedCountOpen :many
select integration, flow, count(*) as records, coalesce(sum(total_cents), 0)::bigint as total_cents
from parked
where closed_at is null
group by integration, flow
order by integration, flow;

-- name: ParkedListOldest :many
-- What waits longest, so many of each integration: one with thousands hides no other.
select integration, flow, number, code, about, total_cents, workflow_id, opened_at
from (select p.*, row_number() over (partition by p.integration order by p.opened_at, p.id) as place
      from parked p
      where p.closed_at is null) as waiting
where place <= @most_each::bigint
order by integration, opened_at, id;

-- name: ParkedCloseMany :execrows
update parked set closed_at = now(), closed_by = @closed_by
where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]) and closed_at is null;
