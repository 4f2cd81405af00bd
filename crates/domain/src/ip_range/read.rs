//! The forms of IR-107. Octets may have leading zeros and are decimal all the same.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::IpRange;

pub(super) fn range(text: &str) -> Option<IpRange> {
    if let Some((address, prefix)) = text.split_once('/') {
        return network(address.trim_end(), prefix.trim_start());
    }
    if let Some((start, end)) = text.split_once('-') {
        return IpRange::new(address(start.trim_end())?, address(end.trim_start())?);
    }
    address(text).map(IpRange::single)
}

fn network(text: &str, prefix: &str) -> Option<IpRange> {
    let digits = (1..=3).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_digit());
    let prefix = digits.then(|| prefix.parse::<u8>().ok()).flatten()?;
    let address = shortened_four(text).map(IpAddr::V4).or_else(|| six(text))?;
    IpRange::network(address, prefix)
}

fn address(text: &str) -> Option<IpAddr> {
    let whole = text.bytes().filter(|&byte| byte == b'.').count() == 3;
    whole.then(|| shortened_four(text)).flatten().map(IpAddr::V4).or_else(|| six(text))
}

fn six(text: &str) -> Option<IpAddr> {
    text.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

/// One to four octets; those left out are zero.
fn shortened_four(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut places = octets.iter_mut();
    for part in text.split('.') {
        *places.next()? = octet(part)?;
    }
    Some(Ipv4Addr::from(octets))
}

pub(crate) fn octet(digits: &str) -> Option<u8> {
    let sound = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}
