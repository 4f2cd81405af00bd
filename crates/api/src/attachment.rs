//! Attachments: every MIME part of a ticket or a transaction, and one with its content (API section 12).

mod content;

use crate::{
    answer,
    ask::{Filter, Joined, Sorting},
    call::Call,
    failure::{Failure, Outcome},
    shape::{Attached, Look, columns, full, item},
    ticket, transaction,
};
use actions::{
    Error, Tx, account,
    ticket::show::{self, Attachment},
};
use domain::{UserId, person::User};

/// In lists only texts up to this size come along (API-075); larger ones are had one by one.
const TEXT_LIMIT: i64 = 1024 * 1024;

pub(crate) async fn show(call: &Call, id: &str) -> Outcome {
    let id: i64 = id.parse().map_err(|_| Failure::not_found())?;
    let mut tx = call.look().await?;
    let (attachment, content) = match show::attachment(&mut tx, &call.actor, id).await {
        Err(Error::NotFound) if show::attachment_exists(&mut tx, id).await? => return Err(Failure::forbidden()),
        other => other?,
    };
    let people = people(&mut tx, std::slice::from_ref(&attachment)).await?;
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &people, whole: true };
    let object = full(&Attached::new(attachment), &columns::ATTACHMENT, &call.fields(), &look);
    Ok(content::answer(object, content))
}

pub(crate) async fn of_ticket(mut call: Call, id: &str) -> Outcome {
    let id = ticket::number(id)?;
    let filter = Filter::read(&mut call, Joined::Or)?;
    let mut tx = call.look().await?;
    ticket::visible(&mut tx, &call, id).await?;
    let found = show::attachments(&mut tx, &call.actor, id, |_: &Attachment| true).await?;
    list(&mut tx, &call, filter, found).await
}

pub(crate) async fn of_transaction(mut call: Call, id: &str) -> Outcome {
    let filter = Filter::read(&mut call, Joined::Or)?;
    let mut tx = call.look().await?;
    let entry = transaction::entry(&mut tx, &call, id).await?;
    let change = &entry.change;
    let number = |position: i64| entry.parts.iter().find(|part| part.position == position).map(|part| part.id);
    let found = entry.parts.iter().map(|part| Attachment {
        part: part.clone(),
        container: part.parent.and_then(number),
        change: change.id,
        ticket: change.ticket,
        creator: change.actor,
        created: change.created,
    });
    list(&mut tx, &call, filter, found.collect()).await
}

async fn list(tx: &mut Tx, call: &Call, filter: Option<Filter>, found: Vec<Attachment>) -> Outcome {
    let people = people(tx, &found).await?;
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &people, whole: false };
    let mut found: Vec<Attached> = found.into_iter().map(Attached::new).collect();
    if let Some(filter) = filter {
        found.retain(|one| filter.matches(one, &look));
    }
    if Sorting::read(&call.parameters).newest_first() {
        found.reverse();
    }
    let (paging, fields, total) = (call.paging(), call.fields(), found.len() as i64);
    let from = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let mut page: Vec<Attached> = found.into_iter().skip(from).take(usize::try_from(paging.limit()).unwrap_or(0)).collect();
    if fields.asks("Content") {
        for one in &mut page {
            one.text = text(tx, call, &one.attachment).await?;
        }
    }
    let items = page.iter().map(|one| item(one, &fields, &look)).collect();
    Ok(answer::ok(&paging.list(call, total, items)))
}

async fn text(tx: &mut Tx, call: &Call, attachment: &Attachment) -> Outcome<Option<String>> {
    let part = &attachment.part;
    if !part.has_content || part.size > TEXT_LIMIT || !part.content_type.starts_with("text/") {
        return Ok(None);
    }
    let (_, content) = show::attachment(tx, &call.actor, part.id).await?;
    Ok(content.map(|content| String::from_utf8_lossy(&content).into_owned()))
}

async fn people(tx: &mut Tx, attachments: &[Attachment]) -> Outcome<Vec<User>> {
    let mut ids: Vec<UserId> = attachments.iter().map(|one| one.creator).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people = Vec::with_capacity(ids.len());
    for id in ids {
        people.push(account::user(tx, id).await?);
    }
    Ok(people)
}
