//! Outgoing mail: composing messages (pure) and handing them to a transport.
//! Who is mailed and why is decided above; when to try again is decided by the outbox.

mod compose;
#[cfg(feature = "transport")]
pub mod dkim;
mod letter;
pub mod threading;
#[cfg(feature = "transport")]
pub mod transport;

pub use compose::compose;
pub use letter::{Attachment, Letter, Mailbox};
#[cfg(feature = "transport")]
pub use transport::{Envelope, SendError, Transport};
