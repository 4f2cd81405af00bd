//! Who wrote a message, as a user of ours (TC-189). A stranger becomes one; if the message is refused later, its transaction
//! is undone and with it the new user.

use actions::{Actor, Door, Tx, ticket};
use domain::person::{EmailAddress, PersonName};

use super::attempt::{Failure, Mail};
use super::refusal::Refusal;

pub(super) struct Sender {
    pub(super) actor: Actor,
    pub(super) address: EmailAddress,
    pub(super) name: Option<String>,
}

impl Sender {
    pub(super) fn as_person(&self) -> PersonName {
        PersonName::Address { address: self.address.clone(), name: self.name.clone() }
    }
}

pub(super) async fn find(tx: &mut Tx, mail: &Mail) -> Result<Sender, Failure> {
    let (address, name) = address_of(tx, mail)?;
    let person = PersonName::Address { address: address.clone(), name: name.clone() };
    let user = ticket::load_or_create(tx, &person, "sender").await?;
    match Actor::of(tx, user, Door::Email) {
        Some(actor) => Ok(Sender { actor, address, name }),
        None => Err(Refusal::told(mail, "permission denied", "You may not write to this address.").into()),
    }
}

/// The first usable address of Reply-To, From, Sender that is not one of ours: a team's address in Reply-To does not make its
/// members' mail our own, but in From it does.
fn address_of(tx: &Tx, mail: &Mail) -> Result<(EmailAddress, Option<String>), Failure> {
    let catalog = tx.catalog();
    let mut from = mail.incoming.from.iter().filter_map(|mailbox| EmailAddress::parse(&mailbox.address).ok());
    if from.any(|address| catalog.is_own_address(&address)) {
        return Err(Refusal::silent("the sender is an address of this system").into());
    }
    let candidates = mail.incoming.sender.iter().chain(&mail.incoming.from);
    let usable = candidates.filter_map(|mailbox| Some((EmailAddress::parse(&mailbox.address).ok()?, mailbox.name.clone())));
    let mut others = usable.filter(|(address, _)| !catalog.is_own_address(address));
    others
        .next()
        .ok_or_else(|| Refusal::told(mail, "no usable sender address", "It names no address that an answer could go to.").into())
}
