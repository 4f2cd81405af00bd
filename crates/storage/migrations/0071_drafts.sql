-- What people typed into forms and have not sent: one a person and form, readable for nobody else.
CREATE TABLE drafts (
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    form     TEXT NOT NULL,
    content  TEXT NOT NULL,
    saved_at {time} NOT NULL,
    PRIMARY KEY (user_id, form)
);
CREATE INDEX drafts_by_age ON drafts (user_id, saved_at);
