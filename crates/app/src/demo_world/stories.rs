//! About sixty tickets; one function a story.

mod everyday;
mod outbreak;
mod phishing;
mod web_server;

use super::teller::Teller;
use actions::Desk;
use anyhow::Result;

pub(super) const REPORTS: &str = "Incident Reports";

pub(super) async fn tell(desk: &Desk) -> Result<()> {
    let mut teller = Teller::new(desk);
    everyday::solved_last_week(&mut teller).await?;
    everyday::block_to_be_removed(&mut teller).await?;
    outbreak::worm(&mut teller).await?;
    web_server::compromised(&mut teller).await?;
    phishing::wave(&mut teller).await?;
    everyday::government(&mut teller).await?;
    everyday::campus(&mut teller).await?;
    everyday::overdue(&mut teller).await?;
    everyday::spam(&mut teller).await?;
    everyday::general(&mut teller).await
}
