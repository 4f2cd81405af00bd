//! What a message may ask of us in its header.

use crate::incoming::Incoming;

/// `RT-Control: no-autoopen` keeps a reply from opening its ticket (TC-155).
pub fn no_autoopen(incoming: &Incoming) -> bool {
    incoming
        .header_values("RT-Control")
        .flat_map(|value| value.split([',', ';', ' ']))
        .any(|word| word.trim().eq_ignore_ascii_case("no-autoopen"))
}
