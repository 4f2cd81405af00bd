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
