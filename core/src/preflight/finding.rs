//! What was found, how bad it is, and where it was read.

use super::fact::Fact;
use super::rights::Lack;
use crate::api::call::Call;
use crate::api::error::ErrorKind;
use crate::domain::operation::OperationKey;
use crate::domain::order::sort_by;
use crate::domain::status::Status;
use crate::domain::version::Version;
use crate::poll::clock::WallMillis;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Fine,
    Warning,
    /// The server would refuse it, fail at it, or do nothing; or a check that has to be made was not.
    Blocking,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    pub severity: Severity,
    pub kind: Kind,
    pub source: Source,
}

impl Finding {
    /// The finding without the time at which it was read: equal to that of a later check that finds the same.
    #[must_use]
    pub fn timeless(&self) -> Self {
        let source = match self.source {
            Source::Call { call, .. } => Source::Call { call, at: None },
            other => other,
        };
        Self { source, ..self.clone() }
    }
}

/// Where a finding was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// By this call; `at` is absent while it was not asked.
    Call { call: Call, at: Option<WallMillis> },
    /// In what this browser remembers.
    Ledger,
    /// In what the person chose.
    Choice,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The source's call was not made yet.
    NotAsked,
    /// The source's call failed, so this check could not be made.
    CouldNotAsk {
        kind: ErrorKind,
        words: String,
    },

    // Restores.
    /// The backup ended in SUCCESS and can be restored.
    BackupIsGood,
    NoSuchBackup,
    /// Only a backup that ended in SUCCESS can be restored.
    BackupNotRestorable(Status),
    /// No name of the selection is in the way of anything.
    NothingInTheWay,
    /// These collections are there already.
    CollectionsExist(Vec<String>),
    /// These names differ from one that is there only in case: (asked, found).
    CollectionsDifferInCase(Vec<(String, String)>),
    /// These names are those of aliases: (asked, alias as written, what it points to).
    AliasesInTheWay(Vec<AliasInTheWay>),
    /// These are not in the backup.
    NotInTheBackup(Vec<String>),
    NothingChosen,
    /// All of the backup is to be restored, and its names cannot be read: what is in the way shows only at the end.
    NamesNotKnown,
    /// Collections that this key may not see may still be in the way.
    HiddenCollectionsMayCollide,
    /// A restore of this id may be running; the server then refuses another one. It says so for ever when its node was
    /// restarted meanwhile, and then starts the new one.
    RestoreUnderWay(Status),
    /// The last restore of this id is stuck in its cancelling: a POST is answered with 200 and starts nothing. It can
    /// also be one that is just being cancelled.
    RestoreStuckCancelling,
    NoRestoreUnderWay,
    /// This browser started these, and does not know their end.
    OtherRestoresRunning(Vec<OperationKey>),
    /// This browser started these, and they run by their newest answer.
    OtherRestoresUnderWay(Vec<OperationKey>),

    // Creates.
    IdFree,
    IdTaken(Status),
    /// There is a backup of this id that this key may not read: a free id is answered with 404 even then.
    IdTakenUnseen,
    /// An id of a canceled backup can never be used again.
    IdOfCanceled,
    /// Another create runs: the server takes one at a time.
    OtherCreateRunning {
        id: String,
    },

    // Both.
    /// The caller's roles do not allow it: the server refuses all of it for one collection.
    NotPermitted(Lack),
    NodesHealthy {
        count: usize,
    },
    NodesUnhealthy(Vec<UnhealthyNode>),
    /// Nodes whose operational mode lets nobody read the schema.
    NodesWriteOnly(Vec<String>),
    /// Name and version of each node, where they are not all of one version.
    NodesOfSeveralVersions(Vec<(String, String)>),
    /// Seen before on this connection, or counted by the cluster, and gone: a POST needs every one of them.
    NodesMissing(Vec<String>),
    /// The server refuses the filesystem backend on a cluster of several nodes.
    FilesystemOnSeveralNodes {
        count: usize,
    },
    /// The cluster has no leader, which a POST needs. Without a quorum it gives up after minutes only.
    NoLeader,
    /// Newer than what this console was tried with.
    VersionNotTried(Version),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AliasInTheWay {
    pub name: String,
    pub alias: String,
    pub of: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnhealthyNode {
    pub name: String,
    /// The server's word.
    pub status: String,
}

/// All findings, worst first; within a severity in the order of the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something that has to be known is not: this is not "ready".
    NotChecked,
    Blocked,
    ReadyWithWarnings,
    Ready,
}

impl Finding {
    /// What is not answered yet stands after what wants something done: its row goes in a moment, and must not move a
    /// way out under whoever presses it.
    fn place(&self) -> u8 {
        match self.severity {
            _ if self.kind == Kind::NotAsked => 2,
            Severity::Blocking => 0,
            Severity::Warning => 1,
            Severity::Fine => 3,
        }
    }
}

