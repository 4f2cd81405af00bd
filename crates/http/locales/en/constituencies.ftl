# Administration of constituencies.
admin-constituencies = Constituencies
admin-constituencies-beneath = Groups of customers with queues, addresses and a team of their own. Who works for all belongs into DutyTeam, others only into their own team.
constituency-none = There is no constituency yet.
constituency-add = Add a constituency
constituency-name = Name
constituency-new-name = New name
constituency-description = Description
constituency-queues = Queues
constituency-groups = Groups
constituency-correspond = Address for reports
constituency-comment = Address for comments
constituency-rename = Rename
constituency-not-saved = Nothing was changed
done-constituency-saved = The constituency is saved.
