//! A compromised web server, and an investigation that waits for an answer.

use super::REPORTS;
use crate::demo_world::teller::{DAY, HOUR, Teller};
use anyhow::Result;
use domain::TicketKind::{Countermeasure, Investigation};

pub(super) async fn compromised(teller: &mut Teller<'_>) -> Result<()> {
    let text = "Hello,\n\nyour web server www.museum.example (198.51.100.80) sends visitors to a page that installs malware:\n\n\
                <script src=\"http://203.0.113.99/x.js\"></script>\n\nA copy of the page is below.\n\nKind regards\nRhea Researcher\n";
    let report =
        teller.mail(4 * DAY, REPORTS, "Rhea Researcher <rhea@research.example>", "Malware on www.museum.example", text).await?;
    let incident = teller
        .incident(4 * DAY - HOUR, "hana", report, "Compromised web server www.museum.example", "System Compromise", 80)
        .await?;
    teller.reply(4 * DAY - 2 * HOUR, "hana", report, "Thank you, we are in touch with the owner of the server.\n").await?;
    let text = "Dear administrator,\n\nyour web server 198.51.100.80 was broken into. Visitors are sent to 203.0.113.99.\n\
                Please take it off the network, keep a copy of the disk, and tell us what you find.\n";
    let investigation = teller
        .launch(
            4 * DAY - 3 * HOUR,
            "hana",
            incident,
            Investigation,
            "Web Team <webmaster@museum.example>",
            "Your web server was broken into",
            text,
        )
        .await?;
    teller
        .answer(
            3 * DAY,
            "Web Team <webmaster@museum.example>",
            investigation,
            "We took it off. The plugin was three years old. We are restoring from a backup.\n",
        )
        .await?;
    teller
        .reply(
            3 * DAY - HOUR,
            "hana",
            investigation,
            "Good. Could you send us the access log of the last two weeks before you restore?\n",
        )
        .await?;
    teller
        .launch(
            3 * DAY,
            "hana",
            incident,
            Countermeasure,
            "netops@csirt-operators.example",
            "Block the malware host 203.0.113.99",
            "Please block 203.0.113.99.\n",
        )
        .await?;
    teller.comment(DAY, "hana", investigation, "Called them: the log will come tomorrow.\n").await
}