impl Report {
    /// The worst first. What is found twice stands once, as it was read first.
    pub(super) fn new(found: Vec<Finding>) -> Self {
        let mut findings: Vec<Finding> = Vec::new();
        for finding in found {
            if findings.iter().all(|other| other.timeless() != finding.timeless()) {
                findings.push(finding);
            }
        }
        sort_by(&mut findings, |a, b| a.place().cmp(&b.place()));
        Self { findings }
    }

    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What the caller's roles lack, where that was found.
    pub fn lack(&self) -> Option<&Lack> {
        self.findings.iter().find_map(|finding| match &finding.kind {
            Kind::NotPermitted(lack) => Some(lack),
            _ => None,
        })
    }

    pub fn verdict(&self) -> Verdict {
        let is_check = |finding: &Finding| matches!(finding.kind, Kind::NotAsked | Kind::CouldNotAsk { .. });
        let blocking = || self.findings.iter().filter(|finding| finding.severity == Severity::Blocking);
        if blocking().any(|finding| !is_check(finding)) {
            Verdict::Blocked
        } else if blocking().next().is_some() {
            Verdict::NotChecked
        } else if self.findings.iter().any(|finding| finding.severity == Severity::Warning) {
            Verdict::ReadyWithWarnings
        } else {
            Verdict::Ready
        }
    }
}

/// Collects the findings of one call.
pub(super) struct Check<'f> {
    pub(super) findings: &'f mut Vec<Finding>,
    pub(super) source: Source,
}

impl Check<'_> {
    pub(super) fn add(&mut self, severity: Severity, kind: Kind) {
        self.findings.push(Finding { severity, kind, source: self.source });
    }
}

/// The value of a fact, or a finding that it is missing, as bad as `when_missing`.
pub(super) fn known<'v, T>(
    findings: &mut Vec<Finding>,
    call: Call,
    fact: &'v Fact<T>,
    when_missing: Severity,
) -> Option<&'v T> {
    let kind = match fact {
        Fact::Known { value, .. } => return Some(value),
        Fact::NotAsked => Kind::NotAsked,
        Fact::NotOffered => return None,
        Fact::Failed { kind, words, .. } => Kind::CouldNotAsk { kind: *kind, words: words.clone() },
    };
    // What was not asked yet blocks always: it is only a moment away.
    let severity = if kind == Kind::NotAsked { Severity::Blocking } else { when_missing };
    findings.push(Finding { severity, kind, source: Source::Call { call, at: fact.at() } });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(at: Option<i64>) -> Finding {
        let source = Source::Call { call: Call::Nodes, at: at.map(WallMillis) };
        Finding { severity: Severity::Fine, kind: Kind::NodesHealthy { count: 3 }, source }
    }

    #[test]
    fn a_finding_of_a_later_check_is_the_same_but_for_its_time() {
        assert_ne!(found(Some(1)), found(Some(2)));
        assert_eq!(found(Some(1)).timeless(), found(Some(2)).timeless());
        let of_another_call = Finding { source: Source::Choice, ..found(Some(1)) };
        assert_ne!(of_another_call.timeless(), found(Some(1)).timeless());
        assert_eq!(of_another_call.timeless(), of_another_call);
    }

    #[test]
    fn a_report_tells_what_the_roles_lack_wherever_it_stands() {
        let lack = Lack::Of(vec!["Article".into()]);
        let not_permitted = Finding { kind: Kind::NotPermitted(lack.clone()), ..found(Some(1)) };
        assert_eq!(Report::new(vec![found(Some(1)), not_permitted]).lack(), Some(&lack));
        assert_eq!(Report::new(vec![found(Some(1))]).lack(), None);
    }

    #[test]
    fn what_is_not_answered_yet_moves_nothing_that_can_be_pressed() {
        let of = |severity, kind| Finding { severity, kind, ..found(Some(1)) };
        let blocking = of(Severity::Blocking, Kind::NoLeader);
        let warning = of(Severity::Warning, Kind::NodesMissing(vec!["node2".into()]));
        let (awaited, fine) = (of(Severity::Blocking, Kind::NotAsked), of(Severity::Fine, Kind::IdFree));
        let ordered = [blocking, warning, awaited, fine];
        let report = Report::new(ordered.iter().rev().cloned().collect());
        assert_eq!(report.findings(), ordered);
    }

    #[test]
    fn what_is_found_twice_stands_once() {
        assert_eq!(Report::new(vec![found(Some(1)), found(Some(2))]).findings(), [found(Some(1))]);
    }
}
