//! A browser for tests: cookies, forms, redirects, and questions about the page by CSS selectors. No script runs in it,
//! so whatever passes here works without one.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_door::{App, Settings};
use scraper::{ElementRef, Html, Selector};
use testkit::World;
use tower::ServiceExt;

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// What came back, after redirects.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Where it came from: path and query.
    pub(crate) at: String,
    pub(crate) html: String,
    pub(crate) bytes: Vec<u8>,
}

impl Browser {
    /// Of somebody who is not signed in.
    pub(crate) fn of(world: &World) -> Self {
        let settings = Settings { public_url: "http://watchbell.example".to_owned(), max_upload: 1024 * 1024 };
        let app = App::new(world.desk.clone(), settings);
        let guarded = web::router(app.clone())
            .layer(axum::middleware::from_fn_with_state(app, http_door::same_origin))
            .layer(axum::middleware::from_fn(http_door::security_headers));
        Self { router: guarded, cookies: BTreeMap::new() }
    }

    pub(crate) async fn signed_in(world: &World, name: &str) -> Self {
        let mut browser = Self::of(world);
        let page = browser.post("/sign-in", &[("name", name), ("password", testkit::PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::OK, "{name} is signed in");
        browser
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.follow("GET", path, None).await
    }

    /// As a form without files.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(form).unwrap();
        self.follow("POST", path, Some(("application/x-www-form-urlencoded", body.into_bytes()))).await
    }

    pub(crate) async fn send(&mut self, path: &str, media_type: &str, body: Vec<u8>) -> Page {
        self.follow("POST", path, Some((media_type, body))).await
    }

    async fn follow(&mut self, method: &str, path: &str, content: Option<(&str, Vec<u8>)>) -> Page {
        let mut page = self.once(method, path, content).await;
        for _ in 0..5 {
            if page.status != StatusCode::SEE_OTHER {
                break;
            }
            let to = page.headers.get(header::LOCATION).unwrap().to_str().unwrap().to_owned();
            page = self.once("GET", &to, None).await;
        }
        page
    }

    /// One request, no redirect followed.
    pub(crate) async fn once(&mut self, method: &str, path: &str, content: Option<(&str, Vec<u8>)>) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (media_type, body) = content.unwrap_or_default();
        let without_fragment = path.split('#').next().unwrap();
        let mut request = Request::builder().method(method).uri(without_fragment).header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Page {
            status: parts.status,
            headers: parts.headers,
            at: path.to_owned(),
            html: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    /// The body of an answer that goes on.
    pub(crate) async fn stream(&self, path: &str) -> Body {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(path).header(header::ACCEPT, "text/event-stream").header(header::COOKIE, cookies.join("; "));
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    /// What another site could make this browser send.
    #[expect(clippy::wrong_self_convention, reason = "the request comes from elsewhere, not this value")]
    pub(crate) async fn from_elsewhere(&self, path: &str) -> StatusCode {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::post(path).header("sec-fetch-site", "cross-site").header(header::COOKIE, cookies.join("; "));
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    }
}

impl Page {
    /// The texts of what a selector finds, white space made single.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.find(selector, |element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
    }
    /// The first of them.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.texts(selector).is_empty()
    }
    /// An attribute of what a selector finds, where it has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.find(selector, |element| element.attr(name).map(str::to_owned)).into_iter().flatten().collect()
    }
    /// Where the link or button that says `words` leads.
    pub(crate) fn link(&self, words: &str) -> Option<String> {
        let says = |element: ElementRef<'_>| {
            let text = element.text().collect::<String>();
            (text.split_whitespace().collect::<Vec<_>>().join(" ") == words)
                .then(|| element.attr("href").map(str::to_owned))
                .flatten()
        };
        self.find("a", says).into_iter().flatten().next()
    }

    fn find<T>(&self, selector: &str, shape: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let document = Html::parse_document(&self.html);
        document.select(&Selector::parse(selector).unwrap()).map(shape).collect()
    }
}
