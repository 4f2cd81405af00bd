-- The bytes of messages and letters, apart from what is noted about them: a row is rewritten with every step that its message
-- takes, and looked at wherever one counts, and must not drag megabytes along.
CREATE TABLE inbound_raw (
    id  BIGINT PRIMARY KEY REFERENCES inbound (id),
    raw {bytes} NOT NULL
);
INSERT INTO inbound_raw (id, raw) SELECT id, raw FROM inbound;
ALTER TABLE inbound DROP COLUMN raw;
CREATE TABLE outbound_raw (
    id  BIGINT PRIMARY KEY REFERENCES outbound (id),
    raw {bytes} NOT NULL
);
INSERT INTO outbound_raw (id, raw) SELECT id, raw FROM outbound;
ALTER TABLE outbound DROP COLUMN raw;
-- Whoever counts an author's messages of the last hour looks at those that became something, about this or whatever.
DROP INDEX inbound_by_author;
CREATE INDEX inbound_by_author ON inbound (author, received_at) WHERE author <> '' AND state = 'done';
