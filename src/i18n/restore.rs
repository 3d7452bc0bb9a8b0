//! The restore form.

use weaviate_backups::preflight::collections::CollectionState;

use super::{Lang, plural, sentences, texts};
use crate::features::restore::model::WhyNot;

texts! {
    restore_title = "Restore", "恢复";
    check_again = "Check again", "重新检查";
    check_report = "Check", "检查结果";
    in_target_now = "In the target now", "目标现状";
    overwrite_aliases = "Overwrite aliases", "覆盖别名";
    overwrite_aliases_help = "A missing alias is made again either way. One that exists stays where it points unless this is ticked.", "缺失的别名总会重建。已存在的别名默认保持原指向，勾选后才会改为指向恢复的集合。";
    users_roles_stay = "Users and roles are not restored: they stay as they are here.", "不恢复用户和角色：目标中的保持不变。";
    names_unknown = "The names in this backup cannot be read here: no list of the server shows it.", "此处无法读取该备份包含的集合名称：服务器的列表中没有此备份。";
    names_loading = "Reading what is in the backup…", "正在读取备份内容…";
    typed_names = "Collections to restore", "要恢复的集合";
    typed_names_help = "Exact names, with blanks or commas between. The server refuses one that the backup lacks.", "准确的名称，以空格或逗号分隔。备份中没有的名称会被服务器拒绝。";
    everything_in_it = "Everything in the backup", "备份中的全部集合";
    everything_help = "Without names: what it holds is not checked.", "不指定名称：无法检查其中的内容。";
    leave_it_out = "Leave it out", "排除";
    checking = "Checking", "正在检查";
    checking_all = "Checking the backup and the target…", "正在检查备份和目标…";
    not_sent = "Nothing was sent: the last check did not allow it.", "没有发送请求：最后一次检查未通过。";
    restore_effect = "Nothing is overwritten. The server finds what is in the way only at the end; what is in place by then stays: a restore is not undone.", "不会覆盖任何数据。服务器到最后才会发现冲突，届时已就位的集合会保留：恢复无法撤销。";
    aliases_move = "Aliases of the backup that exist here are pointed at the restored collections.", "备份中的别名如已存在，将改为指向恢复的集合。";
    check_runs_again = "The target is checked once more before anything is sent.", "发送前会再检查一次目标。";
    name_incomplete = "The name is not complete", "名称不完整";
}

sentences! {
    restore_from(id: &str, backend: &str) = format!("From backup {id} on {backend}."), format!("来自 {backend} 上的备份 {id}。");
    needs_version(version: &str) = format!("Needs Weaviate {version} or later."), format!("需要 Weaviate {version} 或更高版本。");
    leave_out_named(label: &str, names: &[String]) = format!("{label}: {}", names.join(", ")), format!("{label}：{}", names.join("、"));
    follow(id: &str) = format!("Follow {id}"), format!("查看 {id}");
    checked_at(time: &str) = format!("Checked at {time}"), format!("检查于 {time}");
    restore_ready_everything(connection: &str) = format!("Everything in the backup can be restored into {connection}, as far as it is known."), format!("就目前所知，备份中的全部集合可以恢复到 {connection}。");
    restore_ready(count: usize, connection: &str) = format!("{} can be restored into {connection}.", plural(count, "collection", "collections")), format!("{count} 个集合可以恢复到 {connection}。");
    restore_blocked(blocked: usize, all: usize, connection: &str) =
        if all == 1 { format!("The only collection cannot be restored into {connection};") } else { format!("{blocked} of the {all} collections cannot be restored into {connection};") },
        if all == 1 { format!("唯一的集合无法恢复到 {connection}；") } else { format!("{all} 个集合中有 {blocked} 个无法恢复到 {connection}；") };
    the_others_can(free: usize) = match free { 0 => "none is left.".to_owned(), 1 => "the other 1 can.".to_owned(), free => format!("the other {free} can.") }, match free { 0 => "没有可以恢复的。".to_owned(), free => format!("其余 {free} 个可以。") };
    leave_out(blocked: usize, free: usize) = format!("Leave {blocked} out, go on with {free}"), format!("排除 {blocked} 个，继续恢复 {free} 个");
    type_to_confirm(name: &str) = format!("Type {name} to confirm"), format!("输入 {name} 以确认");
    waits_for(count: usize) = format!("Waits for {}", plural(count, "blocking finding", "blocking findings")), format!("有 {count} 个阻断问题");
}

impl Lang {
    /// What is done; `None` for everything, whatever it is.
    pub fn restore_what(self, count: Option<usize>) -> String {
        match (self, count) {
            (Self::En, Some(count)) => format!("Restore {}", plural(count, "collection", "collections")),
            (Self::En, None) => "Restore everything".to_owned(),
            (Self::Zh, Some(count)) => format!("恢复 {count} 个集合"),
            (Self::Zh, None) => "恢复全部集合".to_owned(),
        }
    }

    /// The question before it is done.
    pub fn restore_into(self, count: Option<usize>, connection: &str) -> String {
        match (self, count) {
            (Self::En, _) => format!("{} into {connection}?", self.restore_what(count)),
            (Self::Zh, Some(count)) => format!("将 {count} 个集合恢复到 {connection}？"),
            (Self::Zh, None) => format!("将全部集合恢复到 {connection}？"),
        }
    }

    /// The state of a name in the target.
    pub fn in_target(self, state: &CollectionState) -> String {
        match (self, state) {
            (Self::En, CollectionState::New) => "new".to_owned(),
            (Self::En, CollectionState::Exists) => "exists".to_owned(),
            (Self::En, CollectionState::DiffersInCase { found }) => format!("{found} exists"),
            (Self::En, CollectionState::Alias { of, .. }) => format!("alias of {of}"),
            (Self::En, CollectionState::Unknown) => "not known yet".to_owned(),
            (Self::Zh, CollectionState::New) => "无同名集合".to_owned(),
            (Self::Zh, CollectionState::Exists) => "已存在".to_owned(),
            (Self::Zh, CollectionState::DiffersInCase { found }) => format!("已存在 {found}"),
            (Self::Zh, CollectionState::Alias { of, .. }) => format!("{of} 的别名"),
            (Self::Zh, CollectionState::Unknown) => "尚未查询".to_owned(),
        }
    }

    /// Why the button is disabled.
    pub fn restore_why_not(self, why: &WhyNot) -> String {
        match why {
            WhyNot::Backup(status) => match self {
                Self::En => {
                    format!("The backup is {}: only a successful one can be restored", self.status_word(status))
                }
                Self::Zh => format!("备份状态为“{}”：只有成功的备份才能恢复", self.status_word(status)),
            },
            WhyNot::Blocked(count) => self.waits_for(*count),
            WhyNot::Checking => self.checking().to_owned(),
            WhyNot::NotChecked => match self {
                Self::En => "The check is not complete".to_owned(),
                Self::Zh => "检查尚未完成".to_owned(),
            },
            WhyNot::NotPermitted(lack) => self.needs_permission_briefly(lack),
            WhyNot::NothingChosen => match self {
                Self::En => "Nothing is chosen".to_owned(),
                Self::Zh => "没有选择集合".to_owned(),
            },
            WhyNot::Pattern(pattern) => match self {
                Self::En => format!("{pattern} is a pattern: only names are sent"),
                Self::Zh => format!("{pattern} 含通配符：只能发送名称"),
            },
            WhyNot::Cpu(error) => self.cpu_error(*error).to_owned(),
        }
    }
}
