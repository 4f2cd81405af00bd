//! `GET /user/N` and `/user/login` (API-171).

use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    shape::{Look, columns, full, own_name, sees_all},
};
use actions::{Error, account};
use domain::UserId;

/// People without an account of their own see only themselves.
pub(crate) async fn show(call: &Call, name: &str) -> Outcome {
    let mut tx = call.look().await?;
    let user = match account::user_named(&mut tx, own_name(name)).await {
        Err(Error::NotFound) => {
            let id = name.parse().map_err(|_| Failure::not_found())?;
            account::user(&mut tx, UserId(id)).await?
        }
        other => other?,
    };
    if user.id != call.actor.id() && !call.actor.user.privileged {
        return Err(Failure::forbidden());
    }
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: true };
    let names: Vec<&str> = if sees_all(&user, &look) {
        columns::USER.to_vec()
    } else {
        columns::USER_SUMMARY.into_iter().chain(["_hyperlinks"]).collect()
    };
    Ok(answer::ok(&full(&user, &names, &call.fields(), &look)))
}
