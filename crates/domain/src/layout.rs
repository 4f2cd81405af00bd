//! Which columns lists show: layouts by name (IR-303, IR-306 … IR-317), written as words, with `/` before what makes a second
//! line where there is little room. What stands in a column is left to the pages.

/// One column, by the name that RT gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Id,
    Subject,
    Requestors,
    Owner,
    Queue,
    Status,
    Priority,
    Due,
    Created,
    Told,
    LastUpdated,
    Starts,
    Started,
    Resolved,
    SnoozedUntil,
    TimeLeft,
    TimeWorked,
    /// Messages the reader has not seen (IR-290).
    Updates,
    /// A button to become the owner of what nobody owns (IR-289).
    Take,
    /// The same, also for what somebody else owns (IR-317).
    TakeOrSteal,
    /// How many Incidents a report is a member of (IR-312).
    HasIncident,
    /// Values of a custom field: `CF.{IP}`.
    Field(String),
}

const NAMES: [(&str, Column); 21] = [
    ("id", Column::Id),
    ("Subject", Column::Subject),
    ("Requestors", Column::Requestors),
    ("Owner", Column::Owner),
    ("Queue", Column::Queue),
    ("Status", Column::Status),
    ("Priority", Column::Priority),
    ("Due", Column::Due),
    ("Created", Column::Created),
    ("Told", Column::Told),
    ("LastUpdated", Column::LastUpdated),
    ("Starts", Column::Starts),
    ("Started", Column::Started),
    ("Resolved", Column::Resolved),
    ("SnoozedUntil", Column::SnoozedUntil),
    ("TimeLeft", Column::TimeLeft),
    ("TimeWorked", Column::TimeWorked),
    ("Updates", Column::Updates),
    ("Take", Column::Take),
    ("TakeOrSteal", Column::TakeOrSteal),
    ("HasIncident", Column::HasIncident),
];

const CHILD: &str = "id Subject Status Due";
const WITH_REQUESTORS: &str = "id Subject Status TimeLeft Due Created / Requestors Queue Owner Told LastUpdated";

/// Every named layout with its default.
pub const LAYOUTS: [(&str, &str); 18] = [
    ("Default", "id Subject Queue Status LastUpdated Created / Requestors Owner Told Due TimeLeft"),
    ("ReportDefault", WITH_REQUESTORS),
    ("IncidentDefault", "id Subject Status TimeLeft Due Created / Owner Queue Priority Told LastUpdated"),
    ("InvestigationDefault", WITH_REQUESTORS),
    ("CountermeasureDefault", WITH_REQUESTORS),
    ("Merge", "id Subject Requestors Owner Created Due Queue"),
    ("LinkChildren", "id Subject Requestors Owner Queue Created Due"),
    ("LinkIncident", "id Subject Owner Queue Created"),
    ("ListIncidents", "id Subject Status"),
    ("RejectReports", "id Subject HasIncident Requestors Owner Created Due"),
    ("AbandonIncidents", "id Subject Owner Priority Due"),
    ("BulkReply", "id Subject Requestors Owner Created Due Queue"),
    ("NewReports", "id Subject Requestors Owner Due Queue Take"),
    ("DueIncidents", "id Subject Due Owner Priority Updates"),
    ("ChildReport", CHILD),
    ("ChildInvestigation", CHILD),
    ("ChildCountermeasure", CHILD),
    ("LookupTool", "id Subject Status Priority Queue"),
];

/// More columns than this nobody reads.
const MOST: usize = 20;

/// The columns of a list, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub columns: Vec<Column>,
    /// How many of them stand in the first line.
    pub first_line: usize,
}

impl Column {
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => format!("CF.{{{field}}}"),
            _ => NAMES.iter().find(|(_, column)| column == self).map_or(String::new(), |(name, _)| (*name).to_owned()),
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let field = word.strip_prefix("CF.{").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
        match field {
            Some(field) => (!field.is_empty()).then(|| Self::Field(field.to_owned())),
            None => NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, column)| column.clone()),
        }
    }

    /// The names that can be written, for hints.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

