use std::sync::Arc;

use mail_out::dkim::{Key, Signer};
use mail_out::transport::{Envelope, Memory, Signing, Transport};

const KEY: &str = include_str!("../../keys/rsa.pem");

#[tokio::test]
async fn letters_of_our_domain_go_out_signed_and_others_as_they_are() {
    let memory = Memory::default();
    let signer = Signer::new("csirt.example", "wb1", &[], Key::parse(KEY).unwrap()).unwrap();
    let signing = Signing::new(Arc::new(memory.clone()), vec![signer]);
    let envelope = Envelope { from: None, to: vec!["ray@bank.example".to_owned()] };
    let letter = |from: &str| format!("From: Desk <{from}>\r\nSubject: x\r\n\r\nhi\r\n");
    for from in ["reports@csirt.example", "reports@elsewhere.example"] {
        signing.send(&envelope, letter(from).as_bytes()).await.unwrap();
    }
    let sent: Vec<String> = memory.take().into_iter().map(|(_, raw)| String::from_utf8(raw).unwrap()).collect();
    assert!(sent[0].starts_with("DKIM-Signature: v=1; a=rsa-sha256;") && sent[0].ends_with(&letter("reports@csirt.example")));
    assert_eq!(sent[1], letter("reports@elsewhere.example"));
}
