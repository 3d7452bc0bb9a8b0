//! Whether the button that cancels is offered now, or why not. For a restore the rules are core's, which decides once more
//! from what is read in the act itself.

use weaviate_backups::domain::operation::{Action, Kind, can};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;
pub use weaviate_backups::preflight::cancel::Obstacle;
use weaviate_backups::preflight::cancel::{Facts, obstacles};
use weaviate_backups::preflight::rights::Rights;

/// `collections`: names in the backup, as far as they are known.
pub fn cancel_create(
    status: Option<&Status>,
    version: Option<Version>,
    rights: &Rights,
    collections: &[String],
) -> Result<(), Obstacle> {
    let status = status.ok_or(Obstacle::StatusNotKnown)?;
    can(Action::CancelCreate, Kind::Create, status, version).map_err(Obstacle::NotNow)?;
    rights.lack(collections).map_or(Ok(()), |lack| Err(Obstacle::NotPermitted(lack)))
}

/// The first obstacle that is known without asking.
pub fn cancel_restore(known: &Facts) -> Result<(), Obstacle> {
    obstacles(known).into_iter().next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use weaviate_backups::api::json;
    use weaviate_backups::domain::operation::Reason;
    use weaviate_backups::preflight::rights::Lack;

    #[test]
    fn a_create_is_canceled_by_what_is_known_of_it() {
        let cancel_create = |status| cancel_create(status, None, &Rights::default(), &[]);
        assert_eq!(cancel_create(None), Err(Obstacle::StatusNotKnown));
        assert_eq!(cancel_create(Some(&Status::Started)), Ok(()));
        let ended = Obstacle::NotNow(Reason::AlreadyEnded(Status::Success));
        assert_eq!(cancel_create(Some(&Status::Success)), Err(ended));
    }

    #[test]
    fn a_create_is_not_canceled_by_who_may_not_but_one_that_has_ended_says_so() {
        let reader = json::read(r#"{"username":"viv","roles":[{"name":"reader","permissions":[]}]}"#).unwrap();
        let cancel = |status| cancel_create(Some(status), None, &Rights::of(&reader), &["Article".to_owned()]);
        assert_eq!(cancel(&Status::Started), Err(Obstacle::NotPermitted(Lack::Everything)));
        assert_eq!(cancel(&Status::Canceled), Err(Obstacle::NotNow(Reason::AlreadyEnded(Status::Canceled))));
    }

    #[test]
    fn a_restore_of_which_nothing_is_known_is_not_canceled() {
        assert_eq!(cancel_restore(&Facts::default()), Err(Obstacle::StatusNotKnown));
    }
}
