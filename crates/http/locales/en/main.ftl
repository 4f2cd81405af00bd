# The words of the web interface. Keys are grouped by where they are shown.

product = Watchbell
none = (none)
no-subject = (no subject)
about = About

## Frame

skip = Skip to content
nav = Main navigation
nav-home = Home
nav-reports = Incident Reports
nav-incidents = Incidents
nav-investigations = Investigations
nav-countermeasures = { -fourth-types }
nav-search = Search
nav-admin = Administration
nav-collapse = Collapse
search-label = Search incidents
search-placeholder = Search incidents
create = Create
create-report = Incident Report
create-incident = Incident
create-investigation = Investigation
create-countermeasure = { -fourth-type }
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
density = Density
density-compact = Compact
density-normal = Normal
density-comfortable = Roomy
preferences = Preferences
sign-out = Sign out
notice-dismiss = Dismiss

## Marks and times

chip-priority = Priority { $value }
chip-nobody = Nobody
age-now = just now
age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count } d
age-ago = { $span } ago
due-in = in { $span }
due-over = { $span } overdue
size-bytes = { $size } B
size-kilobytes = { $size } kB
size-megabytes = { $size } MB

## Forms

field-required = (required)
form-cancel = Cancel

## Lists

table-select = Choose
table-select-all = Select all on this page
table-select-row = Select ticket { $id }
bulk-selected = selected
pager = Pages
pager-previous = Previous
pager-next = Next

## Tickets

ticket-actions = Actions
ticket-more = More
message-signature = Signature
message-forwarded = Forwarded message
message-authentication = Sender checked
event-summary = Event
event-when = When
event-where = Where
event-organizer = From
event-method = Kind
message-quoted = { $count ->
    [one] { $count } quoted line
   *[other] { $count } quoted lines
}
observable-actions = What to do about { $text }
history = History
history-incoming = Received
history-outgoing = Sent
history-created = Created
history-comment = Internal comment
history-mail = Mail
history-change = Change
history-unseen = New

## Signing in

login-title = Sign in
login-failed = You are not signed in.
login-name = Name
login-password = Password
login-submit = Sign in
