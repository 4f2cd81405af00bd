//! Addresses in answers: absolute, from what the installation is configured as, never from the request (API-001).

use http_door::{App, urls};
use std::fmt::Display;

pub(crate) const PREFIX: &str = "/REST/2.0";

#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// `https://host/path/REST/2.0`.
    base: String,
    /// `/path/REST/2.0`.
    path: String,
}

impl Site {
    pub(crate) fn of(app: &App) -> Self {
        let web_path = app.settings.public_url.get(app.origin().len()..).unwrap_or_default();
        Self { base: format!("{}{PREFIX}", app.settings.public_url), path: format!("{web_path}{PREFIX}") }
    }
    pub(crate) fn url(&self, of: impl Display) -> String {
        format!("{}/{of}", self.base)
    }
    /// For `Location`.
    pub(crate) fn location(&self, of: impl Display) -> String {
        format!("{}/{of}", self.path)
    }
    pub(crate) fn user(&self, login: &str) -> String {
        let name = urls::encode(login).replace('/', "%2F").replace("%40", "@");
        self.url(format_args!("user/{name}"))
    }
}
