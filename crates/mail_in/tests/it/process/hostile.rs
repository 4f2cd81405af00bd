use std::fmt::Write;

use crate::post::{entries, mail, sent, shown, ticket};

testkit::both! {
    async fn ten_thousand_parts_are_stored_as_a_thousand(world: World) {
        let mut raw = "From: ray@bank.example\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
        for number in 0..10_000 {
            write!(raw, "--b\n\npart {number}\n").unwrap();
        }
        let id = ticket(&mail(&world, raw).await);
        assert_eq!(entries(&world, id).await[0].parts.len(), 1_000);
    }

    async fn a_thousand_levels_are_stored_to_the_limit(world: World) {
        let mut raw = "From: ray@bank.example\n".to_owned();
        for level in 0..1_000 {
            write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").unwrap();
        }
        let id = ticket(&mail(&world, raw).await);
        assert_eq!(entries(&world, id).await[0].parts.len(), 31);
    }

    async fn a_megabyte_of_header_nuls_and_wrong_charsets_are_stored(world: World) {
        let mut raw = b"From: ray@bank.example\nSubject: a\0b\xff\nContent-Type: text/plain; charset=nonsense\n".to_vec();
        for number in 0..20_000 {
            raw.extend(format!("X-Filler-{number}: {}\n", "y".repeat(40)).bytes());
        }
        raw.extend(b"\nbody \0 \xff\xfe end\n");
        let id = ticket(&mail(&world, raw).await);
        let entry = &entries(&world, id).await[0];
        assert!(entry.parts[0].headers.len() < 400_000);
        assert!(entry.text.contains("end"));
        assert!(shown(&world, id).await.ticket.subject.starts_with("ab"));
    }

    async fn headers_cannot_be_injected_through_what_we_answer(world: World) {
        let raw = "From: ray@bank.example\nMessage-ID: <a@b>\nSubject: =?UTF-8?Q?x=0D=0ABcc:_victim@x.example?=\n\nhi\n";
        ticket(&mail(&world, raw).await);
        for letter in sent(&world).await {
            assert_eq!(letter.message.header("Bcc"), None);
            assert!(!letter.recipients.contains(&"victim@x.example".to_owned()));
        }
    }
}
