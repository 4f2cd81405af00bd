//! What a page or an API answer shows of a ticket: only what the actor may see, a window of history at a time.

mod history;
mod log;
mod view;

pub use history::{Entry, Outgoing, ShownPart, correspondence, entry, file, history, history_from};
pub use log::{Attachment, attachment, attachment_exists, attachments, change_exists, log, newest};
pub use view::{FieldView, LinkView, TicketView, view};
