-- More of how a saved search is shown (TC-278): what it is for, how its rows are grouped, how close they stand.
ALTER TABLE saved_searches ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE saved_searches ADD COLUMN grouped TEXT NOT NULL DEFAULT '';
ALTER TABLE saved_searches ADD COLUMN density TEXT NOT NULL DEFAULT '';
UPDATE saved_searches SET description = 'What you own, the most important first' WHERE keeper_kind = 'system' AND name = 'My Tickets';
UPDATE saved_searches SET description = 'What nobody works on, the newest first' WHERE keeper_kind = 'system' AND name = 'Unowned Tickets';
UPDATE saved_searches SET description = 'What you marked, the last changed first' WHERE keeper_kind = 'system' AND name = 'Bookmarked Tickets';
-- Whoever may load searches may update what they find at once; each ticket still asks for its own rights (TC-279).
INSERT INTO grants (principal_kind, principal_id, role, right_name, scope_kind, scope_id)
    SELECT principal_kind, principal_id, role, 'ShowSearchBulkUpdate', scope_kind, scope_id
    FROM grants WHERE right_name = 'LoadSavedSearch';
