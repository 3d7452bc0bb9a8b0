//! What a check comes to, in one word.

use weaviate_backups::preflight::finding::Finding;

use super::model::{Names, Part, Restore, WhyNot};

/// Worst first.
#[derive(Clone, Debug, PartialEq)]
pub enum Outlook {
    /// There is no backup that could be restored.
    Unusable(WhyNot),
    /// So many chosen names are in the way of something, and so many are not.
    InTheWay {
        blocked: usize,
        free: usize,
    },
    /// Something else blocks.
    Blocked(Finding),
    /// The form waits for something.
    Waits(WhyNot),
    Checking,
    /// With so many names, or everything in the backup, unseen.
    Ready {
        count: Option<usize>,
        warnings: usize,
    },
}

impl Restore {
    pub fn outlook(&self) -> Outlook {
        let (blocked, free) = self.in_the_way();
        match self.why_not() {
            Some(why @ WhyNot::Backup(_)) => Outlook::Unusable(why),
            _ if blocked > 0 => Outlook::InTheWay { blocked, free },
            Some(WhyNot::Checking) => Outlook::Checking,
            Some(why @ (WhyNot::NotChecked | WhyNot::Blocked(_) | WhyNot::NotPermitted(_))) => {
                self.first_blocking().map_or(Outlook::Waits(why), Outlook::Blocked)
            }
            Some(why) => Outlook::Waits(why),
            None => {
                let count = (self.names() != Names::Everything).then_some(free);
                Outlook::Ready { count, warnings: self.ready().unwrap_or_default() }
            }
        }
    }

    fn first_blocking(&self) -> Option<Finding> {
        self.report().findings().iter().find(|finding| Part::of(finding) == Part::Blocking).cloned()
    }
}
