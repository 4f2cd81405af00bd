//! Unpacks the compressed rich text of Outlook (MS-OXRTFCP). The result is up to nine times as long as what it was made from, and
//! bounded.

/// What the dictionary holds at first, given by the format.
const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbol\
ArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const SIZE: usize = 4096;
const HEADER: usize = 16;
const LONGEST: usize = 8 * 1024 * 1024;

/// `None` for what is no such text.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = bytes.get(HEADER..)?;
    match bytes.get(8..12)? {
        b"MELA" => Some(packed.to_vec()),
        b"LZFu" => Some(unpacked(packed)),
        _ => None,
    }
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut window = [0_u8; SIZE];
    for (place, byte) in window.iter_mut().zip(START) {
        *place = *byte;
    }
    let mut at = START.len();
    let mut out = Vec::new();
    let mut input = packed.iter().copied();
    'all: while let Some(control) = input.next() {
        if out.len() > LONGEST {
            break;
        }
        for bit in 0..8 {
            let Some(first) = input.next() else { break 'all };
            if control >> bit & 1 == 0 {
                put(&mut window, &mut at, &mut out, first);
                continue;
            }
            let Some(second) = input.next() else { break 'all };
            let offset = usize::from(first) << 4 | usize::from(second) >> 4;
            if offset == at {
                break 'all;
            }
            for step in 0..usize::from(second & 0xF) + 2 {
                let byte = window.get((offset + step) % SIZE).copied().unwrap_or_default();
                put(&mut window, &mut at, &mut out, byte);
            }
        }
    }
    out
}

fn put(window: &mut [u8; SIZE], at: &mut usize, out: &mut Vec<u8>, byte: u8) {
    if let Some(place) = window.get_mut(*at) {
        *place = byte;
    }
    *at = (*at + 1) % SIZE;
    out.push(byte);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of MS-OXRTFCP section 3.1.1.
    #[test]
    fn the_example_of_the_format_is_unpacked() {
        let mut bytes = vec![0x2D, 0, 0, 0, 0x2B, 0, 0, 0];
        bytes.extend(b"LZFu");
        bytes.extend([0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00]);
        bytes.extend(b"rcpg125");
        bytes.extend([0x42, 0x32, 0x0A, 0xF3, 0x20]);
        bytes.extend(b"hel");
        bytes.extend([0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xB0]);
        bytes.extend(b"ld}");
        bytes.extend([0x0A, 0x80, 0x0F, 0xA0]);
        assert_eq!(unpack(&bytes).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        assert_eq!(unpack(b"short"), None);
        assert!(unpack(&[0xFF; 40]).is_none());
    }
}
