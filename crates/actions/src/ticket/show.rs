//! What a page or an API answer shows of a ticket: only what the actor may see, a window of history at a time.

mod files;
mod history;
mod left_out;
mod log;
mod merged;
mod view;
mod work;

pub use files::{NamedFile, files};
pub use history::{
    Entry, Outgoing, ShownPart, Window, correspondence, entry, entry_at, file, history, history_from, recorded_mail, window,
};
pub(crate) use history::{entries_of, entries_with_texts, is_body};
pub use left_out::{LeftOut, left_out};
pub use log::{Attachment, attachment, attachment_exists, attachments, change_exists, log, newest};
pub use merged::{MergedTicket, merged};
pub use view::{FieldView, LinkView, TicketView, view};
pub(crate) use work::blockers;
pub use work::{Work, work};
