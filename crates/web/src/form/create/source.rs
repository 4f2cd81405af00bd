//! The child that a new Incident is made from: it will be a member, and its owner will own the Incident (IR-364).

use super::super::submission::Submission;
use crate::{
    component::{
        button::{Button, Tone, link, submit},
        panel::{Panel, panel},
        ticket::page_head,
    },
    visit::Visit,
};
use actions::{Actor, Error, Result, Tx, ticket::show};
use domain::{QueueId, TicketId, TicketKind};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

pub(super) struct Source {
    pub(super) id: TicketId,
    pub(super) queue: QueueId,
    subject: String,
    /// The login.
    pub(super) owner: String,
    pub(super) owner_shown: String,
    /// It may be changed by whoever asks; otherwise it must be taken first.
    pub(super) is_usable: bool,
    /// The part of its address that makes the asker its owner.
    way: Option<&'static str>,
    is_owned: bool,
}

impl Source {
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission) -> Result<Option<Self>> {
        let from = form.text("from").trim();
        if kind != TicketKind::Incident || from.is_empty() {
            return Ok(None);
        }
        let id = from.trim_start_matches('#').parse().map_err(|_| Error::NotFound)?;
        let view = show::view(tx, actor, id).await?;
        if !view.ticket.kind.is_child() {
            return Err(Error::NotFound);
        }
        let way = if view.may_take() { Some("take") } else { view.may_steal(actor).then_some("steal") };
        Ok(Some(Self {
            id: view.ticket.id,
            queue: view.ticket.queue,
            subject: view.ticket.subject.clone(),
            owner: view.owner.name.clone(),
            owner_shown: view.owner.display_name().to_owned(),
            is_usable: view.may_modify(),
            way,
            is_owned: view.ticket.is_owned(),
        }))
    }

    /// What is shown in place of the form to somebody who has to take the child first.
    pub(super) fn take_first(&self, title: &str, visit: &Visit) -> Markup {
        let words = [("ticket", self.id.to_string().into()), ("owner", self.owner_shown.clone().into())];
        let reason = if self.is_owned { "form-steal-first" } else { "form-take-first" };
        let label = if self.way == Some("steal") { t("form-steal-it") } else { t("form-take-it") };
        html! {
            (page_head(title, &tr("form-from", &words), &html! {}))
            (panel(&Panel { id: "take-first", title: &format!("#{} {}", self.id, self.subject), ..Panel::default() }, &html! {
                div class="fields" {
                    p { (tr(reason, &words)) }
                    div class="form-actions" {
                        @if let Some(way) = self.way {
                            form method="post" action=(urls::ticket_part(self.id, way)) {
                                input type="hidden" name="next" value=(visit.here);
                                (submit(&Button::new(&label).tone(Tone::Primary)))
                            }
                        }
                        (link(&urls::ticket(self.id), &Button::new(&t("form-back-to-ticket")).tone(Tone::Quiet)))
                    }
                }
            }))
        }
    }
}
