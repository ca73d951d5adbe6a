-- name: RequestPut :exec
insert into request (id, integration, kind, asked_by, document, in_force)
values (@id, @integration, @kind, @asked_by, @document, @in_force);

-- name: RequestEnd :exec
-- Says how a request ended, once.
update request
set state = @state, summary = @summary, results = @results, code = @code, about = @about, ended_at = now()
where id = @id and integration = @integration and state = 'running';

-- name: RequestGet :one
select * from request where id = @id and integration = @integration;
