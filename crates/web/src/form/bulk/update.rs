//! The update of many tickets (TC-279): everything that can be done to one, for all of them; what is left empty stays as it is.

use crate::{
    component::{
        field::{Choice, Control, Field, field},
        form::columns,
        panel::{Panel, panel},
    },
    form::{inputs::Inputs, reading::Reading, submission::Submission},
    ticket::{RELATIONS, relation_label},
    visit::Visit,
};
use actions::{
    Tx, access,
    bulk::{Date, FieldWish, Outlook, Wish, Words},
};
use domain::{
    QueueId, Right, Role,
    custom_field::{CustomField, FieldKind},
    queue::Queue,
};
use http_door::text::{t, tr};
use maud::{Markup, html};

/// Takes a date or a service level away.
const NONE: &str = "-";
const DATES: [(Date, &str, &str); 5] = [
    (Date::Starts, "starts", "form-starts"),
    (Date::Started, "started", "form-started"),
    (Date::Due, "due", "form-due"),
    (Date::Told, "told", "form-told"),
    (Date::Resolved, "resolved", "ticket-resolved"),
];
/// More values of one field than this nobody types for many tickets.
const MOST_VALUES: usize = 50;

pub(super) fn read(visit: &Visit, form: &Submission, words: Words, reading: &mut Reading<'_>) -> Wish {
    let text = |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let people = |prefix: &str| -> Vec<(Role, String)> {
        Role::WATCHERS.into_iter().filter_map(|role| Some((role, text(&role_name(prefix, role))?))).collect()
    };
    let links = |prefix: &str| -> Vec<(String, String)> {
        RELATIONS.iter().filter_map(|(_, _, word)| Some(((*word).to_owned(), text(&link_name(prefix, word))?))).collect()
    };
    let mut dates = Vec::new();
    for (date, name, _) in DATES {
        match form.text(name).trim() {
            "" => {}
            NONE => dates.push((date, None)),
            _ => dates.extend(reading.moment(name).map(|at| (date, Some(at)))),
        }
    }
    let queue = text("queue").map(|queue| queue.parse::<i64>());
    if matches!(queue, Some(Err(_))) {
        reading.wrong("queue", t("form-queue-forbidden"));
    }
    let merge = reading.tickets("merge");
    if merge.len() > 1 {
        reading.wrong("merge", t("update-merge-one"));
    }
    Wish {
        words,
        owner: text("owner").map(|owner| if owner == "__CurrentUser__" { visit.actor.user.name.clone() } else { owner }),
        force_owner: form.is_ticked("force_owner"),
        add: people("add"),
        remove: people("remove"),
        clear: Role::WATCHERS.into_iter().filter(|role| form.is_ticked(&role_name("clear", *role))).collect(),
        subject: text("subject"),
        queue: queue.and_then(Result::ok).map(QueueId),
        status: text("status"),
        level: text("level").map(|level| if level == NONE { String::new() } else { level }),
        priority: text("priority"),
        final_priority: text("final_priority"),
        dates,
        fields: fields(form),
        link: links("add"),
        unlink: links("remove"),
        merge_into: merge.first().copied(),
    }
}

fn role_name(prefix: &str, role: Role) -> String {
    format!("{prefix}-{}", role.as_str().to_ascii_lowercase())
}

fn link_name(prefix: &str, word: &str) -> String {
    format!("{prefix}-{}", word.to_ascii_lowercase())
}

fn field_name(how: &str, id: impl std::fmt::Display) -> String {
    format!("cf-{how}-{id}")
}

/// By the numbers in the names of the inputs; whether the field may be changed is for the verb to say.
fn fields(form: &Submission) -> Vec<FieldWish> {
    let mut ids: Vec<i64> = Vec::new();
    for (name, text) in form.inputs() {
        let number = name.strip_prefix("cf-").and_then(|rest| rest.split_once('-')).and_then(|(_, id)| id.parse().ok());
        if let Some(id) = number.filter(|id| !text.trim().is_empty() && !ids.contains(id)) {
            ids.push(id);
        }
    }
    let values = |how: &str, id: i64| -> Vec<String> {
        let text = form.text(&field_name(how, id));
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_VALUES).map(str::to_owned).collect()
    };
    let wish = |id: i64| FieldWish {
        field: domain::FieldId(id),
        clear: form.is_ticked(&field_name("clear", id)),
        remove: values("remove", id),
        replace: values("replace", id),
        add: values("add", id),
    };
    ids.into_iter().map(wish).collect()
}

/// What can be chosen for these tickets.
pub(super) struct Choices {
    queues: Vec<Queue>,
    statuses: Vec<String>,
    levels: Vec<String>,
    fields: Vec<CustomField>,
}

