//! The tickets that a wish is about, with the versions that were seen: ticked boxes, a whole search, or what a preview carries.

use crate::{failure::Failure, form::submission::Submission, visit::Visit};
use actions::{bulk, bulk::Wanted, lists};
use domain::TicketId;
use maud::{Markup, html};

pub(super) struct Selection {
    pub(super) wanted: Vec<Wanted>,
}

/// What a list's rows looked like when they were chosen from.
pub(super) fn seen(tickets: impl Iterator<Item = (TicketId, i64)>) -> Markup {
    html! { input type="hidden" name="seen" value=(written(tickets)); }
}

fn written(tickets: impl Iterator<Item = (TicketId, i64)>) -> String {
    tickets.map(|(id, version)| format!("{id}:{version}")).collect::<Vec<_>>().join(" ")
}

impl Selection {
    pub(super) async fn read(visit: &Visit, form: &Submission) -> Result<Self, Failure> {
        if form.is_ticked("all") {
            let query = lists::parse(form.text("query"))?;
            let mut tx = visit.app.desk.read().await?;
            lists::check(&tx, &visit.actor, &query, form.text("query"))?;
            return Ok(Self { wanted: bulk::wanted_by(&mut tx, &visit.actor, &query).await? });
        }
        if form.has("chosen") {
            return Ok(Self { wanted: pairs(form.text("chosen")) });
        }
        let seen = pairs(form.text("seen"));
        let version = |id: TicketId| seen.iter().find(|pair| pair.ticket == id).and_then(|pair| pair.seen);
        let ids = form.all(super::TICKETS).filter_map(|text| text.parse().ok());
        Ok(Self { wanted: ids.map(|id| Wanted { ticket: id, seen: version(id) }).collect() })
    }

    /// For the form that carries it on.
    pub(super) fn carried(&self) -> Markup {
        let pair = |wanted: &Wanted| match wanted.seen {
            Some(version) => format!("{}:{version}", wanted.ticket),
            None => wanted.ticket.to_string(),
        };
        let all = self.wanted.iter().map(pair).collect::<Vec<_>>().join(" ");
        html! { input type="hidden" name="chosen" value=(all); }
    }
}

/// `12:5 13:9 14`; what does not read is left out.
fn pairs(text: &str) -> Vec<Wanted> {
    let pair = |word: &str| {
        let (id, version) = word.split_once(':').unwrap_or((word, ""));
        Some(Wanted { ticket: id.parse().ok()?, seen: version.parse().ok() })
    };
    text.split_whitespace().take(bulk::MOST + 1).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_reads_back_and_nonsense_is_left_out() {
        let wanted = pairs("12:5 x 13 14:y");
        let expected = [(12, Some(5)), (13, None), (14, None)].map(|(id, seen)| Wanted { ticket: TicketId(id), seen });
        assert_eq!(wanted, expected);
        assert!(Selection { wanted }.carried().into_string().contains("12:5 13 14"));
    }
}
