-- Tickets, their people, fields and links.
CREATE TABLE tickets (
    id               {id},
    merged_into      BIGINT REFERENCES tickets (id),
    queue_id         BIGINT NOT NULL REFERENCES queues (id),
    kind             TEXT NOT NULL,
    subject          TEXT NOT NULL,
    status           TEXT NOT NULL,
    status_class     TEXT NOT NULL,
    is_open          {bool} NOT NULL,
    owner_id         BIGINT NOT NULL REFERENCES users (id),
    level            TEXT,
    initial_priority BIGINT NOT NULL DEFAULT 0,
    priority         BIGINT NOT NULL DEFAULT 0,
    final_priority   BIGINT NOT NULL DEFAULT 0,
    time_estimated   BIGINT NOT NULL DEFAULT 0,
    time_worked      BIGINT NOT NULL DEFAULT 0,
    time_left        BIGINT NOT NULL DEFAULT 0,
    starts_at        {time},
    started_at       {time},
    due_at           {time},
    told_at          {time},
    resolved_at      {time},
    created_at       {time} NOT NULL,
    creator_id       BIGINT NOT NULL REFERENCES users (id),
    updated_at       {time} NOT NULL,
    updater_id       BIGINT NOT NULL REFERENCES users (id),
    version          BIGINT NOT NULL DEFAULT 0,
    head             {bytes} NOT NULL,
    unanswered_since {time},
    last_answer_at   {time}
);
CREATE INDEX tickets_by_queue ON tickets (queue_id, is_open, id);
-- holds all that counting open tickets needs
CREATE INDEX tickets_by_queue_status ON tickets (queue_id, status) WHERE is_open AND merged_into IS NULL;
CREATE INDEX tickets_by_updated ON tickets (updated_at, id);
CREATE INDEX tickets_by_created ON tickets (created_at, id);
CREATE INDEX tickets_by_kind ON tickets (kind, created_at, id);
-- the due lists: tickets without Due come first on both databases
-- @postgres
CREATE INDEX tickets_by_due ON tickets (kind, is_open, due_at NULLS FIRST, priority DESC, id);
CREATE INDEX tickets_by_class ON tickets (kind, status_class, due_at NULLS FIRST, priority DESC, id) WHERE is_open;
CREATE INDEX tickets_by_owner ON tickets (owner_id, kind, is_open, due_at NULLS FIRST, priority DESC, id);
-- @end
-- @sqlite
CREATE INDEX tickets_by_due ON tickets (kind, is_open, due_at, priority DESC, id);
CREATE INDEX tickets_by_class ON tickets (kind, status_class, due_at, priority DESC, id);
CREATE INDEX tickets_by_owner ON tickets (owner_id, kind, is_open, due_at, priority DESC, id);
-- @end
CREATE TABLE role_members (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    role      TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (ticket_id, role, user_id)
);
CREATE INDEX role_members_by_user ON role_members (user_id, role, ticket_id);
CREATE TABLE links (
    id         {id},
    kind       TEXT NOT NULL,
    base_id    BIGINT NOT NULL REFERENCES tickets (id),
    target_id  BIGINT REFERENCES tickets (id),
    target_uri TEXT,
    creator_id BIGINT NOT NULL REFERENCES users (id),
    created_at {time} NOT NULL
);
CREATE UNIQUE INDEX links_between ON links (base_id, kind, target_id);
CREATE INDEX links_by_target ON links (target_id, kind);
CREATE TABLE custom_field_values (
    id        {id},
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    field_id  BIGINT NOT NULL REFERENCES custom_fields (id),
    content   TEXT NOT NULL,
    ip_low    {key},
    ip_high   {key}
);
CREATE INDEX custom_field_values_by_ticket ON custom_field_values (ticket_id, field_id);
CREATE INDEX custom_field_values_by_content ON custom_field_values (field_id, lower(content), ticket_id);
CREATE INDEX custom_field_values_by_ip ON custom_field_values (field_id, ip_low, ticket_id);
-- ranges are few beside single addresses; an overlap looks at them apart
CREATE INDEX custom_field_values_by_range ON custom_field_values (field_id, ip_high, ip_low, ticket_id) WHERE ip_low <> ip_high;
CREATE TABLE squelched (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    address   TEXT NOT NULL,
    PRIMARY KEY (ticket_id, address)
);

-- History: appended to, never altered.
CREATE TABLE changes (
    id         {id},
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    sequence   BIGINT NOT NULL,
    actor_id   BIGINT NOT NULL REFERENCES users (id),
    kind       TEXT NOT NULL,
    field      TEXT,
    old_value  TEXT,
    new_value  TEXT,
    data       TEXT,
    time_taken BIGINT NOT NULL DEFAULT 0,
    created_at {time} NOT NULL,
    message    {bytes},
    hash       {bytes} NOT NULL
);
CREATE UNIQUE INDEX changes_by_ticket ON changes (ticket_id, sequence);
CREATE TABLE blobs (
    hash    {bytes} PRIMARY KEY,
    size    BIGINT NOT NULL,
    content {bytes} NOT NULL
);
CREATE TABLE parts (
    id           {id},
    change_id    BIGINT NOT NULL REFERENCES changes (id),
    position     BIGINT NOT NULL,
    parent       BIGINT,
    content_type TEXT NOT NULL,
    file_name    TEXT,
    disposition  TEXT NOT NULL DEFAULT '',
    content_id   TEXT,
    headers      TEXT NOT NULL DEFAULT '',
    size         BIGINT NOT NULL DEFAULT 0,
    blob         {bytes} REFERENCES blobs (hash)
);
CREATE UNIQUE INDEX parts_by_change ON parts (change_id, position);
CREATE TABLE message_ids (
    id         {id},
    message_id TEXT NOT NULL,
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    incoming   {bool} NOT NULL
);
CREATE UNIQUE INDEX message_ids_by_id ON message_ids (message_id, ticket_id);
CREATE INDEX message_ids_by_ticket ON message_ids (ticket_id, incoming, id);
CREATE TABLE seen (
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    sequence  BIGINT NOT NULL,
    PRIMARY KEY (user_id, ticket_id)
);
-- @sqlite
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER parts_stay BEFORE UPDATE ON parts BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER parts_remain BEFORE DELETE ON parts BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER blobs_remain BEFORE DELETE ON blobs BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
-- @end
-- @postgres
CREATE FUNCTION refuse_rewriting_history() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER parts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER blobs_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON blobs FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
-- @end
