use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use domain::ip_range::IpRange;
use proptest::prelude::*;

const GOOD: &[(&str, &str)] = &[
    ("192.168.20.1", "192.168.20.1"),
    (" 192.168.20.1\t", "192.168.20.1"),
    ("192.000.002.007", "192.0.2.7"),
    ("10.0.2.0/24", "10.0.2.0-10.0.2.255"),
    ("10.0.2.77/24", "10.0.2.0-10.0.2.255"),
    ("172.16/24", "172.16.0.0-172.16.0.255"),
    ("172.16.1/31", "172.16.1.0-172.16.1.1"),
    ("10/8", "10.0.0.0-10.255.255.255"),
    ("10.1.2.3/32", "10.1.2.3"),
    ("0.0.0.0/0", "0.0.0.0-255.255.255.255"),
    ("10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"),
    ("10.0.0.9 - 10.0.0.1", "10.0.0.1-10.0.0.9"),
    ("10.0.0.1-10.0.0.1", "10.0.0.1"),
    ("abcd:0000::0034", "abcd::34"),
    ("ABCD::34", "abcd::34"),
    ("::192.168.1.1", "::c0a8:101"),
    ("::ffff:192.168.1.1", "::ffff:c0a8:101"),
    ("::192.168.1.1/120", "::c0a8:100-::c0a8:1ff"),
    ("2001:db8::/32", "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("::1/128", "::1"),
    ("::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("abcd::35-abcd::34", "abcd::34-abcd::35"),
    ("::-::1", "::-::1"),
];

#[test]
fn ir107_ir110_ir111_tc142_tc143_every_form_is_read_and_shown_as_address_or_range() {
    for (text, shown) in GOOD {
        let range = IpRange::parse(text).unwrap();
        assert_eq!(range.to_string(), *shown, "{text}");
        assert_eq!(IpRange::parse(shown).unwrap(), range, "{text}");
    }
}

#[test]
fn ir112_anything_else_is_refused() {
    for text in [
        "",
        " ",
        "x",
        "1",
        "192.168",
        "192.168.1.",
        "192.168.1.256",
        "1.2.3.4.5",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/+8",
        "1.2.3.4/0008",
        "1.2.3.4/8/8",
        "/8",
        "1..2/8",
        "1.2.3.4-",
        "-1.2.3.4",
        "1.2.3.4-::1",
        "10.0.0.0/8-11.0.0.0/8",
        "::1/129",
        "abcd::34.3",
        "fe80::1%eth0",
        "[::1]",
        "1.2.3.٤",
        "0001.2.3.4",
        "1.2.3.4\n1.2.3.5",
    ] {
        assert!(IpRange::parse(text).is_err(), "{text}");
    }
}

#[test]
fn ir108_several_are_read_from_lines_and_commas() {
    let read = IpRange::parse_many("\n 10.0.0.1, 172.16/24\r\n\r\n::1 ,, 10.0.0.1-10.0.0.2\n").unwrap();
    let shown: Vec<_> = read.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["10.0.0.1", "172.16.0.0-172.16.0.255", "::1", "10.0.0.1-10.0.0.2"]);
    assert_eq!(IpRange::parse_many("10.0.0.1, nonsense").unwrap_err().text, "nonsense");
    assert!(IpRange::parse_many(" \n,").unwrap().is_empty());
}

#[test]
fn ir109_keys_are_of_fixed_width() {
    let key = |text: &str| IpRange::parse(text).unwrap().key();
    assert_eq!(key("192.0.2.7"), ("192.000.002.007".to_owned(), "192.000.002.007".to_owned()));
    let (start, end) = key("abcd::/120");
    assert_eq!(start, "abcd:0000:0000:0000:0000:0000:0000:0000");
    assert_eq!(end, "abcd:0000:0000:0000:0000:0000:0000:00ff");
}

#[test]
fn ir109_ir113_ranges_overlap_within_one_family_only() {
    for (left, right, expected) in [
        ("10.0.0.0/8", "10.1.2.3", true),
        ("10.0.0.0/31", "10.0.0.1-10.0.0.9", true),
        ("10.0.0.0/31", "10.0.0.2", false),
        ("::/0", "abcd::1", true),
        ("::/0", "10.0.0.1", false),
        ("::10.0.0.1", "10.0.0.1", false),
    ] {
        let (left, right) = (IpRange::parse(left).unwrap(), IpRange::parse(right).unwrap());
        assert_eq!((left.overlaps(&right), right.overlaps(&left)), (expected, expected), "{left} {right}");
    }
}

#[test]
fn json_is_what_is_shown() {
    let range: IpRange = serde_json::from_str("\"10.0.2.0/24\"").unwrap();
    assert_eq!(serde_json::to_string(&range).unwrap(), "\"10.0.2.0-10.0.2.255\"");
    assert!(serde_json::from_str::<IpRange>("\"x\"").is_err());
}

fn address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<u32>().prop_map(|bits| IpAddr::V4(Ipv4Addr::from(bits))),
        any::<u128>().prop_map(|bits| IpAddr::V6(Ipv6Addr::from(bits))),
        any::<u32>().prop_map(|bits| IpAddr::V6(Ipv4Addr::from(bits).to_ipv6_mapped())),
    ]
}

proptest! {
    #[test]
    fn shown_and_key_read_back_and_keys_sort_as_addresses(one in address(), two in address()) {
        let range = IpRange::new(one, two);
        prop_assert_eq!(range.is_some(), one.is_ipv4() == two.is_ipv4());
        if let Some(range) = range {
            prop_assert_eq!(IpRange::parse(&range.to_string()).unwrap(), range);
            let (start, end) = range.key();
            prop_assert!(start <= end);
            prop_assert_eq!(IpRange::parse(&format!("{start}-{end}")).unwrap(), range);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "[0-9a-f.:/ -]{0,50}") {
        let _ = (IpRange::parse(&text), IpRange::parse(&near));
    }
}
