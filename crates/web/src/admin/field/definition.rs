//! The form of a field's definition.

use actions::{Catalog, Error, FieldError, custom_field::SOURCES};
use domain::custom_field::{Bearer, CustomField, FieldKind, PRESETS, Render, Spelling};
use http_door::text::{t, tr};
use maud::{Markup, html};

use crate::admin::fields::bearer_key;
use crate::component::field::{Control, Field};
use crate::component::form::columns;
use crate::form::{
    inputs::{Inputs, Offer},
    submission::Submission,
};

/// What the inputs hold, unless they hold something already.
pub(super) fn fill(form: &mut Submission, field: &CustomField) {
    if form.has("name") {
        return;
    }
    let flag = |given: bool| if given { "1" } else { "" };
    form.put("name", &field.name);
    form.put("description", &field.description);
    form.put("kind", field.kind.as_str());
    form.put("bearer", field.bearer.as_str());
    form.put("max_values", field.max_values);
    form.put("pattern", field.pattern.as_deref().unwrap_or_default());
    form.put("hint", &field.hint);
    form.put("refusal", &field.refusal);
    form.put("grouping", &field.grouping);
    form.put("source", &field.source);
    form.put("render", field.render.as_str());
    form.put("based_on", field.based_on.map(|id| id.to_string()).unwrap_or_default());
    form.put("unique", flag(field.unique));
    form.put("spelling", field.spelling.as_str());
    form.put("link", &field.link);
    form.put("default", &field.default);
    form.put("everywhere", flag(field.everywhere));
    form.put("sort_order", field.sort_order);
    form.put("disabled", flag(field.disabled));
}

pub(super) fn read(form: &Submission, field: &CustomField) -> Result<CustomField, Error> {
    let mut errors = Vec::new();
    let mut number = |name: &str, least: i64| match form.text(name).trim().parse::<i64>() {
        Ok(number) if number >= least && number <= 1_000_000 => number,
        _ if form.text(name).trim().is_empty() => 0,
        _ => {
            errors.push(FieldError::new(name, tr("form-not-a-number", &[("most", 1_000_000.into())])));
            0
        }
    };
    let (max_values, sort_order) = (number("max_values", 0), number("sort_order", -1_000_000));
    let text = |name: &str| form.text(name).trim().to_owned();
    let based_on = text("based_on");
    // the kind of a field that is there has no input
    let kind = if field.id.0 == 0 { FieldKind::parse(&text("kind")) } else { Some(field.kind) };
    let (Some(kind), Some(bearer)) = (kind, Bearer::parse(&text("bearer"))) else {
        return Err(Error::invalid("kind", t("form-broken")));
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(CustomField {
        name: text("name"),
        description: text("description"),
        kind,
        bearer,
        max_values,
        pattern: Some(text("pattern")).filter(|pattern| !pattern.is_empty()),
        hint: text("hint"),
        refusal: text("refusal"),
        grouping: text("grouping"),
        source: text("source"),
        render: Render::parse(&text("render")).unwrap_or_default(),
        based_on: if based_on.is_empty() { None } else { based_on.parse().ok() },
        unique: form.is_ticked("unique"),
        spelling: Spelling::parse(&text("spelling")).unwrap_or_default(),
        link: text("link"),
        default: form.text("default").trim_end().to_owned(),
        everywhere: form.is_ticked("everywhere"),
        sort_order,
        disabled: form.is_ticked("disabled"),
        ..field.clone()
    })
}

pub(super) fn inputs(catalog: &Catalog, field: &CustomField, inputs: Inputs<'_>) -> Markup {
    let same = |name: &str| (name.to_owned(), name.to_owned());
    let kinds: Vec<Offer> = FieldKind::ALL.iter().map(|kind| same(kind.as_str())).collect();
    let bearers: Vec<Offer> =
        Bearer::ALL.iter().map(|bearer| (bearer.as_str().to_owned(), t(bearer_key(*bearer)).into_owned())).collect();
    let renders: Vec<Offer> = Render::ALL.iter().map(|render| same(render.as_str())).collect();
    let spellings: Vec<Offer> = Spelling::ALL
        .iter()
        .map(|spelling| match spelling.as_str() {
            "" => (String::new(), t("fields-as-typed").into_owned()),
            name => same(name),
        })
        .collect();
    let own = t("fields-own-values");
    let mut sources: Vec<Offer> = SOURCES.iter().map(|name| same(if name.is_empty() { "" } else { name })).collect();
    for (name, label) in &mut sources {
        *label = source_label(catalog, name, &own);
    }
    let hint = |name: &'static str, key: &'static str| (name, t(&format!("fields-{key}")), t(&format!("fields-{key}-hint")));
    let line = |(name, label, hint): (&str, std::borrow::Cow<'static, str>, std::borrow::Cow<'static, str>)| {
        inputs.any(&Field::line(name, &label).hint(&hint))
    };
    let pattern = tr("fields-pattern-hint", &[("presets", PRESETS.join("  ").into())]);
    html! {
        (inputs.any(&Field::line("name", &t("fields-name")).required()))
        (inputs.line("description", &t("fields-description")))
        @if field.id.0 == 0 { (inputs.select("kind", &t("fields-kind"), &kinds, &t("fields-kind-hint"))) }
        @else { p { (t("fields-kind")) ": " strong { (field.kind.as_str()) } } }
        (columns(&[inputs.select("bearer", &t("fields-bearer"), &bearers, &t("fields-bearer-hint")), line(hint("max_values", "max-values"))]))
        (columns(&[line(hint("grouping", "grouping")), inputs.number("sort_order", &t("fields-order"))]))
        (columns(&[line(hint("hint", "entry-hint")), line(hint("refusal", "refusal"))]))
        (inputs.any(&Field::new("pattern", &t("fields-pattern"), Control::Code).hint(&pattern)))
        (columns(&[inputs.select("spelling", &t("fields-spelling"), &spellings, ""), inputs.check("unique", &t("fields-unique"))]))
        (inputs.any(&Field::new("default", &t("fields-default"), Control::Lines { rows: 2, draft: false }).hint(&t("fields-default-hint"))))
        (line(hint("link", "link")))
        (columns(&[inputs.select("source", &t("fields-source"), &sources, ""), inputs.select("render", &t("fields-render"), &renders, "")]))
        (inputs.select("based_on", &t("fields-based-on"), &bases(catalog, field), &t("fields-based-on-hint")))
        (inputs.check("everywhere", &t("fields-everywhere-check")))
        (inputs.check("disabled", &t("fields-disabled-check")))
    }
}

/// A source says in its own words what it is (IR-122).
fn source_label(catalog: &Catalog, name: &str, own: &str) -> String {
    match name {
        "" => own.to_owned(),
        "directory" => {
            catalog.directory().map_or_else(|| t("fields-no-directory").into_owned(), actions::directory::Directory::description)
        }
        _ => t("fields-source-groups").into_owned(),
    }
}

/// Selects that this one could be based on.
fn bases(catalog: &Catalog, field: &CustomField) -> Vec<Offer> {
    let other = |one: &&CustomField| one.kind == FieldKind::Select && one.id != field.id && !one.disabled;
    let mut offers = vec![(String::new(), t("none").into_owned())];
    offers.extend(catalog.all_fields().filter(other).map(|one| (one.id.to_string(), format!("{} (#{})", one.name, one.id))));
    offers
}
