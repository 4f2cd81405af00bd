-- Since when a letter has been tried: anew when an administrator puts it in line again. And until when a sender holds it.
ALTER TABLE outbound ADD COLUMN queued_at {time};
ALTER TABLE outbound ADD COLUMN claimed_until {time};
UPDATE outbound SET queued_at = created_at;
-- What a letter of the same ticket waits for; and what the page of outgoing mail lists and counts.
CREATE INDEX outbound_queued_by_ticket ON outbound (ticket_id, id) WHERE state = 'queued';
CREATE INDEX outbound_open ON outbound (id) WHERE state IN ('queued', 'failed');
CREATE INDEX outbound_failed ON outbound (id) WHERE state = 'failed';
