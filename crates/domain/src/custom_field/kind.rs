//! The kinds of custom fields, how a select is shown, what carries values, and how values are brought into one spelling (TC-128, TC-130, TC-134).

use serde::{Deserialize, Serialize};

/// By RT's name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    Select,
    Freeform,
    Text,
    Wikitext,
    Html,
    Image,
    Binary,
    Combobox,
    Autocomplete,
    Date,
    DateTime,
    IPAddress,
    IPAddressRange,
}

impl FieldKind {
    pub const ALL: [Self; 13] = [
        Self::Select,
        Self::Freeform,
        Self::Text,
        Self::Wikitext,
        Self::Html,
        Self::Image,
        Self::Binary,
        Self::Combobox,
        Self::Autocomplete,
        Self::Date,
        Self::DateTime,
        Self::IPAddress,
        Self::IPAddressRange,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Freeform => "Freeform",
            Self::Text => "Text",
            Self::Wikitext => "Wikitext",
            Self::Html => "HTML",
            Self::Image => "Image",
            Self::Binary => "Binary",
            Self::Combobox => "Combobox",
            Self::Autocomplete => "Autocomplete",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
            Self::IPAddress => "IPAddress",
            Self::IPAddressRange => "IPAddressRange",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
    #[must_use]
    pub fn is_ip(self) -> bool {
        matches!(self, Self::IPAddress | Self::IPAddressRange)
    }
    /// Its values are uploaded.
    #[must_use]
    pub fn is_file(self) -> bool {
        matches!(self, Self::Image | Self::Binary)
    }
    /// Its value has lines.
    #[must_use]
    pub fn is_block(self) -> bool {
        matches!(self, Self::Text | Self::Wikitext | Self::Html)
    }
    /// It has a list of values, be it to choose from or to be reminded of.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::Select | Self::Combobox | Self::Autocomplete)
    }
    /// Whether a ticket may have several values.
    #[must_use]
    pub fn may_be_many(self) -> bool {
        !self.is_block() && !matches!(self, Self::Combobox | Self::Date | Self::DateTime)
    }
}

/// How a select is shown in forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Render {
    #[default]
    Dropdown,
    SelectBox,
    List,
    /// For two values: the first is the one without a tick.
    Checkbox,
}

impl Render {
    pub const ALL: [Self; 4] = [Self::Dropdown, Self::SelectBox, Self::List, Self::Checkbox];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dropdown => "Dropdown",
            Self::SelectBox => "Select box",
            Self::List => "List",
            Self::Checkbox => "Checkbox",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|render| render.as_str() == text)
    }
}

/// What carries values of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bearer {
    #[default]
    Ticket,
    /// An entry of the history: a creation or a message (IR-102).
    Change,
    Queue,
}

impl Bearer {
    pub const ALL: [Self; 3] = [Self::Ticket, Self::Change, Self::Queue];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Change => "change",
            Self::Queue => "queue",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bearer| bearer.as_str() == text)
    }
    /// RT's word for it.
    #[must_use]
    pub fn lookup_type(self) -> &'static str {
        match self {
            Self::Ticket => "RT::Queue-RT::Ticket",
            Self::Change => "RT::Queue-RT::Ticket-RT::Transaction",
            Self::Queue => "RT::Queue",
        }
    }
}

/// What is done to a value before it is judged (TC-134).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spelling {
    #[default]
    AsTyped,
    Uppercase,
    Lowercase,
}

impl Spelling {
    pub const ALL: [Self; 3] = [Self::AsTyped, Self::Uppercase, Self::Lowercase];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsTyped => "",
            Self::Uppercase => "Uppercase",
            Self::Lowercase => "Lowercase",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spelling| spelling.as_str() == text)
    }
    #[must_use]
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::AsTyped => text.to_owned(),
            Self::Uppercase => text.to_uppercase(),
            Self::Lowercase => text.to_lowercase(),
        }
    }
}
