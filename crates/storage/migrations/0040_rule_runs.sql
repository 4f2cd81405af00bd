-- What each rule did: written with the change it answered, thrown away after a while.
CREATE TABLE rule_runs (
    id           {id},
    rule_id      BIGINT NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    ticket_id    BIGINT NOT NULL,
    change_id    BIGINT NOT NULL,
    ran_at       {time} NOT NULL,
    -- none: it did what it should
    error        TEXT,
    milliseconds BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX rule_runs_by_rule ON rule_runs (rule_id, id);
CREATE INDEX rule_runs_failed ON rule_runs (rule_id, id) WHERE error IS NOT NULL;
