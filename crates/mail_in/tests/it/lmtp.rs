//! The LMTP door over a real socket.

mod client;
mod conversation;
mod encryption;
mod limits;
