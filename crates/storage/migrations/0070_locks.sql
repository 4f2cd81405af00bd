-- Advisory locks (IR-507): one a ticket at most.
CREATE TABLE locks (
    ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    since     {time} NOT NULL
);
CREATE INDEX locks_by_user ON locks (user_id, since);
