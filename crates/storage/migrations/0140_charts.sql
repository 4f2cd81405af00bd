-- A saved search with a chart is drawn, not listed: names and values, a line each; empty for a list.
ALTER TABLE saved_searches ADD COLUMN chart TEXT NOT NULL DEFAULT '';
