//! The create form.

use weaviate_backups::domain::backup_id::BackupIdError;
use weaviate_backups::domain::cpu_percentage::CpuPercentageError;
use weaviate_backups::domain::selection::SelectionError;

use super::{Lang, plural, sentences, texts};
use crate::features::create::model::{Mode, WhyNot};

texts! {
    create_title = "Create backup", "创建备份";
    discard = "Discard", "放弃";
    id_rule = "a–z, 0–9, _ and -. An id that was canceled can never be used again.", "仅限 a–z、0–9、_ 和 -。已取消的 ID 无法再次使用。";
    other_place = "Other bucket or path…", "其他存储桶或路径…";
    own_place = "Use the backend’s own place", "使用后端的默认位置";
    elsewhere_help = "What is left empty stays the backend’s own. The server never lists a backup made elsewhere: this browser keeps its place, anyone else must know it.",
        "留空的一项使用后端的默认值。服务器不会列出保存在其他位置的备份：此浏览器会记住其位置，其他人必须自行记下。";
    cpu_label = "CPU, 1–80 %", "CPU，1–80%";
    cpu_help = "Share of each node’s cores. 50 when left empty.", "每个节点可用的核心比例，留空则为 50。";
    compression = "Compression", "压缩";
    server_default_compression = "Server’s default", "服务器默认";
    filter_label = "Filter, or a pattern such as Contract*", "筛选，可用通配符，例如 Contract*";
    no_match = "This matches nothing. The server would take a pattern without a match for everything, so none is ever sent.",
        "没有匹配项。通配符没有匹配时，服务器会视为“全部”，因此此处从不发送通配符。";
    malformed_pattern = "This is not a pattern: a [ needs its ], and a \\ something after it.", "通配符无效：[ 需要对应的 ]，\\ 之后需要有字符。";
    leave_them_out = "Leave them out", "排除这些";
    what_this_saves = "What this saves", "将保存的内容";
    goes_to = "To", "位置";
    not_in_it = "Not in it", "不包含";
    in_the_way = "In the way", "冲突与检查";
    later_collections = "Collections made after now: the names are sent as they are listed here.", "此后新建的集合：发送的是此处列出的名称。";
    nothing_in_the_way = "In the way: nothing found", "冲突与检查：未发现问题";
    unseen_collections = "Collections you may not see.", "您无权查看的集合。";
    reading_names = "Reading the collections…", "正在读取集合…";
}

sentences! {
    every_seen(count: usize) = format!("{count}, every one you can see"), format!("{count} 个，您有权查看的全部集合");
    every_one(count: usize) = format!("{count}, every one of this server"), format!("{count} 个，该服务器的全部集合");
    free_on(backend: &str) = format!("Free on {backend}."), format!("在 {backend} 上可用。");
    asked_ago(ago: &str) = format!("asked {ago}"), format!("{ago}查询");
    taken_on(backend: &str, status: &str) = format!("This id is taken on {backend}: that backup is {status}."), format!("此 ID 在 {backend} 上已被占用：该备份状态为“{status}”。");
    canceled_on(backend: &str) = format!("This id is taken on {backend} by a canceled backup and can never be used again."), format!("此 ID 在 {backend} 上属于已取消的备份，无法再次使用。");
    asking_id(backend: &str) = format!("Asking {backend} whether it is free…"), format!("正在查询 {backend} 上是否可用…");
    id_not_known(words: &str) = format!("Whether it is free is not known. {words}"), format!("无法确认是否可用。{words}");
    use_instead(id: &str) = format!("Use {id} instead"), format!("改用 {id}");
    characters(count: usize) = plural(count, "character", "characters"), format!("{count} 个字符");
    chosen_of(chosen: usize, all: usize) = format!("{chosen} of {all} chosen"), format!("已选 {chosen} / {all}");
    choose_matches(count: usize) = if count == 1 { "Choose the 1 match".to_owned() } else { format!("Choose the {count} matches") }, format!("选择这 {count} 个匹配项");
    leave_out_matches(count: usize) = if count == 1 { "Leave out the 1 match".to_owned() } else { format!("Leave out the {count} matches") }, format!("排除这 {count} 个匹配项");
    names_gone(names: &[String]) = format!("Not on this server any more: {}.", names.join(", ")), format!("已不在该服务器上：{}。", names.join("、"));
    ready(warnings: usize) = if warnings == 0 { "Ready".to_owned() } else { format!("Ready, {}", plural(warnings, "warning", "warnings")) }, if warnings == 0 { "就绪".to_owned() } else { format!("就绪，{warnings} 条警告") };
    taken_unseen(backend: &str) = format!("This id is taken on {backend}, by a backup that you may not read."), format!("此 ID 在 {backend} 上已被您无权查看的备份占用。");
    sent_as_names(count: usize) = format!("Sent as {}, not as a pattern: what you see is what is saved.", plural(count, "name", "names")), format!("发送 {count} 个名称，而不是通配符：所见即所存。");
    create_sentence(count: usize, all: bool, backend: &str) = format!("{}{} to {backend}.", if all { "All " } else { "" }, plural(count, "collection", "collections")), format!("将{} {count} 个集合备份到 {backend}。", if all { "全部" } else { "" });
    refused_on_nodes(count: usize) = format!("The filesystem backend is not for a cluster of {count} nodes: each would write to its own disk, and the server refuses it."), format!("filesystem 后端不能用于 {count} 个节点的集群：每个节点只会写入自己的磁盘，服务器会拒绝。");
    not_asked_names(words: &str) = format!("The collections could not be read. {words}"), format!("无法读取集合。{words}");
    inactive_tenants(since: &str) = format!("Data of inactive tenants, which Weaviate includes from {since} on."), format!("非活跃租户的数据：Weaviate {since} 及以上版本才会包含。");
    zstd_needs(version: &str) = format!("zstd and NoCompression need Weaviate {version} or later."), format!("zstd 和 NoCompression 需要 Weaviate {version} 或更高版本。");
}

