//! The lists to choose from (IR-411), and the question before a merge is taken back.

use super::super::{
    chooser::{Choosing, Joins, Shelf, Wish, but, joinable, words},
    inputs::Inputs,
    numbered::Numbered,
    refusal::Refusal,
    submission::Submission,
};
use crate::{
    component::{
        button::Button,
        confirm::{Confirm, confirm},
        facts::{facts, text_fact},
        field::Field,
        form::form_actions,
        ticket::page_head,
    },
    failure::Answer,
    layout::KeyGroup,
    list::{section, title_key},
    query_text::{all, any, is, status_class},
    visit::{Frame, Visit},
};
use actions::{
    Error, Result, Tx,
    ticket::{
        self, Unmerging,
        show::{self, TicketView},
    },
};
use axum::response::Response;
use domain::{Right, TicketId, TicketKind};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};
use query::{Field as Name, Op, Query, Term, Value};

const FORM: &str = "merge-form";
/// IR-309.
/// More Incidents than this nobody looks for siblings in.
const MOST_PARENTS: usize = 50;

pub(super) struct Page {
    view: TicketView,
    shelves: Vec<Shelf>,
}

impl Page {
    pub(super) async fn load(tx: &mut Tx, visit: &Visit, id: TicketId, form: &Submission) -> Result<Self> {
        let view = show::view(tx, &visit.actor, id).await?;
        // whoever may own tickets takes both first (IR-228)
        if !view.may_modify() && !view.may(Right::OwnTicket) {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        let mut shelves = Vec::new();
        for wish in wishes(tx, &view) {
            shelves.push(Shelf::load(tx, visit, wish, form).await?);
        }
        Ok(Self { view, shelves })
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let title = tr("merge-title", &[("ticket", ticket.id.to_string().into())]);
        let inputs = Inputs { form, refusal };
        let action = urls::ticket_part(ticket.id, "merge");
        let choosing = Choosing { here: &action, form: FORM, select: "into", single: true };
        let two_kinds = other_kind(ticket.kind).is_some();
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("merge-not-done")))
            p class="hint" { (t("merge-hint")) @if two_kinds { " " (t("merge-into-investigation")) } }
            (words(&action, inputs))
            @for shelf in &self.shelves { (shelf.show(form, &choosing)) }
            form class="form" method="post" id=(FORM) action=(action) {
                (inputs.any(&Field::line("number", &t("choose-number")).hint(&t("choose-number-hint"))))
                (form_actions(&Button::new(&t("merge-go")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        let frame = Frame::new(&title, section(ticket.kind)).keys(&[KeyGroup::List]).status(refusal.status);
        visit.page(&frame, &body)
    }
}

/// (a) other children of the parent Incidents, (b) open tickets of the same type, (c) of the type it can also be merged with.
fn wishes(tx: &Tx, view: &TicketView) -> Vec<Wish<'static>> {
    let kind = view.ticket.kind;
    let always = |kinds: &[TicketKind]| {
        let kinds = any(kinds.iter().map(|kind| is("Lifecycle", kind.lifecycle())).collect());
        [Some(but(view.ticket.id)), kinds, joinable(tx, &view.queue, Joins::Merging)].into_iter().flatten().collect::<Vec<_>>()
    };
    let open = |kind: TicketKind| all(vec![is("Lifecycle", kind.lifecycle()), status_class("Active")]);
    let mut wishes = Vec::new();
    let parents = view.incidents().take(MOST_PARENTS);
    let siblings = parents.map(|parent| member_of(parent.ticket.id)).collect();
    if let Some(usual) = any(siblings) {
        let kinds: Vec<TicketKind> = std::iter::once(kind).chain(other_kind(kind)).collect();
        wishes.push(Wish {
            name: "siblings",
            title: t("merge-siblings").into_owned(),
            layout: "Merge",
            usual,
            always: always(&kinds),
        });
    }
    for (name, kind) in std::iter::once(("same", kind)).chain(other_kind(kind).map(|kind| ("other", kind))) {
        if let Some(usual) = open(kind) {
            wishes.push(Wish { name, title: t(title_key(kind)).into_owned(), layout: "Merge", usual, always: always(&[kind]) });
        }
    }
    wishes
}

fn member_of(incident: TicketId) -> Query {
    Query::Term(Term::new(Name::named("MemberOf"), Op::Eq, Value::Number(incident.0)))
}

fn other_kind(kind: TicketKind) -> Option<TicketKind> {
    match kind {
        TicketKind::Report => Some(TicketKind::Investigation),
        TicketKind::Investigation => Some(TicketKind::Report),
        _ => None,
    }
}

/// What taking it out would do.
pub(super) async fn ask(visit: Visit, Numbered(id): Numbered) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    let plan = ticket::unmerging(&mut tx, &visit.actor, id).await?;
    let inside = preview(&mut tx, &visit, &plan).await?;
    let words = [("ticket", plan.source.id.to_string().into()), ("target", plan.target.id.to_string().into())];
    let title = tr("unmerge-title", &words);
    let question = Confirm {
        title: &title,
        consequence: &tr("unmerge-what", &words),
        action: &urls::ticket_part(plan.source.id, "unmerge"),
        yes: &t("unmerge-yes"),
        back: &urls::ticket(plan.target.id),
    };
    tx.rollback().await?;
    Ok(visit.page(&Frame::new(&title, section(plan.target.kind)), &confirm(&question, &inside)))
}

async fn preview(tx: &mut Tx, visit: &Visit, plan: &Unmerging) -> Result<Markup> {
    let shown = show::view(tx, &visit.actor, plan.target.id).await?;
    let people: Vec<String> = shown
        .people
        .iter()
        .filter(|(role, user)| plan.people.contains(&(*role, user.id)))
        .map(|(role, user)| format!("{} ({})", user.display_name(), role.as_str()))
        .collect();
    // only fields that the person may see
    let values: Vec<String> = shown
        .fields
        .iter()
        .flat_map(|field| field.values.iter().map(move |value| (&field.field, value)))
        .filter(|(field, value)| plan.values.iter().any(|(id, content)| *id == field.id && content == *value))
        .map(|(field, value)| format!("{} {value}", field.name))
        .collect();
    let words = [("target", plan.target.id.to_string().into()), ("ticket", plan.source.id.to_string().into())];
    let [times_of, people_of, values_of, status_of] =
        ["unmerge-times", "unmerge-people", "unmerge-values", "unmerge-status"].map(|key| tr(key, &words));
    let [estimated, worked, left] = plan.times;
    let times = [("worked", worked.into()), ("estimated", estimated.into()), ("left", left.into())];
    let or_nothing = |words: Vec<String>| if words.is_empty() { t("unmerge-nothing").into_owned() } else { words.join(", ") };
    let mut lines = vec![
        text_fact(&times_of, &tr("unmerge-times-words", &times)),
        text_fact(&people_of, &or_nothing(people)),
        text_fact(&values_of, &or_nothing(values)),
    ];
    if let Some(status) = &plan.status {
        lines.push(text_fact(&status_of, &tr("unmerge-back-to", &[("status", status.clone().into())])));
    }
    Ok(facts(&lines))
}
