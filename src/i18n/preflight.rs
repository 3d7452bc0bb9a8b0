//! What a check found, in words.

use weaviate_backups::api::call::Call;
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::preflight::finding::{Kind, Source, UnhealthyNode};
use weaviate_backups::preflight::rights::Lack;

use super::{Lang, plural, sentences, texts};

texts! {
    blocking = "Blocking", "阻断";
    warning = "Warning", "警告";
    fine = "Fine", "正常";
    forget_node = "Forget it", "视为已移除";
    read_here = "Remembered by this browser", "此浏览器的记录";
    from_the_form = "From this form", "来自此表单";
}

sentences! {
    forget_nodes(names: &[String]) = format!("Forget it: {}", names.join(", ")), format!("视为已移除：{}", names.join("、"));
    read_from(call: &str, at: &str) = format!("Read from {call} at {at}"), format!("读取自 {call}，{at}");
}

/// How many names stand beside a button.
const NAMED: usize = 3;

fn listed(names: &[String]) -> String {
    names.join(", ")
}

impl Lang {
    /// Where a finding was read; `time` writes a time of day.
    pub fn finding_source(self, source: Source, time: impl Fn(i64) -> String) -> String {
        match source {
            Source::Call { call, at: Some(at) } if at.0 > 0 => self.read_from(call_path(call), &time(at.0)),
            Source::Call { call, .. } => call_path(call).to_owned(),
            Source::Ledger => self.read_here().to_owned(),
            Source::Choice => self.from_the_form().to_owned(),
        }
    }

    /// The permission that is lacking, with every name.
    pub fn needs_permission(self, lack: &Lack) -> String {
        match (self, lack) {
            (Self::En, Lack::Everything) => "Needs the permission manage_backups".to_owned(),
            (Self::En, Lack::Of(names)) => format!("Needs the permission manage_backups for {}", listed(names)),
            (Self::Zh, Lack::Everything) => "需要 manage_backups 权限".to_owned(),
            (Self::Zh, Lack::Of(names)) => format!("需要对 {} 的 manage_backups 权限", names.join("、")),
        }
    }

    /// The same beside a button, where many names are counted.
    pub fn needs_permission_briefly(self, lack: &Lack) -> String {
        match (self, lack) {
            (Self::En, Lack::Of(names)) if names.len() > NAMED => {
                format!("Needs the permission manage_backups for {} collections", names.len())
            }
            (Self::Zh, Lack::Of(names)) if names.len() > NAMED => {
                format!("需要对 {} 个集合的 manage_backups 权限", names.len())
            }
            _ => self.needs_permission(lack),
        }
    }

    /// What was found.
    pub fn finding_title(self, kind: &Kind, source: Source) -> String {
        match self {
            Self::En => english_title(kind, source),
            Self::Zh => chinese_title(kind, source),
        }
    }

    /// The server's own words, where the detail explains them.
    pub fn finding_words(self, kind: &Kind) -> Option<String> {
        match kind {
            Kind::CouldNotAsk { words, .. } => self.explanation(words).map(|_| words.clone()),
            _ => None,
        }
    }

