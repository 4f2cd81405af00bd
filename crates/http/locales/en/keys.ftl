# The sheet of single keys.

help-keys = Keyboard
help-close = Close
help-switch-off = Single keys rest while you type. They can be switched off in your preferences.

keys-everywhere = Everywhere
keys-list = In lists
keys-ticket = On a ticket

key-search = Search
key-help = This sheet
key-sidebar = Collapse the navigation
key-go-home = Go home
key-go-reports = Go to Incident Reports
key-go-incidents = Go to Incidents
key-go-investigations = Go to Investigations
key-go-countermeasures = Go to { -fourth-types }
key-go-search = Go to search
key-send = Send the form
key-next-row = Next row
key-previous-row = Previous row
key-open = Open
key-select = Select
key-extend = Extend the selection
key-select-all = Select all
key-next-page = New tickets, when there are any; else the next page
key-previous-page = Previous page
key-back = Back to the list
key-take = Take
key-reply = Reply
key-comment = Comment
key-new-incident = New Incident from it
key-link-incident = Link to an Incident
key-reject = Reject
key-resolve = Resolve
key-snooze = Snooze
key-launch = Launch an Investigation
key-edit = Edit
