//! All text, in English and Chinese: a missing text does not compile.
//!
//! One file a screen, each adding methods to [`Lang`]. Parameters are values; formats of numbers and times come from
//! [`Formats`].

mod backups;
pub mod catalogue;
mod common;
mod connect;
mod create;
mod duration;
mod errors;
mod formats;
mod operation;
mod preflight;
mod request;
mod restore;
mod settings;
mod shell;
mod submit;

pub use duration::{ago, duration};
pub use formats::Formats;
pub use operation::About;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

weaviate_backups::api::json::json_words!(Lang { En = "en", Zh = "zh" });

impl Lang {
    /// The language for a browser's tag such as `zh-CN`; English for any other.
    pub fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// The tag for `lang` attributes and `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }
}

/// Fixed texts: `name = "English", "中文";`
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $en:expr, $zh:expr;)*) => {
        impl $crate::i18n::Lang {
            $($(#[$doc])* pub fn $name(self) -> &'static str {
                match self {
                    Self::En => $en,
                    Self::Zh => $zh,
                }
            })*
        }
    };
}

/// Texts with values in them: `name(count: usize) = format!("..."), format!("...");`
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*) = $en:expr, $zh:expr;)*) => {
        impl $crate::i18n::Lang {
            $($(#[$doc])* pub fn $name(self, $($argument: $kind),*) -> String {
                match self {
                    Self::En => $en,
                    Self::Zh => $zh,
                }
            })*
        }
    };
}

pub(crate) use {sentences, texts};

/// `1 backup`, `2 backups`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