impl Choices {
    /// Statuses of any of their lifecycles; fields that all of them have.
    pub(super) fn of(tx: &Tx, visit: &Visit, prospects: &[Outlook]) -> Self {
        let catalog = tx.catalog();
        let mut ids: Vec<QueueId> = prospects.iter().filter_map(|one| one.ticket.as_ref()).map(|ticket| ticket.queue).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut statuses: Vec<String> = Vec::new();
        for lifecycle in ids.iter().filter_map(|id| catalog.lifecycle(catalog.queue(*id)?)) {
            statuses.extend(lifecycle.statuses().map(str::to_owned));
        }
        let mut seen = Vec::new();
        statuses.retain(|status| {
            let is_new = !seen.contains(status);
            seen.push(status.clone());
            is_new
        });
        let of_queue = |id: &QueueId| access::fields_with(tx, &visit.actor, *id, Right::ModifyCustomField);
        let mut fields = ids.first().map(of_queue).unwrap_or_default();
        for id in ids.iter().skip(1) {
            let theirs = of_queue(id);
            fields.retain(|field| theirs.iter().any(|other| other.id == field.id));
        }
        fields.retain(|field| !field.kind.is_file());
        Self {
            queues: access::queues_with(tx, &visit.actor, Right::CreateTicket),
            statuses,
            levels: catalog.levels().map(|level| level.name.clone()).collect(),
            fields,
        }
    }

    pub(super) fn inputs(&self, inputs: Inputs<'_>) -> Markup {
        html! {
            (panel(&Panel { id: "basics", title: &t("form-basics"), ..Panel::default() }, &self.basics(inputs)))
            (panel(&Panel { id: "people", title: &t("form-people"), ..Panel::default() }, &people(inputs)))
            (panel(&Panel { id: "dates", title: &t("form-dates"), ..Panel::default() }, &html! {
                p class="hint" { (t("update-dates-hint")) }
                (columns(&DATES.map(|(_, name, key)| inputs.any(&Field::line(name, &t(key))))))
            }))
            @if !self.fields.is_empty() {
                (panel(&Panel { id: "fields", title: &t("update-fields"), ..Panel::default() }, &html! { div class="fields" {
                    @for field in &self.fields { (custom(field, inputs)) }
                } }))
            }
            (panel(&Panel { id: "links", title: &t("links"), ..Panel::default() }, &links(inputs)))
        }
    }

    fn basics(&self, inputs: Inputs<'_>) -> Markup {
        let same = |names: &[String]| names.iter().map(|name| (name.clone(), name.clone())).collect::<Vec<_>>();
        let unchanged = |mut more: Vec<(String, String)>| {
            more.insert(0, (String::new(), t("update-unchanged").into_owned()));
            more
        };
        let queues = unchanged(self.queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect());
        let mut levels = unchanged(same(&self.levels));
        levels.insert(1, (NONE.to_owned(), t("none").into_owned()));
        html! {
            div class="fields" {
                (inputs.line("subject", &t("form-subject")))
                (columns(&[
                    inputs.select("status", &t("form-status"), &unchanged(same(&self.statuses)), ""),
                    inputs.select("queue", &t("form-queue"), &queues, ""),
                    html! { div {
                        (inputs.any(&Field::new("owner", &t("form-owner"), Control::Suggest(&["__CurrentUser__", "Nobody"]))))
                        (inputs.check("force_owner", &t("form-force-owner")))
                    } },
                    inputs.line("priority", &t("form-priority")),
                    inputs.line("final_priority", &t("form-final-priority")),
                    inputs.select("level", &t("form-level"), &levels, ""),
                ]))
            }
        }
    }
}

fn people(inputs: Inputs<'_>) -> Markup {
    html! {
        div class="fields" {
            p class="hint" { (t("form-people-hint")) }
            @for role in Role::WATCHERS {
                @let called = t(&format!("field-{}", role.as_str().to_lowercase()));
                @let words = |key: &str| tr(key, &[("role", called.as_ref().into())]);
                (columns(&[
                    inputs.line(&role_name("add", role), &words("update-add")),
                    inputs.line(&role_name("remove", role), &words("update-remove")),
                    inputs.check(&role_name("clear", role), &words("update-clear")),
                ]))
            }
        }
    }
}

fn custom(one: &CustomField, inputs: Inputs<'_>) -> Markup {
    let words = |how: &str| tr(&format!("update-{how}"), &[("role", one.name.clone().into())]);
    let values = |how: &str| {
        let name = field_name(how, one.id);
        let label = words(how);
        if one.kind == FieldKind::Select && (one.is_single() || how == "remove") {
            let chosen = inputs.form.text(&name);
            let none = t("update-unchanged");
            let mut options = vec![Choice { value: "", label: &none, chosen: false }];
            let offered = one.options.iter().map(|option| option.name.as_str());
            options.extend(offered.map(|option| Choice { value: option, label: option, chosen: option == chosen }));
            return field(&Field::new(&name, &label, Control::Select(&options)).error(inputs.refusal.on(&name)));
        }
        if one.is_single() {
            inputs.line(&name, &label)
        } else {
            inputs.any(&Field::new(&name, &label, Control::Lines { rows: 2, draft: false }))
        }
    };
    let clear = inputs.check(&field_name("clear", one.id), &words("clear"));
    html! {
        @if one.is_single() { (columns(&[values("replace"), clear])) }
        @else { (columns(&[values("add"), values("remove"), values("replace"), clear])) }
    }
}

fn links(inputs: Inputs<'_>) -> Markup {
    html! {
        div class="fields" {
            p class="hint" { (t("links-hint")) }
            @for (_, _, word) in &RELATIONS {
                @let label = relation_label(word);
                (columns(&[
                    inputs.line(&link_name("add", word), &tr("update-add", &[("role", label.clone().into())])),
                    inputs.line(&link_name("remove", word), &tr("update-remove", &[("role", label.clone().into())])),
                ]))
            }
            (inputs.any(&Field::line("merge", &t("update-merge")).hint(&t("update-merge-hint"))))
        }
    }
}