    /// Why it matters; `None` where the title says it all.
    pub fn finding_detail(self, kind: &Kind) -> Option<String> {
        let (en, zh) = match kind {
            Kind::CouldNotAsk { words, .. } => {
                let explanation = self.explanation(words).map(|explanation| explanation.in_one(self));
                return explanation.or_else(|| (!words.is_empty()).then(|| words.clone()));
            }
            Kind::CollectionsExist(_) => (
                "A restore never overwrites. The server notices only after the download, and ends FAILED with the others in place.",
                "恢复不会覆盖已有集合。服务器在下载完成后才会发现冲突，并以 FAILED 结束，而届时其余集合已经就位。",
            ),
            Kind::CollectionsDifferInCase(_) => (
                "The server takes both for the same collection: “class already exists: found similar class”.",
                "服务器将二者视为同一集合：“class already exists: found similar class”。",
            ),
            Kind::AliasesInTheWay(_) => (
                "The server would end with “alias name already exists”; overwriting aliases does not help.",
                "服务器会以“alias name already exists”结束；选择覆盖别名也无法解决。",
            ),
            Kind::NamesNotKnown => (
                "Everything in it is restored. What is in the way shows only at the end, as FAILED with the others in place.",
                "将恢复其中的全部集合。冲突要到最后才会显示：以 FAILED 结束，而届时其余集合已经就位。",
            ),
            Kind::OtherRestoresUnderWay(_) => (
                "The server takes one restore at a time and would refuse this one.",
                "服务器同一时间只执行一个恢复任务，会拒绝此请求。",
            ),
            Kind::HiddenCollectionsMayCollide => (
                "A collection that your key may not see can be in the way all the same.",
                "您的密钥无权查看的集合同样可能造成冲突。",
            ),
            Kind::RestoreUnderWay(_) => (
                "The server takes one restore at a time. If its node was restarted meanwhile, it keeps saying so for ever, but does start a new restore.",
                "服务器同一时间只执行一个恢复任务。如果节点在此期间重启，该状态会一直保留，但可以开始新的恢复。",
            ),
            Kind::RestoreStuckCancelling => (
                "The server would answer that it started, and start nothing.",
                "服务器会返回 STARTED，但不会执行任何操作。",
            ),
            Kind::IdOfCanceled => (
                "The server keeps the id for ever, and refuses it with an unclear message.",
                "服务器会永久保留该 ID，拒绝时给出的消息也不明确。",
            ),
            Kind::OtherCreateRunning { .. } => (
                "The server takes one create at a time. One whose node was restarted shows no end for ever, and stops nobody.",
                "服务器同一时间只执行一个备份任务。如果执行它的节点已重启，它会一直显示未结束，但不妨碍其他备份。",
            ),
            Kind::NotPermitted(Lack::Everything) => (
                "None of your roles has it. Ask whoever manages the roles; the request on this page can be shown to them.",
                "您的角色均不包含此权限。请向角色管理员申请，可将本页的请求提供给对方。",
            ),
            Kind::NotPermitted(Lack::Of(_)) => (
                "For one collection without it the server refuses the whole request. Leave them out, or ask whoever manages the roles.",
                "只要有一个集合缺少此权限，服务器就会拒绝整个请求。请排除这些集合，或向角色管理员申请权限。",
            ),
            Kind::NoLeader => (
                "The server would refuse it; without a majority of its nodes it gives up only after two minutes, with a misleading message.",
                "服务器会拒绝请求；如果可用节点未过半数，大约两分钟后才会返回，且消息有误导性。",
            ),
            Kind::NodesUnhealthy(_) => (
                "A dead node is listed for some seconds more, and missing then. The server asks every node that holds a part, and refuses where one does not answer.",
                "停止的节点仍会列出几秒，随后消失。服务器会向每个保存数据的节点确认，只要有一个不响应就会拒绝。",
            ),
            Kind::NodesWriteOnly(_) => (
                "In this operational mode the names of the collections cannot be read, which both forms need. Backups that run go on. Set OPERATIONAL_MODE back to ReadWrite on the server.",
                "此运行状态下无法读取集合名称，而创建和恢复都需要。进行中的备份不受影响。请将服务器的 OPERATIONAL_MODE 改回 ReadWrite。",
            ),
            Kind::NodesOfSeveralVersions(_) => (
                "An upgrade may be under way. What one node can do, another may refuse: better wait until all are of one version.",
                "可能正在升级。一个节点支持的功能，另一个可能会拒绝：建议等所有节点版本一致后再进行。",
            ),
            Kind::NodesMissing(_) => (
                "It was seen here before, or the cluster counts it as a member. The server refuses with “cannot resolve hostname” where a collection has a part on it. One that was taken away for good can be forgotten here.",
                "此前在这里见过该节点，或集群仍将其计为成员。只要有集合的一部分位于缺失的节点上，服务器就会以“cannot resolve hostname”拒绝。如果节点已永久移除，请点击“视为已移除”。",
            ),
            _ => return None,
        };
        Some(
            match self {
                Self::En => en,
                Self::Zh => zh,
            }
            .to_owned(),
        )
    }
}

/// A call as a person would type it.
fn call_path(call: Call) -> &'static str {
    match call {
        Call::Create => "POST /v1/backups",
        Call::List => "GET /v1/backups/…",
        Call::CreateStatus => "GET …/id",
        Call::CancelCreate => "DELETE …/id",
        Call::Restore => "POST …/restore",
        Call::RestoreStatus => "GET …/restore",
        Call::CancelRestore => "DELETE …/restore",
        Call::Meta => "GET /v1/meta",
        Call::Nodes => "GET /v1/nodes",
        Call::Statistics => "GET /v1/cluster/statistics",
        Call::Schema => "GET /v1/schema",
        Call::Aliases => "GET /v1/aliases",
        Call::OwnInfo => "GET /v1/users/own-info",
        Call::OpenIdConfiguration => "GET /v1/.well-known/openid-configuration",
    }
}

fn path_of(source: Source) -> &'static str {
    match source {
        Source::Call { call, .. } => call_path(call),
        Source::Ledger | Source::Choice => "",
    }
}

