# Pages that show things: sign-in, home, lists, search, tickets, administration.

## Failures

failure-not-found = Nothing here
failure-not-found-words = There is no such page or ticket, or you may not see it.
failure-forbidden = You may not do this
failure-forbidden-words = Your account does not have the right for this. If you should have it, ask an administrator.
failure-forbidden-modifyticket = This ticket is not yours to change. Take it over first, or ask its owner.
failure-forbidden-createticket = Your account may not make tickets of this type. If it should, ask an administrator.
failure-forbidden-showconfigtab = These pages are for administrators.
failure-conflict = Somebody was faster
failure-unavailable = Not right now
failure-unavailable-words = The system is busy. Nothing was lost or changed; please go back and try again.
failure-internal = Something went wrong
failure-internal-words = This is our fault, not yours. It was written down for the administrators; nothing was changed.
failure-refused = This did not work
failure-method = This address cannot be used that way.
failure-too-large = What you sent is larger than this system accepts.
failure-home = Go home

## Signing in

login-wrong = Name or password is wrong.
login-wait = Too many wrong passwords for this name. Please wait five minutes.
login-ended = Your session has ended, so nothing was sent. Sign in again: what you typed is kept in this browser.
done-signed-out = You are signed out.

## Preferences, about

preferences-looks = Looks
preferences-keys = Single keys
preferences-keys-hint = With single keys, j and k move through lists, r replies, ? shows the rest. Whoever uses speech input may want them off.
preferences-account = Account
preferences-real-name = Real name
preferences-email = E-mail
preferences-zone = Time zone
keys-on = On
keys-off = Off
about-words = Incident-response ticketing for CSIRTs.
about-version = Version
about-licence = Licence

## Administration

admin-mail = Mail in trouble
admin-mail-counts = In: { $waiting } waiting, { $troubled } in trouble. Out: { $queued } queued, { $failed } failed.
admin-mail-troubled = Messages that could not be processed, that were dropped, or that nothing answers any more
admin-mail-none = Every message found its ticket.
admin-mail-sender = Sender
admin-mail-to = To
admin-mail-state = State
admin-mail-tries = Tries
admin-mail-retry = Try again
admin-mail-raw = Download
admin-mail-gone = Removed
admin-mail-gone-words = This message was removed when its time was over; the ticket it was filed on has what it said.
admin-outbox = Outgoing mail
admin-outbox-counts = { $queued } queued, { $failed } failed for good.
admin-outbox-open = Letters that wait or failed
admin-outbox-none = Every letter is out.
admin-suspended = People who suspended their mail
admin-suspended-none = Nobody.
admin-suspended-more = Only the first { $count } are shown.
admin-outbox-recipients = For
admin-outbox-ticket = Ticket
admin-outbox-next = Next try
admin-outbox-send = Send now
admin-outbox-cancel = Cancel
done-letter-sent-again = The letter is in line again and goes out now.
done-letter-cancelled = The letter is cancelled and will not go out.
done-mail-retried = The message is tried again now.

## Lists

column-age = Age
column-actions = Actions
column-number = #
column-subject = Subject
column-status = Status
column-queue = Queue
column-owner = Owner
column-due = Due
column-priority = Priority
column-unread = Updates
column-created = Created
column-told = Last contact
column-updated = Updated
column-time-left = Time left
list-open = Open
list-empty = Nothing is open here.
list-general = Other tickets
list-launch = Launch
list-create = Create
list-as-search = As a search
list-shown = { $first }–{ $last }

## Home

home-title = At a glance
home-refresh = Refresh
home-side = Queues
home-constituency = Work with constituency
home-all-constituencies = All constituencies

## Search

search-query = Query
search-hint = Conditions like Subject LIKE 'worm' joined by AND, OR, NOT and parentheses.
search-results = Search results
search-found = { $count ->
    [one] One ticket
   *[other] { $count } tickets
}
search-found-more = Tickets { $shown }
search-examples = Examples
search-example-1 = Incidents nobody works on
search-example-2 = Reports of the last two days
search-example-3 = Everything about a network
search-example-4 = Open talks with a provider
search-example-5 = Overdue

