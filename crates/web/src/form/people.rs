//! The people of a ticket (TC-061): who watches it in which role, groups among them, who gets no mail of it, and who owns it.

use super::{
    inputs::{Inputs, Offer},
    numbered::Numbered,
    reading::Reading,
    refusal::Refusal,
    submission::Submission,
};
use crate::{
    component::{
        button::Button,
        field::Field,
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    flash,
    visit::{Frame, Visit},
};
use actions::{
    Error, Result, Tx, account,
    ticket::{self, OwnerChange, PeopleInput, show, show::TicketView},
};
use axum::{Router, response::Response, routing::get};
use domain::{GroupId, Right, Role, TicketId, UserId};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use maud::html;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/people", get(open).post(save))
}

struct People {
    view: TicketView,
    squelched: Vec<String>,
    owners: Vec<Offer>,
}

impl People {
    /// Forbidden without `ModifyTicket`.
    async fn load(tx: &mut Tx, visit: &Visit, id: TicketId) -> Result<Self> {
        let view = show::view(tx, &visit.actor, id).await?;
        if !view.may_modify() {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        let squelched = ticket::squelched(tx, &visit.actor, id).await?;
        let mut owners = vec![("Nobody".to_owned(), t("chip-nobody").into_owned())];
        let possible = account::possible_owners(tx, &visit.actor, view.ticket.id).await?;
        owners.extend(possible.into_iter().map(|user| (user.name.clone(), user.display_name().to_owned())));
        if view.ticket.is_owned() && !owners.iter().any(|(login, _)| *login == view.owner.name) {
            owners.push((view.owner.name.clone(), view.owner.display_name().to_owned()));
        }
        Ok(Self { view, squelched, owners })
    }

    /// What the boxes that take somebody away send, with how they are called.
    fn watchers(&self) -> Vec<Offer> {
        let role = |role: Role| t(&format!("field-{}", role.as_str().to_lowercase())).into_owned();
        let people = self.view.people.iter().map(|(held, user)| {
            (format!("{}:user:{}", held.as_str(), user.id), format!("{}: {}", role(*held), super::answer::shown(user)))
        });
        let groups = self.view.groups.iter().map(|(held, id, name)| {
            let called = tr("people-group", &[("name", name.clone().into())]);
            (format!("{}:group:{id}", held.as_str()), format!("{}: {called}", role(*held)))
        });
        people.chain(groups).collect()
    }

    /// Every address that mail of the ticket could go to, and those that are quiet already.
    fn addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> =
            self.view.people.iter().filter_map(|(_, user)| user.email.as_ref().map(ToString::to_string)).collect();
        addresses.extend(self.squelched.iter().cloned());
        addresses.sort_unstable();
        addresses.dedup();
        addresses
    }

    fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let title = tr("people-title", &[("ticket", ticket.id.to_string().into())]);
        let inputs = Inputs { form, refusal };
        let roles: Vec<Offer> = Role::WATCHERS
            .map(|role| (role.as_str().to_owned(), t(&format!("field-{}", role.as_str().to_lowercase())).into_owned()))
            .into();
        let same = |list: Vec<String>| list.into_iter().map(|one| (one.clone(), one)).collect::<Vec<Offer>>();
        let (watchers, addresses) = (self.watchers(), same(self.addresses()));
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("people-not-saved")))
            form class="form" method="post" action=(urls::ticket_part(ticket.id, "people")) {
                input type="hidden" name="squelch" value="";
                (panel(&Panel { id: "watchers", title: &t("people-watchers"), ..Panel::default() }, &html! { div class="fields" {
                    @if !watchers.is_empty() { (inputs.choices("remove", &t("people-remove"), &watchers, true)) }
                    (columns(&[
                        inputs.any(&Field::line("add", &t("people-add-who")).hint(&t("people-add-hint"))),
                        inputs.select("role", &t("people-role"), &roles, ""),
                    ]))
                } }))
                @if !addresses.is_empty() {
                    (panel(&Panel { id: "mail", title: &t("people-mail"), ..Panel::default() }, &html! { div class="fields" {
                        (inputs.choices("squelch", &t("people-squelch-hint"), &addresses, true))
                    } }))
                }
                (panel(&Panel { id: "owner", title: &t("people-owner"), ..Panel::default() }, &html! { div class="fields" {
                    (inputs.select("owner", &t("people-owner"), &self.owners, ""))
                    (inputs.check("force_owner", &t("people-force")))
                } }))
                (form_actions(&Button::new(&t("people-save")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        visit.page(&Frame::new(&title, crate::list::section(ticket.kind)).status(refusal.status), &body)
    }
}

async fn open(visit: Visit, Numbered(id): Numbered) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let people = People::load(&mut tx, &visit, id).await?;
    let mut form = Submission::default();
    form.put("role", Role::Cc.as_str());
    form.put("owner", &people.view.owner.name);
    people.squelched.iter().for_each(|address| form.put("squelch", address));
    Ok(people.show(&visit, &form, &Refusal::default()))
}

async fn save(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    match store(&visit, id, &form).await {
        Ok(()) => Ok(flash::redirect(&urls::ticket(id), "people-saved", Some(id))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            Ok(People::load(&mut tx, &visit, id).await?.show(&visit, &form, &refusal))
        }
    }
}

/// People first, the owner last: whoever gives a ticket away could not change the rest of it.
async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<()> {
    let mut tx = visit.app.desk.write().await?;
    let people = People::load(&mut tx, visit, id).await?;
    let mut reading = Reading::new(form, &visit.actor);
    let named = reading.people("add");
    let role = Role::parse(form.text("role")).unwrap_or(Role::Cc);
    reading.finish()?;
    for gone in form.all("remove") {
        remove(&mut tx, visit, id, gone).await?;
    }
    ticket::add_named(&mut tx, &visit.actor, id, PeopleInput { role, people: named }).await?;
    if form.has("squelch") {
        let quiet: Vec<&str> = form.all("squelch").collect();
        for address in people.addresses() {
            ticket::set_squelched(&mut tx, &visit.actor, id, &address, quiet.contains(&address.as_str())).await?;
        }
    }
    let owner = form.text("owner").trim();
    if !owner.is_empty() && owner != people.view.owner.name {
        let owner = account::user_named(&mut tx, owner).await.map_err(|_| Error::invalid("owner", t("form-owner-unknown")))?.id;
        let wish = if form.is_ticked("force_owner") { OwnerChange::Force(owner) } else { OwnerChange::Give(owner) };
        ticket::change_owner(&mut tx, &visit.actor, id, wish).await?;
    }
    tx.commit().await
}

/// `Cc:user:12` or `Cc:group:3`.
async fn remove(tx: &mut Tx, visit: &Visit, id: TicketId, gone: &str) -> Result<()> {
    let parts: Vec<&str> = gone.split(':').collect();
    let [role, kind, number] = parts[..] else { return Err(Error::NotFound) };
    let role = Role::parse(role).ok_or(Error::NotFound)?;
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    match kind {
        "user" => ticket::remove_person(tx, &visit.actor, id, role, UserId(number)).await.map(drop),
        "group" => ticket::set_group(tx, &visit.actor, id, (role, GroupId(number)), false).await.map(drop),
        _ => Err(Error::NotFound),
    }
}
