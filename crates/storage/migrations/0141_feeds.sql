-- Addresses that show what a search finds to whoever knows them, as the person sees it who made them. Only a hash is kept.
CREATE TABLE feeds (
    id         {id},
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,
    created_at {time} NOT NULL,
    used_at    {time}
);
CREATE INDEX feeds_by_user ON feeds (user_id, id);
