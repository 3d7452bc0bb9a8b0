//! Pictures of screens, compared with those that were accepted.
//!
//! A picture is taken in a window where nothing differs from machine to machine: [`MOMENT`] on every clock, the fonts of
//! `engine/fonts.conf`, UTC, one address. What is left is how a version of the browser draws an edge; [`TOLERANCE`] is for that.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use http::Method;
use serde_json::json;

use crate::browser::{Browser, View};

/// When every picture is taken: 2026-03-04 03:00:00 UTC, in ms since 1970.
pub const MOMENT: u64 = 1_772_593_200_000;

/// The side of the squares that are compared, in pixels: about a letter. Their mean colours are, because another version
/// of a browser moves the grey around a letter, and not how much of it there is. With 12, "10 s" for "1 min" in
/// small grey letters was one square, and is eight.
const SQUARE: usize = 8;
/// How far the mean of a square may be from the accepted one, in each of red, green and blue of 255.
const TOLERANCE: u64 = 8;
/// How the squares that differ are marked in the picture for a person.
const MARK: [u8; 3] = [255, 0, 160];

/// Each screen is pictured so, from its top to its end: the end of the file's name, width, least height, dark.
const LOOKS: [(&str, u32, u32, bool); 3] =
    [("", 1440, 900, false), ("-dark", 1440, 900, true), ("-390", 390, 844, false)];

/// The page counts seconds once a second, and a busy machine is late.
const TICK: Duration = Duration::from_millis(1_500);

/// Where pictures are kept, and what is done with a new one.
#[derive(Debug)]
pub struct Album {
    /// The accepted ones.
    pub accepted: PathBuf,
    /// Where one that differs is put, beside a copy that marks where.
    pub differing: PathBuf,
    /// Puts new ones in the place of the accepted ones.
    pub accept: bool,
    /// The files that were compared or accepted.
    used: Mutex<BTreeSet<String>>,
}

impl Album {
    pub fn new(accepted: PathBuf, differing: PathBuf, accept: bool) -> Self {
        Self { accepted, differing, accept, used: Mutex::default() }
    }

    /// The accepted pictures that no screen was compared with.
    pub fn unused(&self) -> Result<Vec<String>> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let files = std::fs::read_dir(&self.accepted).with_context(|| format!("no {}", self.accepted.display()))?;
        let names = files.map(|file| Ok(file?.file_name().to_string_lossy().into_owned()));
        let names = names.collect::<Result<Vec<String>>>()?;
        Ok(names.into_iter().filter(|name| !used.contains(name)).collect())
    }

    /// Pictures the screen as it is now in each of [`LOOKS`], and compares.
    ///
    /// # Errors
    /// A picture that is missing, of another size, or differs; all of the screen are looked at before.
    pub async fn compare(&self, browser: &Browser, name: &str) -> Result<()> {
        settle(browser).await?;
        let mut wrong = Vec::new();
        for (end, width, height, dark) in LOOKS {
            let view = View { width, height, dark, ..View::default() };
            browser.look(view).await?;
            // What stands below the fold is drawn too, once the window has the height of the page.
            let whole = browser.run("return document.documentElement.scrollHeight", Vec::new()).await?;
            let whole = u32::try_from(whole.as_u64().context("a page without a height")?)?;
            browser.look(View { height: height.max(whole), ..view }).await?;
            let file = format!("{name}{end}.png");
            let new = Picture::decode(&at_rest(browser).await?).with_context(|| file.clone())?;
            self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone());
            if let Err(error) = self.file(&file, &new) {
                wrong.push(format!("{error:#}"));
            }
        }
        browser.look(View::default()).await?;
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }

    fn file(&self, file: &str, new: &Picture) -> Result<()> {
        let accepted = self.accepted.join(file);
        if self.accept {
            // One that is as good as the accepted one stays, so that a change shows only what it changed.
            let is_known = std::fs::read(&accepted).is_ok_and(|old| {
                Picture::decode(&old).is_ok_and(|old| new.differing(&old).is_ok_and(|squares| squares.is_empty()))
            });
            return if is_known { Ok(()) } else { new.write(&accepted) };
        }
        let hint = "`cargo xtask pictures --accept` takes the new one, after you looked at it";
        let old = std::fs::read(&accepted).with_context(|| format!("{file} was never accepted: {hint}"))?;
        let old = Picture::decode(&old).with_context(|| format!("{} cannot be read", accepted.display()))?;
        let squares = new.differing(&old).with_context(|| file.to_owned());
        if squares.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(());
        }
        let kept = self.differing.join(file);
        new.write(&kept)?;
        let squares = squares?;
        new.marked(&squares).write(&self.differing.join(format!("differs-{file}")))?;
        bail!(
            "{file} differs in {} squares, see {} and differs-{file} beside it; {hint}",
            squares.len(),
            kept.display()
        )
    }
}

/// Nothing of the pointer and of the blinking line in a field, and the page has shown what it does once a second.
async fn settle(browser: &Browser) -> Result<()> {
    let corner = json!({ "type": "pointerMove", "duration": 0, "x": 0, "y": 0 });
    let pointer = json!({ "type": "pointer", "id": "mouse", "actions": [corner] });
    browser.raw(Method::POST, "actions", Some(json!({ "actions": [pointer] }))).await?;
    browser.run("document.documentElement.style.caretColor = 'transparent'", Vec::new()).await?;
    let last = Mutex::new((String::new(), Instant::now()));
    browser
        .until("a page that says the same for longer than its clock takes", || async {
            let text = browser.text().await?;
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.0 != text {
                *last = (text, Instant::now());
            }
            Ok((last.1.elapsed() > TICK).then_some(()))
        })
        .await
}

