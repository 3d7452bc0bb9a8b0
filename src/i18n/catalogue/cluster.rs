//! The nodes, and what else runs on them.

super::catalogue_entries! {
    NoLeader [Certain "leader not found"]
        "The cluster has no leader: too few of its nodes are up.",
        "Start the nodes that are down. Once there is a leader, send it again.",
        "集群没有 leader：可用的节点太少。",
        "请启动未运行的节点。选出 leader 后重新发送。";
    BackupRunning [Stated "backup {id} already in progress"]
        "Another backup is running: {id}. The server makes one at a time.",
        "Wait for its end or cancel it, then send this one again.",
        "另一个备份任务正在进行：{id}。服务器同一时间只执行一个备份任务。",
        "请等待它结束或将其取消，然后重新发送。";
    RestoreRunning [Stated "restoration {id} already in progress"]
        "Another restore is running: {id}. The server takes one at a time.",
        "Wait for its end, then send this one again. After a cancel the server needs up to 10 s.",
        "另一个恢复任务正在进行：{id}。服务器同一时间只执行一个恢复任务。",
        "请等待它结束，然后重新发送。取消之后，服务器最多还需要 10 秒。";
    // Up to 1.30 a node is written with its address: node {"node1" "10.0.0.1:7947"}.
    RestoreRunningOnNode [Certain "node {}\"{node}\"{}: cannot commit : restore {id} already in progress"]
        "The node {node} is at a restore of {id} already.",
        "Wait for its end, then send this one again. If it is the one you sent, two nodes of the backup are mapped to {node}: map each to a node of its own.",
        "节点 {node} 已在执行 {id} 的恢复。",
        "请等待它结束，然后重新发送。如果正是这次请求的恢复，说明备份的两个节点都映射到了 {node}：请分别映射到不同的节点。";
    StillCancelling [Certain "node {}\"{node}\"{}: cannot commit : restore {id} cancellation in progress"]
        "The node {node} is still canceling the restore of {id}.",
        "Wait some seconds, then send it again.",
        "节点 {node} 仍在取消 {id} 的恢复。",
        "请等待几秒，然后重新发送。";
    NodeNotInCluster [Stated "cannot resolve hostname for \"{node}\""]
        "The cluster has no node {node} at present.",
        "See under Nodes whether one is missing, and start it. If the backup is from a cluster with other node names, the restore needs a node_mapping, which this console does not send: copy the request and add it.",
        "集群中目前没有节点 {node}。",
        "请在“节点”中查看是否有节点缺失，并将其启动。如果备份来自节点名称不同的集群，恢复时需要 node_mapping，此控制台不会发送：请复制请求并自行添加。";
    MappedNodeNotInCluster [Certain "cannot resolve hostname for \"{node}\", nodes=map[{}], nodeMapping=map[{*mapping}]"]
        "With this node mapping the restore needs a node {node}, and the cluster has none.",
        "Map every node of the backup to one that is up. The mapping as it was sent: {mapping}.",
        "按照此节点映射，恢复需要节点 {node}，而集群中没有。",
        "请将备份的每个节点映射到正在运行的节点。已发送的映射：{mapping}。";
    NodeNotAnswering [Certain "node {}\"{node}\"{}: can-commit request"]
        "The node {node} did not answer when it was asked to take part.",
        "See that it is up and that the other nodes reach it, then send it again.",
        "请求节点 {node} 参与此操作时，它没有响应。",
        "请确认它正在运行、其他节点可以访问它，然后重新发送。";
    NodeDown [Certain "node {}\"{node}\"{} might be down"]
        "The node {node} went down or was restarted meanwhile.",
        "See that it is up again. Then send a restore once more, or make the backup anew with another id.",
        "节点 {node} 在此期间停止或重启。",
        "请确认它已重新运行。然后重新发起恢复，或换一个 ID 重新备份。";
    NodeLacksModule [Certain "node {}\"{node}\"{}: cannot commit : no backup backend \"{backend}\""]
        "The node {node} does not have the backup module of {backend}.",
        "Enable it there as on the other nodes, with the same settings, and restart the node.",
        "节点 {node} 没有启用 {backend} 的备份模块。",
        "请像其他节点一样启用该模块，使用相同的设置，并重启该节点。";
    ReindexOrNoQuorum [Stated "backup blocked: runtime-reindex in flight"]
        "The server names a reindex that is running. It says the same when too few nodes are up.",
        "Look at the nodes first. If all are up, wait for the reindex to end, then send it again.",
        "服务器报告正在重建索引。可用节点太少时也会这样报告。",
        "请先检查节点。如果全部正常，请等待索引重建结束后重新发送。";
    OperationalMode [Stated "mode is enabled temporally at the config level"]
        "The server is in an operational mode that forbids this.",
        "Backups work in every mode, but in WriteOnly the names of the collections cannot be read, which both forms need. Set OPERATIONAL_MODE back to ReadWrite on the server.",
        "服务器当前的运行状态不允许此操作。",
        "备份在各种状态下都可用，但 WriteOnly 下无法读取集合名称，而创建和恢复都需要。请将服务器的 OPERATIONAL_MODE 改回 ReadWrite。";
}
