//! The restore form.

use weaviate_backups::preflight::collections::CollectionState;

use super::{Lang, plural, sentences, texts};
use crate::features::restore::model::WhyNot;

texts! {
    restore_title = "Restore", "恢复";
    check_again = "Check again", "重新检查";
    check_report = "Check", "检查结果";
    in_target_now = "In the target now", "目标中的现状";
    overwrite_aliases = "Overwrite aliases", "覆盖别名";
    overwrite_aliases_help = "A missing alias is made again either way. One that exists stays where it points unless this is ticked.", "缺失的别名总会重建。已存在的别名默认保持原指向，勾选后才会改为指向恢复的集合。";
    users_roles_stay = "Users and roles are not restored: they stay as they are here.", "不恢复用户和角色：保持目标现状。";
    names_unknown = "The names in this backup are not known here: it is not in the list of its backend.", "此处无法得知该备份包含的集合：它不在后端的列表中。";
    restore_effect = "Nothing is overwritten. The server finds what is in the way only at the end, and what is in place then stays: it is not undone.", "不会覆盖任何数据。服务器到最后才会发现冲突，届时已就位的集合会保留，不会回滚。";
    name_incomplete = "The name is not complete", "名称不完整";
}

sentences! {
    restore_count(count: usize) = format!("Restore {}", plural(count, "collection", "collections")), format!("恢复 {count} 个集合");
    restore_ready(count: usize, connection: &str) = format!("{} can be restored into {connection}.", plural(count, "collection", "collections")), format!("{count} 个集合可以恢复到 {connection}。");
    restore_blocked(blocked: usize, all: usize, connection: &str) = format!("{blocked} of the {all} collections cannot be restored into {connection};"), format!("{all} 个集合中有 {blocked} 个无法恢复到 {connection}；");
    the_others_can(free: usize) = match free { 0 => "none is left.".to_owned(), 1 => "the other 1 can.".to_owned(), free => format!("the other {free} can.") }, format!("其余 {free} 个可以。");
    leave_out(blocked: usize, free: usize) = format!("Leave {blocked} out, go on with {free}"), format!("排除 {blocked} 个，继续恢复 {free} 个");
    restore_into(count: usize, connection: &str) = format!("Restore {} into {connection}?", plural(count, "collection", "collections")), format!("将 {count} 个集合恢复到 {connection}？");
    type_to_confirm(name: &str) = format!("Type {name} to confirm"), format!("输入 {name} 以确认");
    waits_for(count: usize) = format!("Waits for {}", plural(count, "blocking finding", "blocking findings")), format!("有 {count} 项阻止问题");
}

impl Lang {
    /// The state of a name in the target.
    pub fn in_target(self, state: &CollectionState) -> String {
        match (self, state) {
            (Self::En, CollectionState::New) => "new".to_owned(),
            (Self::En, CollectionState::Exists) => "exists".to_owned(),
            (Self::En, CollectionState::DiffersInCase { found }) => format!("{found} exists"),
            (Self::En, CollectionState::Alias { of, .. }) => format!("alias of {of}"),
            (Self::En, CollectionState::Unknown) => "not known yet".to_owned(),
            (Self::Zh, CollectionState::New) => "新".to_owned(),
            (Self::Zh, CollectionState::Exists) => "已存在".to_owned(),
            (Self::Zh, CollectionState::DiffersInCase { found }) => format!("已存在 {found}"),
            (Self::Zh, CollectionState::Alias { of, .. }) => format!("{of} 的别名"),
            (Self::Zh, CollectionState::Unknown) => "尚未知".to_owned(),
        }
    }

    /// Why the button is disabled.
    pub fn restore_why_not(self, why: &WhyNot) -> String {
        match why {
            WhyNot::Backup(status) => match self {
                Self::En => {
                    format!("The backup is {}: only a successful one can be restored", self.status_word(status))
                }
                Self::Zh => format!("备份状态为{}：只有成功的备份才能恢复", self.status_word(status)),
            },
            WhyNot::Blocked(count) => self.waits_for(*count),
            WhyNot::NotChecked => match self {
                Self::En => "Waits for the check".to_owned(),
                Self::Zh => "等待检查完成".to_owned(),
            },
            WhyNot::NothingChosen => match self {
                Self::En => "Nothing is chosen".to_owned(),
                Self::Zh => "没有选择集合".to_owned(),
            },
            WhyNot::Cpu(error) => self.cpu_error(*error).to_owned(),
        }
    }
}
