//! Whether what is on a page can be read where it stands.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::browser::Browser;

/// Texts that leave the window or the box they stand in, or that are cut off without a mark. A box that scrolls, or that
/// ends in an ellipsis, may hold more than it shows.
const OUTSIDE: &str = r"
const outside = [];
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) outside.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`);
const isForEarsOnly = element => element && (getComputedStyle(element).clipPath === 'inset(50%)' || isForEarsOnly(element.parentElement));
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({visibilityProperty: true}) || element.closest('option') || isForEarsOnly(element)) continue;
  range.selectNodeContents(node);
  const rects = [...range.getClientRects()].filter(rect => rect.width > 1 && rect.height > 1);
  if (!rects.length) continue;
  const left = Math.min(...rects.map(rect => rect.left)), right = Math.max(...rects.map(rect => rect.right));
  const words = `${element.tagName.toLowerCase()}.${element.className}: ${node.data.trim().slice(0, 60)}`;
  let held = false;
  for (let box = element; box && !held; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.display === 'contents') continue;
    const frame = box.getBoundingClientRect();
    const leaves = left < frame.left - 1 || right > frame.right + 1;
    if (/auto|scroll/.test(style.overflowX)) held = true;
    else if (/hidden|clip/.test(style.overflowX) && leaves) {
      if (style.textOverflow !== 'ellipsis') outside.push(`cut off in ${box.tagName.toLowerCase()}.${box.className}, ${words}`);
      held = true;
    } else if (style.display !== 'inline' && leaves) {
      outside.push(`leaves ${box.tagName.toLowerCase()}.${box.className} (${Math.round(left)} to ${Math.round(right)} in ${Math.round(frame.left)} to ${Math.round(frame.right)}), ${words}`);
      held = true;
    }
  }
}
return outside;";

/// Every text is where it belongs at the size that the window has now.
pub async fn everything_fits(browser: &Browser) -> Result<()> {
    let outside = browser.run(OUTSIDE, Vec::new()).await?;
    let outside: Vec<&str> = outside.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(outside.is_empty(), "{outside:#?}");
    Ok(())
}
