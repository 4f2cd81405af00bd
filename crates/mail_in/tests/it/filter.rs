use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;

use actions::inbox;
use mail_in::lmtp::{Envelope, Intake as _, Trouble};
use mail_in::{Filter, Intake};
use program::Program;
use testkit::World;

use crate::post::{REPORT, entries, processor, ticket};

/// A site's program, as a script.
fn filtering(world: &World, script: &str) -> (tempfile::TempDir, Intake) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("filter");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = Program::new(&path, Duration::from_secs(2)).unwrap();
    (folder, Intake::start(world.desk.clone(), Some(Filter::new(program))))
}

async fn bring(intake: &Intake, to: &[&str]) -> Vec<Result<(), Trouble>> {
    let to = to.iter().map(|&to| to.to_owned()).collect();
    let envelope = Envelope { from: Some("ray@bank.example".to_owned()), to, peer: None };
    intake.accept(envelope, Arc::new(REPORT.as_bytes().to_vec())).await
}

testkit::both! {
    async fn tc198_a_sites_program_adds_header_fields_to_what_comes_in(world: World) {
        let script = "grep -q 192.0.2.7 && echo \"X-Site-Saw: $WATCHBELL_FILTER_DOOR $WATCHBELL_FILTER_SENDER to $WATCHBELL_FILTER_RECIPIENTS\"";
        let (_folder, intake) = filtering(&world, script);
        assert_eq!(bring(&intake, &["reports@csirt.example", "reports+x@csirt.example"]).await, vec![Ok(()); 2]);
        assert!(processor(&world).process_next().await.unwrap());
        let outcome = inbox::outcome(&mut world.look().await, 1).await.unwrap().unwrap();
        let kept = inbox::get(&mut world.look().await, &world.actor("admin").await, 1).await.unwrap();
        let line = "X-Site-Saw: lmtp ray@bank.example to reports@csirt.example reports+x@csirt.example\r\n";
        assert_eq!(String::from_utf8(kept.message.raw).unwrap(), format!("{line}{REPORT}"));
        let message = entries(&world, ticket(&outcome)).await.into_iter().find(|entry| entry.change.what.kind.is_message()).unwrap();
        assert!(message.text.contains("192.0.2.7"));
    }

    async fn tc198_a_sites_program_refuses_for_good_or_for_now_and_nothing_is_kept(world: World) {
        let cases = [
            ("echo 'No executables, please'; exit 65", false, "No executables, please"),
            ("exit 77", false, "The message is not accepted here"),
            ("exit 75", true, "Cannot store mail now, try again later"),
            ("exit 1", true, "Cannot store mail now, try again later"),
            ("echo this is no field", true, "Cannot store mail now, try again later"),
            ("sleep 30", true, "Cannot store mail now, try again later"),
        ];
        for (script, temporary, message) in cases {
            let (_folder, intake) = filtering(&world, script);
            let answers = bring(&intake, &["reports@csirt.example", "comment@csirt.example"]).await;
            assert_eq!(answers, vec![Err(Trouble { temporary, message: message.to_owned() }); 2], "{script}");
        }
        assert_eq!(inbox::counts(&world.desk).await.unwrap(), (0, 0));
    }
}
