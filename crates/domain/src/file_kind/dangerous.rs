//! Which files run something when somebody opens them, or may. Pages hand them out in a container with a password only, so that
//! no double click is enough and no scanner on the way deletes evidence. Plain archives are not among them: what is in one is
//! taken out by a deliberate step, and logs come in them.

use super::{Found, extension};

/// Programs, scripts, shortcuts, office documents that may hold macros, pages that run in the browser, disk images.
const EXTENSIONS: &str = " \
    exe com scr pif dll sys drv ocx cpl msi msp mst msix appx appinstaller msu gadget application \
    elf so run appimage deb rpm dmg pkg command workflow dylib apk ipa jar jnlp class \
    bat cmd ps1 ps1xml psm1 psd1 psc1 vb vbe vbs js jse mjs wsf wsh wsc ws sct hta msc inf reg scf \
    sh bash zsh csh ksh py pyc pyw pyz pl php phar rb lua ahk au3 applescript scpt \
    lnk url website webloc desktop library-ms search-ms searchconnector-ms settingcontent-ms theme themepack contact job chm hlp \
    cab diagcab iso img udf vhd vhdx wim \
    htm html xhtml xht shtml mht mhtml svg svgz xsl xslt swf \
    doc dot docm dotm wiz xls xlt xlm xla xlam xll xlsm xltm xlsb xlw slk iqy oqy rqy dqy odc \
    ppt pot pps ppa ppam pptm potm ppsm sldm mdb mde accdb accde accda adp ade mad maf mam maq mar mas mat mau mav maw \
    one onepkg pub rtf grp rdp ";

const TYPES: [&str; 9] = [
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "text/javascript",
    "application/javascript",
    "application/x-msdownload",
    "application/x-msdos-program",
    "application/x-sh",
    "application/hta",
];

/// By what it is, by what it is called, and by what its sender says: any of them is enough.
#[must_use]
pub fn is_dangerous(name: &str, said: &str, found: Option<Found>) -> bool {
    let extension = extension(name);
    let by_name = !extension.contains(' ') && !extension.is_empty() && EXTENSIONS.contains(&format!(" {extension} "));
    by_name || TYPES.contains(&said) || found.is_some_and(runs)
}

fn runs(found: Found) -> bool {
    !matches!(found, Found::Picture(_) | Found::Pdf | Found::Zip | Found::OtherArchive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_name_or_type_is_enough() {
        assert!(is_dangerous("invoice.pdf", "application/pdf", Some(Found::Program)));
        for name in ["a.EXE", "a.pdf.js", "a.exe. . ", "a.docm", "a.iso", "a.xll", "a.html", "a.lnk", "a.svg"] {
            assert!(is_dangerous(name, "application/octet-stream", None), "{name}");
        }
        assert!(is_dangerous("part-2.bin", "text/html", None));
        for name in ["a.txt", "a.log", "a.pdf", "a.docx", "a.zip", "a.eml", "a.png", "exe", "a.", ".", "", "a.exe gone"] {
            assert!(!is_dangerous(name, "application/octet-stream", None), "{name}");
        }
    }
}
