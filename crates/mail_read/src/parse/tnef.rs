//! Opens what Outlook packs into `winmail.dat` (MS-OXTNEF): the files, and the text where nothing else says it. Reads within the bytes
//! given and copies each of them once; what is broken ends the reading, and what was found so far stays.

use super::{charset, clean, rich_text};

/// What was found, in its order.
pub(super) struct Packed {
    pub content_type: String,
    pub file_name: Option<String>,
    pub bytes: Vec<u8>,
}

const SIGNATURE: [u8; 4] = 0x223E_9F78_u32.to_le_bytes();
const MOST: usize = 200;

const ATTACH_REND_DATA: u32 = 0x0006_9002;
const ATTACH_DATA: u32 = 0x0006_800F;
const ATTACH_TITLE: u32 = 0x0001_8010;
const ATTACHMENT: u32 = 0x0006_9005;
const MAPI_PROPS: u32 = 0x0006_9003;
const CODE_PAGE: u32 = 0x0006_9007;

const BODY: u16 = 0x1000;
const BODY_HTML: u16 = 0x1013;
const RTF_COMPRESSED: u16 = 0x1009;
const ATTACH_LONG_NAME: u16 = 0x3707;
const ATTACH_MIME: u16 = 0x370E;

#[derive(Default)]
struct File {
    title: Option<String>,
    long_name: Option<String>,
    mime: Option<String>,
    bytes: Option<Vec<u8>>,
}

/// `None` for what is no TNEF at all.
pub(super) fn open(bytes: &[u8]) -> Option<Vec<Packed>> {
    let mut reader = Reader { rest: bytes };
    if reader.take(4)? != SIGNATURE {
        return None;
    }
    reader.take(2)?;
    let mut texts: Vec<Packed> = Vec::new();
    let mut files: Vec<File> = Vec::new();
    let mut code_page = 1252;
    while let Some((id, data)) = attribute(&mut reader) {
        match id {
            CODE_PAGE => code_page = Reader { rest: data }.u32().unwrap_or(code_page),
            MAPI_PROPS => texts.extend(properties(data, code_page).into_iter().filter_map(|property| text(property, code_page))),
            ATTACH_REND_DATA if files.len() < MOST => files.push(File::default()),
            _ => {
                if let Some(file) = files.last_mut() {
                    fill(file, id, data, code_page);
                }
            }
        }
    }
    texts.extend(files.into_iter().filter_map(packed));
    Some(texts)
}

fn attribute<'x>(reader: &mut Reader<'x>) -> Option<(u32, &'x [u8])> {
    reader.take(1)?;
    let id = reader.u32()?;
    let length = reader.u32()? as usize;
    let data = reader.take(length)?;
    // a checksum follows; it catches no attacker
    reader.take(2)?;
    Some((id, data))
}

