//! Style and script as browsers get them.

use web::static_files::{asset, files};

#[test]
fn an_asset_is_addressed_by_its_content() {
    let address = asset("app.css");
    let hash = address.strip_prefix("/static/app-").unwrap().strip_suffix(".css").unwrap();
    assert_eq!(hash.len(), 16);
    assert!(files().iter().any(|file| address.ends_with(&file.hashed_name)));
}

#[test]
fn the_script_and_the_style_fetch_nothing_from_elsewhere() {
    for file in files().iter().filter(|file| file.name != "icon.svg") {
        assert!(!file.content.contains("http://") && !file.content.contains("https://"), "{}", file.name);
        assert!(!file.content.contains("@import") && !file.content.contains("url("), "{}", file.name);
    }
}

#[test]
fn the_stylesheet_stays_small() {
    let style = files().iter().find(|file| file.name == "app.css").unwrap();
    assert!(style.content.len() < 60_000, "{} bytes", style.content.len());
}
