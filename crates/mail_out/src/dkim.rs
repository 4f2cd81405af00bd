//! Signing letters so that receivers can tell they are ours (DKIM, RFC 6376; Ed25519: RFC 8463). The cryptography is ring's, which
//! TLS brings along; canonicalisation is ours, and held against the example of RFC 8463. No library that we may build on signs a
//! finished message without a resolver for the DNS or an RSA with a known weakness.

mod canonical;
#[cfg(test)]
mod examples;
mod key;

use canonical::{Field, body_hash, header};
pub use key::Key;

/// What is signed when nobody chose: what a reader sees, and what keeps a conversation together.
pub const USUAL_HEADERS: [&str; 13] = [
    "From",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
];
/// A line of the signature; RFC 5322 asks for at most 78.
const LINE: usize = 72;

/// Signs for one domain and those below it.
#[derive(Debug)]
pub struct Signer {
    domain: String,
    selector: String,
    headers: Vec<String>,
    key: Key,
}

impl Signer {
    /// What is wrong is told with the name of the value.
    pub fn new(domain: &str, selector: &str, headers: &[String], key: Key) -> Result<Self, String> {
        if !is_name(domain) || !domain.contains('.') {
            return Err(format!("domain: “{domain}” is no domain"));
        }
        if !is_name(selector) {
            return Err(format!("selector: “{selector}” is no selector"));
        }
        let usual = || USUAL_HEADERS.iter().map(|name| (*name).to_owned()).collect();
        let headers: Vec<String> = if headers.is_empty() { usual() } else { headers.to_vec() };
        if let Some(odd) =
            headers.iter().find(|name| name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        {
            return Err(format!("headers: “{odd}” is no name of a header"));
        }
        if !headers.iter().any(|name| name.eq_ignore_ascii_case("From")) {
            return Err("headers: From must be signed (RFC 6376, section 5.4)".to_owned());
        }
        Ok(Self { domain: domain.to_lowercase(), selector: selector.to_owned(), headers, key })
    }

    /// Whether mail from there is signed with this key; the longer domain of two fits better.
    fn fits(&self, domain: &str) -> bool {
        domain.strip_suffix(&self.domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The field that goes in front of a finished message.
    fn signature(&self, head: &[Field<'_>], body: &[u8]) -> Result<Vec<u8>, String> {
        let mut names: Vec<String> = Vec::new();
        let mut signed: Vec<u8> = Vec::new();
        for name in &self.headers {
            // of several the last comes first (RFC 6376, section 5.4.2)
            for field in head.iter().rev().filter(|field| field.name.eq_ignore_ascii_case(name)) {
                signed.extend(header(field));
                signed.extend(b"\r\n");
                names.push(name.to_lowercase());
            }
        }
        // once more than there is, so that nobody adds one without breaking the signature
        names.push("from".to_owned());
        let start = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed;\r\n\td={}; s={};\r\n\th={};\r\n\tbh={};\r\n\tb=",
            self.key.algorithm(),
            self.domain,
            self.selector,
            folded(&names.join(":"), ':'),
            body_hash(body),
        );
        let unsigned = Field::parse(start.as_bytes()).ok_or("the signature has no name")?;
        signed.extend(header(&unsigned));
        let signature = self.key.sign(&signed)?;
        let mut field = start.into_bytes();
        for (number, line) in signature.as_bytes().chunks(LINE).enumerate() {
            if number > 0 {
                field.extend(b"\r\n\t ");
            }
            field.extend(line);
        }
        field.extend(b"\r\n");
        Ok(field)
    }
}

/// The message with a signature by each key of the domain that it is from; as it is where there is none.
pub fn signed(signers: &[Signer], raw: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let (head, body) = canonical::split(raw);
    let fields = canonical::fields(head);
    let Some(domain) = fields.iter().find(|field| field.name.eq_ignore_ascii_case("From")).and_then(canonical::domain) else {
        return Ok(None);
    };
    let best = signers.iter().filter(|signer| signer.fits(&domain)).map(|signer| signer.domain.len()).max();
    let Some(best) = best else { return Ok(None) };
    let mut message = Vec::with_capacity(raw.len() + 1024);
    for signer in signers.iter().filter(|signer| signer.fits(&domain) && signer.domain.len() == best) {
        message.extend(signer.signature(&fields, body)?);
    }
    message.extend(raw);
    Ok(Some(message))
}

fn folded(text: &str, at: char) -> String {
    let (mut folded, mut width) = (String::new(), 0);
    for piece in text.split_inclusive(at) {
        if width + piece.len() > LINE && width > 0 {
            folded.push_str("\r\n\t ");
            width = 0;
        }
        folded.push_str(piece);
        width += piece.len();
    }
    folded
}

fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    text.len() <= 253 && text.split('.').all(label)
}
