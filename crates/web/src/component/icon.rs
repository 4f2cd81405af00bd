//! Our own line icons, 16 × 16, drawn inline so that they take the colour of the text.
//! They are decoration: the label or tooltip beside them carries the meaning.

use maud::{Markup, PreEscaped, html};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Alert,
    Bell,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clock,
    Comment,
    Cross,
    Deny,
    Dots,
    Download,
    File,
    Flame,
    Forward,
    Gear,
    Home,
    Inbox,
    Incoming,
    Keyboard,
    Link,
    Lock,
    Menu,
    Moon,
    Outgoing,
    Pencil,
    Person,
    Plus,
    Refresh,
    Reply,
    Search,
    Shield,
    Sidebar,
    SignOut,
    Sun,
    Target,
    Undo,
}

/// The icon, hidden from assistive technology.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            (PreEscaped(shape(icon)))
        }
    }
}

fn shape(icon: Icon) -> &'static str {
    match icon {
        Icon::Alert => r#"<path d="M8 2.2 14.4 13.4H1.6Z"/><path d="M8 6.4v3.2M8 11.5v.1"/>"#,
        Icon::Bell => {
            r#"<path d="M3 11.5h10c-1-1-1.4-2-1.4-4.2 0-2.4-1.4-4-3.6-4s-3.6 1.6-3.6 4C4.4 9.5 4 10.5 3 11.5Z"/><path d="M6.8 13.6h2.4M8 3.2V2"/>"#
        }
        Icon::Check => r#"<path d="m3 8.5 3.3 3.3L13 5"/>"#,
        Icon::ChevronDown => r#"<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>"#,
        Icon::ChevronLeft => r#"<path d="M9.8 4.5 6.3 8l3.5 3.5"/>"#,
        Icon::ChevronRight => r#"<path d="M6.2 4.5 9.7 8l-3.5 3.5"/>"#,
        Icon::ChevronUp => r#"<path d="m4.5 9.5 3.5-3.5 3.5 3.5"/>"#,
        Icon::Clock => r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.8V8l2.2 1.6"/>"#,
        Icon::Comment => r#"<path d="M2.5 3.5h11v7.5H7.2L4.5 13.4V11h-2Z"/>"#,
        Icon::Cross => r#"<path d="m4 4 8 8M12 4l-8 8"/>"#,
        Icon::Deny => r#"<circle cx="8" cy="8" r="5.8"/><path d="m4 12 8-8"/>"#,
        Icon::Dots => r#"<path d="M3.5 8h.1M8 8h.1M12.5 8h.1" stroke-width="2.4"/>"#,
        Icon::Download => r#"<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.2h10"/>"#,
        Icon::File => r#"<path d="M4 1.8h5l3 3v9.4H4Z"/><path d="M9 1.8v3h3"/>"#,
        Icon::Flame => {
            r#"<path d="M8 14c-2.7 0-4.5-1.8-4.5-4.3 0-2 1.2-3.2 2.1-4.5.5 1 .9 1.4 1.5 1.8C7 4.8 7.5 3 9 1.8c.2 2.3 3.5 4 3.5 7.7C12.5 12.2 10.7 14 8 14Z"/>"#
        }
        Icon::Forward => r#"<path d="M9.5 4 13.5 8l-4 4M13.3 8H6.5c-2.5 0-4 1.5-4 4"/>"#,
        Icon::Gear => {
            r#"<circle cx="8" cy="8" r="2.2"/><path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"/>"#
        }
        Icon::Home => r#"<path d="M2.2 7.6 8 2.5l5.8 5.1M3.8 6.6v6.9h8.4V6.6"/>"#,
        Icon::Inbox => r#"<path d="M2.2 9.2 4 3h8l1.8 6.2v4H2.2Z"/><path d="M2.4 9.2h3.4l.8 1.8h2.8l.8-1.8h3.4"/>"#,
        Icon::Incoming => r#"<path d="M12 4 4.5 11.5M4.2 6v5.8H10"/>"#,
        Icon::Keyboard => r#"<path d="M1.8 4h12.4v8H1.8Z"/><path d="M4.2 6.6h.1M6.7 6.6h.1M9.2 6.6h.1M11.7 6.6h.1M5 9.5h6"/>"#,
        Icon::Link => {
            r#"<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9"/>"#
        }
        Icon::Lock => r#"<path d="M3.5 7.2h9v6.3h-9Z"/><path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7"/>"#,
        Icon::Menu => r#"<path d="M2.5 4.2h11M2.5 8h11M2.5 11.8h11"/>"#,
        Icon::Moon => r#"<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z"/>"#,
        Icon::Outgoing => r#"<path d="M4 12 11.5 4.5M6 4.2h5.8V10"/>"#,
        Icon::Pencil => r#"<path d="m3 13 .6-2.9 7.3-7.3 2.3 2.3-7.3 7.3Z"/>"#,
        Icon::Person => r#"<circle cx="8" cy="5.4" r="2.7"/><path d="M2.8 13.8c.5-2.8 2.5-4 5.2-4s4.7 1.2 5.2 4"/>"#,
        Icon::Plus => r#"<path d="M8 3v10M3 8h10"/>"#,
        Icon::Refresh => r#"<path d="M13 8a5 5 0 1 1-.7-2.6M12.6 2.4v3.1H9.5"/>"#,
        Icon::Reply => r#"<path d="M6.5 4 2.5 8l4 4M2.7 8h6.8c2.5 0 4 1.5 4 4"/>"#,
        Icon::Search => r#"<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.4 3.4"/>"#,
        Icon::Shield => r#"<path d="M8 1.9 13 3.7v4c0 3.2-2.1 5.3-5 6.5-2.9-1.2-5-3.3-5-6.5v-4Z"/>"#,
        Icon::Sidebar => r#"<path d="M2.2 3h11.6v10H2.2ZM6.2 3v10"/>"#,
        Icon::SignOut => r#"<path d="M6.5 2.5h-4v11h4M10 5l3 3-3 3M12.8 8H6"/>"#,
        Icon::Sun => {
            r#"<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1"/>"#
        }
        Icon::Target => r#"<circle cx="8" cy="8" r="5.8"/><circle cx="8" cy="8" r="2.2"/>"#,
        Icon::Undo => r#"<path d="M5.5 3 2.5 6l3 3M2.8 6h6.7a3.5 3.5 0 0 1 0 7H5.5"/>"#,
    }
}
