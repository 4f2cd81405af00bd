//! Addresses and ranges of addresses as people write them and as they are stored and compared
//! (IR-106 to IR-113). Finding them in running text is left to `observable`.

mod read;

use std::{
    fmt::{Display, Formatter, Result as Written},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub(crate) use read::octet;

/// Both ends included and of one family, start not after end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IpRange {
    start: IpAddr,
    end: IpAddr,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{text}' is not a valid IP address or range")]
pub struct InvalidIpRange {
    pub text: String,
}

impl IpRange {
    /// A reversed range is swapped (IR-109); two families make no range.
    pub fn new(start: IpAddr, end: IpAddr) -> Option<Self> {
        (start.is_ipv4() == end.is_ipv4()).then(|| Self { start: start.min(end), end: start.max(end) })
    }

    pub fn single(address: IpAddr) -> Self {
        Self { start: address, end: address }
    }

    /// The network around an address (IR-111). `None` when the prefix is longer than the address.
    pub fn network(address: IpAddr, prefix: u8) -> Option<Self> {
        let network = ipnet::IpNet::new(address, prefix).ok()?;
        Some(Self { start: network.network(), end: network.broadcast() })
    }

    /// One address, `start-end` or CIDR, of either family (IR-107).
    pub fn parse(text: &str) -> Result<Self, InvalidIpRange> {
        read::range(text.trim()).ok_or_else(|| InvalidIpRange { text: shortened(text.trim()) })
    }

    /// One a line or separated by commas, forms mixed, blank ones skipped (IR-108).
    pub fn parse_many(text: &str) -> Result<Vec<Self>, InvalidIpRange> {
        text.split(['\n', '\r', ',']).map(str::trim).filter(|piece| !piece.is_empty()).map(Self::parse).collect()
    }

    pub fn start(&self) -> IpAddr {
        self.start
    }

    pub fn end(&self) -> IpAddr {
        self.end
    }

    pub fn is_single(&self) -> bool {
        self.start == self.end
    }

    /// Start and end in the fixed-width form that sorts as text (IR-109). `parse` reads it back.
    pub fn key(&self) -> (String, String) {
        (key(self.start), key(self.end))
    }

    /// IPv4 and IPv6 never overlap (IR-109, IR-113).
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start.is_ipv4() == other.start.is_ipv4() && self.start <= other.end && self.end >= other.start
    }
}

/// An error shows what was typed, but not a whole mail.
fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}

fn key(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => four.octets().map(|octet| format!("{octet:03}")).join("."),
        IpAddr::V6(six) => six.segments().map(|group| format!("{group:04x}")).join(":"),
    }
}

impl FromStr for IpRange {
    type Err = InvalidIpRange;

    fn from_str(text: &str) -> Result<Self, InvalidIpRange> {
        Self::parse(text)
    }
}

impl TryFrom<String> for IpRange {
    type Error = InvalidIpRange;

    fn try_from(text: String) -> Result<Self, InvalidIpRange> {
        Self::parse(&text)
    }
}

impl From<IpRange> for String {
    fn from(range: IpRange) -> Self {
        range.to_string()
    }
}

impl From<Ipv4Addr> for IpRange {
    fn from(address: Ipv4Addr) -> Self {
        Self::single(IpAddr::V4(address))
    }
}

impl From<Ipv6Addr> for IpRange {
    fn from(address: Ipv6Addr) -> Self {
        Self::single(IpAddr::V6(address))
    }
}

/// A network is never shown as CIDR (IR-110).
impl Display for IpRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write_address(f, self.start)?;
        if self.is_single() {
            return Ok(());
        }
        f.write_str("-")?;
        write_address(f, self.end)
    }
}

/// RFC 5952, but an embedded IPv4 address is shown as hex groups (IR-110), which the standard library's
/// form is not for mapped addresses.
fn write_address(f: &mut Formatter<'_>, address: IpAddr) -> Written {
    match address {
        IpAddr::V6(six) if six.to_ipv4_mapped().is_some() => {
            let [.., high, low] = six.segments();
            write!(f, "::ffff:{high:x}:{low:x}")
        }
        _ => write!(f, "{address}"),
    }
}
