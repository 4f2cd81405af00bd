//! A phishing wave: eight reports, five of them tied together, three still to be sorted.

use super::REPORTS;
use crate::demo_world::teller::{HOUR, Teller};
use anyhow::Result;
use domain::TicketKind::Investigation;

const REPORTERS: [(&str, i64); 8] = [
    ("Paula Payroll <paula@bank.example>", 26 * HOUR),
    ("fraud@bank.example", 25 * HOUR),
    ("Otto Ordinary <otto@home.example>", 23 * HOUR),
    ("abuse@mailer.example", 20 * HOUR),
    ("Elif Editor <elif@newspaper.example>", 8 * HOUR),
    ("Søren Sørensen <soren@ferry.example>", 2 * HOUR),
    ("marie.dupont@mairie.example", HOUR),
    ("helpdesk@insurance.example", 25),
];

pub(super) async fn wave(teller: &mut Teller<'_>) -> Result<()> {
    let mut reports = Vec::new();
    for (index, (from, ago)) in REPORTERS.into_iter().enumerate() {
        let text = format!(
            "Hello,\n\nI received this and it does not look right:\n\n> Your account will be closed today. Confirm your data at\n\
             > hxxp://login.bank-example-secure.example/confirm?id={index}\n> Your bank\n\nThe page is at 203.0.113.{}. I did not enter anything.\n",
            10 + index % 3
        );
        reports.push(teller.mail(ago, REPORTS, from, "Phishing: “Your account will be closed”", &text).await?);
    }
    let incident = teller
        .incident(24 * HOUR, "tariq", reports[0], "Phishing against bank.example (login.bank-example-secure.example)", "Spam", 70)
        .await?;
    for index in 1..5 {
        let ago = REPORTERS[index].1 - 15;
        teller.take(ago + 1, "tariq", reports[index]).await?;
        teller.link(ago, "tariq", reports[index], incident).await?;
    }
    let text = "Dear abuse team,\n\nthe host 203.0.113.10 serves a copy of a bank's login page:\n\n> http://login.bank-example-secure.example/confirm\n\n\
                Please take it down and preserve the logs.\n";
    teller
        .launch(22 * HOUR, "tariq", incident, Investigation, "abuse@hosting.example", "Phishing page on 203.0.113.10", text)
        .await?;
    teller.reply(21 * HOUR, "tariq", reports[0], "Thank you. We have asked the hosting company to take the page down.\n").await
}
