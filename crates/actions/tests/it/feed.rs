//! What a feed's secret opens, and when it does not (TC-281).

use actions::{Error, feed};

testkit::both! {
    async fn tc281_who_is_disabled_is_read_by_nobody(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let secret = feed::create(&mut tx, &dana, "Mine", "id > 0").await.unwrap();
        tx.commit().await.unwrap();
        let (actor, opened, stale) = feed::open(&mut world.look().await, &secret).await.unwrap();
        assert_eq!((actor.id(), opened.name.as_str(), stale), (dana.id(), "Mine", true));
        let db = storage::Db::open(&world.url, storage::Options::default()).await.unwrap();
        let mut raw = db.write().await.unwrap();
        let mut user = dana.user.clone();
        user.disabled = true;
        storage::person::update(&mut raw, &user).await.unwrap();
        raw.commit().await.unwrap();
        assert!(matches!(feed::open(&mut world.look().await, &secret).await, Err(Error::NotFound)));
        db.close().await;
    }

    async fn tc281_the_secret_itself_is_kept_nowhere(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let secret = feed::create(&mut tx, &dana, "Mine", "id > 0").await.unwrap();
        let own = feed::feeds(&mut tx, &dana).await.unwrap();
        assert!(!format!("{own:?}").contains(&secret) && secret.len() == 64);
        for number in 1..50 {
            feed::create(&mut tx, &dana, &format!("Number {number}"), "id > 0").await.unwrap();
        }
        assert!(matches!(feed::create(&mut tx, &dana, "One more", "id > 0").await, Err(Error::Invalid(_))), "bounded");
    }
}
