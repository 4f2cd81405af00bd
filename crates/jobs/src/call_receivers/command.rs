//! A call of a program, with the whole payload on standard input and its values as variables. Whoever writes to us decides what the
//! values say, so what a shell might take for more than a word is not handed over.

use actions::hook::{Fate, Payload};
use program::{Ended, Program, Variables};

pub(super) async fn call(program: &Program, variables: Variables, json: &str) -> Fate {
    match program.run(variables, json.as_bytes()).await {
        Err(trouble) => Fate::Deferred(trouble),
        Ok(ended) => judged(&ended),
    }
}

fn judged(ended: &Ended) -> Fate {
    let said = [ended.said.as_str(), ended.complained.as_str()].concat();
    match ended.status.code() {
        Some(0) => Fate::Done(said),
        _ if ended.refused() => Fate::Refused(format!("It ended with {}.\n{said}", ended.status)),
        _ => Fate::Deferred(format!("It ended with {}.\n{said}", ended.status)),
    }
}

/// Those of a call of the firewall, or why a value cannot be given.
pub(super) fn variables(payload: &Payload) -> Result<Variables, String> {
    let one = |value: &Option<String>| value.clone().unwrap_or_default();
    let typed = [
        ("IP", "WATCHBELL_HOOK_IP", payload.ip.join(" ")),
        ("Netmask", "WATCHBELL_HOOK_NETMASK", one(&payload.netmask)),
        ("Port", "WATCHBELL_HOOK_PORT", one(&payload.port)),
        ("Where Blocked", "WATCHBELL_HOOK_WHERE_BLOCKED", one(&payload.where_blocked)),
    ];
    let mut variables = vec![
        ("WATCHBELL_HOOK_DELIVERY", payload.delivery.clone()),
        ("WATCHBELL_HOOK_TICKET", payload.ticket.to_string()),
        ("WATCHBELL_HOOK_STATUS", payload.status.clone()),
    ];
    for (field, variable, value) in typed {
        if !is_plain(&value) {
            return Err(format!("{field} holds more than words and numbers; a program is not given that."));
        }
        variables.push((variable, value));
    }
    Ok(variables)
}

/// Words and numbers, none of which begins like an option: the same text wherever a script puts it, with quotes or without.
fn is_plain(value: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || " .,:/_+@-".contains(c);
    value.chars().all(fits) && value.split(' ').all(|word| !word.starts_with(['-', '+']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir223_what_a_shell_may_take_for_more_than_a_word_is_not_handed_over() {
        for plain in ["", "192.0.2.1", "2001:db8::/32", "255.255.255.0", "22,80-443/tcp", "Core router Zürich, rack_2"] {
            assert!(is_plain(plain), "{plain}");
        }
        for more in
            ["-j ACCEPT", "80 --flush", "80; id", "$(id)", "`id`", "a|b", "80\nid", "a\0", "*", "a'b", "{1,2}", "~root", "+x"]
        {
            assert!(!is_plain(more), "{more}");
        }
    }
}
