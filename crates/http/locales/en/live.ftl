# Working together: locks, who is here, drafts, collisions, news, the palette.

## Locks

lock-theirs = { $holder } has had this ticket locked for { $span } ({ $kind }). You can go on; talk to each other.
lock-mine = You have had this ticket locked for { $span } ({ $kind }).
lock-kind-auto = while a form is open
lock-kind-take = since it was taken
lock-kind-hard = on request
lock-lock = Lock
lock-unlock = Unlock
done-locked = Ticket { $ticket } is locked. Others see that you are at work on it.
done-unlocked = Unlocked. { $count ->
    [0] You held the lock for less than a minute.
   *[other] You held the lock for { $count } min.
}
done-not-locked = You held no lock on this ticket.
done-locks-ended = { $count ->
    [one] One lock ended.
   *[other] { $count } locks ended.
}
locks-title = My locks
locks-none = You hold no lock.
locks-hint = Locks only tell others that you are at work on a ticket. They end when you unlock, send the form, or sign out.
locks-end-all = Unlock all
locks-kind = Kind
locks-since = Held for

## Who is here

presence-label = Who else is here
presence-writing = { $name } is writing
presence-looking = { $name } is looking
presence-idle = { $name } has it open
presence-recently = { $name } was here { $ago }

## Drafts

draft-offer = There is a draft of yours from { $time }.
draft-restore = Restore it
draft-discard = Discard it
draft-restored = Your draft from { $time } is restored. Files that were not attached yet have to be chosen again.
draft-save = Save draft
draft-saved = Draft saved
draft-not-saved = Not saved: the server cannot be reached. What you type is kept in this browser.
draft-signed-out = Your session has ended. What you type is kept in this browser; sign in in another tab and it is saved.
drafts-title = Drafts
drafts-none = Nothing is waiting to be sent.
drafts-hint = What you type into a form is kept here, for you alone, until you send or discard it.
drafts-form = Form
drafts-text = Text
drafts-saved = Saved
draft-kind-other = Form
draft-on-ticket = { $form }, ticket { $ticket }
done-draft-saved = Draft saved. It waits here until you send or discard it.
done-draft-discarded = Draft discarded.

## Collisions

collision-reply = Somebody else wrote while you did. Read what is new, then send again: it goes out with the second press.
collision-title = New since you opened this form
collision-edit = Somebody changed { $fields } since you opened this form. Your text is kept and not saved yet; everything else you changed is. Save again to put yours in its place.

## News

live-new-message = New on this ticket.
live-show = Show it
live-new-rows = { $count ->
    [one] One new ticket
   *[other] { $count } new tickets
}
live-show-rows = show (n)
live-lost = The connection to the server is lost; the page refreshes itself when it is back.

## The palette

palette-title = Go or do
palette-hint = A page, a ticket’s number or words of its subject, or something to do here.
palette-find = Find
palette-none = Nothing fits.
palette-here = On this ticket
palette-tickets = Tickets
palette-pages = Pages
key-palette = Everything, by words
key-assign = Assign
key-copy-number = Copy the number
key-copy-title = Copy number and subject
key-copy-address = Copy the address
key-copy-observables = Copy what was found in it, made harmless
copied = Copied: { $text }

## Forms by name, for the list of drafts

draft-kind-reply = Reply
draft-kind-comment = Comment
draft-kind-edit = Edit
draft-kind-close = Close
draft-kind-reply-reporters = Reply to reporters
draft-kind-reply-all = Reply to all
draft-kind-forward = Forward
draft-kind-split = Split
draft-kind-merge = Merge
draft-kind-new-reports = New Incident Report
draft-kind-new-incidents = New Incident
draft-kind-new-investigations = New Investigation
draft-kind-new-countermeasures = New { -fourth-type }
draft-kind-new-tickets = New ticket

## Keys of one's own

help-remap = Choose other keys
bindings-title = Keys
bindings-hint = A key as it is printed, two with a space between them for one after the other, several with | between them, or “off”.
bindings-usual = Back to the usual keys
bindings-not-a-key = This is no key.
bindings-taken = The same key is for “{ $act }”.
