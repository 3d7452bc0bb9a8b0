//! What a backup is to a restore, and how either ended.

super::catalogue_entries! {
    BackupNotSuccess [Stated "invalid backup in scheduler {} status: {status}"]
        "This backup is {status}, and only one that ended in SUCCESS can be restored.",
        "Choose another backup.",
        "此备份状态为 {status}，只有以 SUCCESS 结束的备份才能恢复。",
        "请选择其他备份。";
    WrongDescriptor [Stated "wrong backup file"]
        "The descriptor in the folder of this backup is that of another one.",
        "Look into the storage: something wrote it there. Put the right backup_config.json back, or restore another backup.",
        "此备份目录中的描述文件属于另一个备份。",
        "请检查存储：文件是被其他程序写入的。请放回正确的 backup_config.json，或恢复其他备份。";
    FormatTooNew [Stated "produced by a higher version: {has} > {knows}"]
        "The backup has the format {has}, and this server reads none above {knows}.",
        "Restore it on a newer Weaviate.",
        "备份格式为 {has}，此服务器最高只能读取 {knows}。",
        "请在更新版本的 Weaviate 上恢复。";
    FormatTooOld [Stated "backup was created by Weaviate older than {version}"]
        "The backup is older than {version}, and this server can no longer restore it.",
        "Restore it on an older Weaviate, update that one, and make a new backup there.",
        "备份早于 {version}，此服务器已无法恢复。",
        "请在旧版本的 Weaviate 上恢复，升级后重新备份。";
    NodePartMissing [Stated "fetch meta of node \"{node}\""]
        "The backup lacks what the node {node} wrote.",
        "Files were removed from the storage. Bring back the folder of that node, or choose another backup.",
        "备份中缺少节点 {node} 写入的内容。",
        "存储中的文件已被移除。请找回该节点的目录，或选择其他备份。";
    NotInBackup [Certain "class {class} doesn't exist in the backup"]
        "The backup has no collection of this name: {class}.",
        "Choose from those that it holds. Case counts, aliases do not.",
        "备份中没有这个名称的集合：{class}。",
        "请从备份包含的集合中选择。区分大小写，不能使用别名。";
    NothingLeft [Stated "nothing left to restore: please choose from : ["]
        "Every collection of the backup is left out, so there is nothing to restore.",
        "Leave out fewer.",
        "备份中的集合全部被排除，没有可恢复的内容。",
        "请减少排除的集合。";
    NamespacesCollide [Stated "restoring into a cluster without namespaces strips namespace qualifications"]
        "Without namespaces some collections of this backup would have the same name.",
        "Restore those of one namespace at a time, or into a cluster with namespaces.",
        "没有 namespace 时，备份中的部分集合会重名。",
        "请每次只恢复一个 namespace 的集合，或恢复到启用 namespace 的集群。";
    CollectionExists [Stated "class name {class} already exists"]
        "A collection of this name was there already: {class}. A restore never overwrites.",
        "Delete what is there and restore it again, or leave it. Others of the same restore may be in place.",
        "已有同名的集合：{class}。恢复不会覆盖已有集合。",
        "请删除已有的集合后再次恢复，或保持现状。同一次恢复的其他集合可能已就位。";
    DiffersInCase [Stated "class already exists: found similar class \"{class}\""]
        "A collection whose name differs only in case was there already: {class}.",
        "Delete it and restore again, or leave it. Others of the same restore may be in place.",
        "已有仅大小写不同的集合：{class}。",
        "请删除它后再次恢复，或保持现状。同一次恢复的其他集合可能已就位。";
    AliasInTheWay [Stated "alias name {alias} already exists"]
        "An alias has the name of a collection of the backup: {alias}.",
        "Remove the alias and restore again: overwriting aliases does not help here.",
        "已有与备份中集合同名的别名：{alias}。",
        "请移除该别名后再次恢复：选择覆盖别名也无法解决。";
    CollectionModuleOff [Stated "no module with name \"{module}\" present"]
        "A collection needs a module that is off on this server: {module}.",
        "Enable it on every node and restart them, then restore what did not land.",
        "有集合需要此服务器未启用的模块：{module}。",
        "请在每个节点上启用该模块并重启，然后重新恢复未就位的集合。";
    DataFileEmpty [Stated "unzip chunk {chunk}: gzip.NewReader: EOF"]
        "A data file of the backup is missing or empty: {chunk}. Nothing was restored.",
        "Look for it in the storage, in the folder of each node, or choose another backup.",
        "备份的数据文件缺失或为空：{chunk}。没有恢复任何内容。",
        "请在存储中各节点的目录下查找，或选择其他备份。";
    CompressionNotRead [Stated "gzip: invalid header"]
        "This server cannot read the compression of the backup, which is most likely that of a newer Weaviate.",
        "Restore it on the version that made it, or make one with DefaultCompression there.",
        "此服务器无法读取备份的压缩格式，备份很可能来自更新版本的 Weaviate。",
        "请在创建备份的版本上恢复，或在那里用 DefaultCompression 重新备份。";
    LeftoversInTheWay [Stated "slice bounds out of range"]
        "A data file is cut off. Most likely it was left on the node by an earlier restore that was cut short.",
        "Delete the collection, and see that its folder is gone from the data of every node. Then restore again and compare object counts.",
        "数据文件不完整，很可能是之前中断的恢复留在节点上的。",
        "请删除该集合，并确认它的目录已从每个节点的数据中消失。然后再次恢复并核对对象数量。";
    WrittenByNewer [Stated "unsupported strategy in segment"]
        "A shard was written by a newer Weaviate, and this server cannot load it.",
        "Delete that collection, or update the server to the version that made the backup.",
        "有分片由更新版本的 Weaviate 写入，此服务器无法加载。",
        "请删除该集合，或将服务器升级到创建备份的版本。";
    RestoredInPart [Attempt "could not restore classes:"]
        "Some collections could not be put into the schema, each for a reason of its own. Those that the server does not name may be in place.",
        "Read the reason of each in the server’s own words; nothing is rolled back.",
        "部分集合未能写入 schema，原因各不相同。服务器没有提到的集合可能已就位。",
        "请在服务器原文中查看每个集合的原因；不会回滚。";
    CanceledByPerson [Certain "restore canceled by user", Certain "operation cancelled by user"]
        "Somebody canceled the restore, or one that ran beside it.",
        "Restore again when it is wanted, and compare object counts after it: files may have stayed on the nodes.",
        "有人取消了这次恢复，或同时进行的另一次恢复。",
        "需要时请再次恢复，并核对对象数量：节点上可能留有文件。";
    CanceledAtStart [Certain "backup canceled due to node restart"]
        "A node was started and canceled every backup that had no end, as ENABLE_CLEANUP_UNFINISHED_BACKUPS tells it to.",
        "Make a new backup with another id. If this one was still running elsewhere, it may yet end in Success.",
        "节点启动时按 ENABLE_CLEANUP_UNFINISHED_BACKUPS 的设置取消了所有未结束的备份。",
        "请换一个 ID 重新备份。如果它当时仍在其他节点上运行，最终仍可能成功。";
    BrokenOff [Stated "context canceled"]
        "The work was broken off: by a cancel, or because another node had failed.",
        "If nobody canceled, look at the nodes. Then make a new backup with another id.",
        "任务被中断：可能是被取消，也可能是其他节点失败。",
        "如果没有人取消，请检查各节点。然后换一个 ID 重新备份。";
    BackupDone [Stated "backup \"{id}\" already succeeded"]
        "The backup {id} has ended in Success, so there is nothing to cancel.",
        "Refresh the page to see it.",
        "备份 {id} 已成功结束，没有可取消的内容。",
        "请刷新页面查看结果。";
    RestoreDone [Stated "restore \"{id}\" already succeeded"]
        "The restore of {id} has ended in Success, so there is nothing to cancel.",
        "Refresh the page to see what is in place. What was restored goes only by deleting the collections.",
        "{id} 的恢复已成功结束，没有可取消的内容。",
        "请刷新页面查看已就位的集合。要去掉恢复的内容，只能删除集合。";
    AppliesSchema [Stated "is applying schema changes and cannot be cancelled"]
        "The restore is applying the schema, and the server no longer lets it be canceled.",
        "Wait for its end: it takes about a quarter of a second for each collection. If its node was restarted meanwhile, a new restore works.",
        "恢复正在写入 schema，服务器不再接受取消。",
        "请等待结束：每个集合大约需要四分之一秒。如果其节点在此期间重启过，可以重新发起恢复。";
}
