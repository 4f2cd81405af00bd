## Feeds

feeds-title = Feeds
feeds-beneath = Searches that other programs of yours can read
feeds-of-search = As a feed
feeds-own = Your feeds
feeds-none = (No feed)
feeds-new = New feed
feeds-name = Name
feeds-create = Make the feed
feeds-hint = Whoever knows the address reads what you may see. Revoke it if others learn of it.
feeds-made = The addresses of “{ $name }”
feeds-made-hint = Copy them now: they are not kept and cannot be shown again.
feeds-atom = News (Atom)
feeds-rss = News (RSS)
feeds-ics = Calendar (iCalendar)
feeds-ics-hint = Dates by day, start and due apart. With “&single=1” one entry from start to due, with “&time=1” with times.
feeds-not-made = The feed was not made.
feeds-revoke = Revoke
feeds-revoke-named = Revoke { $name }
feeds-made-at = made
feeds-read-at = last read
feeds-never-read = never read
feeds-start = Start: { $subject }
feeds-due = Due: { $subject }
