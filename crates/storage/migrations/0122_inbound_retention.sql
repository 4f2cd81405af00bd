-- When a message was worked on, and whether its bytes were removed since. What was worked on before this stood here counts from
-- when it arrived.
ALTER TABLE inbound ADD COLUMN finished_at {time};
ALTER TABLE inbound ADD COLUMN raw_gone {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX inbound_with_bytes ON inbound (COALESCE(finished_at, received_at)) WHERE NOT raw_gone AND state IN ('done', 'dropped');
