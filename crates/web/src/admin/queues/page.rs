//! One queue: its form and its watchers.

use actions::setup::QueueInput;
use actions::{Actor, Error, Result, Tx, access, account};
use axum::response::Response;
use domain::{QueueId, Right, Role, queue::Queue};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, icon_post, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Control, Field};
use crate::component::form::{columns, form_actions};
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::form::inputs::{Inputs, Offer};
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(super) struct Page {
    queue: Queue,
    lifecycles: Vec<Offer>,
    levels: Vec<Offer>,
    /// What the button that takes one away sends, and how they are called.
    watchers: Vec<Offer>,
}

impl Page {
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, id: QueueId) -> Result<Self> {
        access::require_global(tx, actor, Right::ShowConfigTab)?;
        let catalog = tx.catalog();
        let queue = catalog.queue(id).cloned().ok_or(Error::NotFound)?;
        let same = |name: &str| (name.to_owned(), name.to_owned());
        let mut levels = vec![(String::new(), t("none").into_owned())];
        levels.extend(catalog.levels().map(|level| same(&level.name)));
        let mut watchers = Vec::new();
        for role in [Role::Cc, Role::AdminCc] {
            let called = t(&format!("field-{}", role.as_str().to_lowercase()));
            for group in catalog.queue_watcher_groups(id, role) {
                let name = tr("people-group", &[("name", catalog.group_name(group).unwrap_or_default().into())]);
                watchers.push((format!("{}:group:{group}", role.as_str()), format!("{called}: {name}")));
            }
            for user in catalog.queue_watchers_themselves(id, role) {
                let user = account::user(tx, user).await?;
                watchers.push((format!("{}:user:{}", role.as_str(), user.id), format!("{called}: {}", user.display_name())));
            }
        }
        Ok(Self { queue, lifecycles: catalog.lifecycles.iter().map(|one| same(&one.name)).collect(), levels, watchers })
    }

    /// What the form holds that was not sent.
    pub(super) fn fill(&self, form: &mut Submission) {
        let input = QueueInput::of(&self.queue);
        let sent = form.has("name");
        let flag = |on: bool| if on { "1" } else { "" };
        for (name, value) in [
            ("name", input.name.as_str()),
            ("description", &input.description),
            ("correspond_address", &input.correspond_address),
            ("comment_address", &input.comment_address),
            ("lifecycle", &input.lifecycle),
            ("subject_tag", &input.subject_tag),
            ("priorities", &input.priorities),
            ("default_due", &input.default_due),
            ("default_starts", &input.default_starts),
            ("default_level", &input.default_level),
            ("time_zone", &input.time_zone),
        ] {
            form.preset(name, value);
        }
        for (name, value) in [
            ("sort_order", input.sort_order),
            ("initial_priority", input.initial_priority),
            ("final_priority", input.final_priority),
        ] {
            form.preset(name, value);
        }
        if !sent {
            form.preset("levels", flag(input.levels));
            form.preset("disabled", flag(input.disabled));
        }
        form.preset("role", Role::AdminCc.as_str());
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let title = tr("admin-queue-title", &[("name", self.queue.name.clone().into())]);
        let inputs = Inputs { form, refusal };
        let body = html! {
            (page_head(&title, &self.queue.description, &html! {}))
            (super::super::sections(urls::admin_queues()))
            (refusal.summary(&t("admin-queue-not-saved")))
            form class="form" method="post" action=(urls::admin_queue(self.queue.id, "")) {
                (self.basics(inputs))
                (self.defaults(inputs))
                (form_actions(&Button::new(&t("admin-save")), &[], Some(urls::admin_queues())))
            }
            (self.watching(inputs))
        };
        visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
    }

    fn basics(&self, inputs: Inputs<'_>) -> Markup {
        panel(
            &Panel { id: "basics", title: &t("admin-queue-basics"), ..Panel::default() },
            &html! { div class="fields" {
                (columns(&[
                    inputs.any(&Field::line("name", &t("admin-queue-name")).required()),
                    inputs.line("description", &t("admin-queue-description")),
                    inputs.line("correspond_address", &t("admin-queue-correspond")),
                    inputs.line("comment_address", &t("admin-queue-comment")),
                    inputs.select("lifecycle", &t("admin-queue-lifecycle"), &self.lifecycles, ""),
                    inputs.any(&Field::line("subject_tag", &t("admin-queue-tag")).hint(&t("admin-queue-tag-hint"))),
                    inputs.number("sort_order", &t("admin-queue-order")),
                ]))
                (inputs.check("disabled", &t("admin-queue-disabled")))
            } },
        )
    }

    fn defaults(&self, inputs: Inputs<'_>) -> Markup {
        let hinted = |name, key: &str| inputs.any(&Field::line(name, &t(key)).hint(&t(&format!("{key}-hint"))));
        html! {
            (panel(&Panel { id: "defaults", title: &t("admin-queue-defaults"), ..Panel::default() }, &html! { div class="fields" {
                (columns(&[
                    inputs.number("initial_priority", &t("admin-queue-initial")),
                    inputs.number("final_priority", &t("admin-queue-final")),
                    hinted("priorities", "admin-queue-priorities"),
                    hinted("default_due", "admin-queue-due"),
                    inputs.line("default_starts", &t("admin-queue-starts")),
                ]))
            } }))
            (panel(&Panel { id: "service", title: &t("admin-queue-service"), ..Panel::default() }, &html! { div class="fields" {
                (inputs.check("levels", &t("admin-queue-levels")))
                (columns(&[
                    inputs.select("default_level", &t("admin-queue-level"), &self.levels, ""),
                    hinted("time_zone", "admin-queue-zone"),
                ]))
            } }))
        }
    }

    fn watching(&self, inputs: Inputs<'_>) -> Markup {
        let action = urls::admin_queue(self.queue.id, "watchers");
        let roles: Vec<Offer> = [Role::Cc, Role::AdminCc].map(|role| (role.as_str().to_owned(), role.as_str().to_owned())).into();
        panel(
            &Panel { id: "watchers", title: &t("admin-queue-watchers"), count: self.watchers.len() as u64, ..Panel::default() },
            &html! {
                @if self.watchers.is_empty() { (empty_line(&t("admin-queue-watchers-none"))) }
                ul class="links" {
                    @for (value, called) in &self.watchers {
                        li { bdi { (called) } " " (icon_post(&action, Icon::Cross, &format!("{} {called}", t("admin-remove")), Some(("remove", value)))) }
                    }
                }
                form class="form" method="post" action=(action) {
                    (columns(&[
                        inputs.any(&Field::new("who", &t("admin-queue-watch-who"), Control::Line { kind: "text", autocomplete: "off" })),
                        inputs.select("role", &t("people-role"), &roles, ""),
                    ]))
                    div class="form-actions" { (submit(&Button::new(&t("admin-add")))) }
                }
            },
        )
    }
}
