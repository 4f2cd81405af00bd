mod local;
mod signing;
mod smtp;

use mail_out::Envelope;

fn envelope(to: &[&str]) -> Envelope {
    Envelope { from: Some("cert@example.org".to_owned()), to: to.iter().map(|&address| address.to_owned()).collect() }
}
