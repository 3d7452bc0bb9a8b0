//! What the server's words mean, and what to do: a catalogue of templates, kept as data.
//!
//! A cause is found by words alone. The HTTP status is not asked, because which of 422 and 500 a message comes with has
//! changed between versions (behaviour notes 1.1). Words that no template fits have no explanation: they are shown whole.

use weaviate_backups::api::error::ApiError;

use super::Lang;

mod access;
mod cause;
mod cluster;
mod restore;
mod selection;
mod storage;
mod template;

pub use cause::Cause;
pub use template::{Rank, Template};

/// A cause with the messages that tell it, and its texts. `{name}` in a text is what a hole of that name took.
#[derive(Debug)]
pub struct Entry {
    pub cause: Cause,
    pub templates: &'static [Template],
    pub en: Texts,
    pub zh: Texts,
}

/// A sentence of the cause, and one or two of the next step.
#[derive(Debug)]
pub struct Texts {
    pub cause: &'static str,
    pub next: &'static str,
}

/// `Cause [Rank "template", …] "cause", "next step", "原因", "下一步";`
macro_rules! catalogue_entries {
    ($($cause:ident [$($rank:ident $words:expr),+ $(,)?] $en:expr, $en_next:expr, $zh:expr, $zh_next:expr;)*) => {
        pub(super) static ENTRIES: &[$crate::i18n::catalogue::Entry] = &[$($crate::i18n::catalogue::Entry {
            cause: $crate::i18n::catalogue::Cause::$cause,
            templates: &[$($crate::i18n::catalogue::Template {
                rank: $crate::i18n::catalogue::Rank::$rank,
                words: $words,
            }),+],
            en: $crate::i18n::catalogue::Texts { cause: $en, next: $en_next },
            zh: $crate::i18n::catalogue::Texts { cause: $zh, next: $zh_next },
        }),*];
    };
}

use catalogue_entries;

/// All entries, in no order that matters.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    [access::ENTRIES, cluster::ENTRIES, restore::ENTRIES, selection::ENTRIES, storage::ENTRIES].into_iter().flatten()
}

impl Entry {
    /// Whether one of its templates of this rank fits somewhere in the words.
    fn fits(&self, rank: Rank, words: &str) -> bool {
        self.templates.iter().any(|template| template.rank == rank && template.fits(words))
    }

    fn texts(&self, lang: Lang) -> &Texts {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// The entries that claim the words on the highest rank on which any does. Several only where the server lists several
/// reasons, one a collection.
pub fn claims(words: &str) -> Vec<&'static Entry> {
    for rank in Rank::ALL {
        let mut found = Vec::new();
        for entry in entries() {
            if entry.fits(rank, words) {
                found.push(entry);
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// How many bytes of a message are looked at. Weaviate's longest are lists of collections, which say the same of each;
/// what a proxy or a storage sends instead can be a whole page.
const LOOKED_AT: usize = 8_000;

/// What is behind the server's words; `None` when the catalogue does not know them.
pub fn entry_of(words: &str) -> Option<&'static Entry> {
    let found = claims(words);
    if found.len() > 1 {
        // Collections failed for different reasons: no one of them is the cause.
        let in_part = entries().find(|entry| entry.cause == Cause::RestoredInPart);
        return in_part.filter(|entry| entry.fits(Rank::Attempt, words)).or(found.first().copied());
    }
    found.first().copied()
}

/// What the server's words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub cause: String,
    /// What to do, in this console or on the server.
    pub next: String,
}

impl Explanation {
    pub fn in_one(&self, lang: Lang) -> String {
        lang.run_on(&[&self.cause, &self.next])
    }
}

/// An error as it is told to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// One sentence: the cause, or what happened.
    pub what: String,
    /// The next step. Where the words are not known, these, whole.
    pub then: Option<String>,
    /// The server's own words, where `then` is not them: they stand behind a press.
    pub behind: Option<String>,
}

impl Told {
    /// A sentence alone.
    pub fn plain(what: impl Into<String>) -> Self {
        Self { what: what.into(), then: None, behind: None }
    }

    pub fn in_one(&self, lang: Lang) -> String {
        lang.run_on(&[&self.what, self.then.as_deref().unwrap_or_default()])
    }
}

impl Lang {
    /// What the server's words mean; `None` when the catalogue does not know them.
    pub fn explanation(self, words: &str) -> Option<Explanation> {
        let words = &words[..words.floor_char_boundary(LOOKED_AT)];
        let entry = entry_of(words)?;
        let (texts, comma) = (entry.texts(self), self.list_comma());
        let fill = |text: &str| template::filled(text, comma, entry.templates, words);
        Some(Explanation { cause: fill(texts.cause), next: fill(texts.next) })
    }

    /// What went wrong with a call. `headline` is what it was that did not work, where the cause alone does not say so.
    pub fn told(self, headline: Option<&str>, error: &ApiError) -> Told {
        let words = error.words();
        if let Some(Explanation { cause, next }) = self.explanation(&words) {
            let then = self.run_on(&[headline.unwrap_or_default(), &next]);
            return Told { what: cause, then: Some(then), behind: Some(words) };
        }
        let happened = self.what_happened(error);
        let words = self.words_of(error).map(|words| self.its_words(&words));
        match headline {
            Some(headline) => {
                let then = self.run_on(&[&happened, words.as_deref().unwrap_or_default()]);
                Told { what: headline.to_owned(), then: Some(then), behind: None }
            }
            None => Told { what: happened, then: words, behind: None },
        }
    }

    /// The words' cause, in a sentence; the words themselves where the catalogue does not know them.
    pub fn cause_of(self, words: &str) -> String {
        self.explanation(words).map_or_else(|| words.to_owned(), |explanation| explanation.cause)
    }

    /// What the words mean, before a sentence that has them.
    pub fn explained(self, words: &str, said: String) -> String {
        match self.explanation(words) {
            Some(Explanation { cause, next }) => self.run_on(&[&cause, &next, &said]),
            None => said,
        }
    }

    /// What went wrong, where the server's own words stand beside.
    pub fn told_beside_words(self, error: &ApiError) -> String {
        let explanation = self.explanation(&error.words());
        explanation.map_or_else(|| self.what_happened(error), |explanation| explanation.in_one(self))
    }

    /// What stands between two sentences.
    pub fn gap(self) -> &'static str {
        if self == Self::En { " " } else { "" }
    }

    /// A reason as a sentence of its own.
    pub fn sentence(self, reason: String) -> String {
        let stop = if self == Self::En { '.' } else { '。' };
        if reason.ends_with(stop) { reason } else { format!("{reason}{stop}") }
    }

    /// Sentences, one after the other; those that are empty left away.
    pub fn run_on(self, sentences: &[&str]) -> String {
        let gap = self.gap();
        let mut text = String::new();
        for sentence in sentences {
            if !text.is_empty() && !sentence.is_empty() {
                text.push_str(gap);
            }
            text.push_str(sentence);
        }
        text
    }
}
