//! A search's result as a spreadsheet: written to a file while it is read, and sent from there.

use std::fs::File;

use actions::sheet::{Book, Cell};
use actions::{Error, Result, lists};
use axum::body::Body;
use axum::response::IntoResponse;
use futures_util::stream::{Stream, try_unfold};
use tokio::io::AsyncReadExt;

use super::{Export, STEP};
use crate::component::table::Kind;
use crate::failure::Answer;
use crate::file;
use crate::list::Shown;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes sent at once.
const PIECE: usize = 64 * 1024;

pub(super) async fn send(export: Export) -> Answer {
    let file = written(export).await?;
    Ok((file::headers("tickets.xlsx", MEDIA_TYPE), Body::from_stream(pieces(file))).into_response())
}

async fn written(export: Export) -> Result<File> {
    let mut book = Book::default();
    book.sheet("tickets", export.columns.iter().map(Shown::title).collect())?;
    let zone = lists::zone_of(&export.actor);
    for step in export.ids.chunks(STEP) {
        let rows = export.rows(step).await?;
        let cells = |row| {
            let cell = |column| Cell::of(lists::plain(column, row, &zone), column.kind() == Kind::Number);
            export.columns.iter().map(cell).collect()
        };
        let cells: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        book = apart(move || {
            for row in cells {
                book.row(row)?;
            }
            Ok(book)
        })
        .await?;
    }
    apart(move || book.into_file()).await
}

/// Files are written where nobody else waits for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|broken| Error::Internal(broken.into()))?
}

fn pieces(file: File) -> impl Stream<Item = Result<Vec<u8>>> {
    try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece).await.map_err(|error| Error::Internal(error.into()))?;
        piece.truncate(length);
        Ok((length > 0).then_some((piece, file)))
    })
}
