//! Sample pages of the design system, made of its real parts and written to `target/tmp/gallery` for the eye and for
//! tools. The tests here hold what must be true of any page's markup.

mod conversation;
mod forms;
mod home;
mod ticket;

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use maud::Markup;
use web::component::time::Clock;
use web::layout::{KeyGroup, Section, Shell, Viewer, page};
use web::static_files::files;

/// The hour at which every sample page was made.
fn clock() -> Clock {
    Clock { now: Timestamp::now(), zone: TimeZone::UTC, dates: false }
}

fn minutes(clock: &Clock, minutes: i64) -> Timestamp {
    clock.now.checked_add(Span::new().minutes(minutes)).unwrap()
}

fn viewer() -> Viewer<'static> {
    Viewer { name: "Dana Duty", single_keys: true, administers: true, ..Viewer::default() }
}

fn framed(title: &str, section: Section, keys: &[KeyGroup], body: &Markup) -> String {
    let counts = [(Section::Reports, 14), (Section::Incidents, 7), (Section::Investigations, 4)];
    let shell = Shell { title, section, viewer: Some(viewer()), keys, counts: &counts, here: "/", ..Shell::default() };
    page(&shell, body).into_string()
}

fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("home", home::page()),
        ("list", home::list()),
        ("ticket", ticket::page()),
        ("incident", ticket::incident()),
        ("form", forms::create()),
        ("confirm", forms::confirm()),
        ("login", forms::login()),
    ]
}

#[test]
fn the_gallery_is_written_for_looking_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    fs::create_dir_all(folder.join("static")).unwrap();
    for file in files() {
        fs::write(folder.join("static").join(&file.hashed_name), &file.content).unwrap();
    }
    for (name, html) in pages() {
        let html = html.replace("\"/static/", "\"static/");
        fs::write(folder.join(format!("{name}.html")), &html).unwrap();
        let dark = html.replace("data-theme=\"system\"", "data-theme=\"dark\"");
        fs::write(folder.join(format!("{name}-dark.html")), dark).unwrap();
    }
}

#[test]
fn no_page_has_inline_script_or_style() {
    for (name, html) in pages() {
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{name}");
        assert!(!html.contains(" onclick") && !html.contains("javascript:"), "{name}");
        assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/static/app-").count(), "{name}");
    }
}

#[test]
fn no_form_stands_inside_another() {
    for (name, html) in pages() {
        for form in html.split("<form").skip(1) {
            assert!(form.contains("</form>"), "{name}: a form opens before the last one closed");
        }
    }
}

#[test]
fn every_page_has_its_landmarks_and_unique_ids() {
    for (name, html) in pages() {
        assert!(html.contains("<main id=\"main\""), "{name}");
        assert!(html.contains("class=\"skip\" href=\"#main\""), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one h1");
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id is used twice");
    }
}
