-- More of how a saved search is shown (TC-278): what it is for, how its rows are grouped, how close they stand.
ALTER TABLE saved_searches ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE saved_searches ADD COLUMN grouped TEXT NOT NULL DEFAULT '';
ALTER TABLE saved_searches ADD COLUMN density TEXT NOT NULL DEFAULT '';
-- Whoever may load searches may update what they find at once; each ticket still asks for its own rights (TC-279).
INSERT INTO grants (principal_kind, principal_id, role, right_name, scope_kind, scope_id)
    SELECT principal_kind, principal_id, role, 'ShowSearchBulkUpdate', scope_kind, scope_id
    FROM grants WHERE right_name = 'LoadSavedSearch';
-- TC-283
INSERT INTO saved_searches (keeper_kind, name, description, query, columns, sort)
    SELECT 'system', 'My Tickets', 'What you own, the most important first',
        'Owner = ''__CurrentUser__'' AND Status = ''__Active__''',
        'id Subject Priority Queue Status / Due LastUpdated', '-Priority'
    WHERE NOT EXISTS (SELECT 1 FROM saved_searches WHERE keeper_kind = 'system' AND name = 'My Tickets');
INSERT INTO saved_searches (keeper_kind, name, description, query, columns, sort)
    SELECT 'system', 'Unowned Tickets', 'What nobody works on, the newest first',
        'Owner = ''Nobody'' AND Status = ''__Active__''',
        'id Subject Queue Status Created Take / Requestors', '-Created'
    WHERE NOT EXISTS (SELECT 1 FROM saved_searches WHERE keeper_kind = 'system' AND name = 'Unowned Tickets');
INSERT INTO saved_searches (keeper_kind, name, description, query, columns, sort)
    SELECT 'system', 'Bookmarked Tickets', 'What you marked, the last changed first',
        'id = ''__Bookmarked__''',
        'id Subject Priority Queue Status / Owner LastUpdated', '-LastUpdated'
    WHERE NOT EXISTS (SELECT 1 FROM saved_searches WHERE keeper_kind = 'system' AND name = 'Bookmarked Tickets');
