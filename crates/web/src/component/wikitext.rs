//! Text with light markup (CommonMark), rendered by a library and then made safe like any HTML from outside.

use domain::html_safe;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Options, Parser, html::push_html};

pub fn wikitext(text: &str) -> Markup {
    let mut rendered = String::with_capacity(text.len() * 2);
    push_html(&mut rendered, Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH));
    if let Some(clean) = html_safe::clean(&rendered) {
        html! { div class="message-html" { (PreEscaped(clean)) } }
    } else {
        html! { div class="prose-lines" { (text) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc128_wiki_markup_is_rendered_and_nothing_in_it_runs() {
        let html = wikitext("# Title\n\n* **one**\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](http://x/y.png)")
            .into_string();
        assert!(html.contains("<h1>Title</h1>") && html.contains("<strong>one</strong>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("href=\"javascript") && !html.contains("<img"), "{html}");
    }
}
