-- What one process of several does at a time, and until when it said it would.
CREATE TABLE leases (
    name     TEXT PRIMARY KEY,
    holder   TEXT NOT NULL,
    until_at {time} NOT NULL
);
