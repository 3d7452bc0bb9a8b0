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
        60..3600 => two(seconds / 60, minute, seconds % 60, second),
        3600..86_400 => two(seconds / 3600, hour, seconds % 3600 / 60, minute),
        _ => format!("{}{day}", seconds / 86_400),
    }
}

/// How long ago, in one unit: `20 s ago`, `3 h ago`.
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
        Lang::Zh => format!("{number} {zh}前"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_at_most_two_units() {
        for (millis, en, zh) in [
            (-5, "0 s", "0 秒"),
            (59_999, "59 s", "59 秒"),
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
    }
}
