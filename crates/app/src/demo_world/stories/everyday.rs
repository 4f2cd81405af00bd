//! What a week brings besides: solved cases, a block to lift, other constituencies, overdue items, spam.

use super::REPORTS;
use crate::demo_world::teller::{DAY, HOUR, Teller};
use anyhow::Result;
use domain::TicketKind::{Countermeasure, Investigation};

pub(super) async fn solved_last_week(teller: &mut Teller<'_>) -> Result<()> {
    for (index, (from, subject, address)) in [
        ("abuse@isp-east.example", "SSH brute force from 192.0.2.200", "192.0.2.200"),
        ("admin@games.example", "Denial of service from 2001:db8:17::5", "2001:db8:17::5"),
        ("rights@films.example", "Films offered on 198.51.100.140", "198.51.100.140"),
    ]
    .into_iter()
    .enumerate()
    {
        let ago = (9 - index as i64) * DAY;
        let report = teller
            .mail(ago, REPORTS, from, subject, &format!("Please look into {address}. Logs are available on request.\n"))
            .await?;
        let classification = ["Scan", "Denial of Service", "Piracy"][index];
        let incident = teller.incident(ago - HOUR, "dana", report, subject, classification, 50).await?;
        teller
            .resolve(ago - DAY, "dana", incident, &[report], "The machine was found and cleaned. Thank you for telling us.\n")
            .await?;
    }
    Ok(())
}

pub(super) async fn block_to_be_removed(teller: &mut Teller<'_>) -> Result<()> {
    let report = teller
        .mail(
            12 * DAY,
            REPORTS,
            "noc@backbone.example",
            "Flood from 198.51.100.66",
            "198.51.100.66 sends 2 Gbit/s of UDP to our name servers.\n",
        )
        .await?;
    let incident =
        teller.incident(12 * DAY - 30, "hana", report, "UDP flood from 198.51.100.66", "Denial of Service", 60).await?;
    let block = teller
        .launch(
            12 * DAY - HOUR,
            "hana",
            incident,
            Countermeasure,
            "netops@csirt-operators.example",
            "Block 198.51.100.66",
            "Please block 198.51.100.66 at once.\n",
        )
        .await?;
    teller.answer(12 * DAY - 2 * HOUR, "netops@csirt-operators.example", block, "Blocked at the border.\n").await?;
    teller.status(10 * HOUR, "hana", block, "pending removal").await?;
    teller.reply(9 * HOUR, "hana", block, "The machine was replaced. Please lift the block on 198.51.100.66.\n").await
}

pub(super) async fn government(teller: &mut Teller<'_>) -> Result<()> {
    let queue = "Incident Reports - GOVNET";
    let report = teller
        .mail(
            2 * DAY,
            queue,
            "it@ministry.example",
            "Suspicious sign-ins to the mail gateway",
            "We see sign-ins from 203.0.113.140 with correct passwords of three people.\n",
        )
        .await?;
    let incident =
        teller.incident(2 * DAY - HOUR, "greta", report, "Stolen passwords at ministry.example", "System Compromise", 85).await?;
    teller
        .launch(
            2 * DAY - 2 * HOUR,
            "greta",
            incident,
            Investigation,
            "abuse@isp-west.example",
            "Sign-ins with stolen passwords from 203.0.113.140",
            "Please tell us who used 203.0.113.140.\n",
        )
        .await?;
    teller
        .mail(
            5 * HOUR,
            queue,
            "helpdesk@agency.example",
            "Lost laptop",
            "A laptop with mail access was lost on a train. The disk is encrypted.\n",
        )
        .await?;
    Ok(())
}

pub(super) async fn campus(teller: &mut Teller<'_>) -> Result<()> {
    let queue = "Incident Reports - EDUNET";
    let report = teller
        .mail(
            30 * HOUR,
            queue,
            "Carla Campus <carla@campus.example>",
            "Infected machine in the physics lab",
            "One of our lab machines, 192.0.2.130, talks to c2.botnet.example.\n",
        )
        .await?;
    teller.take(29 * HOUR, "tariq", report).await?;
    teller
        .reply(28 * HOUR, "tariq", report, "Please take it off the network and do not switch it off. We will call you.\n")
        .await?;
    teller
        .mail(
            4 * HOUR,
            queue,
            "Carla Campus <carla@campus.example>",
            "Question about the new mail filter",
            "Does the new filter look at attachments, too?\n",
        )
        .await?;
    Ok(())
}

pub(super) async fn overdue(teller: &mut Teller<'_>) -> Result<()> {
    for (from, subject, text, ago) in [
        ("abuse@dsl.example", "Open resolver 192.0.2.53", "192.0.2.53 answers recursive queries from anywhere.\n", 3 * DAY),
        (
            "scan@shadow.example",
            "Exposed database on 198.51.100.27",
            "198.51.100.27:27017 answers without a password.\n",
            2 * DAY + 5 * HOUR,
        ),
        ("ciso@energy.example", "Leaked credentials", "A list with 40 of your addresses is offered for sale.\n", 2 * DAY),
        ("abuse@vpn.example", "Port scan from 2001:db8:44::9", "2001:db8:44::9 scanned our /48.\n", DAY + 8 * HOUR),
    ] {
        let report = teller.mail(ago, REPORTS, from, subject, text).await?;
        teller.take(ago - 10, "tariq", report).await?;
        teller.due(ago - 11, "tariq", report, ago - 2 * HOUR).await?;
    }
    Ok(())
}

pub(super) async fn spam(teller: &mut Teller<'_>) -> Result<()> {
    for (index, (from, subject)) in [
        ("winner@lottery.example", "You have won"),
        ("sales@toner.example", "Toner at half the price"),
        ("no-reply@newsletter.example", "Ten tips for better meetings"),
        ("seo@rankings.example", "Your site on page one"),
        ("prince@kingdom.example", "Urgent and confidential"),
        ("watches@luxury.example", "Last chance"),
        ("crypto@invest.example", "Double your coins"),
        ("pharmacy@pills.example", "No prescription needed"),
        ("loans@quick.example", "Money in five minutes"),
    ]
    .into_iter()
    .enumerate()
    {
        teller.mail(HOUR + 40 * index as i64, REPORTS, from, subject, "Do not miss this offer!\n").await?;
    }
    Ok(())
}

pub(super) async fn general(teller: &mut Teller<'_>) -> Result<()> {
    teller
        .general(3 * DAY, "hana", "Advisory: patch for CVE-2026-10445", "Draft for the web page; the vendor's fix is out.\n")
        .await?;
    teller.general(2 * DAY, "tariq", "Prepare the monthly report", "Numbers by classification and constituency.\n").await?;
    teller.general(DAY, "dana", "Rota for next month", "Who is on duty when?\n").await?;
    Ok(())
}
