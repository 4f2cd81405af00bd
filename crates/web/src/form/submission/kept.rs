//! Files outlive a form that comes back: each is kept on arrival under a token, and the form sends the tokens again. What is
//! unticked is dropped. *Attach* sends the form for no other purpose.

use super::{MOST_INPUTS, Submission, Upload};
use actions::{Actor, FieldError, Result, upload};
use axum::http::HeaderMap;
use http_door::{App, actor_of_cookies, text::t};

/// The box of one kept file.
pub(crate) const KEPT: &str = "kept_file";
/// The button that attaches what was chosen and shows the form again.
pub(crate) const ATTACH: &str = "attach";

/// Brings back what was kept and keeps what is new. Strangers keep nothing: their form is answered by the sign-in page.
pub(super) async fn carry(app: &App, headers: &HeaderMap, form: &mut Submission) {
    let tokens: Vec<String> = form.all(KEPT).map(str::to_owned).collect();
    if !form.files.is_empty() || !tokens.is_empty() {
        let Ok(Some(actor)) = actor_of_cookies(app, headers).await else { return };
        if let Err(error) = exchange(app, &actor, form, &tokens).await {
            tracing::warn!(%error, "files of a form could not be kept");
            form.problem("files", "form-files-again");
        }
    }
    if form.has(ATTACH) {
        form.problems.push(FieldError::new("files", ""));
    }
}

async fn exchange(app: &App, actor: &Actor, form: &mut Submission, tokens: &[String]) -> Result<()> {
    let mut tx = app.desk.write().await?;
    let mut files = Vec::new();
    for token in tokens.iter().take(MOST_INPUTS) {
        match upload::kept(&mut tx, actor, token).await? {
            Some(found) => files.push(Upload {
                name: found.name,
                media_type: found.media_type,
                content: found.content,
                token: Some(found.token),
            }),
            None => form.problems.push(FieldError::new("files", t("form-file-gone"))),
        }
    }
    for mut file in std::mem::take(&mut form.files) {
        file.token = Some(upload::keep(&mut tx, actor, &file.name, &file.media_type, file.content.clone()).await?);
        files.push(file);
    }
    tx.commit().await?;
    let all: Vec<String> = files.iter().filter_map(|file| file.token.clone()).collect();
    form.replace(KEPT, &all);
    form.files = files;
    Ok(())
}
