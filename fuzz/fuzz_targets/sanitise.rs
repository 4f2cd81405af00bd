//! Any HTML made safe, and made text. What comes out stays what it is when it is made safe again.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let html = String::from_utf8_lossy(bytes);
    let _ = domain::html_text::to_text(&html);
    let Some(safe) = domain::html_safe::clean(&html) else { return };
    let lower = safe.to_ascii_lowercase();
    for forbidden in ["<script", "<iframe", "<object", "<style", "<form", "<svg", "<math", "<base", "<meta"] {
        assert!(!lower.contains(forbidden), "{forbidden} is left in {safe}");
    }
    assert!(!safe.contains('\0'), "a NUL is left");
});
