//! Whether a page in Chinese is written by docs/chinese-terms.md where its texts meet. `tests/chinese.rs` holds each text
//! alone; what views put side by side, and what values bring along, shows only on the page.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::browser::Browser;

/// The texts of a page as they are read, and the names that only a screen reader tells. What is Weaviate's own (names,
/// answers, times) stands as one sign.
const TEXTS: &str = r#"
const texts = [], own = '.mono, code, pre, time';
const blockOf = element => /^(inline|contents)$/.test(getComputedStyle(element).display) ? blockOf(element.parentElement) : element;
const isShown = element => element.checkVisibility({visibilityProperty: true});
// What a sheet writes behind an element.
const after = element => /^"(.*)"/.exec(getComputedStyle(element, '::after').content)?.[1] ?? '';
let block = null, last = null;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data || !isShown(element)) continue;
  if (blockOf(element) !== block) texts.push('');
  else if (element !== last) texts.push(texts.pop() + after(last));
  block = blockOf(element), last = element;
  texts.push(texts.pop() + (element.closest(own) ? arguments[0] : node.data));
}
for (const element of document.querySelectorAll('[aria-label]')) if (isShown(element)) texts.push(element.getAttribute('aria-label'));
return texts;"#;

/// Stands for what is Weaviate's own.
const OWN: char = '\u{e000}';
const FULL_WIDTH: &str = "。，：；";

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What breaks a rule, with what stands around it.
fn broken_rule(text: &str) -> Option<String> {
    let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    text.windows(2).enumerate().find_map(|(at, pair)| {
        let is_latin = |c: char| c.is_ascii_alphanumeric() || c == OWN;
        let why = match *pair {
            [before, sign] if is_han(before) && ",.:;".contains(sign) => "half-width punctuation in Chinese",
            [sign, ' '] if FULL_WIDTH.contains(sign) => "a blank after full-width punctuation",
            [' ', '%'] if at > 0 && text[at - 1].is_ascii_digit() => "a blank before %",
            [a, b] if is_han(a) && is_latin(b) || is_latin(a) && is_han(b) => "no blank between Chinese and Latin",
            _ => return None,
        };
        let around: String = text[at.saturating_sub(20)..(at + 20).min(text.len())].iter().collect();
        Some(format!("{why}: {}", around.replace(OWN, "…")))
    })
}

/// The page is in Chinese, and every text on it by the rules.
pub async fn is_chinese(browser: &Browser) -> Result<()> {
    let texts = browser.run(TEXTS, vec![Value::from(OWN.to_string())]).await?;
    let texts: Vec<&str> = texts.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let chinese = texts.iter().filter(|text| text.contains(is_han)).count();
    ensure!(chinese > 10, "only {chinese} of {} texts are Chinese", texts.len());
    let broken: Vec<String> = texts.iter().filter_map(|text| broken_rule(text)).collect();
    ensure!(broken.is_empty(), "{broken:#?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_what_breaks_it() {
        let own = format!("节点{OWN}缺失");
        for wrong in ["排除这些: A", "成功。 未比对", "排除：\n  A", "占 50 %", "被2 个", "备份ID", &own]
        {
            assert!(broken_rule(wrong).is_some(), "{wrong} was let through");
        }
        let own = format!("节点 {OWN} 缺失：{OWN}。");
        for right in ["成功。未比对", "12 个，占 50%", "备份 ID（s3）", "创建备份…", &own] {
            assert_eq!(broken_rule(right), None, "{right}");
        }
    }
}
