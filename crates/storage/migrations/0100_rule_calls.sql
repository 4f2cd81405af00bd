-- Calls that rules want of receivers other than the firewall (whose name is empty), with where their outcome is told; and rules by the clock.
ALTER TABLE hooks ADD COLUMN receiver TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN rule_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hooks ADD COLUMN change_id BIGINT NOT NULL DEFAULT 0;
-- what a receiver answered
ALTER TABLE rule_runs ADD COLUMN note TEXT NOT NULL DEFAULT '';

CREATE TABLE rule_schedules (
    rule_id   BIGINT PRIMARY KEY REFERENCES rules (id) ON DELETE CASCADE,
    -- what the next moment was reckoned from; another one begins anew
    pattern   TEXT NOT NULL,
    next_at   {time} NOT NULL,
    -- while a process is at it: until when the others keep away, and the last ticket that is done
    held_until {time},
    after_id  BIGINT NOT NULL DEFAULT 0
);
