-- Custom fields of every kind: how they are shown, what carries them, what they start with.
ALTER TABLE custom_fields ADD COLUMN bearer TEXT NOT NULL DEFAULT 'ticket';
ALTER TABLE custom_fields ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN render TEXT NOT NULL DEFAULT 'Dropdown';
ALTER TABLE custom_fields ADD COLUMN based_on BIGINT REFERENCES custom_fields (id);
ALTER TABLE custom_fields ADD COLUMN is_unique {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE custom_fields ADD COLUMN spelling TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN link TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN default_value TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN everywhere {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE custom_field_options ADD COLUMN category TEXT NOT NULL DEFAULT '';
-- of one queue: its own order and default (none: the field's), and whether a value must be given
ALTER TABLE custom_field_queues ADD COLUMN sort_order BIGINT;
ALTER TABLE custom_field_queues ADD COLUMN default_value TEXT;
ALTER TABLE custom_field_queues ADD COLUMN mandatory {bool} NOT NULL DEFAULT FALSE;
-- values that are files
ALTER TABLE custom_field_values ADD COLUMN blob {bytes} REFERENCES blobs (hash);
ALTER TABLE custom_field_values ADD COLUMN media_type TEXT;
-- only what fits a line: PostgreSQL has no index entry for a page of text
DROP INDEX custom_field_values_by_content;
CREATE INDEX custom_field_values_by_content ON custom_field_values (field_id, lower(content), ticket_id) WHERE length(content) <= 255;
-- values that entries of the history carry; sealed with their message
CREATE TABLE change_field_values (
    change_id BIGINT NOT NULL REFERENCES changes (id),
    position  BIGINT NOT NULL,
    field_id  BIGINT NOT NULL REFERENCES custom_fields (id),
    content   TEXT NOT NULL,
    PRIMARY KEY (change_id, position)
);
CREATE TABLE queue_field_values (
    id       {id},
    queue_id BIGINT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    field_id BIGINT NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    content  TEXT NOT NULL
);
CREATE INDEX queue_field_values_by_queue ON queue_field_values (queue_id, field_id);
-- @sqlite
CREATE TRIGGER change_field_values_stay BEFORE UPDATE ON change_field_values BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER change_field_values_remain BEFORE DELETE ON change_field_values BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
-- @end
-- @postgres
CREATE TRIGGER change_field_values_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON change_field_values
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
-- @end
-- what a fresh installation is given, for those that are there already
UPDATE custom_fields SET link = 'https://nvd.nist.gov/vuln/detail/__CustomField__' WHERE name = 'CVE ID';
INSERT INTO custom_fields (name, kind, bearer, max_values, hint, sort_order)
    SELECT 'RTIR default WHOIS server', 'Freeform', 'queue', 1, 'Asked first for tickets of this queue.', 14 WHERE EXISTS (SELECT 1 FROM queues);
INSERT INTO custom_field_queues (field_id, queue_id)
    SELECT f.id, q.id FROM custom_fields f CROSS JOIN queues q
    WHERE f.bearer = 'queue' AND q.lifecycle IN ('incident_reports', 'incidents', 'investigations', 'countermeasures');
