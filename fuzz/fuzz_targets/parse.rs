//! Any bytes as a mail: read within the bounds, and every question answered.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail_read::{Incoming, Limits, PartBody, parse, steps};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { parts: 200, ..Limits::default() };
    let Ok(mut incoming) = parse(bytes, &limits) else { return };
    assert!(incoming.parts.len() <= limits.parts + 1, "more parts than allowed");
    assert!(held(&incoming) <= 16 * bytes.len() + 64 * 1024, "a small mail became a large one");
    let text = incoming.main_text();
    assert!(!text.contains('\0'), "PostgreSQL takes no NUL");
    steps::kind(&incoming, None);
    steps::envelope(&incoming);
    steps::forwarded(&incoming);
    steps::authentication(&incoming);
    let _ = domain::passage::passages(&text);
    let _ = domain::quotation::quoted(&text);
    for part in &incoming.parts {
        assert!(part.parent.is_none_or(|parent| parent < incoming.parts.len()), "a part hangs on none");
        part.text().and_then(domain::invitation::invitation);
    }
    steps::strip_control_headers(&mut incoming);
});

/// Bytes in the parts' bodies.
fn held(incoming: &Incoming) -> usize {
    let size = |body: &PartBody| match body {
        PartBody::Text(text) => text.len(),
        PartBody::Binary(bytes) => bytes.len(),
        PartBody::Container => 0,
    };
    incoming.parts.iter().map(|part| size(&part.body)).sum()
}
