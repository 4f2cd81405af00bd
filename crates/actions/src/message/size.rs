//! What becomes of attachments that are longer than the installation keeps (TC-117): cut, dropped, or, unless somebody chose one
//! of these, kept as they are.

use super::{NewMessage, NewPart};
use crate::{Actor, Result, Tx, history};
use domain::{
    Ticket,
    change::{ChangeKind, NewChange},
    setting::list,
};

const DROPPED: &[u8] = b"Large attachment dropped";

/// What was done to one part.
pub(crate) struct Shortened {
    kind: ChangeKind,
    name: String,
    bytes: usize,
}

/// Before the message is stored, mailed or looked through by rules.
pub(crate) fn keep_within(tx: &Tx, message: &mut NewMessage) -> Vec<Shortened> {
    let catalog = tx.catalog();
    let (cuts, drops) = (catalog.setting_flag(list::TRUNCATE_LONG), catalog.setting_flag(list::DROP_LONG));
    let most = usize::try_from(catalog.setting_number(list::LONGEST_ATTACHMENT)).unwrap_or(usize::MAX);
    if !cuts && !drops {
        return vec![];
    }
    let mut shortened = Vec::new();
    for part in &mut message.parts {
        let bytes = part.content.as_ref().map_or(0, Vec::len);
        if bytes <= most {
            continue;
        }
        let name = part.file_name.clone().unwrap_or_else(|| part.content_type.clone());
        let kind = if cuts { ChangeKind::AttachmentTruncate } else { ChangeKind::AttachmentDrop };
        if cuts {
            cut(part, most);
        } else {
            replace(part);
        }
        shortened.push(Shortened { kind, name, bytes });
    }
    shortened
}

/// One entry each, after the message's own. Those of a comment are seen by whoever may see comments.
pub(crate) async fn tell(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &mut Ticket,
    of: ChangeKind,
    shortened: Vec<Shortened>,
) -> Result<()> {
    for Shortened { kind, name, bytes } in shortened {
        let what = NewChange::moved(kind, of.as_str(), Some(bytes.to_string()), Some(name));
        history::record(tx, actor, ticket, what, None).await?;
    }
    Ok(())
}

fn cut(part: &mut NewPart, most: usize) {
    let Some(content) = &mut part.content else { return };
    // half a letter would make the text unreadable
    let end = match std::str::from_utf8(content) {
        Ok(text) if part.content_type.starts_with("text/") => text.floor_char_boundary(most),
        _ => most,
    };
    content.truncate(end);
}

fn replace(part: &mut NewPart) {
    part.content = Some(DROPPED.to_vec());
    "text/plain".clone_into(&mut part.content_type);
    if let Some(name) = &mut part.file_name {
        name.push_str(".txt");
    }
}
