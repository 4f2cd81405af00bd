//! What every handler gets: the desk, and what the machine decided about the web.

use crate::{Streams, Throttle};
use actions::Desk;
use std::sync::Arc;

/// Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub desk: Desk,
    pub settings: Arc<Settings>,
    pub sign_ins: Arc<Throttle>,
    /// Pages that are told the news.
    pub streams: Arc<Streams>,
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Where browsers reach us, without a slash at the end: decides links, cookies and which origin is ours.
    pub public_url: String,
    /// Largest request body of a form, in bytes.
    pub max_upload: usize,
}

impl App {
    #[must_use]
    pub fn new(desk: Desk, settings: Settings) -> Self {
        Self { desk, settings: Arc::new(settings), sign_ins: Arc::default(), streams: Arc::default() }
    }
    /// Browsers reach us encrypted, so cookies may insist on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }
    /// Scheme, host and port that our own pages are sent from.
    #[must_use]
    pub fn origin(&self) -> &str {
        let url = &self.settings.public_url;
        let host = url.find("://").map_or(0, |at| at + 3);
        url[host..].find('/').map_or(url, |slash| &url[..host + slash])
    }
}
