-- What people chose for themselves; what is not here holds the installation's choice or the default.
CREATE TABLE user_preferences (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name    {key} NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (user_id, name)
);
