//! The cells: which operation, in which phase of it a fault begins, which fault.

use weaviate_backups::domain::operation::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plot {
    Create,
    Restore,
    CancelOfCreate,
    CancelOfRestore,
}

impl Plot {
    pub fn kind(self) -> Kind {
        match self {
            Self::Create | Self::CancelOfCreate => Kind::Create,
            Self::Restore | Self::CancelOfRestore => Kind::Restore,
        }
    }

    pub fn cancels(self) -> bool {
        matches!(self, Self::CancelOfCreate | Self::CancelOfRestore)
    }
}

/// Where the operation is when the fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    BeforePost,
    PostInFlight,
    Accepted,
    /// STARTED or TRANSFERRING was read.
    Running,
    /// FINALIZING was read.
    Finalizing,
    /// The DELETE is under way.
    Cancelling,
    Ended,
}

impl Phase {
    pub const ALL: [Self; 7] = [
        Self::BeforePost,
        Self::PostInFlight,
        Self::Accepted,
        Self::Running,
        Self::Finalizing,
        Self::Cancelling,
        Self::Ended,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The only node is away for a while, and has forgotten what it coordinated when it is back.
    NodeDies,
    /// The other node of two is not in the list any more.
    NodeVanishes,
    CoordinatorRestarts,
    CoordinatorRestartsWithCleanUp,
    /// Connections to the storage are refused: answers are errors, after 3 to 18 s.
    StorageDown,
    BucketMissing,
    HalfWrittenDescriptor,
    /// The list takes 30 s.
    SlowList,
    SchemaHangs,
    CorsRefused,
    EmptyAnswer,
    /// Every second answer is older.
    GoesBackwards,
    StuckCancelling,
    /// An end is written over by another one.
    EndChanges,
    /// An end in the year 1.
    EndNotWritten,
    AnswerLost,
    /// The server comes to a POST up to 110 s later; whoever waited has given up.
    TakenLate,
    RequestDropped,
    Latency,
    KeyExpired,
    Forbidden,
    Html,
    Truncated,
    UnknownWord,
    /// As servers before v1.37.10 answer any error of their storage.
    NotFound,
    /// The same, and the answer to a POST is lost, or the POST itself.
    LostAndNotFound,
    ServerFails,
    ClockJumps,
    TabAsleep,
    Offline,
}

impl Fault {
    pub const ALL: [Self; 30] = [
        Self::NodeDies,
        Self::NodeVanishes,
        Self::CoordinatorRestarts,
        Self::CoordinatorRestartsWithCleanUp,
        Self::StorageDown,
        Self::BucketMissing,
        Self::HalfWrittenDescriptor,
        Self::SlowList,
        Self::SchemaHangs,
        Self::CorsRefused,
        Self::EmptyAnswer,
        Self::GoesBackwards,
        Self::StuckCancelling,
        Self::EndChanges,
        Self::EndNotWritten,
        Self::AnswerLost,
        Self::TakenLate,
        Self::RequestDropped,
        Self::Latency,
        Self::KeyExpired,
        Self::Forbidden,
        Self::Html,
        Self::Truncated,
        Self::UnknownWord,
        Self::NotFound,
        Self::LostAndNotFound,
        Self::ServerFails,
        Self::ClockJumps,
        Self::TabAsleep,
        Self::Offline,
    ];

    /// Whether it strikes what the server holds, and not a request: then it begins just after a POST was taken.
    pub fn strikes_state(self) -> bool {
        matches!(
            self,
            Self::NodeDies
                | Self::CoordinatorRestarts
                | Self::CoordinatorRestartsWithCleanUp
                | Self::HalfWrittenDescriptor
                | Self::EndChanges
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub plot: Plot,
    pub phase: Phase,
    pub fault: Fault,
}

impl Cell {
    /// Why no server can bring it about.
    pub fn impossible(self) -> Option<&'static str> {
        let creates = self.plot.kind() == Kind::Create;
        let no_operation_yet = self.phase == Phase::BeforePost;
        match (self.phase, self.fault) {
            (Phase::Finalizing, _) if creates => Some("a create says STARTED until its end (notes 2.1)"),
            (Phase::Cancelling, _) if !self.plot.cancels() => {
                Some("nobody cancels here: the cancels are plots of their own")
            }
            (_, Fault::StuckCancelling) if creates => Some("a create never says CANCELLING (notes 2.1)"),
            (Phase::Ended, Fault::StuckCancelling) => {
                Some("what has ended is not cancelled, FAILED at once (notes 1.7)")
            }
            (_, Fault::EndNotWritten) if !creates => Some("the answer about a restore has no times (notes 1.6)"),
            (_, Fault::EndChanges | Fault::HalfWrittenDescriptor) if no_operation_yet && creates => {
                Some("nothing is stored yet")
            }
            (phase, Fault::EndChanges) if !creates && phase != Phase::Ended => {
                Some("only the end of a create is written while it runs (notes 2.5)")
            }
            _ => None,
        }
    }
}
