//! mail_in
