//! What this is: product, version, licence (IR-279).

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http_door::App;
use http_door::text::t;
use maud::html;

use crate::component::facts::{facts, text_fact};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/about", get(show))
}

async fn show(visit: Visit) -> Response {
    let title = t("about");
    let body = html! {
        (page_head(&title, &t("about-words"), &html! {}))
        (panel(&Panel { id: "version", title: &t("product"), ..Panel::default() }, &facts(&[
            text_fact(&t("about-version"), env!("CARGO_PKG_VERSION")),
            text_fact(&t("about-licence"), env!("CARGO_PKG_LICENSE")),
        ])))
    };
    visit.page(&Frame::new(&title, Section::Elsewhere), &body)
}
