//! The floor under mail in: the same bytes as bare rows of the same table of the same database, and nothing else.

use super::Bench;
use crate::{
    lmtp::{Mail, RECIPIENT},
    report::Report,
    statistics::rate,
};
use actions::Desk;
use anyhow::Result;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use storage::inbound::{self, NewInbound};

/// Rows in each transaction of the second floor.
const BATCH: usize = 50;

pub(super) fn measure(bench: &Bench<'_>, report: &mut Report, desk: &Desk) -> Result<()> {
    for (writers, batch) in [(1, 1), (8, 1), (1, BATCH)] {
        let a_second = bench.runtime.block_on(insert(desk, writers, batch, bench.setting.time_a_floor))?;
        report.say(&format!("floor: {writers} writer(s), {batch} bare row(s) a transaction: {a_second:.0}/s"));
    }
    Ok(())
}

async fn insert(desk: &Desk, writers: usize, batch: usize, time: Duration) -> Result<f64> {
    let written = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let tasks: Vec<_> = (0..writers)
        .map(|_| {
            let (desk, written) = (desk.clone(), written.clone());
            tokio::spawn(async move {
                while began.elapsed() < time {
                    let mut tx = desk.db().write().await?;
                    for _ in 0..batch {
                        inbound::insert(&mut tx, row(written.fetch_add(1, Ordering::Relaxed)), desk.now()).await?;
                    }
                    tx.commit().await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(rate(written.load(Ordering::Relaxed), began.elapsed()))
}

fn row(number: usize) -> NewInbound {
    NewInbound {
        door: "lmtp".to_owned(),
        sender: Some("floor@mail.example".to_owned()),
        recipient: RECIPIENT.to_owned(),
        queue: String::new(),
        action: "correspond".to_owned(),
        ticket: String::new(),
        raw: Mail::number(number).raw,
    }
}
