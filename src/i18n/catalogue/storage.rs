//! The backend and its storage.

super::catalogue_entries! {
    ModuleOff [
        Stated "no backup backend \"{backend}\"",
        Stated "no backup provider \"{backend}\"",
        Stated "backup: {backend} not found",
    ]
        "The backup module of {backend} is not on.",
        "Add it to ENABLE_MODULES on every node and restart them, or choose another backend.",
        "{backend} 的备份模块没有启用。",
        "请在每个节点的 ENABLE_MODULES 中加入它并重启，或选择其他后端。";
    NotABackend [Certain "backup: {module} is not a backup backend type"]
        "{module} is a module, but none that keeps backups.",
        "Choose s3, gcs, azure or filesystem.",
        "{module} 不是备份模块。",
        "请选择 s3、gcs、azure 或 filesystem。";
    FilesystemOnCluster [Stated "local filesystem backend is not viable for backing up a node cluster"]
        "The filesystem backend is not for several nodes: each would write to a disk of its own.",
        "Choose s3, gcs or azure.",
        "filesystem 后端不能用于多个节点：每个节点只会写入自己的磁盘。",
        "请选择 s3、gcs 或 azure。";
    ListNotImplemented [Stated "not implemented"]
        "This version of Weaviate cannot list its backups.",
        "Open them by their ids. Listing came with Weaviate 1.30.12, 1.31.5 and 1.32.",
        "此版本的 Weaviate 不支持列出备份。",
        "请按 ID 打开备份。从 Weaviate 1.30.12、1.31.5 和 1.32 起支持列出备份。";
    StorageUnreachable [Quoted "connection refused"]
        "The storage does not answer the server.",
        "See that it is up and that every node reaches it, then try again.",
        "服务器访问存储时没有收到响应。",
        "请确认存储正在运行、每个节点都可以访问，然后重试。";
    BucketMissing [Quoted "The specified bucket does not exist"]
        "The bucket does not exist.",
        "Make it, or correct its name: that of the server’s settings, or the one given for this backup.",
        "存储桶不存在。",
        "请创建存储桶，或更正名称：服务器设置中的名称，或为此备份指定的名称。";
    BucketNotFound [Attempt "find bucket:"]
        "The server could not open its bucket.",
        "Check the bucket’s name in the server’s settings, and that the server’s credentials may read it.",
        "服务器无法打开存储桶。",
        "请检查服务器设置中存储桶的名称，以及服务器的凭据是否有读取权限。";
    ListBroken [Certain "unmarshal descriptor \"{path}\""]
        "One descriptor in the storage cannot be read, and the server then lists none: {path}.",
        "Try again: it may have been half written. If it stays, repair or remove that file. Backups still open by their ids.",
        "存储中有一个描述文件无法读取，因此服务器无法列出任何备份：{path}。",
        "请重试：文件可能正在写入。如果仍然出现，请修复或移除该文件。仍可按 ID 打开备份。";
    DescriptorBroken [Stated "marshal meta file \"{file}\""]
        "The descriptor of this backup cannot be read: {file} is damaged or half written.",
        "Try again in a minute. If it stays, the backup is of no use until the file in its folder is repaired; its id stays taken.",
        "此备份的描述文件无法读取：{file} 已损坏或不完整。",
        "请一分钟后重试。如果仍然出现，在修复备份目录中的该文件之前，此备份无法使用，其 ID 仍被占用。";
    AccessCheckFailed [Attempt "init uploader:"]
        "The server’s trial write to the storage failed.",
        "Check the bucket and the server’s credentials: it has to write and delete there, to cancel as well.",
        "服务器对存储的写入检查失败。",
        "请检查存储桶和服务器的凭据：服务器需要写入和删除权限，取消时也是如此。";
    FolderMissing [Stated "open backups path: open {path}: no such file or directory"]
        "The folder of the backups is not on the server: {path}.",
        "Check BACKUP_FILESYSTEM_PATH on the server, and whether the disk is mounted.",
        "服务器上没有备份目录：{path}。",
        "请检查服务器的 BACKUP_FILESYSTEM_PATH，以及磁盘是否已挂载。";
    StorageLost [Certain "cannot get status while backing up: metadata not found"]
        "The storage was away while the backup ran, and lacks what was to be there.",
        "Check the storage, then make a new backup with another id.",
        "备份期间存储不可用，其中缺少应有的文件。",
        "请检查存储，然后换一个 ID 重新备份。";
    NoSuchBackup [Stated "backup id \"{*id}\" does not exist", Stated "metadata not found: \"{}\": {}backup_config.json"]
        "There is no backup of this id at this place.",
        "Check id and backend. One in another bucket or path is found only when these are named.",
        "此位置没有此 ID 的备份。",
        "请检查 ID 和后端。保存在其他存储桶或路径的备份，需要在“按 ID 打开”中填写位置才能找到。";
    NeverRestored [Stated "metadata not found: \"{}\": {}restore_config.json"]
        "This backup was never restored from this place.",
        "Start a restore on the page of the backup. One from another bucket or path is found only when these are named.",
        "没有从此位置恢复过此备份。",
        "请在备份页面发起恢复。保存在其他存储桶或路径的备份，需指明存储桶或路径。";
    NothingStored [Attempt "coordinator cannot get status: metadata not found:"]
        "The storage keeps nothing about this operation.",
        "Check id and backend. One in another bucket or path is found only when these are named.",
        "存储中没有此操作的记录。",
        "请检查 ID 和后端。保存在其他存储桶或路径的内容，需要在“按 ID 打开”中填写位置才能找到。";
}
