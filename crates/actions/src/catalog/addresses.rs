//! Addresses of ours: what is sent from where, and which queue an address stands for (IR-148 … IR-150).

use super::Catalog;
use domain::{
    TicketId,
    envelope::{EnvelopeSender, Verp},
    person::EmailAddress,
    queue::Queue,
    setting::list,
};

impl Catalog {
    /// Where a queue's mail comes from: its own address, else the base queue's of the same kind, else the global one (IR-150).
    #[must_use]
    pub fn address(&self, queue: &Queue, for_comments: bool) -> Option<EmailAddress> {
        let of = |queue: &Queue| if for_comments { queue.comment_address.clone() } else { queue.correspond_address.clone() };
        let global = self.setting_text(if for_comments { list::COMMENT_ADDRESS } else { list::CORRESPOND_ADDRESS });
        of(queue)
            .or_else(|| self.queues.iter().filter(|base| base.kind() == queue.kind() && base.constituency.is_none()).find_map(of))
            .or_else(|| EmailAddress::parse(global).ok())
    }

    /// Whom bounces of a letter that somebody wrote go to (TC-176).
    pub(crate) fn envelope_sender(&self, queue: &Queue, own: &str, from: &str, ticket: TicketId) -> Option<String> {
        if let Some(verp) = self.verp() {
            return Some(verp.pattern());
        }
        let of_queues = self.setting_map(list::QUEUE_ENVELOPE_SENDERS);
        let of_queue = of_queues.iter().find(|(name, _)| name.eq_ignore_ascii_case(&queue.name)).map(|(_, sender)| *sender);
        let sender = EnvelopeSender::parse(of_queue.unwrap_or_else(|| self.setting_text(list::ENVELOPE_SENDER)));
        sender.unwrap_or_default().of_letter(own, from, ticket)
    }

    /// Addresses that bounces come to, each naming whom it is about.
    #[must_use]
    pub fn verp(&self) -> Option<Verp> {
        Verp::new(self.setting_text(list::VERP_PREFIX), self.setting_text(list::VERP_DOMAIN)).ok().flatten()
    }

    /// Whether we receive mail there ourselves, under whatever sub-address: never a watcher, never a recipient (TC-059).
    #[must_use]
    pub fn is_own_address(&self, address: &EmailAddress) -> bool {
        let is_own = |text: &str| {
            let is = |one: &Option<EmailAddress>| one.as_ref().is_some_and(|one| one.as_str().eq_ignore_ascii_case(text));
            let setting = |name: &str| self.setting_text(name).eq_ignore_ascii_case(text);
            self.queues.iter().any(|queue| is(&queue.correspond_address) || is(&queue.comment_address))
                || setting(list::CORRESPOND_ADDRESS)
                || setting(list::COMMENT_ADDRESS)
        };
        is_own(address.as_str())
            || self.verp().is_some_and(|verp| verp.named(address.as_str()).is_some())
            || parts(address.as_str()).is_some_and(|(plain, _)| is_own(&plain))
    }

    /// The queue and the action that an address of ours stands for. What follows a `+` in it chooses the constituency, unless the
    /// address with all of that is a queue's own (IR-149).
    #[must_use]
    pub fn route(&self, address: &str) -> Option<(&Queue, &'static str)> {
        let found = |wanted: &str| {
            let is = |one: &Option<EmailAddress>| one.as_ref().is_some_and(|one| one.as_str().eq_ignore_ascii_case(wanted));
            let correspond = self.queues.iter().find(|queue| is(&queue.correspond_address)).map(|queue| (queue, "correspond"));
            correspond.or_else(|| self.queues.iter().find(|queue| is(&queue.comment_address)).map(|queue| (queue, "comment")))
        };
        let parts = parts(address);
        match (found(address), &parts) {
            (Some((queue, action)), _) => Some((self.queue_of_extension(queue, ""), action)),
            (None, Some((plain, extension))) => {
                found(plain).map(|(queue, action)| (self.queue_of_extension(queue, extension), action))
            }
            (None, None) => None,
        }
    }

    /// The queue that mail for another goes to because of what the address was extended by: that of the same type in the
    /// constituency which is called so, in any case, else in the default one. Only the base queue of a type stands for those of
    /// constituencies, so that an extension, which anybody may write, leads nowhere else (IR-149).
    #[must_use]
    pub fn queue_of_extension<'a>(&'a self, queue: &'a Queue, extension: &str) -> &'a Queue {
        if queue.disabled || !self.is_base(queue) {
            return queue;
        }
        let in_constituency = |name: &str| {
            let name = name.trim().to_lowercase();
            let constituency = self.constituencies.iter().find(|one| one.name.to_lowercase() == name)?;
            let fits = |other: &&Queue| {
                other.constituency == Some(constituency.id) && other.lifecycle == queue.lifecycle && !other.disabled
            };
            self.queues.iter().find(fits)
        };
        in_constituency(extension).or_else(|| in_constituency(self.setting_text(list::DEFAULT_CONSTITUENCY))).unwrap_or(queue)
    }

    /// Whether a queue is the one that those of constituencies are made from: the first of its lifecycle (IR-165).
    fn is_base(&self, queue: &Queue) -> bool {
        let of_all = self.queues.iter().filter(|other| other.lifecycle == queue.lifecycle && other.constituency.is_none());
        of_all.min_by_key(|other| other.id).is_some_and(|base| base.id == queue.id)
    }
}

/// The address without what follows the first `+` of its local part, and that; `None` without a `+`.
fn parts(address: &str) -> Option<(String, &str)> {
    let (local, domain) = address.rsplit_once('@')?;
    let (plain, extension) = local.split_once('+')?;
    Some((format!("{plain}@{domain}"), extension))
}
