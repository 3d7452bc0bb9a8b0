//! The id, the base and what is chosen for a backup.

super::catalogue_entries! {
    IdMissing [Stated "invalid backup id: ''", Attempt "base backup cannot be the same as the new backup ID:"]
        "The backup has no id.",
        "Enter one, of lowercase letters, digits, _ and -.",
        "备份没有 ID。",
        "请输入 ID，可使用小写字母、数字、_ 和 -。";
    IdInvalid [Stated "invalid backup id: '{*id}' allowed characters are"]
        "The id {id} has characters that the server does not take.",
        "Use lowercase letters, digits, _ and - alone.",
        "ID {id} 含有服务器不接受的字符。",
        "请只使用小写字母、数字、_ 和 -。";
    IdTaken [Stated "backup \"{id}\" already exists at"]
        "There is a backup {id} already, and no id can be used twice.",
        "Choose another id. A backup that failed keeps its id as well.",
        "备份 {id} 已存在，ID 不能重复使用。",
        "请换一个 ID。失败的备份同样会占用 ID。";
    IdOfCanceled [Certain "check if backup \"{id}\" exists at {}: %!w(<nil>)"]
        "The id {id} is that of a canceled backup and can never be used again.",
        "Choose another id. It is free again only when somebody removes the folder of that backup from the storage.",
        "ID {id} 属于已取消的备份，无法再次使用。",
        "请换一个 ID。只有从存储中移除该备份的目录后，此 ID 才可再次使用。";
    IdNotChecked [Attempt "check if backup \"{id}\" exists at"]
        "The server could not find out whether there is a backup {id} already: the storage did not let it read.",
        "Check that the storage is up and that the server may read there, then send it again.",
        "服务器无法确认备份 {id} 是否已存在：无法读取存储。",
        "请检查存储是否正常、服务器是否有读取权限，然后重新发送。";
    BaseIdInvalid [Certain "base backup id: invalid backup id: '{*base}'"]
        "The id of the base backup, {base}, is none that a backup can have.",
        "Name the base as it stands in the list, in lowercase.",
        "基准备份的 ID {base} 不符合要求。",
        "请按列表中的写法填写基准备份，使用小写。";
    BaseIsItself [Stated "base backup cannot be the same as the new backup ID: {base}"]
        "The backup names itself as its base: {base}.",
        "Choose another id, or another base.",
        "备份将自己（{base}）作为基准备份。",
        "请换一个 ID，或换一个基准备份。";
    BaseMissing [Stated "could not fetch base backup"]
        "The base of this incremental backup is not in the storage.",
        "Make a full backup, or one on another base. A backup whose base is gone cannot be restored: choose another.",
        "存储中没有此增量备份的基准备份。",
        "请创建完整备份，或换一个基准备份。缺少基准备份时无法恢复，请选择其他备份。";
    BaseCompression [Stated "backup \"{base}\" has compression type \"{has}\", expected \"{wanted}\""]
        "The base {base} is compressed with {has}, this backup would be with {wanted}.",
        "Choose a compression of the same family ({has}), or another base.",
        "基准备份 {base} 的压缩方式是 {has}，而此备份是 {wanted}。",
        "请选择与 {has} 同属一种的压缩方式，或换一个基准备份。";
    BaseNotSuccess [Stated "backup \"{base}\" has status \"{status}\", expected \"SUCCESS\""]
        "The base {base} did not end well: it is {status}.",
        "Choose a base that ended in Success, or make a full backup.",
        "基准备份 {base} 没有成功结束，状态为 {status}。",
        "请选择以“成功”结束的备份作为基准，或创建完整备份。";
    BaseNotOlder [Stated "base backup \"{base}\" started at {} is not older than"]
        "The base {base} is younger than the backup that builds on it: it was made anew since.",
        "What builds on it cannot be used any more. Choose another backup, or make a full one.",
        "基准备份 {base} 比依赖它的备份更新：它后来被重新创建过。",
        "依赖它的备份已不可用。请选择其他备份，或创建完整备份。";
    BaseLoop [Stated "circular references"]
        "The base backups lead back to themselves.",
        "Descriptors in the storage were changed. Make a full backup, or restore another one.",
        "基准备份之间循环引用。",
        "存储中的描述文件被改动过。请创建完整备份，或恢复其他备份。";
    BaseTooOld [Certain "resolve base backup chain: {} created by Weaviate older than {version}"]
        "A base backup is older than {version}, and this server can no longer use it.",
        "Make a full backup with this version.",
        "基准备份早于 {version}，此服务器已无法使用。",
        "请用当前版本创建完整备份。";
    BaseUnclear [Attempt "resolve base backup chain:"]
        "The base backups of this one could not be followed.",
        "Look in the server’s own words for the one that is in the way; a full backup needs none.",
        "无法追溯此备份的基准备份。",
        "请查看服务器原文中指出的备份；完整备份不需要基准。";
    IncludeAndExclude [Stated "'include' and 'exclude' cannot both contain values"]
        "Collections were named both to be taken and to be left out, and the server takes only one of the two.",
        "Keep one of the two lists.",
        "同时指定了包含和排除的集合，服务器只接受其中一种。",
        "请只保留其中一种。";
    CollectionTwice [Stated "class list '{*list}' contains duplicate: {class}"]
        "A collection is named twice: {class}.",
        "Name each one once.",
        "集合重复：{class}。",
        "每个集合请只写一次。";
    NoCollections [Stated "no available classes to backup"]
        "The server has no collection that could be backed up.",
        "Check that this is the server you mean: its collections are gone, or were never made.",
        "服务器上没有可备份的集合。",
        "请确认连接的是正确的服务器：集合可能已被删除，或从未创建。";
    CollectionUnknown [Stated "class {class} doesn't exist"]
        "The server has no collection of this name: {class}.",
        "Choose from those that are there. Case counts, aliases do not, and wildcards need Weaviate 1.36 or later.",
        "服务器上没有这个名称的集合：{class}。",
        "请从现有集合中选择。区分大小写，不能使用别名，通配符需要 Weaviate 1.36 或更高版本。";
    NothingChosen [Stated "empty class list: please choose from : ["]
        "Every collection is left out, so there is nothing to back up.",
        "Leave out fewer.",
        "所有集合都被排除，没有可备份的内容。",
        "请减少排除的集合。";
    UsersOff [Stated "'includeUsers' was set but dynamic DB users are not enabled"]
        "Users were named, and this server keeps none of its own.",
        "Send it without users, or turn on AUTHENTICATION_DB_USERS_ENABLED on the server.",
        "指定了用户，但此服务器没有启用数据库用户。",
        "请不指定用户，或在服务器上启用 AUTHENTICATION_DB_USERS_ENABLED。";
    UserUnknown [
        Stated "user \"{*user}\" in 'includeUsers' does not exist",
        Stated "no dynamic users match 'includeUsers' [{*user}]",
    ]
        "The server keeps no such user: {user}.",
        "Choose from the users that were made on the server. Those of its configuration are in no backup.",
        "服务器中没有这个用户：{user}。",
        "请从服务器上创建的用户中选择。配置文件中的用户不会进入备份。";
    UserTwice [Stated "user list 'includeUsers' contains duplicate: {*user}"]
        "A user is named twice: {user}.",
        "Name each one once.",
        "用户重复：{user}。",
        "每个用户请只写一次。";
    RolesOff [Stated "'includeRoles' was set but RBAC is not enabled"]
        "Roles were named, and this server has none: RBAC is off.",
        "Send it without roles, or turn on AUTHORIZATION_RBAC_ENABLED on the server.",
        "指定了角色，但此服务器没有启用 RBAC。",
        "请不指定角色，或在服务器上启用 AUTHORIZATION_RBAC_ENABLED。";
    RoleUnknown [
        Stated "role \"{*role}\" in 'includeRoles' does not exist",
        Stated "no roles match 'includeRoles' [{*role}]",
    ]
        "The server has no such role: {role}.",
        "Choose from the roles that were made on the server.",
        "服务器中没有这个角色：{role}。",
        "请从服务器上创建的角色中选择。";
    RoleTwice [Stated "role list 'includeRoles' contains duplicate: {*role}"]
        "A role is named twice: {role}.",
        "Name each one once.",
        "角色重复：{role}。",
        "每个角色请只写一次。";
    RoleBuiltIn [Stated "role \"{*role}\" in 'includeRoles' is a built-in role"]
        "The role {role} is built in, and no backup takes such a one.",
        "Leave it out: every server has it anyway.",
        "角色 {role} 是内置角色，不能备份。",
        "请去掉它：每个服务器都自带该角色。";
}
