//! The corpus of mails with what each must be understood as, and mail made to hurt.

mod corpus;
mod hostile;
