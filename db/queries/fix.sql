-- name: FixPut :exec
insert into fix (id, integration, entity, source_id, number, kind, marker, sealed, author)
values (@id, @integration, @entity, @source_id, @number, @kind, @marker, @sealed, @author);

-- name: FixGet :one
select * from fix where id = @id and integration = @integration;

-- name: FixAccept :execrows
-- It took effect: its content is where it belongs, and none is left here. Only once.
update fix set state = 'accepted', code = '', document = @document, sealed = '', ended_at = now()
where id = @id and integration = @integration and state <> 'accepted';

-- name: FixRefuse :exec
update fix set state = 'refused', code = @code, ended_at = now()
where id = @id and integration = @integration and state <> 'accepted';

-- name: FixDeleteBefore :execrows
delete from fix where id in (select f.id from fix f where f.integration = @integration and f.made_at < @before limit @most);

-- name: InboxEdit :execrows
-- A person edited this version; a newer one from the source wins.
update inbox
set content_hash = @content_hash, payload_month = @payload_month, payload_id = @payload_id, edited_by = @edited_by
where integration = @integration and entity = @entity and source_id = @source_id and marker = @marker;

-- name: InterventionPut :exec
insert into intervention (integration, entity, source_id, number, action, code, reason, fix, who)
values (@integration, @entity, @source_id, @number, @action, @code, @reason, @fix, @who);

-- name: InterventionList :many
select * from intervention where integration = @integration and entity = @entity and source_id = @source_id order by id;

-- name: InterventionDeleteBefore :execrows
delete from intervention where id in (select d.id from intervention d where d.integration = @integration and d.at < @before limit @most);
