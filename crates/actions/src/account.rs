//! Accounts: signing in, sessions, tokens, people and groups.

mod argon;
mod group;
mod password;
pub mod person;
pub mod preference;
pub mod reachability;
mod session;
mod token;
mod user;

pub use group::{add_member, create_group, grant, remove_member, revoke};
pub use password::{check_password, set_password};
pub use preference::{Preferences, choose, preferences, preferences_of};
pub(crate) use session::hash;
pub use session::{actor_of_session, sign_in, sign_out};
pub use token::{Token, actor_of_token, create_token, revoke_token, tokens_of};
pub use user::{NewUser, all_users, create_user, possible_owners, possible_owners_in, set_preferences, user, user_named};
