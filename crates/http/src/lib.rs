//! What the two web doors share: who is asking, from where, where things are, and how an error becomes an answer.
//! Pages and JSON shapes are left to `web` and `api`.

mod app;
mod credentials;
mod error;
mod guard;
mod session;
mod streams;
pub mod text;
mod throttle;
pub mod urls;

pub use app::{App, Settings};
pub use credentials::{basic, bearer};
pub use error::{public_message, status};
pub use guard::{same_origin, security_headers};
pub use session::{
    MaybeActor, SESSION_IDLE_MINUTES, actor_of_cookies, actor_of_cookies_unused, clear_cookie, cookie_value, session_cookie,
    session_secret,
};
pub use streams::{Place, Streams};
pub use throttle::Throttle;
