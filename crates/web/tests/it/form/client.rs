//! The browser of the tests with a hand on its forms: fills in what a page has, sends what a browser would send.

mod filled;

pub(super) use filled::Form;

use crate::browser::{Browser, Page};
use axum::http::header;
use scraper::{Html, Selector};
use std::ops::Deref;
use testkit::World;

/// What the program under test takes at most in one request.
pub(super) const MAX_UPLOAD: usize = 1024 * 1024;

pub(super) struct Client(Browser);

/// One answer, redirects not followed.
pub(super) struct Answer {
    page: Page,
    pub(super) status: u16,
    pub(super) location: Option<String>,
}

impl Client {
    pub(super) fn stranger(world: &World) -> Self {
        Self(Browser::of(world))
    }

    pub(super) async fn signed_in(world: &World, name: &str) -> Self {
        Self(Browser::signed_in(world, name).await)
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        Answer::of(self.0.once("GET", path, None).await)
    }

    pub(super) async fn post(&mut self, path: &str, inputs: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(inputs).unwrap();
        self.send(path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    pub(super) async fn send(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        Answer::of(self.0.once("POST", path, Some((kind, body))).await)
    }

    /// Sends a filled-in form by pressing its main button.
    pub(super) async fn submit(&mut self, form: &Form) -> Answer {
        if form.is_multipart {
            let (kind, body) = form.multipart();
            return self.send(&form.action, &kind, body).await;
        }
        let inputs: Vec<(&str, &str)> = form.inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&form.action, &inputs).await
    }

    /// What a page of another site gets when it makes this browser post.
    pub(super) async fn foreign_post(&self, path: &str) -> u16 {
        self.0.from_elsewhere(path).await.as_u16()
    }
}

impl Deref for Answer {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Answer {
    fn of(page: Page) -> Self {
        let location = page.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Self { status: page.status.as_u16(), location, page }
    }

    /// Key and number of the notice that the next page will show.
    pub(super) fn notice(&self) -> String {
        let mut cookies = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let notice = cookies.find_map(|cookie| cookie.strip_prefix("notice=")).unwrap_or_default();
        notice.split(';').next().unwrap_or_default().to_owned()
    }

    /// Everything in the main part.
    pub(super) fn words(&self) -> String {
        let main = self.text("main");
        if main.is_empty() { self.html.clone() } else { main }
    }

    /// What stands beside an input that was refused.
    pub(super) fn error(&self, field: &str) -> String {
        self.text(&format!("[id=\"field-{field}-error\"]"))
    }

    /// The first form that the selector finds, filled in as the page has it.
    pub(super) fn form(&self, selector: &str) -> Form {
        let document = Html::parse_document(&self.html);
        let element = document.select(&Selector::parse(selector).unwrap()).next();
        Form::read(&document, element.unwrap_or_else(|| panic!("no {selector} on this page ({}): {}", self.status, self.words())))
    }
}
