# Relations between tickets: merging, splitting, choosing tickets from lists.

## Choosing from lists

choose-words = Words in the subject
choose-search = Narrow the list
choose-edit = Edit search
choose-edit-hint = The search language; what may not be chosen here stays out.
choose-nothing = (Nothing to choose)
choose-number = Ticket number
choose-number-hint = For one that is not listed.

## Merging

ticket-merge = Merge
merge-title = Merge #{ $ticket } into another ticket
merge-siblings = Other children of the parent Incidents
merge-go = Merge
merge-not-done = Nothing was merged.
merge-choose = Choose a ticket or type its number.
merge-hint = Both become yours, their histories are shown together, times, people, links and network data are united, and both numbers lead to the merged ticket. A merge can be taken back at any time.
merge-into-investigation = A Report and an Investigation always become the Investigation.
done-merged = Merged; everything is on ticket { $ticket } now.
merged-title = Merged tickets
merged-by = by { $name }
merged-inside = in #{ $ticket }
merged-take-out = Take #{ $ticket } out again
change-merged = merged into this ticket:
change-merged-into = merged this ticket into
change-unmerged = took out again:
change-unmerged-from = took this ticket out of
history-of = #{ $ticket }

## Taking a merge back

unmerge-title = Take #{ $ticket } out of #{ $target }
unmerge-what = Both tickets become what they were before they were merged, apart from what happened since. Messages and changes recorded since then stay on #{ $target }.
unmerge-yes = Take it out
unmerge-status = Status of #{ $target }
unmerge-back-to = back to { $status }
unmerge-times = Times that go back to #{ $ticket }
unmerge-times-words = { $worked } worked, { $estimated } estimated, { $left } left (minutes)
unmerge-people = People who leave #{ $target }
unmerge-values = Values that leave #{ $target }
unmerge-nothing = (nothing)
done-unmerged = Ticket { $ticket } is a ticket of its own again.

## Linking

done-linked-to = Linked with #{ $ticket }.
done-childless-warning = Incident #{ $ticket } has no children any more.
done-owner-alerted = The owner of the Incident was told about ticket { $ticket }.
alert-owner-hint = Incident #{ $ticket } belongs to { $owner }. Answer this Report yourself, or tell { $owner } about it.
alert-owner = Tell { $owner }
children-title = { $kind } of Incident #{ $ticket }
children-back = Back to Incident #{ $ticket }
children-none = (None with these statuses)
children-filter = Filter status
children-unlink = Unlink

## Menu of a ticket

ticket-reply-all = Reply to All
ticket-forward = Forward
ticket-split = Split
ticket-advanced = Advanced
history-forward = Forward this message
change-forwarded = forwarded the ticket to { $recipients }
change-forwarded-entry = forwarded a message to { $recipients }

## Forwarding

forward-title = Forward #{ $ticket }
forward-entry-title = Forward a message of #{ $ticket }
forward-subject = Fwd: { $subject }
forward-hint = All messages of the ticket are attached; internal comments are not.
forward-entry-hint = The message is attached as it is.
forward-to = To
forward-to-hint = Addresses, separated by commas. They do not become watchers.
forward-bcc = Bcc
forward-send = Forward
done-forwarded = Ticket { $ticket } was forwarded.

## Advanced

advanced-title = Advanced: #{ $ticket }
advanced-queue-hint = Any queue; a status that it does not have is mapped.
advanced-links = Links
advanced-links-hint = Numbers of tickets separated by blanks; for what this ticket starts, also addresses that begin with https://. Constituencies and types are not checked here.
advanced-link-depends-on = Depends on
advanced-link-depended-on-by = Depended on by
advanced-link-parents = Parents
advanced-link-children = Children
advanced-link-refers-to = Refers to
advanced-link-referred-to-by = Referred to by
advanced-unlink-depends-on = No longer depends on
advanced-unlink-depended-on-by = No longer depended on by
advanced-unlink-parents = No longer a child of
advanced-unlink-children = No longer the parent of
advanced-unlink-refers-to = No longer refers to
advanced-unlink-referred-to-by = No longer referred to by
advanced-link-forbidden = You may not change the ticket at the other end.
advanced-merge = Merge into
advanced-merge-hint = The number of any ticket.

## What would happen

preview-button = Preview
preview-none = Press “Preview” to see who would get mail.
preview-hint = They get mail. Untick whom to leave out for this message.
preview-nobody = Nobody gets mail.
preview-by = by “{ $rules }”
preview-hidden = (hidden from the others)
preview-later-daily = gets it in the daily digest
preview-later-weekly = gets it in the weekly digest
preview-suspended = suspended their mail and gets nothing
preview-rules = Rules that act
form-markdown-hint = Markdown: **bold**, `code`, lists, [links](https://…). The letter has this text and the HTML made from it; switch it off in your preferences.
form-markdown-preview = Your message as HTML
form-markdown-none = It goes out as text alone.
form-earlier-files = Files of earlier messages
form-earlier-files-hint = Those that you tick are sent along.
form-earlier-file = { $name } ({ $size }) · { $author } · { $date }
form-earlier-internal = from a comment
form-attachment-forgotten = The text says “{ $word }”, and nothing is attached. Attach it, or send again as it is.
form-attach-reports = Attach Reports

## Splitting and making

split-title = Split { $kind } #{ $ticket }
split-go = Split
form-refers-to = Refers to
form-refers-to-hint = Numbers of tickets, or addresses that begin with https://.
form-incident-add = Add
form-incident-other = Other
close-fate = Children of an Incident that is { $status } become:

ticket-split-many = Split into several
split-many-title = Split #{ $ticket } into several Reports
split-many-by = One Report for each
split-many-hint = Each gets its address or name, the lines of the message that speak of it, the people and Incidents of this Report, and a link to it. Nobody is mailed.
split-many-values = Addresses and names
split-many-choose = Tick at least one.
split-many-nothing = (No addresses or names in this Report)
split-many-preview = { $count ->
    [one] One Report will be made
   *[other] { $count } Reports will be made
}
split-many-go = Split into several
split-one = Split off one by hand
