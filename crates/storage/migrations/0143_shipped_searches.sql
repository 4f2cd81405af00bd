-- TC-283: searches that everybody knows from RT. A team that has some of these names keeps its own.
INSERT INTO saved_searches (keeper_kind, name, query, columns, sort, row_count) VALUES
    ('system', 'My Tickets', 'Owner = ''__CurrentUser__'' AND Status = ''__Active__''', 'id Subject Status Priority Due', '-Priority', 10),
    ('system', 'Unowned Tickets', 'Owner = ''Nobody'' AND Status = ''__Active__''', 'id Subject Queue Status Created Take', '-Created', 10),
    ('system', 'Bookmarked Tickets', 'id = ''__Bookmarked__''', 'id Subject Queue Status Owner LastUpdated', '-LastUpdated', 10)
ON CONFLICT DO NOTHING;
