//! People who work at the same time: locks, who is here, drafts, collisions, news, the palette.

mod collision;
mod draft;
mod keys;
mod live;
mod lock;
mod palette;

use crate::browser::Browser;
use domain::TicketId;
use testkit::World;

/// Somebody at work, who owns the report.
async fn owner(world: &World, name: &str, report: TicketId) -> Browser {
    let mut browser = Browser::signed_in(world, name).await;
    browser.post(&format!("/tickets/{report}/take"), &[]).await;
    browser
}
