//! One request as handlers get it: who asks, for what, with which parameters and body.

use crate::{
    ask::{Fields, Paging, Parameters},
    body::{self, Kind},
    failure::{Failure, Outcome},
    shape::Object,
    site::Site,
};
use actions::{Actor, Tx};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, Method, request::Parts},
};
use http_door::App;

pub(crate) struct Call {
    pub(crate) app: App,
    pub(crate) site: Site,
    pub(crate) actor: Actor,
    pub(crate) parts: Parts,
    /// Of the address, and of the body when that is a form.
    pub(crate) parameters: Parameters,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }
    pub(crate) fn method(&self) -> &Method {
        &self.parts.method
    }
    pub(crate) fn kind(&self) -> Kind {
        body::kind(&self.parts.headers)
    }
    pub(crate) fn fields(&self) -> Fields {
        Fields::read(&self.parameters)
    }
    pub(crate) fn paging(&self) -> Paging {
        Paging::read(&self.parameters)
    }
    pub(crate) async fn look(&self) -> Outcome<Tx> {
        Ok(self.app.desk.read().await?)
    }
    pub(crate) async fn change(&self) -> Outcome<Tx> {
        Ok(self.app.desk.write().await?)
    }
    /// The request with its body still to be read by an extractor; the body is given away.
    pub(crate) fn take_request(&mut self) -> Request {
        Request::from_parts(self.parts.clone(), Body::from(std::mem::take(&mut self.body)))
    }
    /// Parameters of the address win over the keys of the object (API-032).
    pub(crate) fn merge_parameters(&self, object: &mut Object) {
        for (name, value) in self.parameters.merged() {
            object.insert(name, value);
        }
    }
    /// A body that must be JSON, given away.
    pub(crate) fn json(&mut self) -> Outcome<serde_json::Value> {
        let bytes = std::mem::take(&mut self.body);
        serde_json::from_slice(&bytes).map_err(|error| Failure::bad(format!("JSON parse error: {error}")))
    }
}
