//! The pages that arrange dashboards.

use actions::{Error, Tx, dashboard};
use domain::dashboard::{Dashboard, Keeper, SavedSearch, Step, Widget, WidgetKind};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link, post, submit};
use crate::component::chip::chip;
use crate::component::empty::empty_line;
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

/// Whose a new one is, as the form says.
pub(crate) fn keeper(tx: &Tx, visit: &Visit, form: &Submission) -> Result<Keeper, Error> {
    let all = dashboard::keepers(tx, &visit.actor);
    let wanted = form.text("keeper");
    let found = all.iter().find(|(keeper, _)| written(*keeper) == wanted || wanted.is_empty());
    found.map(|(keeper, _)| *keeper).ok_or(Error::Forbidden(domain::Right::CreateSavedSearch))
}

/// As forms write it.
fn written(keeper: Keeper) -> String {
    match keeper {
        Keeper::System => "system".to_owned(),
        Keeper::Group(group) => format!("group-{group}"),
        Keeper::User(_) => "mine".to_owned(),
    }
}

/// Whose one can make them, to choose from.
pub(crate) fn keeper_offers(tx: &Tx, visit: &Visit) -> Vec<(String, String)> {
    let all = dashboard::keepers(tx, &visit.actor);
    all.into_iter().map(|(keeper, name)| (written(keeper), keeper_words(keeper, &name))).collect()
}

fn keeper_words(keeper: Keeper, name: &str) -> String {
    match keeper {
        Keeper::System => t("keeper-system").into_owned(),
        Keeper::Group(_) => name.to_owned(),
        Keeper::User(_) => t("keeper-mine").into_owned(),
    }
}

/// Whose something is, as a chip.
pub(crate) fn keeper_chip(tx: &Tx, keeper: Keeper) -> Markup {
    let name = match keeper {
        Keeper::Group(id) => tx.catalog().groups().find(|(group, _)| *group == id).map(|(_, name)| name.to_owned()),
        _ => None,
    };
    chip(&keeper_words(keeper, &name.unwrap_or_default()))
}

