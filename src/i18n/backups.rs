//! The list of backups.

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::version::Version;

use super::duration::blank_before;
use super::{Formats, Lang, plural, sentences, texts};
use crate::features::backups::absence::{Absence, Hidden};
use crate::features::backups::finder::Missing;
use crate::features::backups::row::Size;
use crate::route::{SortKey, StatusFilter};

mod summary;

texts! {
    head_open = "Open by id…", "按 ID 打开…";
    head_create = "Create backup…", "创建备份…";
    row_restore = "Restore…", "恢复…";
    not_listed = "Not listed", "列表失败";
    listing = "Listing…", "正在列出…";
    listing_backups = "Listing the backups", "正在列出备份";
    search_backups = "Search id or collection", "搜索备份 ID 或集合";
    filter_by_status = "Filter by status", "按状态筛选";
    backend_is = "Backend:", "后端：";
    any_backend = "any", "不限";
    sort_by = "Sort by:", "排序：";
    backup_table = "Backups", "备份";
    actions = "Actions", "操作";
    possibly_orphaned = "possibly orphaned", "疑似已中断";
    /// Before the base of a backup, in a card.
    base_word = "base ", "基准备份 ";
    base_unknown = "unknown", "未知";
    no_id = "no id", "无 ID";
    unreadable_entry = "Unreadable", "无法读取";
    collections_word = "collections", "个集合";
    none_dash = "–", "–";
    no_module_reason = "No backup module is on", "未启用备份模块";
    /// Between the names in a list.
    list_comma = ", ", "、";
    /// Between parts of a sentence.
    comma = ", ", "，";
    uncovered_title = "Collections without a good backup", "没有可用备份的集合";
    refused_on_cluster = "Probably nothing is missing: the server refuses this backend on several nodes anyway.",
        "应该没有遗漏：多节点集群本来就不能使用此后端。";
    elsewhere_never_listed = "Backups made to another bucket or path are never listed: open them by their id.",
        "保存到其他存储桶或路径的备份不会出现在列表中，请按 ID 打开。";
    elsewhere_title = "At another bucket or path, made from this browser", "由此浏览器创建、位于其他存储桶或路径的备份";
    end_not_seen = "End not seen here", "此浏览器未看到结果";
    no_buckets = "The filesystem backend has no buckets.", "filesystem 后端没有存储桶。";
    base_told_to_root = "A base is told to root users only.", "只有 root 用户能看到基准备份。";
    find_title = "Open by id", "按 ID 打开";
    find_open = "Open", "打开";
    find_what = "What", "查看";
    find_bucket = "Bucket", "存储桶";
    find_path = "Path", "路径";
    find_place_help = "Only if the backup was made to another bucket or path than the backend’s own.",
        "仅当备份保存在后端默认位置以外的存储桶或路径时填写。";
    server_not_read = "The server could not be asked for its backends.", "无法查询服务器的后端。";
    clear_filters = "Clear search and filter", "清除搜索和筛选";
}

sentences! {
    show_the(count: usize) = format!("Show the {count}"), format!("查看这 {count} 个");
    listed_ago(ago: &str) = format!("Listed {ago}"), format!("{ago}刷新");
    backends_of(count: usize) = plural(count, "backend", "backends"), format!("{count} 个后端");
    backend_listed(count: &str, is_one: bool, seconds: &str) =
        format!("{count} {}, listed in {seconds} s", if is_one { "backup" } else { "backups" }),
        format!("{count} 个备份，列表耗时 {seconds} 秒");
    backend_kept(what_happened: &str, ago: &str) =
        format!("{what_happened} Shown as listed {ago}."), format!("{what_happened}显示的是{}{ago}的列表。", blank_before(ago));
    module_says(words: &str) = format!("Its module says: {words}"), format!("模块报告：{words}");
    duration_so_far(duration: &str) = format!("{duration} so far"), format!("已用 {duration}");
    no_end_for(duration: &str) = format!("no end for {duration}"), format!("{duration}未结束");
    restore_of(id: &str, backend: &str) = format!("Restore… {id} from {backend}"), format!("恢复… {backend} 上的 {id}");
    collections_of(id: &str) = format!("Collections of {id}"), format!("{id} 的集合");
    collections_of_count(count: &str, id: &str) = format!("{count} collections of {id}"), format!("{id} 的 {count} 个集合");
    show_more_rows(more: &str, hidden: &str) =
        format!("Show {more} more of {hidden}"), format!("再显示 {more} 个（剩余 {hidden} 个）");
    asked_here(time: &str) = format!("asked for {time}"), format!("{time} 发起");
    collections_count(count: usize) = plural(count, "collection", "collections"), format!("{count} 个集合");
    try_again_listing(backend: &str) = format!("Try again: list {backend}"), format!("重试：列出 {backend} 的备份");
    backend_option(name: &str) = name.to_owned(), name.to_owned();
}

