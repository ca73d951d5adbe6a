-- name: PayloadKeyPut :exec
insert into payload_key (integration, month, sealed) values (@integration, @month, @sealed)
on conflict do nothing;

-- name: PayloadKeyGet :one
select sealed from payload_key where integration = @integration and month = @month and destroyed_at is null;

-- name: PayloadPut :one
-- Stores a payload if its key is still the month's key, and keeps the key from
-- being destroyed until this transaction ends. No key counted: nothing stored.
with month_key as (
    select 1 from payload_key k
    where k.integration = @integration and k.month = @month and k.sealed = @key and k.destroyed_at is null
    for share
), stored as (
    insert into payload (id, integration, month, sealed)
    select @id, @integration, @month, @sealed from month_key
    on conflict do nothing
)
select count(*) from month_key;

-- name: PayloadGet :one
-- A payload with the key that opens it: a payload without key is gone.
select p.sealed, k.sealed as key
from payload p
join payload_key k on k.integration = p.integration and k.month = p.month and k.destroyed_at is null
where p.integration = @integration and p.month = @month and p.id = @id;

-- name: PayloadDelete :exec
delete from payload where integration = @integration and month = @month and id = @id;

-- name: PayloadKeyListBefore :many
select month from payload_key where integration = @integration and month < @before order by month;

-- name: PayloadKeyListAdrift :many
-- Months of integrations without a document in force: no schedule of their own forgets them.
select k.integration, k.month
from payload_key k
where k.month < @before and not exists (
    select from integration i where i.slug = k.integration and i.current_version > 0)
order by k.integration, k.month;

-- name: PayloadKeyLock :one
-- Waits for those who are storing a payload of this month, and keeps out new ones.
select month from payload_key
where integration = @integration and month = @month and destroyed_at is null
for update;

-- name: PayloadKeyDestroy :exec
update payload_key set sealed = '', destroyed_at = now() where integration = @integration and month = @month;

-- name: PayloadDeleteMonth :execrows
-- Payloads of a month whose key is destroyed, so many at a time.
delete from payload p
where p.month = @month and p.id in (
    select o.id from payload o where o.month = @month and o.integration = @integration limit @most);

-- name: PayloadKeyForget :exec
delete from payload_key where integration = @integration and month = @month and destroyed_at is not null;

-- name: PayloadKeyCount :one
-- How many integrations keep payloads of this month.
select count(*) from payload_key where month = @month;

-- name: DatabaseNow :one
select now()::timestamptz;