pub(super) async fn list(visit: &Visit, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let all = dashboard::dashboards(&mut tx, &visit.actor).await?;
    let home = dashboard::home(&mut tx, &visit.actor).await?.dashboard.map(|one| one.id);
    let inputs = Inputs { form, refusal };
    let title = t("home-dashboards");
    let body = html! {
        (page_head(&title, &t("dashboards-beneath"), &html! {
            (link(&urls::subscriptions(), &Button::new(&t("subscriptions-title")).tone(Tone::Quiet)))
            (link(&urls::saved_searches(), &Button::new(&t("searches-title")).icon(Icon::Search)))
        }))
        (refusal.summary(&t("preferences-not-saved")))
        (panel(&Panel { id: "all", title: &t("dashboards-all"), ..Panel::default() }, &html! {
            ul class="links" { @for one in &all { li { (line(&tx, one, home)) } } }
        }))
        (panel(&Panel { id: "new", title: &t("dashboards-new"), ..Panel::default() }, &html! {
            form class="form" method="post" action=(urls::dashboards()) {
                div class="fields" {
                    (inputs.any(&Field::line("name", &t("dashboards-name")).required()))
                    (inputs.select("keeper", &t("keeper"), &keeper_offers(&tx, visit), &t("dashboards-new-hint")))
                }
                div class="form-actions" { (submit(&Button::new(&t("dashboards-create")))) }
            }
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Home).status(refusal.status), &body))
}

fn line(tx: &Tx, one: &Dashboard, home: Option<i64>) -> Markup {
    html! {
        a href=(urls::dashboard(one.id)) { bdi { (one.name) } } " " (keeper_chip(tx, one.keeper)) " "
        a class="button quiet" href=(urls::dashboard_part(one.id, "show")) aria-label=(tr("dashboards-look-named", &[("name", one.name.as_str().into())])) { (t("dashboards-look")) } " "
        @if home == Some(one.id) { span class="chip new" { (t("dashboards-home")) } }
        @else { (post(&urls::dashboard_part(one.id, "choose"), &Button::new(&t("dashboards-choose")).tone(Tone::Quiet))) }
    }
}

pub(super) async fn edit(visit: &Visit, id: i64, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let (found, widgets) = dashboard::dashboard(&mut tx, &visit.actor, id).await?;
    let searches = dashboard::saved_searches(&mut tx, &visit.actor).await?;
    let changes = dashboard::may_change(&tx, &visit.actor, found.keeper);
    let side = |aside: bool| -> Vec<Widget> { widgets.iter().filter(|one| one.aside == aside).copied().collect() };
    let remove = post(&urls::dashboard_part(id, "delete"), &Button::new(&t("dashboards-delete")).tone(Tone::Danger));
    let buttons = html! {
        @if visit.actor.user.privileged { (link(&urls::dashboard_part(id, "subscribe"), &Button::new(&t("subscriptions-by-mail")).tone(Tone::Quiet))) }
        (link(&urls::dashboards(), &Button::new(&t("home-dashboards")).tone(Tone::Quiet)))
        @if changes && !found.is_default { (remove) }
    };
    let boxes = |aside: bool, key: &str| {
        let mine = side(aside);
        panel(
            &Panel { id: key, title: &t(key), flush: true, ..Panel::default() },
            &html! {
                @if mine.is_empty() { (empty_line(&t("dashboards-no-box"))) }
                ol class="boxes" { @for widget in &mine { li { (arranged(id, *widget, &searches, changes)) } } }
            },
        )
    };
    let body = html! {
        (page_head(&found.name, &t(if changes { "dashboard-beneath" } else { "dashboard-only-read" }), &buttons))
        (refusal.summary(&t("preferences-not-saved")))
        (boxes(false, "dashboard-main"))
        (boxes(true, "dashboard-aside"))
        @if changes { (adding(id, &widgets, &searches, &Inputs { form, refusal })) }
    };
    Ok(visit.page(&Frame::new(&found.name, Section::Home).status(refusal.status), &body))
}

fn arranged(id: i64, widget: Widget, searches: &[SavedSearch], changes: bool) -> Markup {
    let kind = widget.kind.written();
    let name = name_of(widget.kind, searches);
    html! {
        span class="box-name" { (name) }
        @if changes {
            form class="inline" method="post" {
                input type="hidden" name="widget" value=(kind);
                @for (_, step) in Step::ALL {
                    button type="submit" class="button quiet" formaction=(urls::dashboard_part(id, step))
                        aria-label=(tr(&format!("dashboard-{step}-named"), &[("name", name.as_str().into())])) {
                        (t(&format!("dashboard-{step}")))
                    }
                }
            }
        }
    }
}

fn adding(id: i64, widgets: &[Widget], searches: &[SavedSearch], inputs: &Inputs<'_>) -> Markup {
    let boxes = WidgetKind::BOXES.iter().map(|(kind, _)| *kind);
    let kinds = searches.iter().map(|search| WidgetKind::Search(search.id)).chain(boxes);
    let offers: Vec<(String, String)> = kinds
        .filter(|kind| !widgets.iter().any(|widget| widget.kind == *kind))
        .map(|kind| (kind.written(), name_of(kind, searches)))
        .collect();
    let sides =
        [("main", "dashboard-main"), ("aside", "dashboard-aside")].map(|(side, key)| (side.to_owned(), t(key).into_owned()));
    panel(
        &Panel { id: "add", title: &t("dashboard-add"), ..Panel::default() },
        &html! {
            form class="form" method="post" action=(urls::dashboard_part(id, "add")) {
                div class="fields" {
                    (inputs.select("widget", &t("dashboard-box"), &offers, &t("dashboard-box-hint")))
                    (inputs.select("side", &t("dashboard-side"), &sides, ""))
                }
                div class="form-actions" { (submit(&Button::new(&t("dashboard-add")))) }
            }
        },
    )
}

fn name_of(kind: WidgetKind, searches: &[SavedSearch]) -> String {
    match kind {
        WidgetKind::Search(id) => searches
            .iter()
            .find(|search| search.id == id)
            .map_or_else(|| t("dashboard-search-gone").into_owned(), |search| search.name.clone()),
        other => t(&format!("widget-{}", other.written())).into_owned(),
    }
}