fn ids(keys: &[OperationKey]) -> Vec<&str> {
    keys.iter().map(|key| key.id.as_str()).collect()
}

fn english_title(kind: &Kind, source: Source) -> String {
    match kind {
        Kind::NotAsked => format!("{} is not answered yet", path_of(source)),
        Kind::CouldNotAsk { .. } => format!("{} could not be read", path_of(source)),
        Kind::BackupIsGood => "The backup ended in Success".to_owned(),
        Kind::NoSuchBackup => "The server knows no backup of this id here".to_owned(),
        Kind::BackupNotRestorable(status) => {
            format!("The backup is {}: only a successful one can be restored", Lang::En.status_word(status))
        }
        Kind::NothingInTheWay => "Nothing of that name is here yet".to_owned(),
        Kind::CollectionsExist(names) if names.len() == 1 => format!("{} already exists", names[0]),
        Kind::CollectionsExist(names) => format!("{} already exist", listed(names)),
        Kind::CollectionsDifferInCase(pairs) => pairs
            .iter()
            .map(|(asked, found)| format!("{asked} meets {found}, which differs only in case"))
            .collect::<Vec<_>>()
            .join("; "),
        Kind::AliasesInTheWay(aliases) => aliases
            .iter()
            .map(|alias| format!("{} is the name of an alias of {}", alias.alias, alias.of))
            .collect::<Vec<_>>()
            .join("; "),
        Kind::NotInTheBackup(names) => format!("Not in the backup: {}", listed(names)),
        Kind::NothingChosen => "Nothing is chosen".to_owned(),
        Kind::NamesNotKnown => "What is in the backup cannot be read here".to_owned(),
        Kind::HiddenCollectionsMayCollide => "Some collections may be hidden from you".to_owned(),
        Kind::RestoreUnderWay(status) => format!("A restore of this id says {}", Lang::En.status_word(status)),
        Kind::RestoreStuckCancelling => "The last restore of this id is being canceled, or stuck in it".to_owned(),
        Kind::NoRestoreUnderWay => "No restore of this id is under way".to_owned(),
        Kind::OtherRestoresRunning(keys) => {
            format!("Another restore was started here and has no known end: {}", ids(keys).join(", "))
        }
        Kind::OtherRestoresUnderWay(keys) => format!("Another restore is running: {}", ids(keys).join(", ")),
        Kind::IdFree => "The id is free".to_owned(),
        Kind::IdTaken(status) => format!("The id is taken by a backup that is {}", Lang::En.status_word(status)),
        Kind::IdTakenUnseen => "The id is taken by a backup that you may not read".to_owned(),
        Kind::IdOfCanceled => "The id is that of a canceled backup and can never be used again".to_owned(),
        Kind::OtherCreateRunning { id } => format!("{id} has not ended"),
        Kind::NotPermitted(lack) => Lang::En.needs_permission(lack),
        Kind::NoLeader => "The cluster has no leader".to_owned(),
        Kind::NodesHealthy { count } => format!("{} healthy", plural(*count, "node", "nodes")),
        Kind::NodesUnhealthy(nodes) => {
            let word = |node: &UnhealthyNode| format!("{}: {}", node.name, Lang::En.node_status(&node.status));
            nodes.iter().map(word).collect::<Vec<_>>().join("; ")
        }
        Kind::NodesOfSeveralVersions(nodes) => {
            let words: Vec<String> = nodes.iter().map(|(name, version)| format!("{name} {version}")).collect();
            format!("The nodes are of several versions: {}", listed(&words))
        }
        Kind::NodesWriteOnly(names) => format!("In the mode WriteOnly: {}", listed(names)),
        Kind::NodesMissing(names) => format!("Missing: {}", listed(names)),
        Kind::FilesystemOnSeveralNodes { count } => {
            format!("The filesystem backend is not for a cluster of {count} nodes: each would write to its own disk")
        }
        Kind::VersionNotTried(version) => format!("{version} is newer than what this console was tried with"),
    }
}

