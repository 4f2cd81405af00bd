//! Tables as a spreadsheet (XLSX). Rows go to a temporary file as they come, so that memory does not grow with them; text stays text:
//! nothing becomes a formula or a link (TC-280).

use crate::{Error, Result};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::{
    fs::File,
    io::{Seek, SeekFrom},
};

/// Characters that a cell holds.
const LONGEST: usize = 32_767;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
}

impl Cell {
    /// A number where the text is one and its column has numbers.
    #[must_use]
    pub fn of(text: String, numeric: bool) -> Self {
        match text.parse() {
            Ok(number) if numeric => Self::Number(number),
            _ => Self::Text(text),
        }
    }
}

/// A spreadsheet being written, sheet by sheet.
#[derive(Default)]
pub struct Book {
    workbook: Workbook,
    names: Vec<String>,
    next: u32,
}

impl Book {
    /// Begins a sheet with titles of its columns; what is written next stands in it.
    pub fn sheet(&mut self, name: &str, titles: Vec<String>) -> Result<()> {
        let name = self.name(name);
        self.workbook.add_worksheet_with_constant_memory().map_err(failed)?.set_name(&name).map_err(failed)?;
        self.names.push(name.to_lowercase());
        self.next = 0;
        self.row(titles.into_iter().map(Cell::Text).collect())
    }

    pub fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        let Some(last) = self.names.len().checked_sub(1) else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(last).map_err(failed)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) if text.chars().count() > LONGEST => {
                    sheet.write_string(self.next, column, text.chars().take(LONGEST).collect::<String>()).map_err(failed)?
                }
                Cell::Text(text) => sheet.write_string(self.next, column, text).map_err(failed)?,
                // exact as far as spreadsheets know numbers
                Cell::Number(number) => sheet.write_number(self.next, column, number as f64).map_err(failed)?,
            };
        }
        self.next += 1;
        Ok(())
    }

    /// The whole, in a file without a name, from its beginning.
    pub fn into_file(mut self) -> Result<File> {
        let mut file = tempfile::tempfile().map_err(|error| Error::Internal(error.into()))?;
        self.workbook.save_to_writer(&mut file).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(|error| Error::Internal(error.into()))?;
        Ok(file)
    }

    /// The same in memory, for letters.
    pub fn into_bytes(mut self) -> Result<Vec<u8>> {
        self.workbook.save_to_buffer().map_err(failed)
    }

    /// As spreadsheets allow it, and no other sheet is called.
    fn name(&self, wanted: &str) -> String {
        let plain: String = wanted.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let plain =
            Some(plain.trim()).filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("history")).unwrap_or("Sheet");
        let cut = |room: usize| plain.chars().take(room).collect::<String>().trim().to_owned();
        let numbered = (2..).map(|number| format!("{} {number}", cut(LONGEST_NAME - 5)));
        let mut names = std::iter::once(cut(LONGEST_NAME)).chain(numbered);
        names.find(|name| !self.names.contains(&name.to_lowercase())).unwrap_or_default()
    }
}

fn failed(error: XlsxError) -> Error {
    Error::Internal(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_and_their_own() {
        let mut book = Book::default();
        let long = "A name that is longer than what a sheet may have";
        for name in ["a/b[c]", "A B C", "'", "History", long, long] {
            book.sheet(name, vec!["x".to_owned()]).unwrap();
        }
        assert_eq!(book.names[..4], ["a b c", "a b c 2", "sheet", "sheet 2"]);
        assert!(book.names.iter().all(|name| name.chars().count() <= LONGEST_NAME));
        assert!(book.into_bytes().unwrap().starts_with(b"PK"));
    }

    #[test]
    fn numbers_are_numbers_only_where_they_may_be() {
        assert_eq!(Cell::of("007".to_owned(), false), Cell::Text("007".to_owned()));
        assert_eq!(Cell::of("7".to_owned(), true), Cell::Number(7));
        assert_eq!(Cell::of("=1+1".to_owned(), true), Cell::Text("=1+1".to_owned()));
    }
}
