//! Who gets a notification, and in which header (TC-162 … TC-165).

use super::{INTERNAL, Wish, left_out::Why};
use crate::{Actor, Door, Posted, Result, Tx, access, message::NewMessage};
use domain::{
    Role, Ticket, UserId,
    digest::Frequency,
    person::{EmailAddress, User},
};
use rules::Recipients;

type Address = (Option<String>, EmailAddress);

/// Recipients by header; one address appears once, in the first it qualifies for.
#[derive(Clone, Debug, Default)]
pub(super) struct Addressed {
    pub(super) to: Vec<Address>,
    pub(super) cc: Vec<Address>,
    pub(super) bcc: Vec<Address>,
    /// Whose addresses these are, where they are users of ours: id, privileged, address.
    users: Vec<(UserId, bool, EmailAddress)>,
    /// Whom the message itself names; they are taken out by nothing but themselves being ours.
    one_time: Vec<EmailAddress>,
    pub(super) removed: Vec<(EmailAddress, Why)>,
}

impl Addressed {
    pub(super) fn is_empty(&self) -> bool {
        self.to.is_empty() && self.cc.is_empty() && self.bcc.is_empty()
    }
    /// Each of them, for a preview.
    pub(super) fn posted(&self, rule: &str) -> Vec<Posted> {
        let lists = [(&self.to, false), (&self.cc, false), (&self.bcc, true)];
        let one = |(name, address): &Address, hidden| Posted {
            rule: rule.to_owned(),
            address: address.clone(),
            name: name.clone(),
            hidden,
            frequency: Frequency::Each,
        };
        lists.into_iter().flat_map(|(list, hidden)| list.iter().map(move |addressed| one(addressed, hidden))).collect()
    }
    /// Envelope recipients.
    pub(super) fn everyone(&self) -> Vec<String> {
        self.to.iter().chain(&self.cc).chain(&self.bcc).map(|(_, address)| address.as_str().to_owned()).collect()
    }
    pub(super) fn has_user(&self, user: UserId) -> bool {
        self.users.iter().any(|(id, _, _)| *id == user)
    }
    pub(super) fn drop_user(&mut self, user: UserId, why: Why) {
        let gone: Vec<EmailAddress> =
            self.users.iter().filter(|(id, _, _)| *id == user).map(|(_, _, email)| email.clone()).collect();
        self.retain(why, |address| !gone.contains(address));
    }
    pub(super) fn drop_unprivileged(&mut self, why: Why) {
        let privileged: Vec<EmailAddress> =
            self.users.iter().filter(|(_, privileged, _)| *privileged).map(|(_, _, email)| email.clone()).collect();
        self.retain(why, |address| privileged.contains(address));
    }
    pub(super) fn drop_everyone(&mut self, why: Why) {
        self.retain(why, |_| false);
    }
    /// Those whom the message names stay anyway (TC-164, TC-165).
    fn retain(&mut self, why: Why, keep: impl Fn(&EmailAddress) -> bool) {
        let (one_time, removed) = (&self.one_time, &mut self.removed);
        for list in [&mut self.to, &mut self.cc, &mut self.bcc] {
            list.retain(|(_, address)| {
                let stays = one_time.contains(address) || keep(address);
                if !stays {
                    removed.push((address.clone(), why));
                }
                stays
            });
        }
    }
    /// Whoever it is, one-time recipients included; as a preview would have told of them.
    pub(super) fn take_out(&mut self, address: &str, why: Why) -> Option<Posted> {
        let gone = self.posted("").into_iter().find(|posted| posted.address.as_str() == address)?;
        for list in [&mut self.to, &mut self.cc, &mut self.bcc] {
            list.retain(|(_, known)| *known != gone.address);
        }
        self.removed.push((gone.address.clone(), why));
        Some(gone)
    }
    fn leave_out(&mut self, address: &EmailAddress, why: Why) {
        if !self.removed.iter().any(|(known, _)| known == address) {
            self.removed.push((address.clone(), why));
        }
    }
    fn add_user(&mut self, place: Place, user: &User) {
        let Some(email) = &user.email else { return };
        self.users.push((user.id, user.privileged, email.clone()));
        self.add(place, (!user.real_name.is_empty()).then(|| user.real_name.clone()), email);
    }
    fn add(&mut self, place: Place, name: Option<String>, address: &EmailAddress) {
        let known = self.to.iter().chain(&self.cc).chain(&self.bcc).any(|(_, known)| known == address);
        if !known {
            let list = match place {
                Place::To => &mut self.to,
                Place::Cc => &mut self.cc,
                Place::Bcc => &mut self.bcc,
            };
            list.push((name, address.clone()));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    To,
    Cc,
    Bcc,
}

pub(super) async fn find(tx: &mut Tx, ticket: &Ticket, message: Option<&NewMessage>, wish: &Wish<'_>) -> Result<Addressed> {
    let mut addressed = Addressed::default();
    let unticked = message.map_or(&[][..], |message| &message.squelched);
    // for good on this ticket (TC-015)
    let squelched = storage::squelch::of_ticket(&mut tx.db, ticket.id).await?;
    for recipients in wish.to {
        let Some(role) = recipients.role(ticket.is_owned()) else {
            add_others(tx, message, unticked, &mut addressed);
            continue;
        };
        let ids = holders(tx, ticket, role).await?;
        for user in storage::person::by_ids(&mut tx.db, &ids).await? {
            let Some(email) = &user.email else { continue };
            let why = match unfit(tx, &user, ticket, wish.as_comment).await? {
                None if unticked.contains(email) => Some(Why::Unticked),
                None if squelched.contains(email) => Some(Why::Squelched),
                unfit => unfit,
            };
            match why {
                None => addressed.add_user(place_of(*recipients, &addressed), &user),
                Some(why) => addressed.leave_out(email, why),
            }
        }
    }
    for name in wish.named {
        add_named(tx, ticket, wish, name, &mut addressed).await?;
    }
    // who gets it for another reason was not left out
    let gets_it = addressed.everyone();
    addressed.removed.retain(|(address, _)| !gets_it.iter().any(|one| one == address.as_str()));
    Ok(addressed)
}

/// Members of a group, somebody by login, or an address (TC-154); all hidden from each other.
async fn add_named(tx: &mut Tx, ticket: &Ticket, wish: &Wish<'_>, name: &str, addressed: &mut Addressed) -> Result<()> {
    let catalog = tx.catalog();
    let group = catalog.groups().find(|(_, group)| group.eq_ignore_ascii_case(name)).map(|(id, _)| id);
    let users = match group {
        Some(group) => storage::person::by_ids(&mut tx.db, &catalog.members_of(group)).await?,
        None => storage::person::by_name(&mut tx.db, name).await?.into_iter().collect(),
    };
    if users.is_empty() && group.is_none() {
        match EmailAddress::parse(name) {
            Ok(address) if !catalog.is_own_address(&address) => addressed.add(Place::Bcc, None, &address),
            _ => tracing::warn!(ticket.id = ticket.id.0, name, "a rule notifies nobody of this name"),
        }
    }
    for user in users {
        let Some(email) = &user.email else { continue };
        match unfit(tx, &user, ticket, wish.as_comment).await? {
            None => addressed.add_user(Place::Bcc, &user),
            Some(why) => addressed.leave_out(email, why),
        }
    }
    Ok(())
}

/// What keeps somebody from getting any such letter.
async fn unfit(tx: &mut Tx, user: &User, ticket: &Ticket, as_comment: bool) -> Result<Option<Why>> {
    if user.email.as_ref().is_some_and(|email| tx.catalog().is_own_address(email)) {
        return Ok(Some(Why::Own));
    }
    if user.disabled {
        return Ok(Some(Why::Disabled));
    }
    Ok((as_comment && !may_read_comments(tx, user, ticket).await?).then_some(Why::Unreadable))
}

/// Requestors in To; Ccs beside them, or in To when there is nobody; owner and admin Ccs hidden behind others.
fn place_of(recipients: Recipients, addressed: &Addressed) -> Place {
    match recipients {
        Recipients::Requestors => Place::To,
        Recipients::Ccs | Recipients::Others => Place::Cc,
        Recipients::Owner if addressed.to.is_empty() => Place::To,
        Recipients::Owner | Recipients::AdminCcs | Recipients::OwnerOrAdminCcs => Place::Bcc,
    }
}

/// Who holds a role of a ticket, of its queue included.
pub(crate) async fn holders(tx: &mut Tx, ticket: &Ticket, role: Role) -> Result<Vec<UserId>> {
    if role == Role::Owner {
        return Ok(if ticket.is_owned() { vec![ticket.owner] } else { vec![] });
    }
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let mut ids: Vec<UserId> = members.into_iter().filter(|(_, held, _)| *held == role).map(|(_, _, user)| user).collect();
    let catalog = tx.catalog();
    for (_, _, group) in
        storage::watcher::groups_of_tickets(&mut tx.db, &[ticket.id]).await?.iter().filter(|(_, held, _)| *held == role)
    {
        ids.extend(catalog.members_of(*group));
    }
    ids.extend(catalog.queue_watchers(ticket.queue, role));
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Whoever names them wants them to have it, though they get no mail of this ticket otherwise.
fn add_others(tx: &Tx, message: Option<&NewMessage>, unticked: &[EmailAddress], addressed: &mut Addressed) {
    let catalog = tx.catalog();
    let Some(message) = message else { return };
    for (list, place) in [(&message.cc, Place::Cc), (&message.bcc, Place::Bcc)] {
        for address in list {
            if catalog.is_own_address(address) {
                addressed.leave_out(address, Why::Own);
            } else if unticked.contains(address) {
                addressed.leave_out(address, Why::Unticked);
            } else {
                addressed.one_time.push(address.clone());
                addressed.add(place, None, address);
            }
        }
    }
}

/// Internal mail goes only to those who may read it on the page.
async fn may_read_comments(tx: &mut Tx, user: &User, ticket: &Ticket) -> Result<bool> {
    match Actor::of(tx, user.clone(), Door::Email) {
        Some(reader) => access::may(tx, &reader, ticket, INTERNAL).await,
        None => Ok(false),
    }
}
