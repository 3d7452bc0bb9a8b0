//! The Chinese texts, held to docs/chinese-terms.md: every string of `src/i18n` is read, in macros as well.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

const FULL_WIDTH: &str = "，。；：、（）";
/// Stand inside of a sentence like the others, but in English ones as well.
const QUOTES: &str = "“”";
const HALF_WIDTH: &str = ",.;:!?()\"'";
/// What no text says, whatever it is about.
const TONE: [&str; 9] = ["！", "「", "」", "\"", "...", "你", "抱歉", "糟糕", "吧。"];
/// Values that are Chinese themselves, or a whole sentence.
const CHINESE_VALUES: [&str; 11] =
    ["", "ago", "by", "duration", "hedge", "landed", "status", "what", "what_happened", "words", "zh"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// The strings among the tokens, as the program has them; not the comments.
fn strings(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.stream().to_string().starts_with("doc =") => {}
            TokenTree::Group(group) => strings(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Ok(syn::Lit::Str(text)) = syn::parse2(TokenTree::Literal(literal).into()) {
                    found.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Every Chinese string of the console, with its file. Those that tests of the texts expect are among them.
fn chinese_texts() -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![top().join("src/i18n")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let mut found = Vec::new();
                strings(std::fs::read_to_string(&path).unwrap().parse().unwrap(), &mut found);
                let chinese =
                    found.into_iter().filter(|text| text.chars().any(|c| is_han(c) || FULL_WIDTH.contains(c)));
                texts.extend(chinese.map(|text| (path.clone(), text)));
            }
        }
    }
    texts
}

/// The words of the column "not".
fn forbidden_words(terms: &str) -> Vec<String> {
    let words = terms.split("## Words").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = words.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    rows.flat_map(|row| row.split('|').nth(2).unwrap().trim().split('、').map(str::to_owned))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The text with each value as one sign, and the names of the values in their order; a value without a name is "".
fn without_values(text: &str) -> (Vec<char>, Vec<String>) {
    let (mut shown, mut names) = (Vec::new(), Vec::new());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '{' {
            names.push(rest.by_ref().take_while(|c| *c != '}').collect());
            shown.push(VALUE);
        } else {
            shown.push(c);
        }
    }
    (shown, names)
}

const VALUE: char = '\u{e000}';

/// What breaks a rule of writing, `None` when nothing does.
fn broken_rule(text: &str) -> Option<String> {
    if let Some(sign) = TONE.iter().find(|sign| text.contains(**sign)) {
        return Some(format!("{sign} is not said"));
    }
    let (shown, names) = without_values(text);
    let mut values = names.iter();
    let full_width = |c: char| FULL_WIDTH.contains(c) || QUOTES.contains(c);
    for (at, &c) in shown.iter().enumerate() {
        let beside = [at.checked_sub(1).map(|before| shown[before]), shown.get(at + 1).copied()];
        let touches = |what: &dyn Fn(char) -> bool| beside.into_iter().flatten().any(what);
        if HALF_WIDTH.contains(c) && touches(&is_han) {
            return Some(format!("{c} touches a Chinese character"));
        }
        if is_latin(c) && touches(&is_han) {
            return Some(format!("no space between {c} and a Chinese character"));
        }
        if c == ' ' && touches(&full_width) {
            return Some("a space beside full-width punctuation".into());
        }
        if c == '%' && shown[..at].last() == Some(&' ') {
            return Some("a space before %".into());
        }
        if c == VALUE {
            let name = values.next().unwrap();
            if touches(&is_han) && !CHINESE_VALUES.contains(&name.as_str()) {
                return Some(format!("no space beside {{{name}}}"));
            }
        }
    }
    None
}

#[test]
fn every_chinese_text_is_written_by_the_rules() {
    let texts = chinese_texts();
    assert!(texts.len() > 400, "only {} texts were found: the files are not read", texts.len());
    let broken: Vec<String> = texts
        .iter()
        .filter_map(|(file, text)| {
            broken_rule(text).map(|why| format!("{}: {text}: {why}", file.strip_prefix(top()).unwrap().display()))
        })
        .collect();
    assert!(broken.is_empty(), "{} texts break a rule:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn no_chinese_text_has_a_word_that_the_terms_rule_out() {
    let words = forbidden_words(&std::fs::read_to_string(top().join("docs/chinese-terms.md")).unwrap());
    assert!(words.len() > 50, "only {} words were found: the table is not read", words.len());
    let mut wrong = Vec::new();
    for (file, text) in chinese_texts() {
        for word in words.iter().filter(|word| text.contains(word.as_str())) {
            wrong.push(format!("{}: {text}: not {word}", file.strip_prefix(top()).unwrap().display()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong words:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_rule_finds_what_breaks_it() {
    for wrong in [
        "备份,恢复",
        "备份ID",
        "3个集合",
        "{count}个集合",
        "备份 {count}个",
        "已取消 。",
        "（ 401）",
        "占 80 %，",
        "成功！",
        "「成功」",
        "你的密钥",
        "备份(压缩前)",
        "正在加载...",
    ] {
        assert!(broken_rule(wrong).is_some(), "{wrong} was let through");
    }
    for right in ["{ago}刷新", "备份 ID 已被占用（{status}）。", "以 http:// 开头。", "状态为“{status}”", "占 80%，"]
    {
        assert_eq!(broken_rule(right), None, "{right}");
    }
}

#[test]
fn the_column_of_what_is_not_said_is_read_from_the_table_of_words_alone() {
    let terms = "## Words\n\n| English | 中文 | not | note |\n|---|---|---|---|\n| a | 甲 | 乙、丙 | 丁 |\n\n## Statuses\n\n| b | 戊 | 己 |\n";
    assert_eq!(forbidden_words(terms), ["乙", "丙"]);
}
