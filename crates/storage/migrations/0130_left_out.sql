-- Who did not get a letter, and why, one line each: a letter that was written names its Message-ID, one that had nobody left has none.
CREATE TABLE left_out (
    id         {id},
    change_id  BIGINT NOT NULL REFERENCES changes (id),
    rule       TEXT NOT NULL,
    as_comment {bool} NOT NULL,
    message_id TEXT,
    removed    TEXT NOT NULL
);
CREATE INDEX left_out_by_change ON left_out (change_id);
CREATE INDEX left_out_by_message ON left_out (message_id) WHERE message_id IS NOT NULL;