fn fill(file: &mut File, id: u32, data: &[u8], code_page: u32) {
    match id {
        ATTACH_DATA => file.bytes = Some(data.to_vec()),
        ATTACH_TITLE => file.title = Some(narrow(data, code_page)),
        ATTACHMENT => {
            for property in properties(data, code_page) {
                match (property.id, property.value) {
                    (ATTACH_LONG_NAME, Value::Text(name)) => file.long_name = Some(name),
                    (ATTACH_MIME, Value::Text(mime)) => file.mime = Some(mime),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn packed(file: File) -> Option<Packed> {
    let name = file.long_name.or(file.title).as_deref().and_then(clean::file_name);
    let mime = file.mime.as_deref().and_then(|mime| mime.split_once('/'));
    Some(Packed {
        content_type: mime
            .and_then(|(kind, subtype)| clean::media_type(kind, subtype))
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        file_name: Some(name.unwrap_or_else(|| "attachment.bin".to_owned())),
        bytes: file.bytes?,
    })
}

fn text(property: Property<'_>, code_page: u32) -> Option<Packed> {
    let part = |kind: &str, name: Option<&str>, bytes: Vec<u8>| {
        let content_type = kind.to_owned();
        (!bytes.is_empty()).then(|| Packed { content_type, file_name: name.map(str::to_owned), bytes })
    };
    match (property.id, property.value) {
        (BODY, Value::Text(text)) => part("text/plain", None, text.into_bytes()),
        (BODY_HTML, Value::Text(text)) => part("text/html", None, text.into_bytes()),
        (BODY_HTML, Value::Bytes(bytes)) => part("text/html", None, narrow(bytes, code_page).into_bytes()),
        (RTF_COMPRESSED, Value::Bytes(bytes)) => part("application/rtf", Some("message.rtf"), rich_text::unpack(bytes)?),
        _ => None,
    }
}

struct Property<'x> {
    id: u16,
    value: Value<'x>,
}

enum Value<'x> {
    Text(String),
    Bytes(&'x [u8]),
    Other,
}

/// A list of MAPI properties (MS-OXTNEF section 2.1.3.4), as far as it can be read.
fn properties(data: &[u8], code_page: u32) -> Vec<Property<'_>> {
    let mut reader = Reader { rest: data };
    let count = reader.u32().unwrap_or(0).min(2_000);
    let mut found = Vec::new();
    for _ in 0..count {
        let Some(property) = property(&mut reader, code_page) else { break };
        found.push(property);
    }
    found
}

fn property<'x>(reader: &mut Reader<'x>, code_page: u32) -> Option<Property<'x>> {
    let kind = reader.u16()?;
    let id = reader.u16()?;
    if id >= 0x8000 {
        named(reader)?;
    }
    let several = kind & 0x1000 != 0;
    let kind = kind & 0x0FFF;
    let variable = matches!(kind, 0x001E | 0x001F | 0x0102 | 0x000D);
    let count = if several || variable { reader.u32()? } else { 1 };
    let mut value = Value::Other;
    for index in 0..count {
        let one = if variable { sized(reader, kind, code_page)? } else { fixed(reader, kind)? };
        if index == 0 {
            value = one;
        }
    }
    Some(Property { id, value })
}

/// The name of a property that has one: a GUID, then a number or a text.
fn named(reader: &mut Reader<'_>) -> Option<()> {
    reader.take(16)?;
    if reader.u32()? == 0 {
        reader.take(4)?;
    } else {
        let length = reader.u32()? as usize;
        reader.padded(length)?;
    }
    Some(())
}

fn sized<'x>(reader: &mut Reader<'x>, kind: u16, code_page: u32) -> Option<Value<'x>> {
    let length = reader.u32()? as usize;
    let bytes = reader.padded(length)?;
    Some(match kind {
        0x001E => Value::Text(narrow(bytes, code_page)),
        0x001F => Value::Text(charset::labelled(bytes, Some("utf-16le")).trim_end_matches('\0').to_owned()),
        _ => Value::Bytes(bytes),
    })
}

fn fixed<'x>(reader: &mut Reader<'x>, kind: u16) -> Option<Value<'x>> {
    let length = match kind {
        0x0002..=0x0004 | 0x000A | 0x000B => 4,
        0x0005..=0x0007 | 0x0014 | 0x0040 => 8,
        0x0048 => 16,
        _ => return None,
    };
    reader.take(length)?;
    Some(Value::Other)
}

fn narrow(bytes: &[u8], code_page: u32) -> String {
    let label = match code_page {
        65_001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        20_866 => "koi8-r".to_owned(),
        874 | 1250..=1258 => format!("windows-{code_page}"),
        28_591..=28_605 => format!("iso-8859-{}", code_page - 28_590),
        _ => "windows-1252".to_owned(),
    };
    charset::labelled(bytes, Some(&label)).trim_end_matches('\0').to_owned()
}

struct Reader<'x> {
    rest: &'x [u8],
}

impl<'x> Reader<'x> {
    fn take(&mut self, length: usize) -> Option<&'x [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Values are filled up to four bytes.
    fn padded(&mut self, length: usize) -> Option<&'x [u8]> {
        let taken = self.take(length)?;
        self.take((4 - length % 4) % 4)?;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}
