use domain::observable::{TopLevelDomains, find_cves, find_domains, find_ips};
use proptest::prelude::*;

fn ips(text: &str) -> Vec<String> {
    find_ips(text).iter().map(ToString::to_string).collect()
}

/// Text, and what is found in it with blanks between.
const IPS: &[(&str, &str)] = &[
    ("attack from 192.168.20.1", "192.168.20.1"),
    ("192.168.20.1. 10.0.0.1, 10.0.0.2; (10.0.0.3)", "192.168.20.1 10.0.0.1 10.0.0.2 10.0.0.3"),
    ("255.255.255.255", "255.255.255.255"),
    ("255.255.255.256", ""),
    ("355.255.255.255", ""),
    ("1.2.3.4.5", ""),
    (".1.2.3.4", ""),
    ("11.2.3.4567", ""),
    ("1.2.3.4.", "1.2.3.4"),
    ("1.2.3.4.x", "1.2.3.4"),
    ("1.2.3.4...5", "1.2.3.4"),
    ("http://1.2.3.4/33", "1.2.3.4"),
    ("1.2.3.4:80", "1.2.3.4"),
    ("<10.0.0.1>[10.0.0.2]", "10.0.0.1 10.0.0.2"),
    ("10.0.0.1-10.0.0.2", "10.0.0.1 10.0.0.2"),
    ("192.168.1.0/24", "192.168.1.0-192.168.1.255"),
    ("192.168.1.77/24.", "192.168.1.0-192.168.1.255"),
    ("172.16/24 10.0/8", "172.16.0.0-172.16.0.255 10.0.0.0-10.255.255.255"),
    ("we work 24/7, 10/8 of the time, on 1/2", ""),
    ("1.2.3.4/0 1.2.3/0", ""),
    ("0.0.0.0 0.0.0.0/8 0/8 000.000.000.000 0.0.0.0/0", ""),
    ("8.13.8/8.13.0/1.0", ""),
    ("x 10.0.0.1 10.0.0.1/32 10.0.0.1", "10.0.0.1"),
    ("10.0.0.010", "10.0.0.10"),
    ("abcd::34", "abcd::34"),
    ("ABCD:0::34 abcd::34/128", "abcd::34"),
    ("abcd::34. Next", "abcd::34"),
    ("abcd::34... next", "abcd::34"),
    ("abcd::34.3", ""),
    ("abcd::34.x", ""),
    ("abcd::34:", ""),
    ("abcd::192.168.1.2", "abcd::c0a8:102"),
    ("abcd::192.168.1.2.3", ""),
    ("::ffff:192.168.1.1", "::ffff:c0a8:101"),
    ("[2001:db8::1]:80", "2001:db8::1"),
    ("2001:db8::/32", "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("::192.168.1.1/120", "::c0a8:100-::c0a8:1ff"),
    ("abcd::34/129", "abcd::34"),
    ("abcd::34/0 ::1.2.3.4/0", ""),
    (":: ::0 0:0:0:0:0:0:0:0 ::0.0.0.0 ::/8 0::/0 ::/0", ""),
    ("RT::IR Foo:: ::z a::é", ""),
    ("12:34:56 aa:bb:cc:dd:ee:ff", ""),
    ("日本10.0.0.1日本", "10.0.0.1"),
    ("é::1", ""),
];

// IR-195 (IPv4), IR-196 (networks; two octets at least, see docs/decisions), IR-197 (IPv6), IR-198 (each once)
#[test]
fn addresses_and_networks_are_found_in_text() {
    for (text, expected) in IPS {
        assert_eq!(ips(text).join(" "), *expected, "{text}");
    }
}

const DOMAINS: &[(&str, &str)] = &[
    ("see example.com and sub.Example.COM.", "example.com sub.Example.COM"),
    ("http://www.bank.example/login?x=evil.com", "www.bank.example evil.com"),
    ("ray@bank.example, <noc@isp.example>", "bank.example isp.example"),
    ("example.com example.com Example.com", "example.com Example.com"),
    ("bücher.de foo_bar.com a--b.com", ""),
    ("xn--bcher-kva.de XN--a.com x.xn--p1ai", "xn--bcher-kva.de XN--a.com x.xn--p1ai"),
    ("-foo.com- (foo.org) \"foo.net\"", "foo.com foo.org foo.net"),
    ("foo-.com foo.-bar.com", ""),
    ("1.2.3.4 v1.2 foo.c localhost com", ""),
    ("one.test two.invalid three.localhost four.example", "one.test two.invalid three.localhost four.example"),
    ("setup.exe notes.nosuchtld", ""),
    ("x.ck x.uk x.co.uk x.onion", "x.ck x.uk x.co.uk x.onion"),
    ("访问example.com网站", "example.com"),
    ("end...example.com..example.org", "example.com example.org"),
    ("12.in-addr.arpa", "12.in-addr.arpa"),
];

// IR-118, IR-200: URLs and addresses count, spellings are kept
#[test]
fn domain_names_are_found_in_text() {
    for (text, expected) in DOMAINS {
        assert_eq!(find_domains(text, &TopLevelDomains::Known).join(" "), *expected, "{text}");
    }
}

#[test]
fn labels_and_names_have_the_lengths_of_the_protocol() {
    let found = |text: &str| find_domains(text, &TopLevelDomains::Known).len();
    assert_eq!(found(&format!("{}.com", "a".repeat(63))), 1);
    assert_eq!(found(&format!("{}.com", "a".repeat(64))), 0);
    let name = |length: usize| format!("{}com", "a.".repeat((length - 3) / 2));
    assert_eq!((name(253).len(), found(&name(253)), found(&name(255))), (253, 1, 0));
}

// IR-119
#[test]
fn a_site_may_give_its_own_top_level_domains_or_none() {
    let text = "a.com b.corp c.nosuchtld d.test";
    let own = TopLevelDomains::from_list("# Version 2026\nCORP\n\n");
    assert_eq!(find_domains(text, &own), ["b.corp", "d.test"]);
    assert_eq!(find_domains(text, &TopLevelDomains::Any).len(), 4);
    assert_eq!(find_domains(text, &TopLevelDomains::known_and(&[".corp"])), ["a.com", "b.corp", "d.test"]);
}

// IR-120, IR-202
#[test]
fn cve_identifiers_are_found_in_text() {
    for (text, expected) in [
        ("CVE-2021-44228, cve-2014-0160; (Cve-2017-5638)", "CVE-2021-44228 cve-2014-0160 Cve-2017-5638"),
        ("CVE-2021-44228 CVE-2021-44228", "CVE-2021-44228"),
        ("xCVE-2021-44228 CVE-21-44228 CVE-2021-123 CVE 2021-1234", ""),
        ("修复CVE-2021-44228。", "CVE-2021-44228"),
        ("CVE-2021-44228x", ""),
    ] {
        assert_eq!(find_cves(text).join(" "), expected, "{text}");
    }
    assert!(find_cves(&format!("CVE-2021-{}", "1".repeat(20))).is_empty());
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in ["1.", "a:", "::", "1.2.3.4/", "a.", "a-", "..", "CVE-", "CVE-2021-1", ".é", "1", ":1.2.3"] {
        let text = piece.repeat(2_000_000 / piece.len());
        let _ = (find_ips(&text), find_domains(&text, &TopLevelDomains::Known), find_cves(&text));
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "[0-9a-f.:/ é-]{0,80}") {
        for text in [text, near] {
            let _ = (find_ips(&text), find_domains(&text, &TopLevelDomains::Known), find_cves(&text));
        }
    }

    #[test]
    fn an_address_between_blanks_is_always_found(bits in 1_u32.., six in 1_u128..) {
        let (four, six) = (std::net::Ipv4Addr::from(bits), std::net::Ipv6Addr::from(six));
        prop_assert_eq!(find_ips(&format!("a {four} b {six}.")), [four.into(), six.into()]);
    }
}
