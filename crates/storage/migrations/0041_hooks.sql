-- Calls to a firewall that wait for a job: written with the change that wants them, made after its commit.
CREATE TABLE hooks (
    id         {id},
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    payload    TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'queued',
    tries      BIGINT NOT NULL DEFAULT 0,
    next_at    {time} NOT NULL,
    last_error TEXT NOT NULL DEFAULT '',
    created_at {time} NOT NULL
);
CREATE INDEX hooks_queued ON hooks (next_at, id) WHERE state = 'queued';
CREATE INDEX hooks_by_ticket ON hooks (ticket_id, id);
