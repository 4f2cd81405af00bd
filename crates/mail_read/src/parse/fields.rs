//! Cuts a header into its fields, without copying. Lines that are no field are passed over.

pub(super) struct Field<'x> {
    pub name: &'x str,
    /// With its folds, without the name.
    pub value: &'x [u8],
}

/// Without the blank lines and the mbox `From ` line that some senders put in front.
pub(super) fn without_leading(raw: &[u8]) -> &[u8] {
    let mut rest = raw.trim_ascii_start();
    let after = rest.strip_prefix(b">").unwrap_or(rest).strip_prefix(b"From ");
    if after.is_some_and(|after| !after.trim_ascii_start().starts_with(b":")) {
        rest = match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) => rest.get(end + 1..).unwrap_or_default(),
            None => &[],
        };
    }
    rest
}

/// Header and body of a part. One that begins with anything but a field has no header, only a body.
pub(super) fn split_part(entity: &[u8]) -> (&[u8], &[u8]) {
    let (head, body) = split_head(entity);
    if head.is_empty() || fields(head).next().is_some() { (head, body) } else { (&[], entity) }
}

/// Header and body of an entity: the first empty line stands between them.
pub(super) fn split_head(entity: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    for line in entity.split_inclusive(|&byte| byte == b'\n') {
        let next = end + line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return (entity.get(..end).unwrap_or_default(), entity.get(next..).unwrap_or_default());
        }
        end = next;
    }
    (entity, &[])
}

pub(super) fn fields(head: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut rest = head;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (field, after) = rest.split_at_checked(field_length(rest)).unwrap_or((rest, &[]));
            rest = after;
            if let Some(field) = named(field) {
                return Some(field);
            }
        }
        None
    })
}

/// Up to the first line that does not continue the field (RFC 5322 section 2.2.3).
fn field_length(rest: &[u8]) -> usize {
    let mut length = 0;
    for line in rest.split_inclusive(|&byte| byte == b'\n') {
        if length > 0 && !line.starts_with(b" ") && !line.starts_with(b"\t") {
            break;
        }
        length += line.len();
    }
    length
}

fn named(field: &[u8]) -> Option<Field<'_>> {
    let colon = field.iter().position(|&byte| byte == b':')?;
    let (name, value) = field.split_at_checked(colon)?;
    let name = std::str::from_utf8(name.trim_ascii_end()).ok()?;
    let good = (1..=200).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
    good.then_some(Field { name, value: value.get(1..).unwrap_or_default() })
}
