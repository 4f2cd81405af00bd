//! The private key, from a file as `openssl genpkey` writes it.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};

pub struct Key(Kind);

enum Kind {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.algorithm())
    }
}

impl Key {
    /// A PEM text: RSA with 2048 bits or more, or Ed25519.
    pub fn parse(pem: &str) -> Result<Self, String> {
        let (kind, der) = decoded(pem)?;
        if kind == "RSA PRIVATE KEY" {
            return rsa(RsaKeyPair::from_der(&der));
        }
        if kind != "PRIVATE KEY" {
            return Err(format!("it holds “{kind}”; expected a private key that is not encrypted"));
        }
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            return Ok(Self(Kind::Ed25519(key)));
        }
        rsa(RsaKeyPair::from_pkcs8(&der))
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match self.0 {
            Kind::Rsa(_) => "rsa-sha256",
            Kind::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// What the DNS has to say of it: the value of the record at `selector._domainkey.domain`.
    #[must_use]
    pub fn record(&self) -> String {
        match &self.0 {
            Kind::Rsa(key) => format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public_key_info(key.public_key().as_ref()))),
            Kind::Ed25519(key) => format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(key.public_key())),
        }
    }

    /// In Base64.
    pub(super) fn sign(&self, message: &[u8]) -> Result<String, String> {
        Ok(STANDARD.encode(match &self.0 {
            Kind::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| "the key cannot sign".to_owned())?;
                signature
            }
            // RFC 8463, section 3: the hash is signed
            Kind::Ed25519(key) => key.sign(ring::digest::digest(&ring::digest::SHA256, message).as_ref()).as_ref().to_vec(),
        }))
    }
}

fn rsa(outcome: Result<RsaKeyPair, ring::error::KeyRejected>) -> Result<Key, String> {
    let key = outcome.map_err(|error| format!("no RSA key of 2048 bits or more, and no Ed25519 key ({error})"))?;
    Ok(Key(Kind::Rsa(Box::new(key))))
}

/// What stands between the first pair of dashed lines.
fn decoded(pem: &str) -> Result<(String, Vec<u8>), String> {
    let none = || "it is no key in PEM".to_owned();
    let (_, rest) = pem.split_once("-----BEGIN ").ok_or_else(none)?;
    let (kind, rest) = rest.split_once("-----").ok_or_else(none)?;
    let (inside, _) = rest.split_once("-----END").ok_or_else(none)?;
    let packed: String = inside.split_whitespace().collect();
    Ok((kind.to_owned(), STANDARD.decode(packed).map_err(|_| none())?))
}

/// RFC 5280: the key with the name of its algorithm, as verifiers expect it.
fn public_key_info(key: &[u8]) -> Vec<u8> {
    const RSA: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let mut bits = vec![0];
    bits.extend(key);
    let mut inside = RSA.to_vec();
    inside.extend(block(0x03, &bits));
    block(0x30, &inside)
}

fn block(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut block = vec![tag];
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|&byte| byte == 0).collect();
    if content.len() >= 0x80 {
        block.push(0x80 | u8::try_from(length.len()).unwrap_or(0));
    }
    block.extend(length);
    block.extend(content);
    block
}
