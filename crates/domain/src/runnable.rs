//! Files that could run when somebody opens them: we pass none of them on as they are.

/// Endings that the usual systems run, or open in a program that runs what is inside.
const ENDINGS: [&str; 46] = [
    "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "dll", "cpl", "ocx", "sys", "drv", "vbs", "vbe", "js", "jse", "mjs",
    "ws", "wsf", "wsh", "hta", "ps1", "psm1", "psd1", "reg", "inf", "lnk", "url", "scf", "chm", "hlp", "jar", "class", "jnlp",
    "apk", "app", "dmg", "sh", "run", "elf", "py", "pl", "docm", "xlsm", "pptm",
];
/// How programs begin: Windows, Linux, macOS, scripts.
const BEGINNINGS: [&[u8]; 6] = [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xcf", b"#!"];

/// By what it is called or by how it begins; what the sender says of its type does not count.
#[must_use]
pub fn is_runnable(name: &str, content: &[u8]) -> bool {
    let name = name.trim_end_matches(['.', ' ']).to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending) || BEGINNINGS.iter().any(|beginning| content.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_name_and_by_content() {
        assert!(is_runnable("Invoice.PDF.exe", b"") && is_runnable("a.js. ", b"") && is_runnable("a.pdf", b"MZ\x90"));
        assert!(!is_runnable("log.txt", b"GET /") && !is_runnable("exe", b"") && !is_runnable("", b""));
    }
}
