-- Files of forms that came back: kept for whoever chose them until the form is sent or a day has passed.
CREATE TABLE uploads (
    id         {id},
    token      TEXT NOT NULL UNIQUE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content    {bytes} NOT NULL,
    created_at {time} NOT NULL
);
CREATE INDEX uploads_by_user ON uploads (user_id, id);
CREATE INDEX uploads_by_created ON uploads (created_at);
