-- Mail as it came in and as it goes out.
CREATE TABLE inbound (
    id          {id},
    received_at {time} NOT NULL,
    door        TEXT NOT NULL,
    sender      TEXT,
    recipient   TEXT NOT NULL DEFAULT '',
    queue       TEXT NOT NULL DEFAULT '',
    action      TEXT NOT NULL DEFAULT 'correspond',
    ticket      TEXT NOT NULL DEFAULT '',
    raw         {bytes} NOT NULL,
    state       TEXT NOT NULL DEFAULT 'pending',
    tries       BIGINT NOT NULL DEFAULT 0,
    next_at     {time} NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',
    ticket_id   BIGINT REFERENCES tickets (id)
);
CREATE INDEX inbound_pending ON inbound (next_at, id) WHERE state = 'pending';
CREATE INDEX inbound_by_ticket ON inbound (ticket_id);
CREATE INDEX inbound_troubled ON inbound (id) WHERE state IN ('failed', 'refused');
CREATE TABLE outbound (
    id          {id},
    ticket_id   BIGINT REFERENCES tickets (id),
    message_id  TEXT NOT NULL UNIQUE,
    sender      TEXT,
    recipients  TEXT NOT NULL,
    raw         {bytes} NOT NULL,
    state       TEXT NOT NULL DEFAULT 'queued',
    tries       BIGINT NOT NULL DEFAULT 0,
    next_at     {time} NOT NULL,
    last_error  TEXT NOT NULL DEFAULT '',
    created_at  {time} NOT NULL,
    sent_at     {time}
);
CREATE INDEX outbound_queued ON outbound (next_at, id) WHERE state = 'queued';
CREATE INDEX outbound_by_ticket ON outbound (ticket_id);
