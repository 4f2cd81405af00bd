//! Working in one constituency: every page is also there under `/c/<name>/`, and the addresses made while such a page is
//! answered stay there (IR-159). Which pages those are is decided where addresses are made; what it narrows, in `actions`.

use super::encode;
use std::future::Future;

const MARK: &str = "/c/";

tokio::task_local! { static PREFIX: String }

/// The home of one constituency; that of all for an empty name.
#[must_use]
pub fn constituency(name: &str) -> String {
    if name.is_empty() { "/".to_owned() } else { format!("{}/", prefix(name)) }
}

/// Answers a request under the prefix of a constituency.
pub async fn within<F: Future>(constituency: &str, answer: F) -> F::Output {
    PREFIX.scope(prefix(constituency), answer).await
}

/// A path with the prefix that the request being answered came under.
#[must_use]
pub fn scoped(path: &str) -> String {
    PREFIX.try_with(|prefix| format!("{prefix}{path}")).unwrap_or_else(|_| path.to_owned())
}

/// The name in the prefix as it is written there, and the address without the prefix; `None` when there is none.
#[must_use]
pub fn unprefixed(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix(MARK)?;
    let (name, _) = rest.split_once('/')?;
    (!name.is_empty()).then(|| (name, &rest[name.len()..]))
}

fn prefix(name: &str) -> String {
    format!("{MARK}{}", encode(name).replace('/', "%2F"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir159_a_prefix_is_put_on_and_taken_off() {
        assert_eq!((constituency(""), constituency("A/B ä")), ("/".to_owned(), "/c/A%2FB%20%C3%A4/".to_owned()));
        assert_eq!(unprefixed("/c/A%2FB/reports?page=2"), Some(("A%2FB", "/reports?page=2")));
        for address in ["/", "/c", "/c/", "/c//reports", "/c/EDUNET", "/countermeasures/new", "https://evil.example/c/x/"] {
            assert_eq!(unprefixed(address), None, "{address}");
        }
        assert_eq!(scoped("/reports"), "/reports", "outside a request nothing is put on");
    }
}
