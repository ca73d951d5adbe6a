-- name: DayReceiptPut :exec
-- A receipt counts in the total of its day. A version that is older than the one
-- that counts already changes nothing.
insert into day_receipt (integration, source_id, branch, day, marker)
values (@integration, @source_id, @branch, @day, @marker)
on conflict (integration, source_id) do update
set branch = excluded.branch, day = excluded.day, marker = excluded.marker, added = false, gathered_at = now()
where day_receipt.marker < excluded.marker;

-- name: DayReceiptGet :one
select * from day_receipt where integration = @integration and source_id = @source_id;

-- name: DayReceiptListDays :many
-- Days up to one that have receipts which their total does not hold yet, the oldest first.
select distinct branch, day
from day_receipt
where integration = @integration and not added and day <= @last
order by day, branch
limit @most;

-- name: DayReceiptListParked :many
-- Receipts of days whose total waits for a person: one of each day.
select distinct on (r.branch, r.day) r.branch, r.day
from parked p
join day_receipt r on r.integration = p.integration and p.source_id = 'day-' || r.branch || '-' || to_char(r.day, 'YYYY-MM-DD')
where p.integration = @integration and p.entity = @entity and p.closed_at is null and p.source_id like 'day-%'
order by r.branch, r.day;

-- name: DayReceiptListOf :many
-- The receipts of a day, with where their newest version is kept.
select sqlc.embed(inbox), day_receipt.marker as gathered_marker
from day_receipt
join inbox on inbox.integration = day_receipt.integration and inbox.entity = @entity and inbox.source_id = day_receipt.source_id
where day_receipt.integration = @integration and day_receipt.branch = @branch and day_receipt.day = @day
order by day_receipt.source_id;

-- name: DayReceiptAdded :exec
-- The total of the day holds these versions now.
update day_receipt set added = true
where integration = @integration and branch = @branch and day = @day and marker <= @marker;

-- name: DayReceiptDeleteBefore :execrows
delete from day_receipt where (integration, source_id) in (
    select r.integration, r.source_id from day_receipt r
    where r.integration = @integration and r.added and r.gathered_at < @before limit @most);
