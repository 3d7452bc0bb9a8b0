//! The calls of the API that the console makes.

/// Which call a request is or an error concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    Create,
    List,
    CreateStatus,
    CancelCreate,
    Restore,
    RestoreStatus,
    CancelRestore,
    Meta,
    Nodes,
    Statistics,
    Schema,
    Aliases,
    OwnInfo,
    OpenIdConfiguration,
}

impl Call {
    /// Whether the call starts or stops something. Such a call is never sent twice on its own.
    pub fn changes_something(self) -> bool {
        matches!(self, Self::Create | Self::Restore | Self::CancelCreate | Self::CancelRestore)
    }

    /// How long to wait for the answer, in milliseconds. The server takes up to 18 s when its storage is down, a list
    /// up to a minute, and a create 117 s without a quorum (behaviour notes 1.3, 2.3, 5.3).
    pub fn time_limit_millis(self) -> u32 {
        match self {
            Self::Create | Self::Restore => 130_000,
            Self::List | Self::CancelCreate | Self::CancelRestore => 65_000,
            Self::CreateStatus | Self::RestoreStatus | Self::Schema | Self::Aliases => 30_000,
            Self::Meta | Self::Nodes | Self::Statistics | Self::OwnInfo | Self::OpenIdConfiguration => 15_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_is_given_up_before_the_server_has_given_it() {
        for (call, slowest_seconds) in [
            (Call::Create, 117),
            (Call::Restore, 117),
            (Call::List, 60),
            (Call::CreateStatus, 18),
            (Call::RestoreStatus, 18),
            (Call::CancelCreate, 18),
            (Call::CancelRestore, 18),
        ] {
            assert!(call.time_limit_millis() > slowest_seconds * 1000, "{call:?}");
        }
        assert!(Call::Meta.time_limit_millis() >= 15_000);
    }
}
