-- Saved searches, and dashboards that show them. keeper_kind is 'system', 'group' or 'user'; keeper_id is 0 for the system.
CREATE TABLE saved_searches (
    id                {id},
    keeper_kind       TEXT NOT NULL,
    keeper_id         BIGINT NOT NULL DEFAULT 0,
    name              TEXT NOT NULL,
    query             TEXT NOT NULL,
    columns           TEXT NOT NULL DEFAULT '',
    sort              TEXT NOT NULL DEFAULT '',
    row_count         BIGINT,
    incident_response {bool} NOT NULL DEFAULT FALSE,
    refresh           BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX saved_searches_by_name ON saved_searches (keeper_kind, keeper_id, name);
CREATE TABLE dashboards (
    id          {id},
    keeper_kind TEXT NOT NULL,
    keeper_id   BIGINT NOT NULL DEFAULT 0,
    name        TEXT NOT NULL,
    is_default  {bool} NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX dashboards_by_name ON dashboards (keeper_kind, keeper_id, name);
CREATE TABLE dashboard_widgets (
    dashboard_id BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    aside        {bool} NOT NULL,
    kind         TEXT NOT NULL,
    search_id    BIGINT REFERENCES saved_searches (id) ON DELETE CASCADE,
    PRIMARY KEY (dashboard_id, position)
);
CREATE INDEX dashboard_widgets_by_search ON dashboard_widgets (search_id);
-- IR-286, IR-289 … IR-291, IR-295
INSERT INTO saved_searches (keeper_kind, name, query, columns, sort, row_count, incident_response) VALUES
    ('system', 'New unlinked Incident Reports', 'Lifecycle = ''incident_reports'' AND Status = ''__Initial__''',
        'NewReports', 'Due', NULL, TRUE),
    ('system', 'Most due incidents owned by me', 'Lifecycle = ''incidents'' AND Status = ''__Active__'' AND Owner = ''__CurrentUser__''',
        'DueIncidents', 'Due,-Priority', NULL, TRUE),
    ('system', 'Most due unowned incidents', 'Lifecycle = ''incidents'' AND Status = ''__Active__'' AND Owner = ''Nobody''',
        'DueIncidents', 'Due,-Priority', NULL, TRUE),
    ('system', 'Most due incidents', 'Lifecycle = ''incidents'' AND Status = ''__Active__''',
        'DueIncidents', 'Due,-Priority', NULL, TRUE);
INSERT INTO dashboards (keeper_kind, name, is_default) VALUES ('system', 'Incidents at a glance', TRUE);
INSERT INTO dashboard_widgets (dashboard_id, position, aside, kind, search_id)
    SELECT d.id, s.id, FALSE, 'search', s.id FROM dashboards d, saved_searches s;
INSERT INTO dashboard_widgets (dashboard_id, position, aside, kind)
    SELECT d.id, 101, TRUE, 'constituencies' FROM dashboards d;
INSERT INTO dashboard_widgets (dashboard_id, position, aside, kind)
    SELECT d.id, 102, TRUE, 'queues' FROM dashboards d;
INSERT INTO dashboard_widgets (dashboard_id, position, aside, kind)
    SELECT d.id, 103, TRUE, 'refresh' FROM dashboards d;
