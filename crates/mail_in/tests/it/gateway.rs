use actions::inbox;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mail_in::gateway::{GatewayLimits, PATH, router};
use mail_in::{Intake, Limits, Processor};
use testkit::World;
use tower::ServiceExt;

use crate::post::{REPORT, how_many_tickets, said, shown};

pub(crate) fn door(world: &World) -> Router {
    let limits = GatewayLimits { max_message_bytes: 1_000_000, max_buffered_bytes: 2_000_000, ..GatewayLimits::default() };
    let processor = Processor::new(world.desk.clone(), Limits::default());
    router(world.desk.clone(), Intake::start(world.desk.clone(), None), processor, limits)
}

/// As `rt-mailgate` sends it: the message is a file with an empty name.
fn multipart(fields: &[(&str, &str)], message: &[u8]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--xYzZY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--xYzZY\r\nContent-Disposition: form-data; name=\"message\"; filename=\"\"\r\n");
    body.extend(b"Content-Type: application/octet-stream\r\n\r\n");
    body.extend(message);
    body.extend(b"\r\n--xYzZY--\r\n");
    Request::post(PATH).header(header::CONTENT_TYPE, "multipart/form-data; boundary=xYzZY").body(Body::from(body)).unwrap()
}

async fn answer(door: &Router, request: Request<Body>) -> (StatusCode, String) {
    let response = door.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn said_to(door: &Router, fields: &[(&str, &str)], message: impl AsRef<[u8]>) -> String {
    let (status, text) = answer(door, multipart(fields, message.as_ref())).await;
    assert_eq!(status, StatusCode::OK);
    text
}

const REPORTS: (&str, &str) = ("queue", "incident reports");
const NOT_OK: &str = "not ok - operation unsuccessful\n";
const LATER: &str = "temporary failure - operation unsuccessful\n";

testkit::both! {
    // IR-011
    async fn ir011_the_gateway_knows_the_queue_of_countermeasures_by_either_name(world: World) {
        let door = door(&world);
        let admin = world.actor("admin").await;
        for (number, name) in [(1, "Blocks"), (2, "Countermeasures")] {
            let raw = format!("From: dana@csirt-staff.example\nSubject: Block it\nMessage-ID: <{number}@x.example>\n\ntext\n");
            assert_eq!(said_to(&door, &[("queue", name), ("action", "correspond")], raw).await, "ok\n", "{name}");
            let ticket = inbox::get(&mut world.look().await, &admin, number).await.unwrap().ticket_id.unwrap();
            assert_eq!(shown(&world, ticket).await.queue.name, "Countermeasures");
        }
    }

    async fn a_message_as_rt_mailgate_posts_it_becomes_a_ticket_before_the_answer(world: World) {
        let door = door(&world);
        let raw = b"From: ray@bank.example\nContent-Type: text/plain; charset=iso-8859-1\nSubject: caf\xe9\n\ncaf\xe9\n";
        assert_eq!(said_to(&door, &[REPORTS, ("action", "correspond"), ("SessionType", "REST")], raw).await, "ok\n");
        let admin = world.actor("admin").await;
        let kept = inbox::get(&mut world.look().await, &admin, 1).await.unwrap();
        assert_eq!(kept.message.raw, raw);
        assert_eq!(shown(&world, kept.ticket_id.unwrap()).await.queue.name, "Incident Reports");
        assert_eq!(said(&world, kept.ticket_id.unwrap()).await[0].1, "café");
    }

    // IR-149: as a field, or as `rt-mailgate` puts it before the message; further down it is the sender's own word.
    async fn ir149_the_extension_of_the_address_chooses_the_constituency(world: World) {
        let door = door(&world);
        let told = format!("X-RT-Mail-Extension: EduNet\n{REPORT}");
        let claimed = REPORT.replacen("To:", "X-RT-Mail-Extension: edunet\nTo:", 1);
        for (id, (fields, message, queue)) in (1..).zip([
            (&[REPORTS, ("extension", "govnet")][..], REPORT, "Incident Reports - GOVNET"),
            (&[REPORTS], &told, "Incident Reports - EDUNET"),
            (&[REPORTS], &claimed, "Incident Reports"),
            (&[REPORTS, ("extension", "General")], REPORT, "Incident Reports"),
            (&[("queue", "Incident Reports - GOVNET"), ("extension", "edunet")], REPORT, "Incident Reports - GOVNET"),
        ]) {
            let message = message.replace("one@bank", &format!("mail-{id}@bank"));
            assert_eq!(said_to(&door, fields, message).await, "ok\n");
            let kept = inbox::get(&mut world.look().await, &world.actor("admin").await, id).await.unwrap();
            assert_eq!(shown(&world, kept.ticket_id.unwrap()).await.queue.name, queue, "{id}");
        }
    }

    async fn refused_mail_is_not_ok_and_kept(world: World) {
        let door = door(&world);
        assert_eq!(said_to(&door, &[REPORTS], "From: ray@bank.example\nSubject: [csirt.example #9]\n\nhi\n").await, NOT_OK);
        assert_eq!(said_to(&door, &[REPORTS, ("ticket", "nine")], REPORT).await, NOT_OK);
        assert_eq!(said_to(&door, &[REPORTS], "").await, NOT_OK);
        assert_eq!((inbox::counts(&world.desk).await.unwrap(), how_many_tickets(&world).await), ((0, 3), 0));
    }

    // TC-184: why stands in the log, not in the answer. TC-185: an unknown action, and neither queue nor ticket, are put off.
    async fn mistakes_of_the_set_up_are_put_off_and_store_nothing(world: World) {
        let door = door(&world);
        assert_eq!(said_to(&door, &[("queue", "nowhere")], REPORT).await, LATER);
        assert_eq!(said_to(&door, &[("queue", "nowhere"), ("ticket", "9")], REPORT).await, LATER);
        assert_eq!(said_to(&door, &[REPORTS, ("action", "dance")], REPORT).await, LATER);
        let bare = Request::post(PATH).header(header::CONTENT_TYPE, "text/plain").body(Body::from("x")).unwrap();
        assert_eq!(answer(&door, bare).await.1, LATER);
        assert_eq!(inbox::counts(&world.desk).await.unwrap(), (0, 0));
    }

    async fn a_ticket_makes_the_queue_irrelevant(world: World) {
        let id = world.report("Scan", "text").await;
        let door = door(&world);
        let tagged = format!("From: ray@bank.example\nSubject: [csirt.example #{id}]\n\nby tag\n");
        assert_eq!(said_to(&door, &[("queue", "nowhere")], &tagged).await, "ok\n");
        let number = id.to_string();
        assert_eq!(said_to(&door, &[("queue", "nowhere"), ("ticket", &number)], REPORT).await, "ok\n");
        assert_eq!(said(&world, id).await.len(), 3);
    }

    async fn plain_fields_and_urlencoded_forms_and_doubled_slashes_are_taken(world: World) {
        let door = door(&world);
        let body = "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nFrom: ray@bank.example\n\nplain\r\n--b--\r\n";
        let kind = "multipart/form-data; boundary=b";
        let plain = Request::post(format!("/{PATH}")).header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        assert_eq!(answer(&door, plain).await.1, "ok\n");
        let body = "queue=Incident+Reports&message=From%3A+ray%40bank.example%0A%0Aencoded";
        let encoded = Request::post(PATH).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
        assert_eq!(answer(&door, encoded.unwrap()).await.1, "ok\n");
        assert_eq!(how_many_tickets(&world).await, 2);
    }
}

#[test]
fn only_post_is_served_and_too_large_is_put_off() {
    World::test_on_sqlite(|world| async move {
        let door = door(&world);
        for method in ["GET", "PUT"] {
            let request = Request::builder().method(method).uri(PATH).body(Body::empty()).unwrap();
            assert_eq!(answer(&door, request).await, (StatusCode::OK, NOT_OK.to_owned()));
        }
        let (status, text) = answer(&door, multipart(&[REPORTS], &vec![b'x'; 1_000_001])).await;
        assert_eq!((status, text.starts_with("temporary failure")), (StatusCode::PAYLOAD_TOO_LARGE, true));
        assert_eq!(said_to(&door, &[REPORTS], REPORT).await, "ok\n");
    });
}

#[test]
fn a_database_that_is_away_is_a_temporary_failure() {
    World::test_on_sqlite(|world| async move {
        let door = door(&world);
        world.desk.db().close().await;
        assert_eq!(said_to(&door, &[REPORTS], REPORT).await, LATER);
    });
}