impl Lang {
    pub fn status_filter(self, filter: StatusFilter) -> &'static str {
        match (self, filter) {
            (Self::En, StatusFilter::Any) => "All",
            (Self::En, StatusFilter::Success) => "Success",
            (Self::En, StatusFilter::Failed) => "Failed",
            (Self::En, StatusFilter::Canceled) => "Canceled",
            (Self::En, StatusFilter::NotFinished) => "Not finished",
            (Self::Zh, StatusFilter::Any) => "全部",
            (Self::Zh, StatusFilter::Success) => "成功",
            (Self::Zh, StatusFilter::Failed) => "失败",
            (Self::Zh, StatusFilter::Canceled) => "已取消",
            (Self::Zh, StatusFilter::NotFinished) => "未结束",
        }
    }

    /// The header of a column.
    pub fn column(self, sort: SortKey) -> &'static str {
        match (self, sort) {
            (_, SortKey::Status) => self.status(),
            (_, SortKey::Id) => self.backup_id(),
            (_, SortKey::Backend) => self.backend(),
            (Self::En, SortKey::Collections) => "Collections",
            (Self::En, SortKey::Started) => "Started",
            (Self::En, SortKey::Duration) => "Duration",
            (Self::En, SortKey::Size) => "Size, uncompressed",
            (Self::Zh, SortKey::Collections) => "集合数",
            (Self::Zh, SortKey::Started) => "开始时间",
            (Self::Zh, SortKey::Duration) => "耗时",
            (Self::Zh, SortKey::Size) => "大小（压缩前）",
        }
    }

    pub fn column_base(self) -> &'static str {
        match self {
            Self::En => "Base",
            Self::Zh => "基准备份",
        }
    }

    pub fn operation_kind(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::En, Kind::Create) => "The backup itself",
            (Self::En, Kind::Restore) => "The last restore of it",
            (Self::Zh, Kind::Create) => "备份本身",
            (Self::Zh, Kind::Restore) => "最近一次恢复",
        }
    }

    pub fn find_missing(self, missing: Missing) -> &'static str {
        match (self, missing) {
            (Self::En, Missing::Id) => "An id is needed, as it was given when the backup was made.",
            (Self::En, Missing::Backend) => "A backend is needed, such as s3 or filesystem.",
            (Self::Zh, Missing::Id) => "请输入创建备份时使用的 ID。",
            (Self::Zh, Missing::Backend) => "请输入后端，例如 s3 或 filesystem。",
        }
    }

    /// The number of a size in GiB, without its unit.
    pub fn size_gib(self, size: Size, formats: &dyn Formats) -> String {
        if size.is_below_shown() {
            return format!("< {}", formats.decimal(0.001, 3));
        }
        formats.decimal(size.gib(), size.decimals())
    }

    /// What is said of a backend, and what its module says.
    pub fn beside_module(self, said: &str, words: &str) -> String {
        let says = self.module_says(words);
        let between = match self {
            _ if said.ends_with(['.', '。', '…']) => self.gap(),
            Self::En => ". ",
            Self::Zh => "；",
        };
        format!("{said}{between}{says}")
    }

    /// Title and body of what stands in place of the rows.
    pub fn absence(self, absence: &Absence, server_version: &str) -> (String, String) {
        let (title, body) = match self {
            Self::En => match absence {
                Absence::NoBackupModule => (
                    "No backup module is on",
                    "The server lists no backup-s3, -gcs, -azure or -filesystem in its modules. Add one to ENABLE_MODULES on every node and restart them.".to_owned(),
                ),
                Absence::CannotList { needs } => ("This server cannot list its backups", cannot_list_en(server_version, *needs)),
                Absence::NotPermitted { words } => ("You may not list backups here", self.explained(words, format!("The server said: {words}"))),
                Absence::NotListed => ("No backend could be listed", "What each of them said stands above.".to_owned()),
                Absence::NothingYet { backends, hidden } => (
                    if hidden.is_some() { "No backup that you may see" } else { "No backup yet" },
                    match backends.as_slice() {
                        [one] => format!("{one} was listed and is empty."),
                        many => format!("{} were listed and are empty.", many.join(", ")),
                    },
                ),
                Absence::NothingMatches { search, hidden_rows, filters_beside } => {
                    let backups = plural(*hidden_rows, "backup is", "backups are");
                    let filters = plural(*filters_beside, "filter", "filters");
                    let by = match (search.is_empty(), *filters_beside) {
                        (true, _) => filters,
                        (false, 0) => "the search".to_owned(),
                        (false, _) => format!("the search and {filters}"),
                    };
                    let title = if search.is_empty() { "Nothing matches".to_owned() } else { format!("Nothing matches “{search}”") };
                    return (title, format!("{backups} hidden by {by}."));
                }
            },
            Self::Zh => match absence {
                Absence::NoBackupModule => (
                    "未启用备份模块",
                    "服务器的模块中没有 backup-s3、backup-gcs、backup-azure 或 backup-filesystem。请在每个节点的 ENABLE_MODULES 中加入其中一个并重启。".to_owned(),
                ),
                Absence::CannotList { needs } => (
                    "此服务器不支持列出备份",
                    format!("Weaviate {server_version} 没有备份列表接口，{needs} 及以上版本才有。仍可按 ID 打开备份。"),
                ),
                Absence::NotPermitted { words } => ("当前用户无权列出备份", self.explained(words, format!("服务器原文：{words}"))),
                Absence::NotListed => ("所有后端的备份都无法列出", "各后端返回的信息见上方。".to_owned()),
                Absence::NothingYet { backends, hidden } => (
                    if hidden.is_some() { "没有您有权查看的备份" } else { "还没有备份" },
                    format!("已查询 {}，其中没有备份。", backends.join("、")),
                ),
                Absence::NothingMatches { search, hidden_rows, filters_beside } => {
                    let by = match (search.is_empty(), *filters_beside) {
                        (true, filters) => format!(" {filters} 个筛选条件"),
                        (false, 0) => "搜索".to_owned(),
                        (false, filters) => format!("搜索和 {filters} 个筛选条件"),
                    };
                    let title = if search.is_empty() { "没有匹配的备份".to_owned() } else { format!("没有与“{search}”匹配的备份") };
                    return (title, format!("有 {hidden_rows} 个备份被{by}隐藏。"));
                }
            },
        };
        (title.to_owned(), body)
    }

    /// Before, and after, the names of the roles.
    pub fn hidden_from(self, hidden: &Hidden) -> (&'static str, &'static str) {
        match (self, hidden) {
            (Self::En, Hidden::FromRoles(roles)) => (
                "Some backups may be hidden from you: the server leaves out, without saying so, any backup that holds a collection your ",
                if roles.len() == 1 { " does not cover." } else { " do not cover." },
            ),
            (Self::En, Hidden::FromNoRole) => (
                "Some backups may be hidden from you: no role is assigned to your user, and where roles count the server leaves out, without saying so, all that they do not cover.",
                "",
            ),
            (Self::En, Hidden::FromUnknown) => (
                "Some backups may be hidden from you: the server does not tell your roles, and leaves out, without saying so, what they do not cover.",
                "",
            ),
            (Self::Zh, Hidden::FromRoles(roles)) => (
                "列表可能不完整：备份中只要含有",
                if roles.len() == 1 {
                    " 无权访问的集合，服务器就不会列出，也不会提示。"
                } else {
                    " 均无权访问的集合，服务器就不会列出，也不会提示。"
                },
            ),
            (Self::Zh, Hidden::FromNoRole) => (
                "列表可能不完整：当前用户没有分配角色；如果服务器启用了角色，就不会列出无权访问的备份，也不会提示。",
                "",
            ),
            (Self::Zh, Hidden::FromUnknown) => {
                ("列表可能不完整：服务器没有提供您的角色；对于无权访问的备份，服务器不会列出，也不会提示。", "")
            }
        }
    }

    /// `role` or `roles`, before their names.
    pub fn role_word(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::En, 1) => "role ",
            (Self::En, _) => "roles ",
            (Self::Zh, _) => "角色 ",
        }
    }
}

fn cannot_list_en(server_version: &str, needs: Version) -> String {
    format!(
        "Weaviate {server_version} has no list of backups; {needs} and later have. One can still be opened by its id."
    )
}

#[cfg(test)]
mod tests;
