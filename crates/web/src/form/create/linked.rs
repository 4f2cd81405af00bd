//! A new ticket that is linked to another from the start (TC-081): `linked=DependsOn:12` makes one that #12 depends on.

use super::super::{answer::shown, submission::Submission};
use actions::{
    Actor, Error, Result, Tx,
    ticket::{self, Link, show},
};
use domain::{
    Role, TicketId,
    link::{Direction, LinkKind, direction},
};
use http_door::text::t;

type Wish = (LinkKind, Direction, TicketId);

fn wish(form: &Submission) -> Option<Wish> {
    let (word, id) = form.text("linked").split_once(':')?;
    let (kind, from) = direction(word)?;
    Some((kind, from, id.trim().parse().ok()?))
}

/// Subject and people of the other ticket, unless the link says otherwise.
pub(super) async fn fill(tx: &mut Tx, actor: &Actor, form: &mut Submission) -> Result<()> {
    let Some((_, _, other)) = wish(form) else { return Ok(()) };
    let view = show::view(tx, actor, other).await?;
    let people = |role: Role| view.holders(role).map(shown).collect::<Vec<_>>().join(", ");
    form.preset("subject", &view.ticket.subject);
    form.preset("requestors", people(Role::Requestor));
    form.preset("ccs", people(Role::Cc));
    form.preset("admin_ccs", people(Role::AdminCc));
    Ok(())
}

pub(super) async fn link(tx: &mut Tx, actor: &Actor, new: TicketId, form: &Submission) -> Result<()> {
    let Some((kind, from, other)) = wish(form) else { return Ok(()) };
    let (base, target) = if from == Direction::From { (other, new) } else { (new, other) };
    match ticket::link(tx, actor, Link { kind, base, target }).await {
        Ok(_) => Ok(()),
        Err(Error::NotFound) => Err(Error::invalid("", t("form-no-such-ticket"))),
        Err(Error::Forbidden(right)) => {
            Err(Error::invalid("", format!("#{other} cannot be linked to: this needs the right {right}.")))
        }
        Err(error) => Err(error),
    }
}
