//! Tickets as news: Atom (RFC 4287) and RSS 1.0.

use http_door::urls;
use jiff::Timestamp;

use super::xml::{element, escaped};
use super::{Told, feed::Item};

fn address(told: &Told<'_>, item: &Item) -> String {
    format!("{}{}", told.base, urls::ticket(item.of.ticket.id))
}

fn list_address(told: &Told<'_>) -> String {
    format!("{}{}", told.base, urls::search(&told.feed.query))
}

/// Both kinds of news write it as RFC 3339 does, without parts of seconds.
fn moment(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

fn title(item: &Item) -> String {
    format!("#{}: {}", item.of.ticket.id, item.of.ticket.subject)
}

pub(super) fn atom(told: &Told<'_>) -> String {
    let updated = told.items.iter().map(|item| item.of.ticket.updated).max().unwrap_or(told.feed.created);
    let link = list_address(told);
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n".to_owned();
    text.push_str(&element("id", &link));
    text.push_str(&element("title", &told.feed.name));
    text.push_str(&element("updated", &moment(updated)));
    text.push_str(&format!("<link rel=\"alternate\" href=\"{}\"/>\n", escaped(&link)));
    for item in told.items {
        let link = address(told, item);
        text.push_str("<entry>\n");
        text.push_str(&element("id", &link));
        text.push_str(&element("title", &title(item)));
        text.push_str(&element("published", &moment(item.of.ticket.created)));
        text.push_str(&element("updated", &moment(item.of.ticket.updated)));
        text.push_str(&format!("<author>{}</author>\n", element("name", item.of.creator.display_name()).trim_end()));
        text.push_str(&format!("<link rel=\"alternate\" href=\"{}\"/>\n", escaped(&link)));
        text.push_str(&format!("<summary type=\"text\">{}</summary>\n", escaped(&item.text)));
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}

pub(super) fn rss(told: &Told<'_>) -> String {
    let link = list_address(told);
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
        <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
        .to_owned();
    text.push_str(&format!("<channel rdf:about=\"{}\">\n", escaped(&link)));
    text.push_str(&element("title", &told.feed.name));
    text.push_str(&element("link", &link));
    text.push_str(&element("description", &told.feed.query));
    text.push_str("<items><rdf:Seq>\n");
    for item in told.items {
        text.push_str(&format!("<rdf:li rdf:resource=\"{}\"/>\n", escaped(&address(told, item))));
    }
    text.push_str("</rdf:Seq></items>\n</channel>\n");
    for item in told.items {
        let link = address(told, item);
        text.push_str(&format!("<item rdf:about=\"{}\">\n", escaped(&link)));
        text.push_str(&element("title", &title(item)));
        text.push_str(&element("link", &link));
        text.push_str(&element("description", &item.text));
        text.push_str(&element("dc:creator", item.of.creator.display_name()));
        text.push_str(&element("dc:date", &moment(item.of.ticket.created)));
        text.push_str("</item>\n");
    }
    text.push_str("</rdf:RDF>\n");
    text
}
