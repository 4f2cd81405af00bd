//! Pages of lists, their order, and the object that every list is answered as (API-060 … API-066).

use super::Parameters;
use crate::call::Call;
use http_door::urls;
use serde_json::{Value, json};

const DEFAULT: i64 = 20;
const MOST: i64 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    page: i64,
    per_page: i64,
}

impl Paging {
    pub(crate) fn read(parameters: &Parameters) -> Self {
        let positive =
            |name: &str| parameters.get(name).and_then(|text| text.trim().parse::<i64>().ok()).filter(|number| *number > 0);
        // bounded so that no arithmetic on pages can overflow
        let page = positive("page").unwrap_or(1).min(i64::from(u32::MAX));
        Self { page, per_page: positive("per_page").unwrap_or(DEFAULT).min(MOST) }
    }

    pub(crate) fn limit(self) -> i64 {
        self.per_page
    }
    pub(crate) fn offset(self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// The answer; behind the last page nothing comes and the way leads back to the last one.
    pub(crate) fn list(self, call: &Call, total: i64, items: Vec<Value>) -> Value {
        let pages = total.div_euclid(self.per_page) + i64::from(total % self.per_page > 0);
        let mut list = json!({
            "count": items.len(), "page": self.page, "pages": pages, "per_page": self.per_page, "total": total, "items": items,
        });
        if self.page < pages {
            list["next_page"] = json!(link(call, self.page + 1));
        }
        if self.page > 1 && pages > 0 {
            list["prev_page"] = json!(link(call, (self.page - 1).min(pages)));
        }
        list
    }
}

/// The same address with all its parameters and another page.
fn link(call: &Call, page: i64) -> String {
    let path = call.parts.uri.path().strip_prefix(crate::site::PREFIX).unwrap_or_default().trim_start_matches('/');
    let own = Parameters::parse(call.parts.uri.query().unwrap_or_default());
    let others = own.iter().filter(|(name, _)| *name != "page");
    let mut query: Vec<String> = others.map(|(name, value)| format!("{}={}", urls::encode(name), urls::encode(value))).collect();
    query.push(format!("page={page}"));
    format!("{}?{}", call.site.url(path), query.join("&"))
}

/// `orderby` and `order`, paired by position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorting(pub(crate) Vec<(String, bool)>);

impl Sorting {
    /// Names, and whether they descend.
    pub(crate) fn read(parameters: &Parameters) -> Self {
        let orders: Vec<&str> = parameters.all("order").collect();
        let descends = |position: usize| orders.get(position).is_some_and(|order| order.trim().eq_ignore_ascii_case("DESC"));
        Self(parameters.all("orderby").enumerate().map(|(position, name)| (name.trim().to_owned(), descends(position))).collect())
    }

    /// For lists that are kept in the order they came about.
    pub(crate) fn newest_first(&self) -> bool {
        self.0.iter().find(|(name, _)| matches!(name.as_str(), "id" | "Created")).is_some_and(|(_, descends)| *descends)
    }
}

/// Counts what passes by and keeps one page of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) seen: i64,
    from: i64,
    until: i64,
}

impl Window {
    /// Only counts.
    pub(crate) fn closed() -> Self {
        Self { seen: 0, from: 0, until: 0 }
    }
    pub(crate) fn of(paging: Paging) -> Self {
        Self { seen: 0, from: paging.offset(), until: paging.offset() + paging.limit() }
    }
    /// The same page counted from the other end.
    pub(crate) fn from_end(paging: Paging, total: i64) -> Self {
        let until = (total - paging.offset()).max(0);
        Self { seen: 0, from: (until - paging.limit()).max(0), until }
    }
    pub(crate) fn admits(&mut self) -> bool {
        let place = self.seen;
        self.seen += 1;
        place >= self.from && place < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_positive_number_means_the_default() {
        let read = |text: &str| Paging::read(&Parameters::parse(text));
        for odd in ["", "page=0&per_page=-1", "page=x&per_page=1.5", "page=&per_page="] {
            assert_eq!(read(odd), Paging { page: 1, per_page: 20 }, "{odd}");
        }
        assert_eq!(read("page=3&per_page=1000"), Paging { page: 3, per_page: 100 });
        assert!(read("page=9223372036854775807&per_page=100").offset() > 0);
    }

    #[test]
    fn a_window_keeps_one_page_from_either_end() {
        let paging = Paging { page: 2, per_page: 2 };
        let kept = |mut window: Window| (0..5).filter(|_| window.admits()).collect::<Vec<_>>();
        assert_eq!(kept(Window::of(paging)), [2, 3]);
        assert_eq!(kept(Window::from_end(paging, 5)), [1, 2]);
        assert_eq!(kept(Window::from_end(Paging { page: 3, per_page: 2 }, 5)), [0]);
        assert!(kept(Window::closed()).is_empty());
    }
}
