# What tickets carry: priorities, times, dates, descriptions, reminders, watchers; and the pages that set up queues, lifecycles and levels.

## Inputs

form-not-a-time = This is not a time. Write 90, 1h 30m, 1.5 h or 1 1/2 hours.
form-not-a-priority = A priority is a whole number or one of: { $scale }.
form-moment-hint = Such as 2026-03-09 17:00, tomorrow, next monday 10:00, +3 days.
form-time-hint = Minutes, or such as 1h 30m.
form-priority-hint = { $scale }, or a number.
form-description = Description
form-force-owner = Force owner change
form-level-default = By default

## Lists

list-pending-one = pending #{ $ticket }
list-pending = pending { $count } others

## Ticket page

field-description = Description
field-squelch = Mail suppressed
ticket-description = Description
ticket-jump-and-mark = Jump to it and mark as seen
ticket-final-priority = Final priority
ticket-time-left = Time left
ticket-time-estimated = Time estimated
ticket-time-with-members = With all members: { $time }
ticket-working-people = Time worked by person
ticket-blocked = This ticket depends on open tickets ({ $count }) and cannot be closed before they are:
ticket-blocked-hidden = and others that you may not see
ticket-days-from-now = Set to { $ahead } from now
change-add-reminder = added the reminder “{ $subject }”
change-open-reminder = reopened the reminder “{ $subject }”
change-resolve-reminder = completed the reminder “{ $subject }”

## Reminders

reminders = Reminders
reminders-mine = My reminders
reminders-none = (No reminders)
reminders-mine-none = You have no open reminders.
reminder-done = Done
reminder-subject = What
reminder-owner = Who
reminder-due = When
reminder-new = Remind of
reminder-add = Add reminder
reminder-complete = Complete: { $subject }
reminder-reopen = Open again: { $subject }
reminder-edit = Edit reminder
reminder-edit-one = Edit: { $subject }
reminder-ticket = Ticket
reminder-not-saved = The reminder was not saved.
done-reminder-added = Reminder added to ticket { $ticket }.
done-reminder-completed = Reminder completed.
done-reminder-opened = Reminder opened again.
done-reminder-saved = Reminder saved.

## Bookmarks and what was viewed last

bookmark = Bookmark
bookmark-remove = Remove bookmark
bookmarks = Bookmarks
bookmarks-none = You have no bookmarks. “Bookmark” on a ticket’s page adds one.
recently-viewed = Recently viewed
recently-viewed-none = Tickets that you look at are listed here.
mine = My tickets at hand
done-bookmarked = Ticket { $ticket } bookmarked.
done-bookmark-removed = Bookmark of ticket { $ticket } removed.

## People page

people-edit = Edit people
people-title = People of #{ $ticket }
people-watchers = Watchers
people-remove = Remove
people-add = Add
people-add-who = Add
people-add-hint = Addresses, logins or group:NAME, separated by commas.
people-role = As
people-mail = Mail
people-squelch-hint = Ticked addresses get no mail of this ticket.
people-squelched = (no mail)
people-group = Group { $name }
people-force = Force owner change
people-owner = Owner
people-not-saved = Nothing was changed.
people-watch = Watch as Cc
people-unwatch = Stop watching as Cc
people-watch-admin = Watch as AdminCc
people-unwatch-admin = Stop watching as AdminCc
people-save = Save
done-people-saved = People of ticket { $ticket } changed.

## Links

