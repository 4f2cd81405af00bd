-- Until when a ticket is kept out of the lists of what is to be done.
ALTER TABLE tickets ADD COLUMN snoozed_until {time};
