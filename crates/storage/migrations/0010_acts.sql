-- What one person did in one transaction, with all that followed from it, so that it can be undone.
CREATE TABLE acts (
    id         {id},
    actor_id   BIGINT NOT NULL REFERENCES users (id),
    created_at {time} NOT NULL,
    batch_id   BIGINT,
    undo_of    BIGINT REFERENCES acts (id),
    undone_at  {time}
);
CREATE INDEX acts_by_actor ON acts (actor_id, id);
CREATE INDEX acts_by_batch ON acts (batch_id, id) WHERE batch_id IS NOT NULL;
-- an act's changes to a ticket are those of its history above version_before up to version_after; the rows are JSON
CREATE TABLE act_tickets (
    act_id         BIGINT NOT NULL REFERENCES acts (id),
    ticket_id      BIGINT NOT NULL REFERENCES tickets (id),
    version_before BIGINT NOT NULL,
    version_after  BIGINT NOT NULL,
    row_before     TEXT,
    row_after      TEXT NOT NULL,
    PRIMARY KEY (act_id, ticket_id)
);
