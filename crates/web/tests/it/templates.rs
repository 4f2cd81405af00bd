//! The pages of templates.

use crate::browser::Browser;
use axum::http::StatusCode;

testkit::both! {
    async fn tc157_a_template_is_written_tried_on_a_ticket_and_deleted(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let ticket = world.report("Worm", "It spreads.").await.to_string();
        assert!(admin.get("/admin/templates").await.text("#templates").contains("Acknowledges a new ticket"));
        let with = |content: &'static str| [("name", "Alarm"), ("queue", ""), ("description", ""), ("content", content)];
        let page = admin.post("/admin/templates/new", &with("a\n{{ ticket.colour }}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#field-content-error").contains("Line 2") && page.text("#field-content").contains("ticket.colour"));
        let mut form = with("Subject: See\n\nOn {{ ticket.subject }}: {{ message.text }}").to_vec();
        form.extend([("ticket", ticket.as_str()), ("preview", "1")]);
        let page = admin.post("/admin/templates/new", &form).await;
        assert!(page.text("#preview").contains("On Worm: It spreads.") && page.text("#preview").contains("] See"), "{}", page.text("#preview"));
        form.pop();
        let page = admin.post("/admin/templates/new", &form).await;
        assert_eq!(page.text("h1"), "Alarm");
        let at = page.at.clone();
        let page = admin.get(&format!("{at}?ticket=4711")).await;
        assert!(page.text("#preview").contains("no ticket of this number") && page.text("#names").contains("ticket.due"));
        assert!(admin.get(&format!("{at}/delete")).await.text("h1").contains("Alarm"));
        admin.post(&format!("{at}/delete"), &[]).await;
        assert_eq!(admin.get(&at).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_template_in_use_is_not_deleted(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/templates").await;
        let href = page.attributes("#templates tbody a", "href")[0].clone();
        let page = admin.post(&format!("{href}/delete"), &[]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text("main").contains("Rules use the template"));
    }
}