links = Links
links-edit = Edit links
links-title = Links of #{ $ticket }
links-add = Add
links-hint = Ticket numbers or addresses (https://…), separated by blanks.
links-delete = Remove
links-create = Create
links-none = (None)
links-not-saved = Nothing was changed.
links-save = Save
done-links-saved = Links of ticket { $ticket } changed.
link-kind-dependson = Depends on
link-kind-dependedonby = Depended on by
link-kind-memberof = Parents
link-kind-hasmember = Children
link-kind-refersto = Refers to
link-kind-referredtoby = Referred to by

## Administration of queues

admin-queues = Queues
admin-queues-beneath = Where tickets live: their addresses, lifecycle, defaults and watchers.
admin-queue-title = Queue { $name }
admin-queue-new = New queue
admin-queue-name = Name
admin-queue-description = Description
admin-queue-correspond = Correspond address
admin-queue-comment = Comment address
admin-queue-lifecycle = Lifecycle
admin-queue-tag = Subject tag
admin-queue-tag-hint = In place of the installation’s name, as in [tag #123].
admin-queue-order = Sort order
admin-queue-initial = Initial priority
admin-queue-final = Final priority
admin-queue-priorities = Names of priorities
admin-queue-priorities-hint = Such as Low=0, High=100, or “numbers”. Empty: those of the installation.
admin-queue-due = Default due
admin-queue-due-hint = Such as 2 weeks, tomorrow 10:00, or a number of days. Also how far ahead “set to … from now” goes.
admin-queue-starts = Default starts
admin-queue-levels = Service levels are in force here
admin-queue-level = Default service level
admin-queue-zone = Time zone of business hours
admin-queue-zone-hint = Such as Europe/Oslo. Empty: that of the calendar.
admin-queue-disabled = Disabled: no new tickets, hidden from choices
admin-queue-basics = Basics
admin-queue-defaults = Defaults of new tickets
admin-queue-service = Service levels
admin-queue-watchers = Watchers
admin-queue-watchers-none = Nobody watches this queue.
admin-queue-watch-who = Login, address or group:NAME
admin-queue-not-saved = The queue was not saved.
admin-queue-enabled = Enabled
admin-queue-search = Name or description
admin-queue-with-disabled = With disabled ones
admin-queue-narrow = Show
admin-save = Save
admin-delete = Delete
admin-remove = Remove
admin-add = Add
done-queue-saved = The queue is saved.
done-queue-watchers = The watchers are changed.

## Administration of lifecycles

admin-lifecycles = Lifecycles
admin-lifecycles-beneath = The statuses of tickets and the steps between them. A change is in force at once.
admin-lifecycle-title = Lifecycle { $name }
admin-lifecycle-statuses = Statuses
admin-lifecycle-initial = Initial
admin-lifecycle-active = Active
admin-lifecycle-inactive = Inactive
admin-lifecycle-created = New tickets begin as
admin-lifecycle-creatable = May be created as
admin-lifecycle-transitions = Transitions
admin-lifecycle-from = From
admin-lifecycle-to = To
admin-lifecycle-right = Right needed
admin-lifecycle-actions = Actions
admin-lifecycle-label = Label
admin-lifecycle-update = Opens
admin-lifecycle-update-respond = Reply form
admin-lifecycle-update-comment = Comment form
admin-lifecycle-update-none = Nothing: takes effect at once
admin-lifecycle-any = any
admin-lifecycle-maps = Moves to other lifecycles
admin-lifecycle-map = Becomes
admin-lifecycle-missing = Without a map
admin-lifecycle-missing-hint = Tickets in these statuses cannot move between queues of these lifecycles:
admin-lifecycle-definition = Definition
admin-lifecycle-definition-hint = As JSON. Another name makes another lifecycle.
admin-lifecycle-edit = Edit definition
admin-lifecycle-clone = New from this one
admin-lifecycle-queues = Queues
admin-lifecycle-not-saved = The lifecycle was not saved.
admin-lifecycle-delete-title = Delete the lifecycle { $name }?
admin-lifecycle-delete-what = No queue uses it. Maps of other lifecycles that lead to it go with it.
done-lifecycle-saved = The lifecycle is saved and in force.
done-lifecycle-deleted = The lifecycle is deleted.

## Administration of service levels

admin-levels = Service levels
admin-levels-beneath = What is promised, and the hours it is counted in.
admin-levels-scheme = Scheme
admin-levels-scheme-standard = The promises of the level in force
admin-levels-scheme-classic = Classic: by time of arrival, answers move Due ahead
admin-levels-default = Default level
admin-levels-default-hint = For queues with none of their own.
admin-level-new = New level
admin-level-title = Service level { $name }
admin-level-name = Name
admin-level-calendar = Calendar
admin-level-zone = Time zone
admin-level-immediately = Work starts at once, also out of hours
admin-level-starts = Starts
admin-level-response = Response
admin-level-resolve = Resolve
admin-level-keep-in-loop = Keep in loop
admin-level-business = Business minutes
admin-level-real = Real minutes
admin-level-ignore = Not in these statuses
admin-level-exclude = Time spent there is added
admin-level-out-business = More out of hours: business minutes
admin-level-out-real = More out of hours: real minutes
admin-level-not-saved = Nothing was saved.
admin-calendar-new = New calendar
admin-calendar-title = Calendar { $name }
admin-calendars = Calendars
admin-calendar-name = Name
admin-calendar-zone = Time zone
admin-calendar-hours = Business hours
admin-calendar-hours-hint = Such as 09:00-12:00, 13:00-18:00. Empty: closed.
admin-calendar-holidays = Holidays
admin-calendar-holidays-hint = One a line: 12-24 every year, or 2026-12-24.
admin-calendar-sunday = Sunday
admin-calendar-monday = Monday
admin-calendar-tuesday = Tuesday
admin-calendar-wednesday = Wednesday
admin-calendar-thursday = Thursday
admin-calendar-friday = Friday
admin-calendar-saturday = Saturday
done-level-saved = The service level is saved.
done-level-deleted = The service level is deleted.
done-calendar-saved = The calendar is saved.
done-calendar-deleted = The calendar is deleted.
done-scheme-saved = The scheme is in force.

## Statuses of the lifecycles that are shipped; others are shown as they are called (TC-047)

status-new = new
status-open = open
status-stalled = stalled
status-resolved = resolved
status-rejected = rejected
status-deleted = deleted
status-abandoned = abandoned
status-pending-activation = pending activation
status-active = active
status-pending-removal = pending removal
status-removed = removed

## Snoozing

snooze-title = Snooze #{ $ticket }
snooze-hint = Until then it is out of home and of the lists of open tickets, for everybody. It comes back at once when somebody outside writes.
snooze-tomorrow = Tomorrow, 8:00
snooze-monday = Next Monday, 8:00
snooze-answer = When they answer, or in 30 days
snooze-other = Another moment
snooze-other-hint = A date, or words such as “friday 14:00”, “+3 days”, “2 weeks”.
snooze-moment-needed = Say until when.
snooze-not-saved = The ticket was not snoozed.
snooze-standing = Snoozed: out of the lists until
snooze-wake = Wake it now
snooze-list = Snoozed
done-snoozed = Ticket { $ticket } is snoozed.
done-awake = Ticket { $ticket } is back in the lists.
