-- A description on every ticket; what a queue gives its tickets; groups as watchers.
ALTER TABLE tickets ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN default_due TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN default_starts TEXT NOT NULL DEFAULT '';
-- a scale of its own: Low=0, High=100; or the word numbers; empty is the installation's
ALTER TABLE queues ADD COLUMN priorities TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN time_zone TEXT;
CREATE TABLE role_groups (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    role      TEXT NOT NULL,
    group_id  BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, role, group_id)
);
CREATE INDEX role_groups_by_group ON role_groups (group_id, role, ticket_id);
CREATE TABLE queue_watcher_groups (
    queue_id BIGINT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    role     TEXT NOT NULL,
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (queue_id, role, group_id)
);
