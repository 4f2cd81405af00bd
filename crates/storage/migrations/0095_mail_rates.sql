-- How often somebody writes, so that programs which answer each other come to rest; and what happened to messages that went
-- another way than usual, for administrators to see.
ALTER TABLE inbound ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE inbound ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX inbound_by_author ON inbound (author, received_at) WHERE author <> '';
CREATE INDEX inbound_on_ticket ON inbound (ticket_id, received_at);
CREATE INDEX inbound_noted ON inbound (id) WHERE reason <> '' AND state <> 'pending';
