-- Dashboards by mail. Weekdays are names, recipients lines such as "user 5"; next_at is empty for what never goes out.
CREATE TABLE subscriptions (
    id             {id},
    dashboard_id   BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
    user_id        BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    frequency      TEXT NOT NULL,
    weekdays       TEXT NOT NULL,
    every          BIGINT NOT NULL,
    day            BIGINT NOT NULL,
    hour           BIGINT NOT NULL,
    row_count      BIGINT NOT NULL,
    suppress_empty {bool} NOT NULL,
    recipients     TEXT NOT NULL,
    next_at        {time},
    sent_at        {time}
);
CREATE INDEX subscriptions_by_user ON subscriptions (user_id, id);
CREATE INDEX subscriptions_by_dashboard ON subscriptions (dashboard_id);
CREATE INDEX subscriptions_by_next ON subscriptions (next_at, id) WHERE next_at IS NOT NULL;
