-- Changes that somebody hears of in a digest, once each, and when it goes out. What is not here any more was told, or is not to be.
CREATE TABLE digests (
    id        {id},
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    change_id BIGINT NOT NULL REFERENCES changes (id),
    due_at    {time} NOT NULL,
    UNIQUE (user_id, change_id)
);
CREATE INDEX digests_due ON digests (due_at, user_id);
CREATE INDEX digests_by_change ON digests (change_id);
-- Who suspended all mail, for the page that tells.
CREATE INDEX user_preferences_suspended ON user_preferences (user_id) WHERE name = 'mail_frequency' AND value = 'suspended';
