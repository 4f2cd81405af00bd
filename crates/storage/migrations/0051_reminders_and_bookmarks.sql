-- What people keep for themselves about tickets, and what a ticket reminds them of.
CREATE TABLE reminders (
    id           {id},
    ticket_id    BIGINT NOT NULL REFERENCES tickets (id),
    subject      TEXT NOT NULL,
    owner_id     BIGINT NOT NULL REFERENCES users (id),
    due_at       {time},
    creator_id   BIGINT NOT NULL REFERENCES users (id),
    created_at   {time} NOT NULL,
    completed_at {time}
);
CREATE INDEX reminders_by_ticket ON reminders (ticket_id, id);
CREATE INDEX reminders_by_owner ON reminders (owner_id, due_at, id) WHERE completed_at IS NULL;
CREATE TABLE bookmarks (
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    created_at {time} NOT NULL,
    PRIMARY KEY (user_id, ticket_id)
);
CREATE TABLE recently_viewed (
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    viewed_at {time} NOT NULL,
    PRIMARY KEY (user_id, ticket_id)
);
