//! Reading `multipart/form-data` (RFC 7578) piece by piece: what goes beyond the limits is read and dropped, so that the
//! browser gets our page instead of a broken connection.

use super::{LONGEST_TEXT, MOST_INPUTS, Submission, Upload};
use axum::extract::{
    DefaultBodyLimit, FromRequest, Multipart, Request,
    multipart::{Field, MultipartError},
};

/// A body of more than this many times the limit is not read to its end.
const PATIENCE: usize = 4;
const OVERHEAD: usize = 1024 * 1024;

pub(super) async fn read(mut request: Request, limit: usize) -> Submission {
    let mut submission = Submission::default();
    DefaultBodyLimit::max(limit.saturating_mul(PATIENCE).saturating_add(OVERHEAD)).apply(&mut request);
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        submission.problem("", "form-broken");
        return submission;
    };
    let mut left = limit;
    loop {
        let outcome = match parts.next_field().await {
            Ok(Some(part)) => take(&mut submission, part, &mut left).await,
            Ok(None) => return submission,
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            submission.problem("", "form-broken");
            return submission;
        }
    }
}

async fn take(submission: &mut Submission, mut part: Field<'_>, left: &mut usize) -> Result<(), MultipartError> {
    let name = part.name().unwrap_or_default().to_owned();
    let file_name = part.file_name().map(str::to_owned);
    let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let is_full = submission.inputs.len() + submission.files.len() + submission.field_files.len() >= MOST_INPUTS;
    // one byte more than a text may have, so that it is seen to be too long
    let most = if file_name.is_some() { *left } else { (*left).min(LONGEST_TEXT + 1) };
    let mut content = Vec::new();
    let mut fits = true;
    while let Some(piece) = part.chunk().await? {
        let room = most.saturating_sub(content.len());
        fits &= piece.len() <= room;
        if !is_full {
            content.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        }
    }
    *left = left.saturating_sub(content.len());
    match file_name {
        // what a browser sends for a chooser that nothing was chosen in
        Some(file) if file.is_empty() && content.is_empty() => {}
        Some(_) if !fits => submission.problem(if name.starts_with("cf-") { &name } else { "files" }, "form-files-too-large"),
        Some(_) if is_full => submission.problem("files", "form-too-many-inputs"),
        Some(file) if name.starts_with("cf-") => {
            submission.field_files.push((name, Upload { name: file, media_type, content, token: None }));
        }
        Some(file) => submission.files.push(Upload { name: file, media_type, content, token: None }),
        None => {
            submission.receive(&name, &String::from_utf8_lossy(&content));
            if !fits {
                submission.problem(&name, "form-text-too-long");
            }
        }
    }
    Ok(())
}
