//! Lengths of time in words.

use super::Lang;

/// A length of time with at most two units: `4 min 12 s`, `2 h 5 min`, `3 d`. Negative lengths, which a wall clock that
/// jumped can make, read as zero.
pub fn duration(lang: Lang, millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    let (second, minute, hour, day) = match lang {
        Lang::En => (" s", " min", " h", " d"),
        Lang::Zh => (" 秒", " 分", " 小时", " 天"),
    };
    let two = |big: i64, big_unit: &str, small: i64, small_unit: &str| {
        if small == 0 { format!("{big}{big_unit}") } else { format!("{big}{big_unit} {small}{small_unit}") }
    };
    match seconds {
        0..60 => format!("{seconds}{second}"),
        60..3600 if lang == Lang::Zh && seconds % 60 == 0 => format!("{} 分钟", seconds / 60),
        60..3600 => two(seconds / 60, minute, seconds % 60, second),
        3600..86_400 => two(seconds / 3600, hour, seconds % 3600 / 60, minute),
        _ => format!("{}{day}", seconds / 86_400),
    }
}

/// How long ago, in one unit: `20 s ago`, `3 h ago`. In Chinese less than a second is 刚刚.
pub fn ago(lang: Lang, millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    let (number, en, zh) = match seconds {
        0..60 => (seconds, "s", "秒"),
        60..3600 => (seconds / 60, "min", "分钟"),
        3600..86_400 => (seconds / 3600, "h", "小时"),
        _ => (seconds / 86_400, "d", "天"),
    };
    match lang {
        Lang::En => format!("{number} {en} ago"),
        Lang::Zh if seconds == 0 => "刚刚".to_owned(),
        Lang::Zh => format!("{number} {zh}前"),
    }
}

/// What stands between a Chinese character and such words, which may be Chinese from the first one on.
pub(super) fn blank_before(words: &str) -> &'static str {
    if words.starts_with(|first: char| first.is_ascii()) { " " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_at_most_two_units() {
        for (millis, en, zh) in [
            (-5, "0 s", "0 秒"),
            (59_999, "59 s", "59 秒"),
            (720_000, "12 min", "12 分钟"),
            (252_000, "4 min 12 s", "4 分 12 秒"),
            (3_600_000, "1 h", "1 小时"),
            (3_720_000, "1 h 2 min", "1 小时 2 分"),
            (518_400_000, "6 d", "6 天"),
        ] {
            assert_eq!((duration(Lang::En, millis).as_str(), duration(Lang::Zh, millis).as_str()), (en, zh));
        }
    }

    #[test]
    fn an_age_has_one_unit() {
        assert_eq!(ago(Lang::En, 10_900_000), "3 h ago");
        assert_eq!(ago(Lang::Zh, 240_000), "4 分钟前");
        assert_eq!((ago(Lang::En, 999).as_str(), ago(Lang::Zh, 999).as_str()), ("0 s ago", "刚刚"));
    }
}
