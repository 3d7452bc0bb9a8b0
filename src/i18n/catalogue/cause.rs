//! Why the server refuses or fails, as far as its words tell.

/// `Name, …`, and a list of all, so that a test can tell that each has its entry.
macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cause {
            $($(#[$doc])* $name,)*
        }

        impl Cause {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

causes! {
    // Who asks.
    NoKey,
    WrongKey,
    TokenExpired,
    TokenForAnother,
    NoScheme,
    AdminListDenies,
    /// On collections that the server names.
    MayNotOnCollection,
    /// On any of those that are meant.
    MayNotOnAny,
    /// A permission that is not one of backups.
    MayNotElse,

    // The request as such.
    BodyMissing,
    BodyUnreadable,
    CpuTooHigh,
    CpuTooLow,
    CompressionUnknown,
    AccessOptionUnknown,
    OrderUnknown,
    MethodUnknown,
    MediaType,
    PathUnknown,

    // The id, the base and what is chosen.
    IdMissing,
    IdInvalid,
    IdTaken,
    IdOfCanceled,
    IdNotChecked,
    BaseIdInvalid,
    BaseIsItself,
    BaseMissing,
    BaseCompression,
    BaseNotSuccess,
    BaseNotOlder,
    BaseLoop,
    BaseTooOld,
    BaseUnclear,
    IncludeAndExclude,
    CollectionTwice,
    NoCollections,
    CollectionUnknown,
    NothingChosen,
    UsersOff,
    UserUnknown,
    UserTwice,
    RolesOff,
    RoleUnknown,
    RoleTwice,
    RoleBuiltIn,

    // The nodes, and what else runs on them.
    NoLeader,
    BackupRunning,
    RestoreRunning,
    RestoreRunningOnNode,
    StillCancelling,
    NodeNotInCluster,
    MappedNodeNotInCluster,
    NodeNotAnswering,
    NodeDown,
    NodeLacksModule,
    ReindexOrNoQuorum,
    OperationalMode,

    // The backend and its storage.
    ModuleOff,
    NotABackend,
    FilesystemOnCluster,
    ListNotImplemented,
    StorageUnreachable,
    BucketMissing,
    BucketNotFound,
    ListBroken,
    DescriptorBroken,
    AccessCheckFailed,
    FolderMissing,
    StorageLost,
    NoSuchBackup,
    NeverRestored,
    NothingStored,

    // What a backup or a restore is, and how it ended.
    BackupNotSuccess,
    WrongDescriptor,
    FormatTooNew,
    FormatTooOld,
    NodePartMissing,
    NotInBackup,
    NothingLeft,
    NamespacesCollide,
    CollectionExists,
    DiffersInCase,
    AliasInTheWay,
    CollectionModuleOff,
    DataFileEmpty,
    CompressionNotRead,
    LeftoversInTheWay,
    WrittenByNewer,
    RestoredInPart,
    CanceledByPerson,
    CanceledAtStart,
    BrokenOff,
    BackupDone,
    RestoreDone,
    AppliesSchema,
}
