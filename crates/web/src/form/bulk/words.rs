//! What goes along with the wish: a message, whom it is for, its files.

use super::update;
use crate::{
    component::form::columns,
    form::{
        inputs::{Inputs, Offer},
        reading::Reading,
        submission::{KEPT, Submission},
    },
    visit::Visit,
};
use actions::{
    Error, Result,
    bulk::{Words, Work},
};
use domain::bulk::Deed;
use http_door::text::t;
use maud::{Markup, html};

pub(super) fn read(visit: &Visit, deed: Deed, form: &Submission) -> Result<Work> {
    let mut reading = Reading::new(form, &visit.actor).at(visit.app.desk.now());
    let words = Words {
        text: form.text("message").to_owned(),
        as_reply: form.text("type") == "reply",
        files: form.all(KEPT).map(str::to_owned).collect(),
        cc: reading.addresses("cc"),
        bcc: reading.addresses("bcc"),
    };
    let wish = update::read(visit, form, words.clone(), &mut reading);
    if form.files.iter().any(|file| file.token.is_none()) {
        return Err(Error::invalid("files", t("form-files-again")));
    }
    reading.finish()?;
    Ok(match deed {
        Deed::Update => Work::Update { wish: Box::new(wish) },
        Deed::Take => Work::Take,
        Deed::Reject => Work::Reject { words },
        Deed::Write => Work::Write { words },
        Deed::Abandon => Work::Abandon {
            words,
            to_reports: form.is_ticked("to_reports"),
            to_investigations: form.is_ticked("to_investigations"),
        },
    })
}

/// The inputs for it (IR-401 for Incidents).
pub(super) fn inputs(deed: Deed, inputs: Inputs<'_>) -> Markup {
    let types: Vec<Offer> = vec![
        ("reply".to_owned(), t("form-type-reply").into_owned()),
        ("comment".to_owned(), t("form-type-comment").into_owned()),
    ];
    html! {
        @if deed != Deed::Take {
            @if deed == Deed::Abandon {
                (columns(&[
                    inputs.check("to_reports", &t("bulk-to-reports")),
                    inputs.check("to_investigations", &t("bulk-to-investigations")),
                ]))
            }
            (inputs.choices("type", &t("form-type"), &types, false))
            (inputs.message("message", 8))
            @if deed != Deed::Reject { (columns(&[inputs.line("cc", &t("form-one-time-cc")), inputs.line("bcc", &t("form-one-time-bcc"))])) }
            (inputs.files())
        }
    }
}

/// What the form starts with: a rejection answers, unless nothing is written.
pub(super) fn preset(deed: Deed, form: &mut Submission) {
    let usual = if matches!(deed, Deed::Reject | Deed::Write) { "reply" } else { "comment" };
    form.preset("type", usual);
}
