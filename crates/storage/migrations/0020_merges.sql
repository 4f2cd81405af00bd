-- Merging is bookkeeping: what a ticket got from one merged into it stands here until it is given back.
CREATE TABLE merges (
    id             {id},
    source_id      BIGINT NOT NULL REFERENCES tickets (id),
    target_id      BIGINT NOT NULL REFERENCES tickets (id),
    actor_id       BIGINT NOT NULL REFERENCES users (id),
    merged_at      {time} NOT NULL,
    time_estimated BIGINT NOT NULL,
    time_worked    BIGINT NOT NULL,
    time_left      BIGINT NOT NULL,
    source_status  TEXT NOT NULL,
    target_status  TEXT NOT NULL,
    target_started {time},
    target_version BIGINT NOT NULL
);
CREATE UNIQUE INDEX merges_by_source ON merges (source_id);
CREATE INDEX merges_by_target ON merges (target_id);
CREATE TABLE merged_people (
    merge_id BIGINT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    role     TEXT NOT NULL,
    user_id  BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (merge_id, role, user_id)
);
CREATE TABLE merged_values (
    merge_id BIGINT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    field_id BIGINT NOT NULL REFERENCES custom_fields (id),
    content  TEXT NOT NULL,
    PRIMARY KEY (merge_id, field_id, content)
);
CREATE INDEX tickets_by_merge ON tickets (merged_into) WHERE merged_into IS NOT NULL;

-- Where a link began and led to before its tickets were merged into others; unset where they are the same.
ALTER TABLE links ADD COLUMN from_id BIGINT REFERENCES tickets (id);
ALTER TABLE links ADD COLUMN to_id BIGINT REFERENCES tickets (id);
CREATE INDEX links_by_origin ON links (from_id) WHERE from_id IS NOT NULL;
CREATE INDEX links_by_origin_target ON links (to_id) WHERE to_id IS NOT NULL;
-- Links that merging made superfluous: between the merged, or alike.
CREATE TABLE shelved_links (
    id         {id},
    kind       TEXT NOT NULL,
    base_id    BIGINT NOT NULL REFERENCES tickets (id),
    target_id  BIGINT REFERENCES tickets (id),
    target_uri TEXT,
    from_id    BIGINT REFERENCES tickets (id),
    to_id      BIGINT REFERENCES tickets (id),
    creator_id BIGINT NOT NULL REFERENCES users (id),
    created_at {time} NOT NULL
);
CREATE INDEX shelved_links_by_base ON shelved_links (base_id);
CREATE INDEX shelved_links_by_target ON shelved_links (target_id);
