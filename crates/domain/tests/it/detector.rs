use domain::detector::{Detector, Segment, segments, segments_by};
use proptest::prelude::*;

/// Recognised pieces only: `kind:text→what it stands for`.
fn short(segments: &[Segment<'_>]) -> String {
    let shown = segments.iter().filter_map(|segment| match segment {
        Segment::Text(_) => None,
        Segment::Url { text, host, .. } => Some(format!("url:{text}→{host}")),
        Segment::Ip { text, value } => Some(format!("ip:{text}→{value}")),
        Segment::Email { text, address, domain } => Some(format!("email:{text}→{address}→{domain}")),
        Segment::Domain { text } => Some(format!("domain:{text}")),
        Segment::Handle { text } => Some(format!("handle:{text}")),
    });
    shown.collect::<Vec<_>>().join(" ")
}

const CASES: &[(&str, &str)] = &[
    ("", ""),
    ("nothing here", ""),
    ("see http://www.bank.example/login.", "url:http://www.bank.example/login→www.bank.example"),
    ("(HTTPS://a.example/x_(y)) z", "url:HTTPS://a.example/x_(y)→a.example"),
    ("<http://a.example>, \"http://b.example/\"", "url:http://a.example→a.example url:http://b.example/→b.example"),
    ("http://u:p@a.example:8080/?q=1#f!", "url:http://u:p@a.example:8080/?q=1#f→a.example"),
    ("http://[2001:db8::1]:80/x", "url:http://[2001:db8::1]:80/x→2001:db8::1"),
    ("[http://a.example]", "url:http://a.example→a.example"),
    ("http://10.0.0.1/x?y=foo@b.example", "url:http://10.0.0.1/x?y=foo@b.example→10.0.0.1"),
    ("http://a.example?x", "url:http://a.example?x→a.example"),
    ("http://bücher.example/ü", "url:http://bücher.example/ü→bücher.example"),
    ("http://à.example/à", "url:http://à.example/à→à.example"),
    ("http:// https:///x http://) http://. xhttp://", ""),
    ("http://http://a.example/", "url:http://http://a.example/→http"),
    ("from 10.0.0.1, 1.2.3.4.5 and 256.1.1.1", "ip:10.0.0.1→10.0.0.1"),
    ("10.0.0.0/8 abcd::34/120 RT::IR", "ip:10.0.0.0→10.0.0.0 ip:abcd::34/120→abcd::-abcd::ff"),
    ("Ray <ray.o+x-1@bank.example>,", "email:<ray.o+x-1@bank.example>→ray.o+x-1@bank.example→bank.example"),
    ("mailto:ray@bank.example.", "email:mailto:ray@bank.example→ray@bank.example→bank.example"),
    (
        "<mailto:a@b.example> <c@d.example",
        "email:<mailto:a@b.example>→a@b.example→b.example email:c@d.example→c@d.example→d.example",
    ),
    ("mailto:<a@b.example>", "email:mailto:<a@b.example>→a@b.example→b.example"),
    ("foo@example", ""),
    ("@example.com", "domain:example.com"),
    ("foo@example.c foo@.com foo@a..com", ""),
    ("a@b.example@c.example", "email:a@b.example→a@b.example→b.example domain:c.example"),
    ("see www.bank.example or evil.com, setup.exe", "domain:www.bank.example domain:evil.com domain:setup.exe"),
    ("file.nosuchtld end.After", ""),
    ("ftp://files.example/x", "domain:files.example"),
    ("ABC1-RIPE 3232235777", ""),
];

// TC-113; IR-267 (ip), IR-269 (email), IR-270 (URL), IR-271 (domain), IR-273, and IR-265: non-ASCII text is preserved
#[test]
fn pieces_are_recognised_in_the_default_order() {
    for (text, expected) in CASES {
        assert_eq!(short(&segments(text)), *expected, "{text}");
    }
}

// IR-268, IR-272
#[test]
fn decimal_addresses_and_handles_are_found_when_asked_for() {
    let order = [Detector::DecimalIp, Detector::Handle];
    for (text, expected) in [
        ("3232235777.", "ip:3232235777→192.168.1.1"),
        ("33554432 33554433 3232235777= x3232235777 99999999999 1234567", "ip:33554433→2.0.0.1"),
        ("(ABC1-RIPE), abc-RIPE 1A-B RIPE ÄB-C", "handle:ABC1-RIPE"),
    ] {
        assert_eq!(short(&segments_by(text, &order)), expected, "{text}");
    }
}

// IR-263
#[test]
fn the_order_decides_who_claims_a_text() {
    let text = "http://a.example/";
    assert_eq!(short(&segments_by(text, &[Detector::Domain, Detector::Url])), "domain:a.example");
    assert_eq!(short(&segments_by(text, &[])), "");
    let named: Vec<_> = ["httpurl_overwrite", "ip", "email", "domain"].iter().filter_map(|name| Detector::named(name)).collect();
    assert_eq!(named, domain::detector::DEFAULT_ORDER);
    assert_eq!(Detector::named("nonsense"), None);
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in [
        "http://",
        "http://,",
        "http://a",
        "http://a@",
        "http://)",
        "a@",
        "a@b.",
        "@a.b",
        "<a@b.cc>",
        "mailto:",
        "(",
        ")",
        "1.",
        "::",
        "a.",
        "A-",
        "12345678 ",
        "http://a/)",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let joined: usize = segments(&text).iter().map(|segment| segment.text().len()).sum();
        assert_eq!(joined, text.len());
    }
}

const ALL: [Detector; 6] =
    [Detector::Url, Detector::Ip, Detector::Email, Detector::Domain, Detector::DecimalIp, Detector::Handle];

proptest! {
    #[test]
    fn the_pieces_joined_are_the_whole_text(
        text in any::<String>(),
        near in "([a-c1.:/@<>é() -]|http://|mailto:|[.]com|1[.]2[.]3[.]4|A-B){0,40}",
    ) {
        for text in [text, near] {
            for order in [&ALL[..4], &ALL[..]] {
                let pieces = segments_by(&text, order);
                prop_assert!(pieces.iter().all(|piece| !piece.text().is_empty()));
                prop_assert_eq!(pieces.iter().map(Segment::text).collect::<String>(), text.as_str());
            }
        }
    }
}
