-- People, queues, rights, fields: what an administrator sets up.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE users (
    id            {id},
    name          TEXT NOT NULL,
    email         TEXT,
    real_name     TEXT NOT NULL DEFAULT '',
    organization  TEXT NOT NULL DEFAULT '',
    password_hash TEXT,
    privileged    {bool} NOT NULL DEFAULT FALSE,
    disabled      {bool} NOT NULL DEFAULT FALSE,
    time_zone     TEXT,
    theme         TEXT NOT NULL DEFAULT 'system',
    keys          {bool} NOT NULL DEFAULT TRUE,
    signature     TEXT NOT NULL DEFAULT '',
    comments      TEXT NOT NULL DEFAULT '',
    created_at    {time} NOT NULL
);
CREATE UNIQUE INDEX users_by_name ON users (lower(name));
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE INDEX users_by_lower_email ON users (lower(email));
CREATE TABLE groups (
    id          {id},
    name        TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    disabled    {bool} NOT NULL DEFAULT FALSE
);
CREATE TABLE group_members (
    group_id        BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id         BIGINT REFERENCES users (id) ON DELETE CASCADE,
    member_group_id BIGINT REFERENCES groups (id) ON DELETE CASCADE,
    UNIQUE (group_id, user_id),
    UNIQUE (group_id, member_group_id)
);
CREATE TABLE grants (
    id             {id},
    principal_kind TEXT NOT NULL,
    principal_id   BIGINT NOT NULL DEFAULT 0,
    role           TEXT NOT NULL DEFAULT '',
    right_name     TEXT NOT NULL,
    scope_kind     TEXT NOT NULL,
    scope_id       BIGINT NOT NULL DEFAULT 0,
    UNIQUE (principal_kind, principal_id, role, right_name, scope_kind, scope_id)
);
CREATE TABLE constituencies (
    id          {id},
    name        TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT ''
);
CREATE TABLE lifecycles (
    name       TEXT PRIMARY KEY,
    definition TEXT NOT NULL
);
CREATE TABLE queues (
    id                 {id},
    name               TEXT NOT NULL,
    description        TEXT NOT NULL DEFAULT '',
    correspond_address TEXT,
    comment_address    TEXT,
    lifecycle          TEXT NOT NULL REFERENCES lifecycles (name),
    subject_tag        TEXT,
    sort_order         BIGINT NOT NULL DEFAULT 0,
    levels_disabled    {bool} NOT NULL DEFAULT TRUE,
    default_level      TEXT,
    initial_priority   BIGINT NOT NULL DEFAULT 0,
    final_priority     BIGINT NOT NULL DEFAULT 0,
    constituency_id    BIGINT REFERENCES constituencies (id),
    disabled           {bool} NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX queues_by_name ON queues (lower(name));
CREATE TABLE queue_watchers (
    queue_id BIGINT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    role     TEXT NOT NULL,
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (queue_id, role, user_id)
);
CREATE TABLE custom_fields (
    id          {id},
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    kind        TEXT NOT NULL,
    max_values  BIGINT NOT NULL DEFAULT 1,
    pattern     TEXT,
    hint        TEXT NOT NULL DEFAULT '',
    grouping    TEXT NOT NULL DEFAULT '',
    sort_order  BIGINT NOT NULL DEFAULT 0,
    disabled    {bool} NOT NULL DEFAULT FALSE
);
CREATE TABLE custom_field_queues (
    field_id BIGINT NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    queue_id BIGINT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    PRIMARY KEY (field_id, queue_id)
);
CREATE TABLE custom_field_options (
    field_id    BIGINT NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    sort_order  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (field_id, name)
);
CREATE TABLE calendars (
    name       TEXT PRIMARY KEY,
    definition TEXT NOT NULL
);
CREATE TABLE service_levels (
    name       TEXT PRIMARY KEY,
    definition TEXT NOT NULL
);
CREATE TABLE rules (
    id         {id},
    name       TEXT NOT NULL UNIQUE,
    position   BIGINT NOT NULL,
    definition TEXT NOT NULL,
    enabled    {bool} NOT NULL DEFAULT TRUE
);
CREATE TABLE templates (
    id          {id},
    queue_id    BIGINT REFERENCES queues (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    content     TEXT NOT NULL
);
CREATE UNIQUE INDEX templates_by_name ON templates (name, COALESCE(queue_id, 0));
CREATE TABLE catalog_version (
    id      BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO catalog_version (id, version) VALUES (1, 1);

-- Sign-in.
CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at {time} NOT NULL,
    seen_at    {time} NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE TABLE tokens (
    id          {id},
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash        TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    expires_at  {time},
    used_at     {time},
    created_at  {time} NOT NULL
);
CREATE TABLE audit (
    id         {id},
    actor_id   BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    data       TEXT NOT NULL,
    created_at {time} NOT NULL,
    hash       {bytes} NOT NULL
);
