-- name: LinkTake :one
-- Takes the lock of a record, making its row when there is none. Its owner may
-- take it again, unless an answer of its own is still unclear; the former holder
-- then can no longer write.
insert into link (integration, entity, source_id, state, owner, holder, locked_until)
values (@integration, @entity, @source_id, 'pending', @owner, @holder, now() + @lease::interval)
on conflict (integration, entity, source_id) do update
set owner        = excluded.owner,
    holder       = excluded.holder,
    locked_until = excluded.locked_until,
    unclear      = false,
    changed_at   = now()
where link.locked_until <= now()
   or (link.owner = excluded.owner and not link.unclear)
returning *;

-- name: LinkGet :one
select sqlc.embed(link), greatest(extract(epoch from locked_until - now()), 0)::float8 as locked_seconds
from link
where integration = @integration and entity = @entity and source_id = @source_id;

-- name: LinkBeforeWrite :execrows
-- Said just before a write leaves: from now on the answer is unclear, until the
-- write's own result says otherwise, and the lock outlives the slowest far side.
-- What is about to be written is remembered: it is what a look may find later.
update link
set unclear = true, content_hash = @content_hash, document = @document, target = @target, locked_until = now() + @lease::interval, changed_at = now()
where integration = @integration and entity = @entity and source_id = @source_id and holder = @holder
  and locked_until > now();

-- name: LinkUnclear :exec
-- The write ended without a clear answer: wait out the settle time from now.
update link
set unclear = true, locked_until = now() + @settle::interval, changed_at = now()
where integration = @integration and entity = @entity and source_id = @source_id and holder = @holder;

-- name: LinkRelease :exec
-- The look ended without a write: the record is free for whoever comes next. What
-- an earlier write without an answer may have put there is still remembered.
update link
set unclear = false, owner = '', holder = null, locked_until = 'epoch', changed_at = now()
where integration = @integration and entity = @entity and source_id = @source_id and holder = @holder;

-- name: LinkRefused :exec
-- It is known that nothing was written: the record is free, and nothing need be looked for.
update link
set unclear = false, owner = '', holder = null, locked_until = 'epoch', changed_at = now(),
    content_hash = case state when 'pending' then '' else content_hash end
where integration = @integration and entity = @entity and source_id = @source_id and holder = @holder;

-- name: LinkMade :exec
-- The record of the target is known.
insert into link (integration, entity, source_id, state, target_id, content_hash, draft_hash, marker, document, adopted, target)
values (@integration, @entity, @source_id, 'linked', @target_id, @content_hash, @draft_hash, @marker, @document, @adopted, @target)
on conflict (integration, entity, source_id) do update
set state = 'linked', target_id = excluded.target_id, content_hash = excluded.content_hash, draft_hash = excluded.draft_hash,
    marker = excluded.marker, document = excluded.document, adopted = excluded.adopted, target = excluded.target,
    unclear = false, owner = '', holder = null, locked_until = 'epoch', changed_at = now();

-- name: LinkSeen :exec
-- A newer version of the source record says nothing new: remember that it was seen.
update link
set marker = greatest(marker, @marker)
where integration = @integration and entity = @entity and source_id = @source_id;

-- name: LinkSettled :exec
-- A person dealt with this version of the source record by hand.
update link
set content_hash = @content_hash, marker = greatest(marker, @marker), changed_at = now()
where integration = @integration and entity = @entity and source_id = @source_id and state = 'linked';

-- name: LinkListByTargets :many
select source_id, target_id, adopted, target
from link
where integration = @integration and entity = @entity and state = 'linked' and target_id = any (@target_ids::text[]);

-- name: LinkListSources :many
-- What these records of the source are in the target.
select source_id, target_id from link
where integration = @integration and entity = @entity and state = 'linked' and source_id = any (@source_ids::text[]);

-- name: LinkListLinked :many
-- Those of these records of the source that stand in the target.
select source_id from link
where integration = @integration and entity = @entity and state = 'linked' and source_id = any (@source_ids::text[]);
