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

/// What became of a cancel that the server took: its 204 means that aborts are sent, and no more (behaviour notes 1.3,
/// 1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its next round will tell.
    Awaited,
    /// The server says this still, after a time in which it would have noticed: a coordinator that was restarted says so
    /// for ever (behaviour notes 2.5).
    NoEffect(Status),
    /// The nodes had done their work by then, and this is how it ended.
    TooLate(Status),
}

/// Two rounds of the coordinator, which are 10 s each, and one answer to this page.
const NOTICED_MILLIS: i64 = 25_000;

/// `None` for one that did what it was for. Times are milliseconds since 1970; `looked_at`: of the newest answer.
pub fn fate(sent: i64, looked_at: Option<i64>, status: Option<&Status>, end: Option<&Status>) -> Option<Fate> {
    match (end, status) {
        (Some(Status::Canceled), _) => None,
        (Some(end), _) => Some(Fate::TooLate(end.clone())),
        (None, Some(status)) if looked_at.is_some_and(|at| at.saturating_sub(sent) > NOTICED_MILLIS) => {
            Some(Fate::NoEffect(status.clone()))
        }
        (None, _) => Some(Fate::Awaited),
    }
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

    #[test]
    fn a_cancel_is_awaited_until_the_server_would_have_noticed_it() {
        let fate = |after| fate(0, after, Some(&Status::Started), None);
        assert_eq!(fate(None), Some(Fate::Awaited));
        assert_eq!(fate(Some(NOTICED_MILLIS)), Some(Fate::Awaited));
        assert_eq!(fate(Some(NOTICED_MILLIS + 1)), Some(Fate::NoEffect(Status::Started)));
    }

    #[test]
    fn a_cancel_that_came_after_the_work_says_how_it_ended() {
        let fate = |end: Status| fate(0, Some(90_000), Some(&end.clone()), Some(&end));
        assert_eq!(fate(Status::Success), Some(Fate::TooLate(Status::Success)));
        assert_eq!(fate(Status::Failed), Some(Fate::TooLate(Status::Failed)));
        assert_eq!(fate(Status::Canceled), None);
    }
}