impl Layout {
    /// Reads columns written as words; the first word that is none is told. A list without a subject or a number would lead
    /// nowhere, so it needs one.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (mut columns, mut first_line) = (Vec::new(), None);
        for word in words(text) {
            if word == "/" {
                first_line = first_line.or(Some(columns.len()));
                continue;
            }
            let column = Column::parse(word).ok_or_else(|| format!("There is no column “{word}”."))?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.len() > MOST {
            return Err(format!("At most {MOST} columns, please."));
        }
        if !columns.contains(&Column::Subject) {
            return Err("The column Subject is needed: it leads to the ticket.".to_owned());
        }
        Ok(Self { first_line: first_line.unwrap_or(columns.len()), columns })
    }

    /// Its words, as [`Self::parse`] reads them.
    #[must_use]
    pub fn written(&self) -> String {
        let mut words: Vec<String> = self.columns.iter().map(Column::name).collect();
        if self.first_line < self.columns.len() {
            words.insert(self.first_line, "/".to_owned());
        }
        words.join(" ")
    }

    /// The default of a name, the general one for a name that nobody knows.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let known = |wanted: &str| LAYOUTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, text)| *text);
        let text = known(name).unwrap_or(LAYOUTS[0].1);
        Self::parse(text).unwrap_or(Self { columns: vec![Column::Id, Column::Subject], first_line: 2 })
    }
}

/// Judges `name = columns` lines that override layouts.
pub fn check(overrides: &[(&str, &str)]) -> Result<(), String> {
    for (name, text) in overrides {
        if !LAYOUTS.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Err(format!("There is no list “{name}”."));
        }
        Layout::parse(text).map_err(|problem| format!("{name}: {problem}"))?;
    }
    Ok(())
}

/// Separated by spaces or commas, but not inside braces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    let separated = text.split(move |c: char| {
        inside = (inside || c == '{') && c != '}';
        !inside && (c.is_whitespace() || c == ',')
    });
    separated.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    // IR-303: every list has a name; IR-306 … IR-316: its columns; IR-318: bulk pages have layouts of their own.
    #[test]
    fn ir303_every_named_layout_reads_and_writes_the_same() {
        for (name, text) in LAYOUTS {
            assert_eq!(Layout::parse(text).unwrap().written(), text, "{name}");
        }
        for (id, name, words) in [
            ("IR-306", "Default", "id Subject Queue Status LastUpdated Created / Requestors Owner Told Due TimeLeft"),
            ("IR-307", "ReportDefault", "id Subject Status TimeLeft Due Created / Requestors Queue Owner Told LastUpdated"),
            ("IR-308", "IncidentDefault", "id Subject Status TimeLeft Due Created / Owner Queue Priority Told LastUpdated"),
            ("IR-309", "Merge", "id Subject Requestors Owner Created Due Queue"),
            ("IR-310", "LinkIncident", "id Subject Owner Queue Created"),
            ("IR-311", "ListIncidents", "id Subject Status"),
            ("IR-312", "RejectReports", "id Subject HasIncident Requestors Owner Created Due"),
            ("IR-313", "AbandonIncidents", "id Subject Owner Priority Due"),
            ("IR-314", "BulkReply", "id Subject Requestors Owner Created Due Queue"),
            ("IR-315", "ChildInvestigation", "id Subject Status Due"),
            ("IR-316", "LookupTool", "id Subject Status Priority Queue"),
        ] {
            assert_eq!(Layout::of(name).written(), words, "{id}");
        }
        assert_eq!(Layout::of("nonsense"), Layout::of("Default"));
    }

    #[test]
    fn ir317_columns_are_words_and_nonsense_is_told() {
        let layout = Layout::parse("id, subject CF.{Incident Kind} / takeorsteal HasIncident").unwrap();
        assert_eq!(layout.written(), "id Subject CF.{Incident Kind} / TakeOrSteal HasIncident");
        assert_eq!(Layout::parse("Subject Nonsense"), Err("There is no column “Nonsense”.".to_owned()));
        assert!(Layout::parse("id Due").unwrap_err().contains("Subject is needed"));
        assert!(check(&[("Merge", "id Subject")]).is_ok());
        assert!(check(&[("Merge", "id Subject Bad")]).unwrap_err().starts_with("Merge: "));
        assert!(check(&[("Nowhere", "Subject")]).unwrap_err().contains("no list"));
    }
}
