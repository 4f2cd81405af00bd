-- People whom mail does not reach: their address, since when, and what the last report of it says. An address that changes is
-- another one.
CREATE TABLE unreachable (
    user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    since   {time} NOT NULL,
    reason  TEXT NOT NULL
);
CREATE INDEX unreachable_by_address ON unreachable (address);
