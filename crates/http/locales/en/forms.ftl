# Forms: making tickets, answering, editing, closing, linking.

## What can be wrong with any form

form-broken = The form arrived incomplete. Please look at it and send it again.
form-too-many-inputs = The form holds more than this system accepts; the rest was left out.
form-text-too-long = This text is too long; at most 1 MB is kept. Attach the rest as a file.
form-files-too-large = The files are larger than this system accepts. Choose smaller or fewer ones.
form-too-many-people = At most { $most } people.
form-not-an-address = “{ $text }” is not an e-mail address.
form-not-a-number = A whole number is needed, at most { $most }.
form-negative-time = Times cannot be negative.
form-not-a-moment = This is not a date and time. Write 2026-03-09 17:00, tomorrow 10:00, next monday or +3 days.
form-not-a-ticket-number = “{ $text }” is not a ticket number.
form-subject-too-long = A subject may have at most { $most } characters.

## Inputs

form-basics = Basics
form-other-fields = Fields
form-people = People
form-dates = Dates and times
form-queue = Queue
form-queue-hint = Another queue may have other fields: press “Update the form” after choosing.
form-other-constituency = That ticket belongs to { $name }, another constituency than the one you work in.
form-queue-forbidden = You may not create tickets in that queue.
form-status = Status
form-status-stays = { $status } (unchanged)
form-owner = Owner
form-owner-fixed = As of the ticket it is made from.
form-owner-unknown = There is nobody with that login.
form-owner-may-not = That user may not own tickets in that queue.
form-level = Service level
form-priority = Priority
form-final-priority = Final priority
form-incidents = Incidents
form-incident-number = Incident number
form-incident-required = A { -fourth-type } is always part of an Incident.
form-incident-hint = Not required. It can be part of one Incident only.
form-incidents-hint = Not required. Several numbers are separated by commas.
form-requestors = Correspondents
form-ccs = Cc
form-admin-ccs = AdminCc
form-people-hint = Addresses or logins, separated by commas.
form-quiet = Don’t send any e-mails to correspondents
form-subject = Subject
form-message = Message
form-files = Attachments
form-starts = Starts
form-started = Started
form-told = Last contact
form-due = Due
form-due-hint = Empty: from the service level.
form-due-of-children = Follows the Incident’s open children.
form-time-estimated = Estimated
form-time-worked = Worked
form-time-left = Left

## Making tickets

form-new-report = Create a new Incident Report
form-new-incident = Create a new Incident
form-new-investigation = Launch a new investigation
form-new-countermeasure = Create a new { -fourth-type }
form-new-general = Create a new ticket
form-not-created = Nothing was created.
form-create = Create
form-launch = Launch
form-create-and-launch = Create Incident and run Investigation
form-update = Update the form
form-from = From #{ $ticket }, which becomes part of the Incident.
form-take-first = An Incident is made by the owner of the ticket it comes from. #{ $ticket } has no owner: take it first, then the form opens.
form-steal-first = An Incident is made by the owner of the ticket it comes from. #{ $ticket } belongs to { $owner }: take it over first, then the form opens.
form-take-it = Take it and go on
form-steal-it = Steal it and go on
form-back-to-ticket = Back to the ticket
form-launch-too = Launch Investigation
form-launch-hint = Used by “Create Incident and run Investigation” only. What is left empty is taken from the Incident.
form-launch-needs-correspondent = A correspondent for the investigation is needed.
done-created = Ticket { $ticket } created.
done-created-and-launched = Incident { $ticket } created, and an Investigation launched from it.

## Answering

quotation-head = On { $date }, { $name } wrote:
form-reply-title = Reply to #{ $ticket }
form-comment-title = Comment on #{ $ticket }
form-reply = Send reply
form-comment = Save comment
form-not-sent = Nothing was sent or changed.
form-recipients = Recipients
form-reply-goes-to = A reply goes to
form-comment-goes-to = A comment goes to
form-type = Type
form-type-reply = Reply to correspondents
form-type-comment = Comment (not sent to correspondents)
form-one-time-cc = One-time Cc
form-one-time-bcc = One-time Bcc
form-one-time-hint = Addresses that get this one message.
form-time-taken = Time worked
form-message-needed = Write something, attach a file, or choose another status.
done-replied = Reply recorded on ticket { $ticket }.
done-commented = Comment added to ticket { $ticket }.
done-updated = Ticket { $ticket } updated.

## One press

form-not-changed = Ticket { $ticket } was not changed
form-not-changed-why = This is why:
form-status-needed = A status is needed that the ticket can move to.
form-days-needed = A number of days is needed, at most { $most }.
form-no-such-field = This ticket has no such field.
done-taken = You own ticket { $ticket } now.
done-stolen = You own ticket { $ticket } now.
done-untaken = Nobody owns ticket { $ticket } now.
done-seen = Everything on ticket { $ticket } is marked as seen.

## Linking

form-link-title = Link #{ $ticket } to an Incident
form-link-children-title = Link { $kind } to Incident #{ $ticket }
form-link = Link
form-link-number = Ticket number
form-link-number-hint = For one that is not listed.
form-link-incident-hint = For one that is not listed. A closed Incident is opened again by linking to it.
form-not-linked = Nothing was linked.
form-choose-ticket = Choose a ticket or type its number.
form-no-such-ticket = There is no such ticket.
done-linked = Links of ticket { $ticket } added.
done-unlinked = Links of ticket { $ticket } removed.

## Closing an Incident, and writing to its children

form-reply-reporters-title = Incident #{ $ticket }: Reply to Reporters
form-reply-all-title = Incident #{ $ticket }: Reply to All
form-resolve-title = Resolve Incident #{ $ticket } (including children)
form-abandon-title = Abandon Incident #{ $ticket } (including children)
form-children = Open tickets of this Incident
form-no-recipients = There are no recipients: this Incident has no open tickets of these types.
form-close-hint = Ticked tickets get the message and are closed with the Incident: Reports are resolved, or rejected when it is abandoned; Investigations are resolved; { -fourth-types } are removed. A ticket that another open Incident shares stays open.
form-close-hint-without = Ticked tickets get the message and are closed with the Incident: Reports are resolved, or rejected when it is abandoned; Investigations are resolved. A ticket that another open Incident shares stays open.
form-reporters = Reporters
form-investigation-correspondents = Investigation Correspondents
form-countermeasure-correspondents = { -fourth-type } Correspondents
form-incident-then = The Incident
form-close = Close the Incident
form-send = Send
form-on-incident = Add the message to the Incident itself too
form-time-on-incident = Time worked (minutes), booked on the Incident
form-message-needed-here = Write something or attach a file.
done-closed = Incident { $ticket } and the chosen tickets are closed.
done-written = The tickets of Incident { $ticket } got the message.
done-not-closed-warning = Not all tickets were updated: #{ $ticket } is still open, so the Incident stays as it is.

## Editing

form-edit-title = Edit #{ $ticket }
form-save = Save
form-not-saved = Nothing was saved.
form-differences = What is there now, where you typed something else
