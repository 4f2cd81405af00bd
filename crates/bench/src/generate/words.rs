//! What generated messages say: two kilobytes of log lines and greetings, with addresses of the range that RFC 2544 keeps for
//! measurements and names of RFC 2606.

use super::chance::Chance;

const SUBJECTS: [&str; 10] = [
    "Scans of port 22 from your network",
    "Phishing page for a bank",
    "Spam from a mail server",
    "Compromised web shop",
    "Open resolver answers everybody",
    "Ransomware on a file server",
    "Leaked passwords on a paste site",
    "Denial of service against our name servers",
    "Malware download",
    "Defaced site",
];
pub(super) const CLASSIFICATIONS: [&str; 6] = ["Spam", "System Compromise", "Query", "Scan", "Denial of Service", "Piracy"];

/// What a family of tickets is about.
pub(super) struct Matter {
    pub(super) subject: String,
    pub(super) addresses: Vec<String>,
    pub(super) domain: String,
}

impl Matter {
    pub(super) fn think_up(chance: &mut Chance) -> Self {
        let address =
            |chance: &mut Chance| format!("198.{}.{}.{}", 18 + chance.number(2), chance.number(256), chance.number(256));
        let addresses: Vec<String> = (0..=chance.number(3)).map(|_| address(chance)).collect();
        let domain = format!("host{}.net{}.example", chance.number(5_000), chance.number(200));
        let subject = format!("{} ({domain}, case {})", chance.pick(&SUBJECTS), chance.number(1_000_000));
        Self { subject, addresses, domain }
    }

    /// About as many bytes as asked for.
    pub(super) fn letter(&self, chance: &mut Chance, bytes: usize) -> String {
        let mut text = format!("Dear colleagues,\n\nwe see this concerning {}. Please look into it.\n\n", self.domain);
        while text.len() < bytes {
            let address = chance.pick(&self.addresses);
            text.push_str(&format!(
                "{:02}:{:02}:{:02} gateway{} sshd[{}]: Failed password for root from {address} port {} ssh2\n",
                chance.number(24),
                chance.number(60),
                chance.number(60),
                chance.number(9),
                chance.number(30_000),
                1_024 + chance.number(60_000)
            ));
        }
        text.push_str("\nKind regards\n");
        text
    }
}
