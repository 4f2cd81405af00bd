-- One wish about many tickets, worked off in several transactions: what was wished, and what became of each ticket.
CREATE TABLE batches (
    id          {id},
    actor_id    BIGINT NOT NULL REFERENCES users (id),
    work        TEXT NOT NULL,
    created_at  {time} NOT NULL,
    worked_at   {time} NOT NULL,
    finished_at {time}
);
CREATE INDEX batches_unfinished ON batches (id) WHERE finished_at IS NULL;
CREATE INDEX batches_by_actor ON batches (actor_id, id);
CREATE TABLE batch_items (
    batch_id  BIGINT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    ticket_id BIGINT NOT NULL,
    version   BIGINT,
    outcome   TEXT NOT NULL DEFAULT 'waiting',
    note      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch_id, position)
);
CREATE INDEX batch_items_by_outcome ON batch_items (batch_id, outcome, position);
