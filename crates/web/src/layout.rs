//! The frame of every page: head, top bar, navigation, main landmark, footer, help sheet.
//! Works as plain links and forms; the script only adds to it. No inline script or style, as our CSP demands.

pub mod account;
pub mod keys;
pub mod navigation;
pub mod notice;

use http_door::text::{t, tr};
use http_door::urls;
use maud::{DOCTYPE, Markup, html};

use crate::component::icon::{Icon, icon};
use crate::component::time::tick_words;
use crate::static_files::asset;
pub use account::{Density, Theme, Viewer};
pub use keys::KeyGroup;
pub use navigation::Section;
pub use notice::{Notice, NoticeKind, Undo};

/// Everything around the body of a page.
#[derive(Debug, Clone, Default)]
pub struct Shell<'a> {
    pub title: &'a str,
    pub section: Section,
    /// Nobody: the bare frame of sign-in and error pages.
    pub viewer: Option<Viewer<'a>>,
    pub search_text: &'a str,
    pub notices: &'a [Notice],
    /// What single keys do here, beyond what they do everywhere.
    pub keys: &'a [KeyGroup],
    /// Keys that the viewer chose in place of the usual ones.
    pub remapped: &'a [(String, String)],
    /// Open tickets per section, shown in the navigation.
    pub counts: &'a [(Section, u64)],
    /// The constituency that the viewer works in; empty for all.
    pub constituency: &'a str,
    /// This page's own address, for forms that come back to it.
    pub here: &'a str,
    /// The request failed: drafts that were being sent must be kept.
    pub failed: bool,
    /// Minutes until browsers read the page again; 0 is never (IR-294).
    pub refresh: i64,
}

pub fn page(shell: &Shell<'_>, body: &Markup) -> Markup {
    match &shell.viewer {
        Some(viewer) => document(shell, viewer, &framed(shell, viewer, body)),
        None => document(shell, &Viewer::default(), &bare(shell, body)),
    }
}

/// The bell and the name.
pub fn brand() -> Markup {
    html! { span class="mark" { (icon(Icon::Bell)) } span class="name" { (t("product")) } }
}

fn document(shell: &Shell<'_>, viewer: &Viewer<'_>, content: &Markup) -> Markup {
    let outcome = match (&shell.viewer, shell.failed) {
        (Some(_), false) => "done",
        _ => "failed",
    };
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(viewer.theme.name()) data-density=(viewer.density.name())
            data-sidebar=[viewer.sidebar_collapsed.then_some("collapsed")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(viewer.theme.color_scheme());
                @if shell.refresh > 0 { meta http-equiv="refresh" content=(shell.refresh * 60); }
                meta name="referrer" content="same-origin";
                title { (shell.title) " · " (t("product")) }
                link rel="stylesheet" href=(asset("app.css"));
                link rel="icon" type="image/svg+xml" href=(asset("icon.svg"));
                script src=(asset("app.js")) defer {}
            }
            body data-outcome=(outcome) data-viewer=(viewer.name) data-copied=(tr("copied", &[("text", "#".into())])) data-keys=(if viewer.single_keys { "on" } else { "off" }) {
                a class="skip" href="#main" { (t("skip")) }
                (content)
                div id="live" class="toasts" role="status" aria-live="polite" {}
                (tick_words())
                (keys::help_sheet(shell.keys, shell.remapped, viewer.without.and_then(navigation::key_of)))
            }
        }
    }
}

fn framed(shell: &Shell<'_>, viewer: &Viewer<'_>, body: &Markup) -> Markup {
    html! {
        header class="topbar" {
            (navigation::drawer(shell))
            a class="brand" href=(urls::home()) { (brand()) }
            (search(shell.search_text))
            (navigation::create_menu(viewer))
            (account::menu(viewer, shell.here))
        }
        div class="frame" {
            (navigation::sidebar(shell))
            main id="main" tabindex="-1" {
                (notice::notices(shell.notices, shell.here))
                (body)
            }
        }
        (footer(true))
    }
}

fn bare(shell: &Shell<'_>, body: &Markup) -> Markup {
    html! {
        main id="main" class="bare" tabindex="-1" { (notice::notices(shell.notices, shell.here)) (body) }
        (footer(false))
    }
}

fn search(text: &str) -> Markup {
    html! {
        form class="search" role="search" action=(urls::search_page()) method="get" {
            label class="only-read" for="search" { (t("search-label")) }
            (icon(Icon::Search))
            input type="search" id="search" name="q" value=(text) placeholder=(t("search-placeholder")) autocomplete="off"
                data-act=(keys::Act::Search.name()) aria-keyshortcuts=(keys::Act::Search.shown());
            kbd aria-hidden="true" { (keys::Act::Search.shown()) }
        }
    }
}

/// The link to one's acts comes last on the page, so that the key finds a notice's *Undo* before it.
fn footer(signed_in: bool) -> Markup {
    html! {
        footer class="foot" {
            span { (t("product")) " " (env!("CARGO_PKG_VERSION")) }
            a href=(urls::about()) { (t("about")) }
            a href=(urls::palette()) data-act=(keys::Act::Palette.name()) { (t("palette-title")) }
            @if signed_in { a href=(urls::acts()) data-act=(keys::Act::Undo.name()) { (t("nav-undo")) } }
            button type="button" class="link needs-script" data-act=(keys::Act::Help.name()) { (t("help-keys")) }
        }
    }
}
