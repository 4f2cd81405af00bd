//! The seeded custom fields (IR-077 … IR-093).

use crate::{Result, Tx};
use domain::{
    FieldId, TicketKind,
    custom_field::{Bearer, CustomField, FieldKind, FieldOption},
    queue::Queue,
};

struct Seed {
    name: &'static str,
    kind: FieldKind,
    max_values: i64,
    queues: &'static [TicketKind],
    grouping: &'static str,
    hint: &'static str,
    options: &'static [&'static str],
    link: &'static str,
    bearer: Bearer,
}

const NETWORKING: &str = "Networking";
const DETAILS: &str = "Details";

const fn seed(name: &'static str, kind: FieldKind, max_values: i64, queues: &'static [TicketKind]) -> Seed {
    Seed { name, kind, max_values, queues, grouping: DETAILS, hint: "", options: &[], link: "", bearer: Bearer::Ticket }
}

const SEEDS: [Seed; 14] = {
    use FieldKind::{Freeform, IPAddressRange, Select};
    use TicketKind::{Countermeasure, Incident, Investigation, Report};
    const ALL: &[TicketKind] = &TicketKind::INCIDENT_RESPONSE;
    [
        Seed {
            grouping: NETWORKING,
            hint: "One a line: an address, a range (192.0.2.1-192.0.2.9) or a network (192.0.2.0/24).",
            ..seed("IP", IPAddressRange, 0, ALL)
        },
        Seed { grouping: NETWORKING, hint: "One a line.", ..seed("Domain", Freeform, 0, ALL) },
        Seed {
            options: &["API", "CLI", "Email", "REST", "REST2", "Web", "Telephone", "Other"],
            ..seed("How Reported", Select, 1, &[Report])
        },
        Seed {
            options: &["customer", "external individual", "other ISP", "police", "other IRT", "other"],
            ..seed("Reporter Type", Select, 1, &[Report])
        },
        seed("Customer", Select, 0, &[Report]),
        seed("Customer", Select, 1, &[Investigation]),
        Seed {
            options: &["Spam", "System Compromise", "Query", "Scan", "Denial of Service", "Piracy"],
            ..seed("Classification", Select, 1, &[Incident])
        },
        Seed {
            options: &[
                "successfully resolved",
                "no resolution reached",
                "no response from customer",
                "no response from other ISP",
            ],
            ..seed("Resolution", Select, 1, &[Incident])
        },
        Seed { options: &["AbuseDesk", "IncidentCoord"], ..seed("Function", Select, 1, &[Incident]) },
        Seed {
            hint: "One a line, like CVE-2026-12345.",
            link: "https://nvd.nist.gov/vuln/detail/__CustomField__",
            ..seed("CVE ID", Freeform, 0, ALL)
        },
        seed("Netmask", Freeform, 1, &[Countermeasure]),
        seed("Port", Freeform, 1, &[Countermeasure]),
        seed("Where Blocked", Freeform, 1, &[Countermeasure]),
        Seed {
            bearer: Bearer::Queue,
            grouping: "",
            hint: "Asked first for tickets of this queue.",
            ..seed("RTIR default WHOIS server", Freeform, 1, ALL)
        },
    ]
};

pub(super) async fn plant(tx: &mut Tx, queues: &[Queue]) -> Result<Vec<FieldId>> {
    let mut planted = Vec::new();
    for (order, seed) in SEEDS.iter().enumerate() {
        let field = CustomField {
            max_values: seed.max_values,
            bearer: seed.bearer,
            hint: seed.hint.to_owned(),
            grouping: seed.grouping.to_owned(),
            options: seed.options.iter().map(|name| FieldOption::named(name)).collect(),
            link: seed.link.to_owned(),
            sort_order: order as i64,
            ..CustomField::new(seed.name, seed.kind)
        };
        let id = storage::field_definition::insert(&mut tx.db, &field).await?;
        for queue in queues.iter().filter(|queue| seed.queues.contains(&queue.kind())) {
            storage::field_definition::apply(&mut tx.db, id, queue.id).await?;
        }
        planted.push(id);
    }
    Ok(planted)
}
