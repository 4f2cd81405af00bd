//! The words people see: one Fluent catalogue, English first, embedded in the binary.
//! A key that is missing shows itself instead of failing; the test below finds such keys in our sources.
//! Names that teams choose themselves (queues, statuses, fields) are data and never pass through here.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::LazyLock;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::fourth_type::FourthType;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Value;

const CATALOGUE: &[&str] = &[
    include_str!("../locales/en/main.ftl"),
    include_str!("../locales/en/keys.ftl"),
    include_str!("../locales/en/pages.ftl"),
    include_str!("../locales/en/forms.ftl"),
    include_str!("../locales/en/relations.ftl"),
    include_str!("../locales/en/live.ftl"),
    include_str!("../locales/en/work.ftl"),
    include_str!("../locales/en/uploads.ftl"),
    include_str!("../locales/en/settings.ftl"),
    include_str!("../locales/en/home.ftl"),
    include_str!("../locales/en/bulk.ftl"),
    include_str!("../locales/en/constituencies.ftl"),
    include_str!("../locales/en/fields.ftl"),
    include_str!("../locales/en/undo.ftl"),
    include_str!("../locales/en/rules.ftl"),
    include_str!("../locales/en/search.ftl"),
    include_str!("../locales/en/charts.ftl"),
    include_str!("../locales/en/feeds.ftl"),
    include_str!("../locales/en/subscriptions.ftl"),
];

type Bundle = FluentBundle<FluentResource>;

/// One for each name of the fourth type (IR-011): messages say `{ -fourth-type }` and `{ -fourth-types }`, and these terms differ.
static BUNDLES: LazyLock<[(FourthType, Bundle); 2]> = LazyLock::new(|| {
    FourthType::ALL.map(|called| {
        let terms = terms(called);
        let sources: Vec<&str> = CATALOGUE.iter().copied().chain([terms.as_str()]).collect();
        (called, bundle(&sources))
    })
});

fn terms(called: FourthType) -> String {
    format!("-fourth-type = {}\n-fourth-types = {}\n", called.one(), called.many())
}

tokio::task_local! {
    /// What the installation calls the fourth type, as far as the request that is being answered knows.
    static CALLED: Cell<FourthType>;
}

/// Answers a request in the words of the installation, once [`call_fourth_type`] told them.
pub async fn in_own_words(request: Request, next: Next) -> Response {
    CALLED.scope(Cell::default(), next.run(request)).await
}

/// From here on, within [`in_own_words`].
pub fn call_fourth_type(called: FourthType) {
    // elsewhere nobody reads captions
    let _ = CALLED.try_with(|current| current.set(called));
}

fn current() -> &'static Bundle {
    let called = CALLED.try_with(Cell::get).unwrap_or_default();
    let [(first, usual), (_, other)] = &*BUNDLES;
    if called == *first { usual } else { other }
}

fn bundle(sources: &[&str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
    // Isolation marks are for mixing scripts in running text; HTML isolates with `<bdi>` where it matters.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of `key`.
pub fn t(key: &str) -> Cow<'static, str> {
    let bundle = current();
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return Cow::Owned(key.to_owned());
    };
    bundle.format_pattern(pattern, None, &mut Vec::new())
}

/// The text of `key` with its variables filled in: `tr("list-count", &[("count", 3.into())])`.
pub fn tr(key: &str, values: &[(&str, Value<'_>)]) -> String {
    let bundle = current();
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let arguments: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
    bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// Whether the catalogue has `key`; for the tests of tables that hold keys.
pub fn has(key: &str) -> bool {
    current().has_message(key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// The literal first arguments of calls to `t` and `tr`.
    fn keys_used(source: &str) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        for call in ["t(", "tr("] {
            for (start, _) in source.match_indices(call) {
                let before = source.get(..start).and_then(|text| text.chars().next_back());
                if before.is_some_and(|c| c.is_alphanumeric() || "_.".contains(c)) {
                    continue;
                }
                let rest = source.get(start + call.len()..).unwrap_or_default().trim_start();
                let Some(rest) = rest.strip_prefix('"') else {
                    continue;
                };
                keys.extend(rest.split('"').next());
            }
        }
        keys
    }

    #[test]
    fn every_file_of_the_catalogue_parses_and_no_key_is_written_twice() {
        let mut bundle = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
        for source in CATALOGUE {
            let resource = FluentResource::try_new((*source).to_owned()).expect("the catalogue parses");
            bundle.add_resource(resource).expect("no key is written twice");
        }
    }

    #[test]
    fn every_key_used_in_pages_is_in_the_catalogue() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut files = Vec::new();
        for name in ["web", "http"] {
            sources(&crates.join(name).join("src"), &mut files);
        }
        let mut missing = Vec::new();
        for file in files.iter().filter(|file| !file.ends_with("http/src/text.rs")) {
            let source = std::fs::read_to_string(file).expect("sources are readable");
            let unknown = keys_used(&source).into_iter().filter(|key| !has(key));
            missing.extend(unknown.map(|key| format!("{}: {key}", file.display())));
        }
        assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
    }

    #[test]
    fn ir011_captions_follow_the_name_of_the_fourth_type() {
        for (called, bundle) in &*BUNDLES {
            for source in CATALOGUE {
                let other = if *called == FourthType::Block { "Countermeasure" } else { "Block " };
                for key in
                    source.lines().filter(|line| line.contains("{ -fourth-type")).filter_map(|line| line.split(" = ").next())
                {
                    let pattern = bundle.get_message(key).and_then(|message| message.value()).expect("a message");
                    let text = bundle.format_pattern(pattern, None, &mut Vec::new());
                    assert!(text.contains(called.one()) && !text.contains(other), "{key}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_missing_key_shows_itself_and_variables_are_filled_in() {
        assert_eq!(t("no-such-key"), "no-such-key");
        assert_eq!(tr("age-minutes", &[("count", 5.into())]), "5 min");
    }
}
