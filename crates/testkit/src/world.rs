//! The named world: constituencies EDUNET and GOVNET, the people of the demo, mail addresses under `csirt.example`.

use crate::{TestClock, postgres};
use actions::{
    Actor, Desk, Door, Surroundings, Tx, account,
    account::NewUser,
    outbox::{self, Fate, Outbound},
    setup::{self, Install, NewConstituency},
};
use domain::{QueueId, TicketId, queue::Queue, setting::list};
use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};
use tempfile::TempDir;

/// Everybody's password in tests.
pub const PASSWORD: &str = "watchbell";

/// An installation with people and queues but no tickets, on a database of its own.
pub struct World {
    pub desk: Desk,
    pub clock: Arc<TestClock>,
    /// The database's address, for tests that look beneath the product.
    pub url: String,
    dir: TempDir,
}

impl World {
    pub fn test_on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(World) -> F + Send) {
        let template = sqlite_template();
        on_large_stack(|| {
            runtime().block_on(async {
                let dir = TempDir::new().unwrap();
                let file = dir.path().join("watchbell.db");
                std::fs::copy(template, &file).unwrap();
                test(World::open(&format!("sqlite://{}", file.display()), dir).await).await;
            });
        });
    }

    pub fn test_on_postgres<F: Future<Output = ()>>(test: impl FnOnce(World) -> F + Send) {
        if !postgres::wanted() {
            return;
        }
        let url = postgres_database();
        on_large_stack(|| runtime().block_on(async { test(World::open(&url, TempDir::new().unwrap()).await).await }));
        postgres::drop_database(&url);
    }

    async fn open(url: &str, dir: TempDir) -> World {
        let clock = Arc::new(TestClock::new());
        let surroundings = Surroundings { public_url: "http://watchbell.example".to_owned(), receivers: vec!["siem".to_owned()] };
        let db = storage::Db::open(url, storage::Options { readers: 4, postgres_connections: 6, ..storage::Options::default() })
            .await
            .unwrap();
        World { desk: Desk::new(db, clock.clone(), surroundings), clock, url: url.to_owned(), dir }
    }

    /// Every letter that is due, as the receivers get it; the outbox knows them as sent.
    pub async fn sent(&self) -> Vec<Outbound> {
        send_all(&self.desk).await
    }

    /// Another installation, with a name and an address of its own, as fresh as it is after `init`.
    pub async fn another(&self, installation: &str, address: &str) -> Desk {
        let url = format!("sqlite://{}/{installation}.db", self.dir.path().display());
        let surroundings = Surroundings { public_url: "http://other.example".to_owned(), receivers: vec![] };
        let db = storage::Db::open(&url, storage::Options { readers: 4, postgres_connections: 6, ..storage::Options::default() })
            .await
            .unwrap();
        let desk = Desk::new(db, self.clock.clone(), surroundings);
        let install = Install {
            installation: installation.to_owned(),
            organization: installation.to_owned(),
            correspond_address: Some(address.to_owned()),
            comment_address: None,
            time_zone: "Europe/Vienna".to_owned(),
            fourth_type: domain::fourth_type::FourthType::default(),
        };
        setup::install(&desk, &install).await.unwrap();
        desk
    }

    /// A folder that goes away with the world.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// A transaction to change things in.
    pub async fn tx(&self) -> Tx {
        self.desk.write().await.unwrap()
    }
    /// A connection to look with.
    pub async fn look(&self) -> Tx {
        self.desk.read().await.unwrap()
    }
    /// Somebody by name, coming through the web.
    pub async fn actor(&self, name: &str) -> Actor {
        self.actor_by(name, Door::Web).await
    }
    pub async fn actor_by(&self, name: &str, door: Door) -> Actor {
        Actor::by_name(&mut self.look().await, name, door).await.unwrap()
    }
    pub async fn queue(&self, name: &str) -> Queue {
        self.look().await.catalog().queue_named(name).cloned().unwrap()
    }
    pub async fn queue_id(&self, name: &str) -> QueueId {
        self.queue(name).await.id
    }

    /// A report by `ray@bank.example`, as if it had come by mail.
    pub async fn report(&self, subject: &str, text: &str) -> TicketId {
        let queue = self.queue_id("Incident Reports").await;
        let mut tx = self.tx().await;
        let ray = domain::person::PersonName::parse("Ray Requestor <ray@bank.example>").unwrap();
        let user = actions::ticket::load_or_create(&mut tx, &ray, "requestors").await.unwrap();
        let actor = Actor::of(&tx, user, Door::Email).unwrap();
        let mut input = actions::ticket::Create::new(queue, subject, actions::message::NewMessage::text(text));
        input.requestors.push(ray);
        let change = actions::ticket::create(&mut tx, &actor, input).await.unwrap();
        tx.commit().await.unwrap();
        change.ticket
    }
}

