//! Work that no request waits for: each job is a loop in a file of its own, kept running here until the process stops.
//! What is on the disk decides what there is to do; a job that dies has lost nothing.

mod call_receivers;
mod forget_mail;
mod prune_rule_runs;
mod read_texts;
mod resume_batches;
mod run_schedules;
mod send_dashboards;
mod send_outbox;
mod supervise;
mod write_digests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use actions::Desk;
use mail_out::Transport;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use call_receivers::Receivers;
pub use call_receivers::{Authorities, Program, Receiver, Secret, Webhook, check_url};
pub use send_outbox::DomainLimits;
use send_outbox::Sender;
use supervise::supervise;

/// Jobs end what they have begun when the process stops, but not for longer than this.
pub const GRACE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub struct Settings {
    /// Letters on their way at the same time.
    pub senders: usize,
    /// Letters taken out of the outbox at once; those not sent when the process dies wait some minutes.
    pub claim: i64,
    pub domains: DomainLimits,
    /// Who is told of Countermeasures, if anybody.
    pub firewall: Option<Receiver>,
    /// Whom rules may call, by name.
    pub receivers: BTreeMap<String, Receiver>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { senders: 8, claim: 50, domains: DomainLimits::default(), firewall: None, receivers: BTreeMap::new() }
    }
}

/// The running jobs. Dropping it stops them on the spot.
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Without a transport, mail stays in the outbox.
    pub fn start(desk: Desk, transport: Option<Arc<dyn Transport>>, settings: Settings, shutdown: CancellationToken) -> Self {
        let mut jobs = JoinSet::new();
        let told = desk.clone();
        let known = Arc::new(Receivers { firewall: settings.firewall.clone(), named: settings.receivers.clone() });
        let call = move |shutdown| call_receivers::run(told.clone(), known.clone(), shutdown);
        jobs.spawn(supervise("call receivers", shutdown.clone(), call));
        let clock = desk.clone();
        jobs.spawn(supervise("run schedules", shutdown.clone(), move |shutdown| run_schedules::run(clock.clone(), shutdown)));
        let log = desk.clone();
        jobs.spawn(supervise("prune rule runs", shutdown.clone(), move |shutdown| prune_rule_runs::run(log.clone(), shutdown)));
        let mail = desk.clone();
        jobs.spawn(supervise("forget mail", shutdown.clone(), move |shutdown| forget_mail::run(mail.clone(), shutdown)));
        let digests = desk.clone();
        jobs.spawn(supervise("write digests", shutdown.clone(), move |shutdown| write_digests::run(digests.clone(), shutdown)));
        let boards = desk.clone();
        jobs.spawn(supervise("send dashboards", shutdown.clone(), move |shutdown| {
            send_dashboards::run(boards.clone(), shutdown)
        }));
        let texts = desk.clone();
        jobs.spawn(supervise("read texts", shutdown.clone(), move |shutdown| read_texts::run(texts.clone(), shutdown)));
        let batches = desk.clone();
        jobs.spawn(supervise("resume batches", shutdown.clone(), move |shutdown| resume_batches::run(batches.clone(), shutdown)));
        if let Some(transport) = transport {
            let sender = Sender::new(desk, transport, settings);
            jobs.spawn(supervise("send outbox", shutdown, move |shutdown| sender.clone().run(shutdown)));
        }
        Self(jobs)
    }

    /// Waits for the end of all jobs, after shutdown at most the grace period.
    pub async fn stopped(mut self, shutdown: CancellationToken) {
        shutdown.cancelled().await;
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, all).await.is_err() {
            tracing::warn!("jobs did not stop in time");
        }
    }
}
