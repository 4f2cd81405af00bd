//! The mail server's alias file against the addresses of queues (TC-199).

use mail_in::aliases::{Finding, compare};
use testkit::World;

async fn found(world: &World, text: &str) -> Vec<String> {
    let only = ["csirt.example".to_owned()];
    compare(&world.look().await.catalog(), text, &only).iter().map(Finding::to_string).collect()
}

/// Fits the world that tests are made in.
const GOOD: &str = "\
reports: \"|/usr/bin/watchbell mail-gate --queue 'Incident Reports' --url http://127.0.0.1:8080/\"
comment: \"|/usr/bin/rt-mailgate --queue 'Incident Reports' --action comment --url http://127.0.0.1:8080/\"
Investigations: invest-gate
invest-gate: \"|watchbell mail-gate --queue=Investigations\"
countermeasures: dana, \"|watchbell mail-gate --queue Countermeasures\"
edunet: \"|watchbell mail-gate --queue 'Incident Reports - EDUNET'\"
govnet: \"|watchbell mail-gate --queue 'Incident Reports - GOVNET'\"
postmaster: root, \"|/usr/bin/procmail\"
";

testkit::both! {
    async fn tc199_a_file_that_fits_has_nothing_to_mend(world: World) {
        assert_eq!(found(&world, GOOD).await, [""; 0]);
    }

    async fn tc199_what_is_missing_wrong_or_unknown_is_named_with_its_line(world: World) {
        let text = GOOD
            .replace("edunet: ", "edu: ")
            .replace("--action comment", "--action correspond")
            .replace("--queue Countermeasures", "--queue Countermeasure")
            .replace("govnet: \"|watchbell mail-gate --queue 'Incident Reports - GOVNET'", "govnet: \"|watchbell mail-gate --queue Investigations --action fly")
            + "team: :include:/etc/mail/team\nnonsense\nloop: pool\npool: loop\n";
        let found = found(&world, &text).await;
        let has = |start: &str| found.iter().filter(|line| line.starts_with(start)).count();
        assert_eq!(has("missing: edunet@csirt.example should lead to “Incident Reports - EDUNET” (correspond)"), 1, "{found:#?}");
        assert_eq!(has("unknown: line 6: edu leads to “Incident Reports - EDUNET” (correspond)"), 1, "{found:#?}");
        assert_eq!(has("wrong: line 2: comment@csirt.example leads to “Incident Reports” (correspond)"), 1, "{found:#?}");
        assert_eq!(has("wrong: line 5: countermeasures: there is no queue “Countermeasure”"), 1, "{found:#?}");
        assert_eq!(has("wrong: line 7: govnet: there is no action “fly”"), 1, "{found:#?}");
        assert_eq!((has("wrong: line 10 is no alias"), has("note: line 9: team includes /etc/mail/team")), (1, 1), "{found:#?}");
        assert_eq!(found.len(), 7, "{found:#?}");
    }
}
