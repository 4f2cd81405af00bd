use actions::inbox;
use axum::response::Redirect;
use axum::routing::any;
use axum::{Router, http::StatusCode};
use mail_in::gateway::PATH;
use mail_in::pipe::{Delivery, deliver};
use testkit::World;
use tokio::net::TcpListener;

use crate::gateway::door;
use crate::post::{REPORT, how_many_tickets, shown};

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// Exit code and complaint.
async fn pipe(delivery: Delivery, message: &'static [u8]) -> (i32, String) {
    let running = tokio::task::spawn_blocking(move || {
        let mut complaints = Vec::new();
        let code = deliver(&delivery, message, &mut complaints);
        (code, String::from_utf8(complaints).unwrap())
    });
    running.await.unwrap()
}

fn to(url: &str) -> Delivery {
    Delivery::new(url, "Incident Reports", "correspond")
}

// TC-183
#[test]
fn tc183_the_extension_of_the_address_is_what_the_alias_says() {
    let extended = |meaning, told| {
        let mut delivery = to("http://x.example");
        delivery.extend(meaning, told);
        (delivery.queue, delivery.action, delivery.ticket, delivery.extension)
    };
    let text = |text: &str| Some(text.to_owned());
    let usual = |queue: &str, action: &str, ticket, extension| (queue.to_owned(), action.to_owned(), ticket, extension);
    assert_eq!(extended(Some("queue"), Some("General")), usual("General", "correspond", None, text("General")));
    assert_eq!(extended(Some("action"), Some("comment")), usual("Incident Reports", "comment", None, text("comment")));
    assert_eq!(extended(Some("ticket"), Some("42")), usual("Incident Reports", "correspond", text("42"), text("42")));
    assert_eq!(extended(None, Some("edunet")), usual("Incident Reports", "correspond", None, text("edunet")));
    assert_eq!(extended(Some("edunet"), None), usual("Incident Reports", "correspond", None, text("edunet")));
    assert_eq!(extended(Some("ticket"), Some("")), usual("Incident Reports", "correspond", None, None));
}

// TC-181, TC-182: how it posts, and what its exit code tells the mail server.
testkit::both! {
    async fn a_piped_message_becomes_a_ticket(world: World) {
        let url = serve(door(&world)).await;
        assert_eq!(pipe(to(&format!("{url}/")), REPORT.as_bytes()).await, (0, String::new()));
        assert_eq!(how_many_tickets(&world).await, 1);
        let refused = "From: ray@bank.example\nSubject: [csirt.example #9]\n\nhi\n";
        assert_eq!(pipe(to(&url), refused.as_bytes()).await.0, 0);
        // IR-149
        let extended = Delivery { extension: Some("edunet".to_owned()), ..to(&url) };
        assert_eq!(pipe(extended, b"From: ray@bank.example\nSubject: Another\n\nhi\n").await.0, 0);
        let kept = inbox::get(&mut world.look().await, &world.actor("admin").await, 3).await.unwrap();
        assert_eq!(shown(&world, kept.ticket_id.unwrap()).await.queue.name, "Incident Reports - EDUNET");
        let unknown = Delivery { queue: "nowhere".to_owned(), extension: Some("x".to_owned()), ..to(&url) };
        assert_eq!(pipe(unknown, REPORT.as_bytes()).await.0, 75);
    }
}

#[test]
fn redirects_are_followed_by_posting_again() {
    World::test_on_sqlite(|world| async move {
        let url = serve(door(&world)).await;
        let to_there = format!("{url}{PATH}");
        let front = Router::new().route(PATH, any(move || async move { Redirect::permanent(&to_there) }));
        assert_eq!(pipe(to(&serve(front).await), REPORT.as_bytes()).await.0, 0);
        assert_eq!(how_many_tickets(&world).await, 1);
        let round = Router::new().route(PATH, any(|| async { Redirect::temporary(PATH) }));
        assert_eq!(pipe(to(&serve(round).await), REPORT.as_bytes()).await.0, 75);
    });
}

#[tokio::test]
async fn the_mail_server_keeps_the_message_when_nobody_takes_it() {
    let (code, complaint) = pipe(to("http://127.0.0.1:1"), REPORT.as_bytes()).await;
    assert_eq!(code, 75, "{complaint}");
    let odd = Router::new().fallback(|| async { (StatusCode::OK, "<html>sign in</html>") });
    assert_eq!(pipe(to(&serve(odd).await), REPORT.as_bytes()).await.0, 75);
    let broken = Router::new().fallback(|| async { (StatusCode::BAD_GATEWAY, "ok") });
    assert_eq!(pipe(to(&serve(broken).await), REPORT.as_bytes()).await.0, 75);
    let (code, complaint) = pipe(to("http://127.0.0.1:1"), b"").await;
    assert_eq!((code, complaint.contains("no message")), (0, true));
}