/// Rules that call rules nest deeply; the program's threads have as much.
fn on_large_stack(test: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, test).unwrap();
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// One file a process, copied for each test.
fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, file) = TEMPLATE.get_or_init(|| {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("template.db");
        let url = format!("sqlite://{}", file.display());
        std::thread::scope(|scope| scope.spawn(|| runtime().block_on(plant(&url))).join().unwrap());
        (dir, file)
    });
    file
}

fn postgres_database() -> String {
    let template = format!("watchbell_{}", fingerprint());
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                postgres::ensure_template(&template, |url| runtime().block_on(plant(url)));
                postgres::fresh_database(&template)
            })
            .join()
            .unwrap()
    })
}

/// Changes whenever the test program does, and with it what it would plant.
fn fingerprint() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let program = std::env::current_exe().unwrap();
    let mut hasher = DefaultHasher::new();
    (&program, std::fs::metadata(&program).unwrap().modified().unwrap()).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

async fn plant(url: &str) {
    let clock = Arc::new(TestClock::new());
    let db = storage::Db::open(url, storage::Options::default()).await.unwrap();
    let desk = Desk::new(
        db.clone(),
        clock,
        Surroundings { public_url: "http://watchbell.example".to_owned(), receivers: vec!["siem".to_owned()] },
    );
    let install = Install {
        installation: "csirt.example".to_owned(),
        organization: "csirt.example".to_owned(),
        correspond_address: Some("reports@csirt.example".to_owned()),
        comment_address: Some("comment@csirt.example".to_owned()),
        time_zone: "UTC".to_owned(),
        fourth_type: domain::fourth_type::FourthType::default(),
    };
    assert!(setup::install(&desk, &install).await.unwrap());
    people(&desk).await;
    db.close().await;
}

async fn people(desk: &Desk) {
    let operator = setup::operator();
    let mut tx = desk.write().await.unwrap();
    for (queue, correspond, comment) in [
        ("Incident Reports", Some("reports@csirt.example"), Some("comment@csirt.example")),
        ("Investigations", Some("investigations@csirt.example"), None),
        ("Countermeasures", Some("countermeasures@csirt.example"), None),
    ] {
        let id = tx.catalog().queue_named(queue).unwrap().id;
        setup::set_queue_addresses(&mut tx, &operator, id, correspond, comment).await.unwrap();
    }
    // the stories of most tests make Incidents without a classification; letters go at once, except in tests of what holds them
    let settings = [(list::STRICT_INCIDENT_FORM, Some("no")), (list::UNDO_HOLD, Some("0"))];
    setup::set_settings(&mut tx, &operator, &settings).await.unwrap();
    let mut teams = Vec::new();
    for name in ["EDUNET", "GOVNET"] {
        let address = Some(format!("{}@csirt.example", name.to_lowercase()));
        let input = NewConstituency { name: name.to_owned(), correspond_address: address, ..NewConstituency::default() };
        teams.push(setup::create_constituency(&mut tx, &operator, input).await.unwrap());
    }
    let team = tx.catalog().groups().find(|(_, name)| *name == setup::DUTY_TEAM).unwrap().0;
    for (name, real_name, group) in [
        ("admin", "Alma Admin", None),
        ("dana", "Dana Duty", Some(team)),
        ("tariq", "Tariq Triage", Some(team)),
        ("hana", "Hana Handler", Some(team)),
        ("greta", "Greta Govnet", Some(teams[1])),
        ("norman", "Norman Norights", None),
    ] {
        let input = NewUser {
            name: name.to_owned(),
            email: Some(format!("{name}@csirt-staff.example")),
            real_name: real_name.to_owned(),
            privileged: true,
            password: Some(PASSWORD.to_owned()),
            time_zone: None,
        };
        let user = account::create_user(&mut tx, &operator, input).await.unwrap();
        if let Some(group) = group {
            account::add_member(&mut tx, &operator, group, user.id).await.unwrap();
        }
        if name == "admin" {
            setup::make_administrator(&mut tx, user.id).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

/// The same of any installation. Letters that wait for others of their ticket go, too.
pub async fn send_all(desk: &Desk) -> Vec<Outbound> {
    let mut all = Vec::new();
    loop {
        let letters = outbox::claim(desk, 100).await.unwrap();
        if letters.is_empty() {
            return all;
        }
        outbox::settle(desk, letters.iter().cloned().map(|letter| (letter, Fate::Sent)).collect()).await.unwrap();
        all.extend(letters);
    }
}