## Tickets

ticket-take = Take
ticket-steal = Steal
ticket-untake = Give up
ticket-general = Ticket
ticket-reply-reporters = Reply to Reporters
ticket-launch = Launch Investigation
ticket-new-countermeasure = New { -fourth-type }
ticket-new-incident = New Incident
ticket-link-incident = Link to Incident
ticket-link = Link
ticket-new = New
ticket-unlink = Unlink from #{ $ticket }
ticket-side = Details
ticket-basics = The Basics
ticket-fields = Fields
ticket-people = People
ticket-dates = Dates
ticket-files = Attachments
ticket-constituency = Constituency
ticket-level = Service level
ticket-time-worked = Time worked
ticket-correspondents = Correspondents
ticket-requestors = Requestors
ticket-cc = Cc
ticket-admin-cc = AdminCc
ticket-starts = Starts
ticket-started = Started
ticket-resolved = Resolved
ticket-by = by { $name }
ticket-due-in = Set to { $days } days from now
ticket-changed = This ticket has changed since you opened it.
ticket-show-changed = Show the newest state
ticket-unread = { $count ->
    [one] One new message
   *[other] { $count } new messages
}
ticket-jump = Jump to it
ticket-mark-seen = Mark as seen

## History

history-newest = Newest
history-older = Older
history-reply = Reply to this
history-comment-on = Comment on this
message-empty = (no text)
message-too-long = This text is too long to be shown here; download it below.
message-too-complex = This HTML is too large or too deeply nested to be shown here; download it below.
file-guarded = AES zip, password
file-lies = really { $found }
file-picture = a picture
file-pdf = a PDF
file-archive = an archive
file-compound = an older office document or an installer
file-rich-text = an RTF document
file-html = an HTML page
file-svg = an SVG drawing
file-program = a program
file-script = a script
file-launcher = a shortcut, notebook or cabinet
file-disk-image = a disk image
change-set = set
change-changed = changed
change-removed = removed
change-added = added
change-cleared = cleared
change-from = from
change-to = to
change-took = took the ticket
change-stole = took the ticket over from { $name }
change-untook = gave the ticket up
change-freed = took the ticket from { $name } and gave it to nobody
change-gave = gave the ticket to { $name }
change-add-watcher = added { $name } as { $role }
change-del-watcher = removed { $name } as { $role }
change-add-link = linked: { $relation }
change-delete-link = unlinked: { $relation }
change-launch-mail = mailed the launch message to { $recipients }
change-mail = mailed “{ $template }” to { $recipients }
change-system-error = met an error
change-delivery = looked after a mail that had not gone out
change-attachment-cut = brought { $name } ({ $size }), which was longer than is kept here: only its beginning was kept
change-attachment-dropped = brought { $name } ({ $size }), which was longer than is kept here: it was dropped
change-bounce = A mail for this ticket came back
mail-queued = queued
mail-sending = being sent
mail-sent = sent
mail-failed = failed
mail-cancelled = cancelled
link-memberof = member of
link-hasmember = has the member
link-dependson = depends on
link-dependedonby = needed by
link-refersto = refers to
link-referredtoby = referred to by
field-requestor = Correspondent
field-cc = Cc
field-admincc = AdminCc
field-sla = Service level
field-told = Last contact
field-snoozeduntil = Snoozed until
field-finalpriority = Final priority
field-timeestimated = Time estimated
field-timeworked = Time worked
field-timeleft = Time left

## Things recognised in text

observable-lookup = Lookup
observable-lookup-ip = Lookup IP
observable-lookup-email = Lookup e-mail
observable-lookup-host = Lookup “{ $host }”
observable-block = Block
observable-add-ip = Add IP
observable-investigate = Investigate to
observable-open = Open (leaves Watchbell)
