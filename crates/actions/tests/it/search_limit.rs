//! What one search may cost the others.

use std::time::{Duration, Instant};

use actions::Error;

const FOR_EVER: &str =
    "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) SELECT COUNT(*) FROM counted";

testkit::both! {
    async fn a_statement_that_reads_too_long_is_stopped_and_its_connection_serves_on(world: World) {
        let limit = Duration::from_millis(300);
        let options = storage::Options { readers: 1, postgres_connections: 2, longest_reading: limit };
        let db = storage::Db::open(&world.url, options).await.unwrap();
        for _ in 0..2 {
            let mut tx = db.read().await.unwrap();
            let began = Instant::now();
            let error = tx.all::<(i64,)>(FOR_EVER, []).await.unwrap_err();
            assert!(matches!(error, storage::Error::TooLong), "{error}");
            assert!(began.elapsed() < Duration::from_secs(5));
            let told = Error::from(error).to_string();
            assert!(told.starts_with("This search takes too long and was stopped."), "{told}");
            // each statement has its own time
            tokio::time::sleep(limit).await;
            assert_eq!(tx.all::<(i64,)>("SELECT COUNT(*) FROM tickets", []).await.unwrap(), [(0,)]);
        }
        db.close().await;
    }

    async fn one_persons_searches_wait_for_each_other_and_nobody_elses(world: World) {
        let (dana, hana) = (world.actor("dana").await.id(), world.actor("hana").await.id());
        let mut turns = Vec::new();
        for _ in 0..3 {
            turns.push(world.desk.search_turn(dana).await.unwrap());
        }
        let soon = Duration::from_millis(200);
        assert!(tokio::time::timeout(soon, world.desk.search_turn(dana)).await.is_err(), "the fourth waits");
        assert!(tokio::time::timeout(soon, world.desk.search_turn(hana)).await.unwrap().is_ok());
        turns.pop();
        assert!(tokio::time::timeout(soon, world.desk.search_turn(dana)).await.unwrap().is_ok());
    }
}