impl Lang {
    pub fn mode(self, mode: Mode) -> &'static str {
        match (self, mode) {
            (Self::En, Mode::All) => "All",
            (Self::En, Mode::Only) => "Only…",
            (Self::En, Mode::Except) => "All except…",
            (Self::Zh, Mode::All) => "全部",
            (Self::Zh, Mode::Only) => "仅选择…",
            (Self::Zh, Mode::Except) => "排除…",
        }
    }

    pub fn id_error(self, error: &BackupIdError) -> &'static str {
        match (self, error) {
            (Self::En, BackupIdError::Empty) => "An id is needed.",
            (Self::En, BackupIdError::Characters { .. }) => "Only a–z, 0–9, _ and -.",
            (Self::Zh, BackupIdError::Empty) => "请输入 ID。",
            (Self::Zh, BackupIdError::Characters { .. }) => "只能使用 a–z、0–9、_ 和 -。",
        }
    }

    pub fn cpu_error(self, error: CpuPercentageError) -> &'static str {
        match (self, error) {
            (Self::En, CpuPercentageError::NotANumber) => "A whole number from 1 to 80.",
            (Self::En, CpuPercentageError::TooLow) => "At least 1. The server would take 0 for its default of 50.",
            (Self::En, CpuPercentageError::TooHigh) => "At most 80: the server refuses more.",
            (Self::Zh, CpuPercentageError::NotANumber) => "请输入 1 到 80 的整数。",
            (Self::Zh, CpuPercentageError::TooLow) => "不能小于 1。服务器会把 0 当作默认值 50。",
            (Self::Zh, CpuPercentageError::TooHigh) => "不能大于 80：服务器会拒绝。",
        }
    }

    pub fn selection_error(self, error: &SelectionError) -> String {
        match (self, error) {
            (Self::En, SelectionError::NothingThere) => "There are no collections on this server.".to_owned(),
            (Self::En, SelectionError::NothingChosen) => "No collection is chosen.".to_owned(),
            (Self::En, SelectionError::NoMatch(pattern)) => format!("{pattern} matches nothing."),
            (Self::En, SelectionError::Malformed(pattern)) => format!("{pattern} is not a pattern."),
            (Self::En, SelectionError::UnknownName(name)) => format!("{name} is not there any more."),
            (Self::Zh, SelectionError::NothingThere) => "该服务器上没有集合。".to_owned(),
            (Self::Zh, SelectionError::NothingChosen) => "没有选择集合。".to_owned(),
            (Self::Zh, SelectionError::NoMatch(pattern)) => format!("{pattern} 没有匹配项。"),
            (Self::Zh, SelectionError::Malformed(pattern)) => format!("{pattern} 不是有效的通配符。"),
            (Self::Zh, SelectionError::UnknownName(name)) => format!("{name} 已不存在。"),
        }
    }

    /// Why the button is disabled.
    pub fn create_why_not(self, why: &WhyNot) -> String {
        match why {
            WhyNot::Id(error) => self.id_error(error).to_owned(),
            WhyNot::IdTaken(_) | WhyNot::IdTakenUnseen => match self {
                Self::En => "The id is taken".to_owned(),
                Self::Zh => "ID 已被占用".to_owned(),
            },
            WhyNot::NotChecked => match self {
                Self::En => "Waiting for the checks".to_owned(),
                Self::Zh => "正在检查".to_owned(),
            },
            WhyNot::NotPermitted(lack) => self.needs_permission_briefly(lack),
            WhyNot::InTheWay => match self {
                Self::En => "Something is in the way".to_owned(),
                Self::Zh => "存在冲突".to_owned(),
            },
            WhyNot::NamesFailed(words) => self.not_asked_names(words),
            WhyNot::IdOfCanceled => match self {
                Self::En => "The id is that of a canceled backup".to_owned(),
                Self::Zh => "此 ID 属于已取消的备份".to_owned(),
            },
            WhyNot::IdNotAsked => match self {
                Self::En => "Waiting for the check of the id".to_owned(),
                Self::Zh => "正在检查 ID".to_owned(),
            },
            WhyNot::NoBackend => self.no_module_reason().to_owned(),
            WhyNot::FilesystemOnSeveralNodes(count) => self.refused_on_nodes(*count),
            WhyNot::NamesNotRead => self.reading_names().to_owned(),
            WhyNot::Selection(error) => self.selection_error(error),
            WhyNot::Cpu(error) => self.cpu_error(*error).to_owned(),
        }
    }
}