/// The page when two pictures in a row are the same.
async fn at_rest(browser: &Browser) -> Result<Vec<u8>> {
    let last = Mutex::new(Vec::new());
    browser
        .until("a picture of a page at rest", || async {
            let new = browser.client.screenshot().await?;
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let is_at_rest = *last == new;
            last.clone_from(&new);
            Ok(is_at_rest.then_some(new))
        })
        .await
}

/// Rows of red, green and blue.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    fn decode(png: &[u8]) -> Result<Self> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info()?;
        let mut data = vec![0; reader.output_buffer_size().context("a picture of no size")?];
        let frame = reader.next_frame(&mut data)?;
        data.truncate(frame.buffer_size());
        let rgb = match frame.color_type {
            png::ColorType::Rgb => data,
            png::ColorType::Rgba => data.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
            other => bail!("a picture in {other:?}"),
        };
        Ok(Self { width: usize::try_from(frame.width)?, height: usize::try_from(frame.height)?, rgb })
    }

    fn write(&self, file: &Path) -> Result<()> {
        let folder = file.parent().context("a picture without a folder")?;
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, u32::try_from(self.width)?, u32::try_from(self.height)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        // Flat colours: rows as they are press smaller than differences of rows.
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        writer.finish()?;
        std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
    }

    /// The squares, by column and row, whose mean colour is out of tolerance.
    fn differing(&self, other: &Self) -> Result<Vec<(usize, usize)>> {
        let sizes = (self.width, self.height, other.width, other.height);
        ensure!((self.width, self.height) == (other.width, other.height), "another size: {sizes:?}");
        let mut squares = Vec::new();
        for row in 0..self.height.div_ceil(SQUARE) {
            for column in 0..self.width.div_ceil(SQUARE) {
                let (mine, its) = (self.mean(column, row), other.mean(column, row));
                if mine.iter().zip(its).any(|(mine, its)| mine.abs_diff(its) > TOLERANCE) {
                    squares.push((column, row));
                }
            }
        }
        Ok(squares)
    }

    /// Where the pixels of a square begin in `rgb`.
    fn pixels(&self, column: usize, row: usize) -> impl Iterator<Item = usize> {
        let rows = row * SQUARE..((row + 1) * SQUARE).min(self.height);
        let (first, end) = (column * SQUARE, ((column + 1) * SQUARE).min(self.width));
        let width = self.width;
        rows.flat_map(move |y| (first..end).map(move |x| (y * width + x) * 3))
    }

    fn mean(&self, column: usize, row: usize) -> [u64; 3] {
        let (mut sum, mut count) = ([0; 3], 0);
        for at in self.pixels(column, row) {
            for (sum, value) in sum.iter_mut().zip(&self.rgb[at..at + 3]) {
                *sum += u64::from(*value);
            }
            count += 1;
        }
        sum.map(|sum| sum / count)
    }

    /// The same with a tint over these squares.
    fn marked(&self, squares: &[(usize, usize)]) -> Self {
        let mut marked = self.clone();
        for &(column, row) in squares {
            for at in self.pixels(column, row) {
                for (value, mark) in marked.rgb[at..at + 3].iter_mut().zip(MARK) {
                    *value = value.midpoint(mark);
                }
            }
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn grey(level: u8) -> Picture {
        Picture { width: 50, height: 40, rgb: vec![level; 50 * 40 * 3] }
    }

    #[test]
    fn a_picture_is_itself_after_it_was_written_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new folder/picture.png");
        let mut picture = grey(200);
        picture.rgb[77] = 3;
        picture.write(&file).unwrap();
        assert_eq!(Picture::decode(&std::fs::read(file).unwrap()).unwrap(), picture);
    }

    #[test]
    fn an_accepted_picture_that_no_screen_was_compared_with_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let album = Album::new(folder.path().to_owned(), folder.path().join("differing"), true);
        for file in ["kept.png", "left.png"] {
            grey(0).write(&folder.path().join(file)).unwrap();
        }
        album.used.lock().unwrap().insert("kept.png".to_owned());
        assert_eq!(album.unused().unwrap(), ["left.png"]);
    }

    #[test]
    fn a_letter_more_is_noticed_and_the_grey_of_an_edge_is_not() {
        let old = grey(255);
        let mut edge = old.clone();
        // A line of one pixel, a little darker.
        old.pixels(1, 1).take(SQUARE).for_each(|at| edge.rgb[at..at + 3].fill(200));
        assert_eq!(edge.differing(&old).unwrap(), []);
        let mut letter = old.clone();
        // One stroke of one pixel, in grey.
        old.pixels(1, 1).take(SQUARE).for_each(|at| letter.rgb[at..at + 3].fill(100));
        assert_eq!(letter.differing(&old).unwrap(), [(1, 1)]);
    }

    #[test]
    fn a_small_change_of_a_whole_colour_is_noticed_up_to_the_last_pixel() {
        let mut changed = grey(250);
        let last = changed.rgb.len() - 1;
        for at in grey(0).pixels(6, 4) {
            changed.rgb[at] = 230;
        }
        assert_eq!(changed.differing(&grey(250)).unwrap(), [(6, 4)]);
        assert_eq!(changed.rgb[last - 2], 230, "the last square reaches the corner");
    }

    #[test]
    fn another_size_is_an_error() {
        let other = Picture { width: 40, height: 50, ..grey(0) };
        assert!(grey(0).differing(&other).is_err());
    }
}
