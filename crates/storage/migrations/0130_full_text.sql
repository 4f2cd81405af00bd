-- What is written in messages, by words. A row is one part; it belongs to the ticket that it is shown on, which merging changes,
-- while `origin_id` is the ticket that it came to. Words are made by domain::search_words, never by the database.
CREATE TABLE texts (
    part_id     BIGINT PRIMARY KEY REFERENCES parts (id),
    ticket_id   BIGINT NOT NULL REFERENCES tickets (id),
    origin_id   BIGINT NOT NULL REFERENCES tickets (id),
    -- @postgres
    words       TSVECTOR NOT NULL,
    -- @end
    is_internal {bool} NOT NULL
);
CREATE INDEX texts_by_ticket ON texts (ticket_id, part_id);
CREATE INDEX texts_by_origin ON texts (origin_id);
-- @postgres
CREATE INDEX texts_by_words ON texts USING GIN (words);
-- @end
-- @sqlite
CREATE VIRTUAL TABLE text_words USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
-- @end
-- Parts that were there before, newest first: those below this number still wait to be read.
CREATE TABLE texts_to_read (
    id    BIGINT PRIMARY KEY,
    below BIGINT NOT NULL
);
INSERT INTO texts_to_read (id, below) SELECT 1, COALESCE(MAX(id), 0) + 1 FROM parts;
