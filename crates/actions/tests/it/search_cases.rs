//! Every field with every operator and every form of value (acceptance D1): the query, its tree, the SQL for both databases, and
//! what it finds in a small world whose tickets have names. A case file for each field stands in `snapshots/search`; what is refused
//! stands there with the reason.

use std::fmt::Write;

use actions::{
    Actor,
    lists::{self, Order, OrderBy, Page},
    message::NewMessage,
    ticket::{self, Create, FieldInput, Link, OwnerChange, Reply, SetStatus},
};
use domain::{TicketId, link::LinkKind, person::PersonName};
use jiff::SignedDuration;
use testkit::World;

const OPERATORS: [&str; 12] =
    ["=", "!=", "<", "<=", ">", ">=", "LIKE", "NOT LIKE", "STARTSWITH", "NOT STARTSWITH", "ENDSWITH", "NOT ENDSWITH"];

/// Fields that take the same values. The first value meets every operator, the others `=`, `!=` and `<`.
const GROUPS: &[(&[&str], &[&str])] = &[
    (&["id", "EffectiveId"], &["2", "'2'", "'__Bookmarked__'", "Priority", "'two'"]),
    (&["Subject", "Description", "SLA", "Type"], &["'scan'", "'%'", "7", "Status"]),
    (&["Status", "StatusClass"], &["'open'", "'__Active__'", "__Inactive__", "'active'", "'__Sleeping__'"]),
    (&["Queue", "Lifecycle"], &["'Incidents'", "3", "'incident_reports'", "'nowhere'"]),
    (&["Priority", "InitialPriority", "FinalPriority"], &["50", "'50'", "'High'", "TimeWorked", "'Higher than high'"]),
    (&["TimeWorked", "TimeEstimated", "TimeLeft"], &["15", "'15'", "TimeLeft", "'long'"]),
    (
        &["Owner", "Creator", "LastUpdatedBy", "Owner.EmailAddress", "Owner.RealName", "Creator.Organization", "UpdatedBy"],
        &["'dana'", "'Nobody'", "__CurrentUser__", "'__CurrentUserName__'", "2", "'Dana Duty'", "'dana@csirt-staff.example'"],
    ),
    (
        &["Requestor", "Requestors", "Cc", "AdminCc", "Watcher", "Requestor.Name", "QueueCc", "QueueAdminCc", "QueueWatcher"],
        &["'ray@bank.example'", "'ray'", "__CurrentUser__"],
    ),
    (&["OwnerGroup", "RequestorGroup", "CCGroup", "AdminCCGroup", "WatcherGroup"], &["'Duty Team'", "7", "'No such group'"]),
    (
        &["Created", "LastUpdated", "Starts", "Started", "Due", "Told", "Resolved", "SnoozedUntil", "TransactionDate", "Updated"],
        &["'2026-03-02'", "'2 days ago'", "'today'", "0", "Due", "'whenever'"],
    ),
    (
        &["Created.DayOfWeek", "Due.Month", "Created.Year", "Created.Hour", "Created.DayOfYear", "Created.DayOfMonth"],
        &["3", "'Monday'", "'mars'", "'x'"],
    ),
    (&["Created.Daily", "Created.Monthly", "Created.Hourly"], &["'2026-03'", "2026"]),
    (
        &["MemberOf", "HasMember", "DependsOn", "DependedOnBy", "RefersTo", "ReferredToBy", "Linked", "LinkedTo", "LinkedFrom"],
        &["5", "'#5'", "0", "'https://blog.example/worm'", "'five'"],
    ),
    (&["Content", "HistoryContent"], &["'worm'", "'\"port scan\"'", "'wor*'", "'absent'"]),
    (&["ContentType", "Filename"], &["'text/plain'", "'log'"]),
    (&["CF.{IP}", "CustomField.{IP}"], &["'192.0.2.7'", "'192.0.2.0/24'", "'2001:db8::/32'", "'nonsense'"]),
    (&["CF.{How Reported}", "CustomFieldValue", "CF.{Nonsense}"], &["'Email'", "'E'", "Status"]),
    (&["HasUnreadMessages", "HasNoUnreadMessages"], &["__CurrentUser__", "'dana'"]),
    (&["Requester"], &["'ray'"]),
];

/// Tickets by name, in the order of their numbers.
const NAMES: [&str; 6] = ["scan", "phish", "quiet", "ask", "worm", "done"];