fn chinese_title(kind: &Kind, source: Source) -> String {
    match kind {
        Kind::NotAsked => format!("{} 尚未返回", path_of(source)),
        Kind::CouldNotAsk { .. } => format!("{} 无法读取", path_of(source)),
        Kind::BackupIsGood => "备份状态为“成功”".to_owned(),
        Kind::NoSuchBackup => "此服务器的该位置没有此 ID 的备份".to_owned(),
        Kind::BackupNotRestorable(status) => {
            format!("备份状态为“{}”：只有成功的备份才能恢复", Lang::Zh.status_word(status))
        }
        Kind::NothingInTheWay => "没有同名的集合".to_owned(),
        Kind::CollectionsExist(names) => format!("已存在：{}", names.join("、")),
        Kind::CollectionsDifferInCase(pairs) => pairs
            .iter()
            .map(|(asked, found)| format!("{asked} 与已有的 {found} 仅大小写不同"))
            .collect::<Vec<_>>()
            .join("；"),
        Kind::AliasesInTheWay(aliases) => {
            aliases.iter().map(|alias| format!("{} 是 {} 的别名", alias.alias, alias.of)).collect::<Vec<_>>().join("；")
        }
        Kind::NotInTheBackup(names) => format!("备份中没有：{}", names.join("、")),
        Kind::NothingChosen => "没有选择任何集合".to_owned(),
        Kind::NamesNotKnown => "此处无法读取备份的内容".to_owned(),
        Kind::HiddenCollectionsMayCollide => "可能有您无权查看的集合".to_owned(),
        Kind::RestoreUnderWay(status) => format!("此 ID 的恢复状态为“{}”", Lang::Zh.status_word(status)),
        Kind::RestoreStuckCancelling => "此 ID 的上一次恢复正在取消，或卡在取消中".to_owned(),
        Kind::NoRestoreUnderWay => "此 ID 没有正在进行的恢复任务".to_owned(),
        Kind::OtherRestoresRunning(keys) => {
            format!("从此浏览器发起的其他恢复任务尚无结果：{}", ids(keys).join("、"))
        }
        Kind::OtherRestoresUnderWay(keys) => format!("另一个恢复任务正在进行：{}", ids(keys).join("、")),
        Kind::IdFree => "ID 可用".to_owned(),
        Kind::IdTaken(status) => format!("ID 已被占用，该备份状态为“{}”", Lang::Zh.status_word(status)),
        Kind::IdTakenUnseen => "ID 已被您无权查看的备份占用".to_owned(),
        Kind::IdOfCanceled => "此 ID 属于已取消的备份，无法再次使用".to_owned(),
        Kind::OtherCreateRunning { id } => format!("{id} 尚未结束"),
        Kind::NotPermitted(lack) => Lang::Zh.needs_permission(lack),
        Kind::NoLeader => "集群目前没有 leader".to_owned(),
        Kind::NodesHealthy { count } => format!("{count} 个节点正常"),
        Kind::NodesUnhealthy(nodes) => {
            let word = |node: &UnhealthyNode| format!("{}：{}", node.name, Lang::Zh.node_status(&node.status));
            nodes.iter().map(word).collect::<Vec<_>>().join("；")
        }
        Kind::NodesOfSeveralVersions(nodes) => {
            let words: Vec<String> = nodes.iter().map(|(name, version)| format!("{name} {version}")).collect();
            format!("各节点的版本不一致：{}", words.join("、"))
        }
        Kind::NodesWriteOnly(names) => format!("处于 WriteOnly 运行状态：{}", names.join("、")),
        Kind::NodesMissing(names) => format!("缺失的节点：{}", names.join("、")),
        Kind::FilesystemOnSeveralNodes { count } => {
            format!("filesystem 后端不能用于 {count} 个节点的集群：每个节点只会写入自己的磁盘")
        }
        Kind::VersionNotTried(version) => format!("{version} 比此控制台测试过的版本更新"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_each_node_is_said_in_words() {
        let node = |name: &str, status: &str| UnhealthyNode { name: name.into(), status: status.into() };
        let kind = Kind::NodesUnhealthy(vec![node("node2", "UNHEALTHY"), node("node3", "TIMEOUT")]);
        assert_eq!(Lang::En.finding_title(&kind, Source::Choice), "node2: Unhealthy; node3: No answer");
        assert_eq!(Lang::Zh.finding_title(&kind, Source::Choice), "node2：异常；node3：无响应");
    }

    #[test]
    fn beside_a_button_a_few_names_stand_and_many_are_counted() {
        let lack = |count: usize| Lack::Of((1..=count).map(|at| format!("C{at}")).collect());
        assert_eq!(Lang::En.needs_permission_briefly(&lack(3)), "Needs the permission manage_backups for C1, C2, C3");
        assert_eq!(
            Lang::En.needs_permission_briefly(&lack(4)),
            "Needs the permission manage_backups for 4 collections"
        );
        assert_eq!(Lang::Zh.needs_permission_briefly(&lack(40)), "需要对 40 个集合的 manage_backups 权限");
        assert!(Lang::En.needs_permission(&lack(40)).ends_with("C39, C40"));
    }
}
