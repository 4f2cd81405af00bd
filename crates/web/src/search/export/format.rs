//! How a file of tickets is written.

use actions::lists::{Listed, plain};
use actions::{Error, Result};
use domain::layout::Column;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::list::Shown;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 4180, in UTF-8.
    Csv,
    /// Cells hold no tabs or line ends; these are spaces.
    Tsv,
    /// A list of objects by the titles of the columns.
    Json,
}

impl Format {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Tsv => "text/tab-separated-values; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    pub(super) fn head(self, columns: &[Column]) -> Result<Vec<u8>> {
        let titles = columns.iter().map(Shown::title);
        match self {
            Self::Csv | Self::Tsv => self.lines([titles.collect()].into_iter()),
            Self::Json => Ok(b"[".to_vec()),
        }
    }

    pub(super) fn rows(self, columns: &[Column], rows: &[Listed], zone: &TimeZone, is_first: bool) -> Result<Vec<u8>> {
        let cells = |row| columns.iter().map(move |column| plain(column, row, zone));
        if self != Self::Json {
            return self.lines(rows.iter().map(|row| cells(row).collect()));
        }
        let mut text = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            text.extend_from_slice(if is_first && place == 0 { b"\n" } else { b",\n" });
            let object: Map<String, Value> = columns.iter().map(Shown::title).zip(cells(row).map(Value::String)).collect();
            serde_json::to_writer(&mut text, &object).map_err(|error| Error::Internal(error.into()))?;
        }
        Ok(text)
    }

    pub(super) fn tail(self) -> Vec<u8> {
        if self == Self::Json { b"\n]\n".to_vec() } else { vec![] }
    }

    fn lines(self, rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new();
        match self {
            Self::Tsv => writer.delimiter(b'\t').quote_style(csv::QuoteStyle::Never),
            _ => writer.terminator(csv::Terminator::CRLF),
        };
        let mut writer = writer.from_writer(Vec::new());
        let failed = |error: csv::Error| Error::Internal(error.into());
        for row in rows {
            writer.write_record(row.iter().map(|cell| self.cell(cell))).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| Error::Internal(anyhow::anyhow!("{error}")))
    }

    fn cell(self, text: &str) -> String {
        let text = harmless(text);
        if self == Self::Tsv { text.replace(['\t', '\n', '\r'], " ") } else { text }
    }
}

/// Spreadsheets take what begins so for a formula, and carry it out.
fn harmless(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(format: Format, cells: &[&str]) -> String {
        let row = cells.iter().map(|cell| (*cell).to_owned()).collect();
        String::from_utf8(format.lines([row].into_iter()).unwrap()).unwrap()
    }

    #[test]
    fn tc280_no_cell_is_a_formula_or_breaks_out() {
        let cells = ["=1+1", " @SUM(A1)", "-2", "+3", "a \"b\", c", "two\nlines\tand a tab", "plain"];
        assert_eq!(lines(Format::Csv, &cells), "'=1+1,' @SUM(A1),'-2,'+3,\"a \"\"b\"\", c\",\"two\nlines\tand a tab\",plain\r\n");
        assert_eq!(lines(Format::Tsv, &cells), "'=1+1\t' @SUM(A1)\t'-2\t'+3\ta \"b\", c\ttwo lines and a tab\tplain\n");
    }
}
