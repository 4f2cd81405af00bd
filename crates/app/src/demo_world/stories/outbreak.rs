//! A worm outbreak: twelve reports, one incident, two investigations and a block.

use super::REPORTS;
use crate::demo_world::teller::{DAY, HOUR, Teller};
use anyhow::Result;
use domain::TicketKind::{Countermeasure, Investigation};

/// Who complains, about which of our addresses, how long ago.
const COMPLAINTS: [(&str, &str, i64); 12] = [
    ("Abuse Desk <abuse@isp-north.example>", "192.0.2.17", 2 * DAY + 3 * HOUR),
    ("noc@carrier.example", "192.0.2.17", 2 * DAY + 2 * HOUR),
    ("SOC <soc@bank.example>", "192.0.2.21", 2 * DAY + HOUR),
    ("postmaster@library.example", "192.0.2.21", DAY + 20 * HOUR),
    ("it@school.example", "192.0.2.30", DAY + 16 * HOUR),
    ("Security <security@shop.example>", "192.0.2.17", DAY + 12 * HOUR),
    ("abuse@hosting.example", "192.0.2.44", DAY + 9 * HOUR),
    ("CERT Team <cert@neighbour.example>", "192.0.2.44", DAY + 5 * HOUR),
    ("honeypot@research.example", "192.0.2.45", DAY + 2 * HOUR),
    ("Helpdesk <helpdesk@clinic.example>", "192.0.2.30", 18 * HOUR),
    ("fail2ban@server.example", "192.0.2.45", 9 * HOUR),
    ("abuse@isp-south.example", "192.0.2.51", 3 * HOUR),
];

pub(super) async fn worm(teller: &mut Teller<'_>) -> Result<()> {
    let mut reports = Vec::new();
    for (from, address, ago) in COMPLAINTS {
        let text = format!(
            "Dear team,\n\nsince this morning {address} has been trying TCP port 445 on every address of our network, several\n\
             hundred connections a minute. It looks like the worm that everybody writes about (CVE-2026-10445).\n\n\
             Please make it stop.\n\n  src={address} dst=198.51.100.0/24 proto=tcp dport=445 action=drop count=4711\n"
        );
        reports.push(teller.mail(ago, REPORTS, from, &format!("Scans of port 445 from {address}"), &text).await?);
    }
    let incident = teller
        .incident(2 * DAY + HOUR, "dana", reports[0], "Worm outbreak in 192.0.2.0/24 (port 445)", "System Compromise", 90)
        .await?;
    for (index, report) in reports.iter().enumerate().take(11).skip(1) {
        let ago = COMPLAINTS[index].2 - 20;
        teller.take(ago + 1, "dana", *report).await?;
        teller.link(ago, "dana", *report, incident).await?;
    }
    teller
        .reply(2 * DAY, "dana", reports[0], "Thank you for the report. We know about it and are cutting the machines off.\n")
        .await?;
    let text = "Dear colleagues,\n\nthese machines of yours take part in a worm outbreak:\n\n> 192.0.2.17\n> 192.0.2.21\n> 192.0.2.30\n\n\
                Please take them off the network and tell us when they are clean.\n";
    let campus = teller
        .launch(
            2 * DAY - HOUR,
            "dana",
            incident,
            Investigation,
            "NOC <noc@campus.example>",
            "Infected machines in your network",
            text,
        )
        .await?;
    teller
        .answer(
            DAY + 3 * HOUR,
            "NOC <noc@campus.example>",
            campus,
            "192.0.2.17 and .21 are off. We are still looking for .30, it is a laptop.\n",
        )
        .await?;
    let carrier = teller
        .launch(
            DAY,
            "dana",
            incident,
            Investigation,
            "noc@carrier.example",
            "Worm traffic: please filter port 445",
            "Could you filter TCP port 445 towards us until tomorrow?\n",
        )
        .await?;
    teller.answer(20 * HOUR, "noc@carrier.example", carrier, "Filter is in place.\n").await?;
    teller.status(19 * HOUR, "dana", carrier, "resolved").await?;
    let block = teller
        .launch(
            DAY + 6 * HOUR,
            "dana",
            incident,
            Countermeasure,
            "Network operations <netops@csirt-operators.example>",
            "Block 192.0.2.44 and 192.0.2.45",
            "Please block 192.0.2.44 and 192.0.2.45 at the border.\n",
        )
        .await?;
    teller.answer(DAY + 5 * HOUR, "netops@csirt-operators.example", block, "Done.\n").await?;
    teller.comment(6 * HOUR, "hana", incident, "Twelve reports so far, five machines. Three are clean according to the campus NOC; the lab machines are still to come.\n").await
}
