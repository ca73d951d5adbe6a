-- name: CursorLease :one
-- Takes or renews the right to read for this flow; no row means another run reads now.
insert into cursor (integration, flow, marker, lease_holder, lease_until)
values (@integration, @flow, @first_marker, @holder, now() + @lease::interval)
on conflict (integration, flow) do update
set lease_holder = excluded.lease_holder, lease_until = excluded.lease_until
where cursor.lease_until <= now() or cursor.lease_holder = excluded.lease_holder
returning marker;

-- name: CursorAdvance :execrows
-- Moves the cursor, in the transaction that stores what it covers, by its holder only.
update cursor
set marker = greatest(marker, @marker), moved_at = now()
where integration = @integration and flow = @flow and lease_holder = @holder and lease_until > now();

-- name: CursorRelease :exec
update cursor
set lease_holder = '', lease_until = 'epoch'
where integration = @integration and flow = @flow and lease_holder = @holder;

-- name: CursorList :many
select integration, flow, marker, moved_at from cursor where integration = @integration order by flow;

-- name: CursorListAll :many
-- How long ago each flow read its source, by the database's own clock.
select integration, flow, marker, greatest(extract(epoch from now() - moved_at), 0)::float8 as age_seconds
from cursor
order by integration, flow;

-- name: CursorGet :one
-- How far a flow came; no row: it never ran.
select marker from cursor where integration = @integration and flow = @flow;

-- name: CursorSet :exec
-- Notes how far a flow came, where no lease guards it.
insert into cursor (integration, flow, marker) values (@integration, @flow, @marker)
on conflict (integration, flow) do update set marker = greatest(cursor.marker, excluded.marker), moved_at = now();
