//! Signatures held against the example of RFC 8463, appendix A, and against what a verifier does.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::canonical::{self, Field, body_hash, header, sha256};
use super::*;

const MESSAGE: &str = "From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\n\
    Subject: Is dinner ready?\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
    Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n\
    Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
const SIGNATURE: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n \
    q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n \
    bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n \
    Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

const RSA_KEY: &str = include_str!("../../tests/keys/rsa.pem");
const ED25519_KEY: &str = include_str!("../../tests/keys/ed25519.pem");

fn tag(signature: &str, name: &str) -> String {
    let tags = signature.split_once(':').map_or("", |(_, tags)| tags).split(';');
    let found = tags.filter_map(|tag| tag.split_once('=')).find(|(key, _)| key.trim() == name);
    found.map(|(_, value)| value.split_whitespace().collect()).unwrap_or_default()
}

/// What a verifier makes of the first field of a message, with the key from the DNS.
fn is_valid(message: &str, signature: &str, record: &str) -> bool {
    let (head, body) = canonical::split(message.as_bytes());
    let fields = canonical::fields(head);
    let mut left: Vec<&Field<'_>> = fields.iter().filter(|field| !field.name.eq_ignore_ascii_case("DKIM-Signature")).collect();
    let mut data = Vec::new();
    for name in tag(signature, "h").split(':') {
        // from the bottom up, each once; a name too many is nothing
        if let Some(at) = left.iter().rposition(|field| field.name.eq_ignore_ascii_case(name)) {
            data.extend(header(left.remove(at)));
            data.extend(b"\r\n");
        }
    }
    let (start, _) = signature.rsplit_once("b=").expect("a signature");
    data.extend(header(&Field::parse(format!("{start}b=").as_bytes()).expect("a field")));
    let bytes = STANDARD.decode(tag(signature, "b")).expect("Base64");
    let key = STANDARD.decode(record).expect("Base64");
    let verified = match tag(signature, "a").as_str() {
        "ed25519-sha256" => UnparsedPublicKey::new(&ED25519, key).verify(&sha256(&data), &bytes),
        // without the name of the algorithm in front
        _ => UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.get(24..).expect("a key")).verify(&data, &bytes),
    };
    verified.is_ok() && tag(signature, "bh") == body_hash(body)
}

fn signer(domain: &str, key: &str, headers: &[&str]) -> Signer {
    let headers: Vec<String> = headers.iter().map(|name| (*name).to_owned()).collect();
    Signer::new(domain, "wb1", &headers, Key::parse(key).expect("a key")).expect("sound")
}

fn signature_of(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message).into_owned();
    let end = text.find("\r\nFrom:").expect("it is in front");
    text[..end].to_owned()
}

#[test]
fn the_example_of_rfc_8463_is_valid_and_a_changed_one_is_not() {
    assert!(is_valid(MESSAGE, SIGNATURE, PUBLIC));
    assert!(!is_valid(&MESSAGE.replace("dinner", "lunch"), SIGNATURE, PUBLIC));
    assert!(!is_valid(&MESSAGE.replace("hungry", "thirsty"), SIGNATURE, PUBLIC));
    // what mail systems do to blanks does no harm
    let relaid = MESSAGE
        .replace("Subject: Is", "SUBJECT:   Is\r\n\t")
        .replace("game.  Are", "game. \tAre")
        .replace("Joe.\r\n", "Joe. \r\n\r\n\r\n");
    assert!(is_valid(&relaid, SIGNATURE, PUBLIC));
}

#[test]
fn letters_are_signed_by_both_kinds_of_keys() {
    for (key, algorithm) in [(RSA_KEY, "rsa-sha256"), (ED25519_KEY, "ed25519-sha256")] {
        let signers = [signer("football.example.com", key, &[])];
        let message = signed(&signers, MESSAGE.as_bytes()).expect("signed").expect("ours");
        let signature = signature_of(&message);
        assert_eq!((tag(&signature, "a").as_str(), tag(&signature, "d").as_str()), (algorithm, "football.example.com"));
        assert_eq!(tag(&signature, "h"), "from:to:subject:date:message-id:from");
        let record = signers[0].key.record();
        let (_, public) = record.split_once("p=").expect("a record");
        let text = String::from_utf8(message).expect("text");
        assert!(is_valid(&text, &signature, public), "{text}");
        assert!(!is_valid(&text.replace("dinner", "lunch"), &signature, public));
        assert!(!is_valid(&format!("{signature}\r\nFrom: x@evil.example\r\n{MESSAGE}"), &signature, public), "a second From");
        assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    }
}

#[test]
fn each_domain_has_its_keys_and_others_go_out_as_they_are() {
    let both = [signer("example.com", RSA_KEY, &["From"]), signer("football.example.com", ED25519_KEY, &["From", "Subject"])];
    let message = signed(&both, MESSAGE.as_bytes()).expect("signed").expect("ours");
    assert_eq!(tag(&signature_of(&message), "h"), "from:subject:from", "the longer domain fits better");
    let above = MESSAGE.replace("joe@football.", "joe@chess.");
    assert_eq!(tag(&signature_of(&signed(&both, above.as_bytes()).expect("signed").expect("ours")), "d"), "example.com");
    for other in ["joe@badexample.com", "joe@example.org", "nobody"] {
        let message = MESSAGE.replace("joe@football.example.com", other);
        assert_eq!(signed(&both, message.as_bytes()), Ok(None), "{other}");
    }
    let twice = [signer("example.com", RSA_KEY, &[]), signer("example.com", ED25519_KEY, &[])];
    let message = String::from_utf8(signed(&twice, MESSAGE.as_bytes()).expect("signed").expect("ours")).expect("text");
    assert_eq!(message.matches("DKIM-Signature:").count(), 2);
}

#[test]
fn what_is_no_key_and_what_cannot_be_signed_is_told() {
    let told = |pem: &str| Key::parse(pem).expect_err("no key");
    assert!(told("nonsense").contains("PEM"));
    assert!(told(include_str!("../../tests/keys/short.pem")).contains("2048 bits"));
    assert!(told("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----").contains("not encrypted"));
    let new = |domain: &str, selector: &str, header: &str| {
        let key = Key::parse(ED25519_KEY).expect("a key");
        Signer::new(domain, selector, &[header.to_owned()], key).expect_err("unsound")
    };
    assert!(new("x y", "wb1", "From").starts_with("domain:"));
    assert!(new("csirt.example", "a;b", "From").starts_with("selector:"));
    assert!(new("csirt.example", "wb1", "Subject").starts_with("headers:"));
    assert!(new("csirt.example", "wb1", "From:").starts_with("headers:"));
    assert!(!format!("{:?}", Key::parse(RSA_KEY)).contains("MII"));
}