async fn named_world(world: &World) {
    let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
    let mut all = Vec::new();
    for (name, queue, text) in [
        ("scan", "Incident Reports", "A port scan from 192.0.2.7"),
        ("phish", "Incident Reports", "A worm of words"),
        ("quiet", "Incident Reports - GOVNET", "nothing"),
        ("ask", "Investigations", "Please look at the port"),
        ("worm", "Incidents", "The worm"),
        ("done", "Countermeasures", "Block it"),
    ] {
        let queue = world.queue_id(queue).await;
        let mut tx = world.tx().await;
        let mut input = Create::new(queue, format!("{name} of things"), NewMessage::text(text));
        input.requestors.extend((name != "quiet").then(|| PersonName::parse("Ray <ray@bank.example>").unwrap()));
        input.ccs.extend((name == "ask").then(|| PersonName::parse("dana@csirt-staff.example").unwrap()));
        input.priority = Some(20 * all.len() as i64);
        input.time_worked = if name == "ask" { 15 } else { 0 };
        input.due = (name != "quiet").then(|| tx.now() + SignedDuration::from_hours(24 * all.len() as i64));
        input.incidents.extend((name == "done").then(|| all[4]));
        let how = tx.catalog().fields().find(|field| field.name == "How Reported").map(|field| field.id);
        input.fields =
            how.filter(|_| name == "phish").map(|field| FieldInput { field, values: vec!["Email".into()] }).into_iter().collect();
        all.push(ticket::create(&mut tx, &admin, input).await.unwrap().ticket);
        tx.commit().await.unwrap();
        world.clock.advance(SignedDuration::from_hours(30));
    }
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, &dana, all[0], OwnerChange::Take).await.unwrap();
    ticket::comment(&mut tx, &dana, Reply { ticket: all[1], message: NewMessage::text("absent minded"), time_taken: 5 })
        .await
        .unwrap();
    ticket::set_status(&mut tx, &admin, SetStatus { ticket: all[1], status: "open".into() }).await.unwrap();
    for (kind, base, target) in
        [(LinkKind::MemberOf, all[0], all[4]), (LinkKind::DependsOn, all[4], all[3]), (LinkKind::RefersTo, all[3], all[4])]
    {
        ticket::link(&mut tx, &admin, Link { kind, base, target }).await.unwrap();
    }
    actions::ticket::show::view(&mut tx, &admin, all[0]).await.unwrap();
    tx.commit().await.unwrap();
}

fn name_of(id: TicketId) -> &'static str {
    NAMES[(id.0 - 1) as usize]
}

async fn case(world: &World, actor: &Actor, text: &str) -> String {
    let mut said = format!("{text}\n");
    let query = match lists::parse(text) {
        Ok(query) => query,
        Err(error) => return format!("{said}  refused: {error}\n\n"),
    };
    let query::Query::Term(term) = &query else { panic!("{text}") };
    let shallow = if term.shallow { ", shallow" } else { "" };
    writeln!(said, "  tree: {} {:?} {:?}{shallow}", term.field, term.op, term.value).unwrap();
    let mut tx = world.look().await;
    let written = |sqlite| lists::written(&tx, actor, &query, sqlite);
    match (written(true), written(false)) {
        (Ok(sqlite), Ok(postgres)) if sqlite == postgres => writeln!(said, "  both: {sqlite}").unwrap(),
        (Ok(sqlite), Ok(postgres)) => writeln!(said, "  sqlite: {sqlite}\n  postgres: {postgres}").unwrap(),
        (Err(error), _) | (_, Err(error)) => return format!("{said}  refused: {error}\n\n"),
    }
    let found =
        lists::search(&mut tx, actor, &query, &[OrderBy::ascending(Order::Id)], Page { limit: 100, offset: 0 }).await.unwrap();
    let names: Vec<&str> = found.iter().map(|ticket| name_of(ticket.id)).collect();
    writeln!(said, "  finds: {}\n", if names.is_empty() { "nothing".to_owned() } else { names.join(" ") }).unwrap();
    said
}

/// The spans of a tree tell where the text stood, which the text itself tells as well.
fn without_spans(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(at) = rest.find(", span: Span {") {
        kept.push_str(&rest[..at]);
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    kept + rest
}

fn file(field: &str) -> String {
    field.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
}

testkit::both! {
    async fn every_field_operator_and_value_means_what_its_case_file_says(world: World) {
        named_world(&world).await;
        let dana = world.actor("dana").await;
        for (fields, values) in GROUPS {
            for field in *fields {
                let mut cases = String::new();
                let (first, others) = values.split_first().unwrap();
                for operator in OPERATORS {
                    cases.push_str(&case(&world, &dana, &format!("{field} {operator} {first}")).await);
                }
                for operator in ["IS", "IS NOT", "SHALLOW ="] {
                    let value = if operator == "SHALLOW =" { first } else { "NULL" };
                    cases.push_str(&case(&world, &dana, &format!("{field} {operator} {value}")).await);
                }
                for value in others {
                    for operator in ["=", "!=", "<"] {
                        cases.push_str(&case(&world, &dana, &format!("{field} {operator} {value}")).await);
                    }
                }
                let settings = (file(field), without_spans(&cases));
                insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/search", omit_expression => true }, {
                    insta::assert_snapshot!(settings.0, settings.1);
                });
            }
        }
    }
}
