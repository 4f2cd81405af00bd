//! A client: requests through the router, answers read as JSON.

use actions::account;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use http_door::{App, Settings};
use serde_json::Value;
use testkit::World;
use tower::ServiceExt;

pub(crate) const URL: &str = "http://watchbell.example";

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }
    pub(crate) fn message(&self) -> String {
        self.json()["message"].as_str().unwrap_or_default().to_owned()
    }
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
    /// The JSON of an answer that must have this status.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, message: &str) {
        assert_eq!((self.status.as_u16(), self.message().as_str()), (status, message));
        assert!(self.header("content-type").contains("json"));
    }
}

pub(crate) fn app(world: &World) -> App {
    App::new(world.desk.clone(), Settings { public_url: URL.to_owned(), max_upload: 8 * 1024 * 1024 })
}

/// Somebody with a token, or nobody.
pub(crate) struct Caller {
    router: Router,
    pub(crate) headers: Vec<(String, String)>,
}

impl Caller {
    pub(crate) fn nobody(world: &World) -> Self {
        Self { router: api::router(app(world)), headers: vec![] }
    }

    pub(crate) async fn new(world: &World, name: &str) -> Self {
        let token = token(world, name).await;
        Self { headers: vec![("authorization".to_owned(), format!("token {token}"))], ..Self::nobody(world) }
    }

    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.retain(|(known, _)| known != name);
        headers.push((name.to_owned(), value.to_owned()));
        Self { router: self.router.clone(), headers }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, content_type: Option<&str>, body: impl Into<Body>) -> Answer {
        let uri = format!("/REST/2.0/{}", path.trim_start_matches('/'));
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, bytes }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, Body::empty()).await
    }
    pub(crate) async fn put(&self, path: &str, json: Value) -> Answer {
        self.send("PUT", path, Some("application/json"), json.to_string()).await
    }
    pub(crate) async fn post(&self, path: &str, json: Value) -> Answer {
        self.send("POST", path, Some("application/json"), json.to_string()).await
    }
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None, Body::empty()).await
    }
}

pub(crate) async fn token(world: &World, name: &str) -> String {
    let admin = world.actor("admin").await;
    let user = world.actor(name).await.id();
    let mut tx = world.tx().await;
    let token = account::create_token(&mut tx, &admin, user, "test", None).await.unwrap();
    tx.commit().await.unwrap();
    token
}

/// The sentences of an update.
pub(crate) fn sentences(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}
