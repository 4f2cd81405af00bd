//! Grants of a fresh installation (IR-133 … IR-139, IR-166).

use crate::{Result, Tx};
use domain::{
    FieldId, GroupId, Right, Role, TicketKind, UserId,
    queue::Queue,
    right::{Grant, Principal, Scope},
};

const TEAM: [Right; 12] = [
    Right::CreateTicket,
    Right::ShowTemplate,
    Right::OwnTicket,
    Right::CommentOnTicket,
    Right::SeeQueue,
    Right::ShowTicket,
    Right::ShowTicketComments,
    Right::StealTicket,
    Right::TakeTicket,
    Right::Watch,
    Right::ShowOutgoingEmail,
    Right::ForwardMessage,
];
const READERS: [Right; 5] = [Right::ShowTicket, Right::ShowTicketComments, Right::Watch, Right::SeeQueue, Right::ShowTemplate];

async fn grant(tx: &mut Tx, principal: Principal, right: Right, scope: Scope) -> Result<()> {
    storage::group::grant(&mut tx.db, &Grant { principal, right, scope }).await?;
    Ok(())
}

pub(super) async fn of_team(tx: &mut Tx, team: GroupId, queues: &[Queue], fields: &[FieldId]) -> Result<()> {
    let principal = Principal::Group(team);
    for queue in queues {
        for right in TEAM {
            grant(tx, principal, right, Scope::Queue(queue.id)).await?;
        }
    }
    for field in fields {
        for right in [Right::SeeCustomField, Right::ModifyCustomField] {
            grant(tx, principal, right, Scope::Field(*field)).await?;
        }
    }
    let everywhere = [
        Right::ModifySelf,
        Right::ManageAuthTokens,
        Right::LoadSavedSearch,
        Right::CreateSavedSearch,
        Right::ShowSearchBulkUpdate,
    ];
    for right in everywhere {
        grant(tx, principal, right, Scope::Global).await?;
    }
    Ok(())
}

pub(super) async fn of_readers(tx: &mut Tx, readers: GroupId, queues: &[Queue], fields: &[FieldId]) -> Result<()> {
    for queue in queues {
        for right in READERS {
            grant(tx, Principal::Group(readers), right, Scope::Queue(queue.id)).await?;
        }
    }
    for field in fields {
        grant(tx, Principal::Group(readers), Right::SeeCustomField, Scope::Field(*field)).await?;
    }
    Ok(())
}

/// What the owner of a ticket, and anybody who writes to us, may do.
pub(super) async fn of_everyone(tx: &mut Tx, queues: &[Queue]) -> Result<()> {
    for queue in queues {
        let scope = Scope::Queue(queue.id);
        grant(tx, Principal::Role(Role::Owner), Right::ModifyTicket, scope).await?;
        let open_to_all: &[Right] = match queue.kind() {
            TicketKind::Report => &[Right::CreateTicket, Right::ReplyToTicket],
            TicketKind::Investigation | TicketKind::Countermeasure => &[Right::ReplyToTicket],
            TicketKind::Incident | TicketKind::General => &[],
        };
        for right in open_to_all {
            grant(tx, Principal::Everyone, *right, scope).await?;
        }
    }
    Ok(())
}

pub(super) async fn administrator(tx: &mut Tx, user: UserId) -> Result<()> {
    grant(tx, Principal::User(user), Right::SuperUser, Scope::Global).await
}
