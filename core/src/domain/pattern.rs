//! Patterns over names, as the server matches them.

use thiserror::Error;

/// A pattern of the form of Go's `path.Match`, which the server uses for `include` and `exclude` since v1.36: `*` (any
/// run without `/`), `?` (one character but `/`), `[a-z]`, `[^a-z]`, and `\` before a character that stands for itself.
/// Case matters. Source: behaviour notes 1.1.
///
/// The console expands patterns itself and sends names: a pattern that matches nothing makes the server take
/// *everything*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Token>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(char),
    AnyOne,
    AnyRun,
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// The pattern has a `[` without its `]`, an empty class, or a `\` at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the pattern is malformed")]
pub struct MalformedPattern;

impl Pattern {
    pub fn parse(text: &str) -> Result<Self, MalformedPattern> {
        let mut tokens = Vec::new();
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            tokens.push(match character {
                '*' => Token::AnyRun,
                '?' => Token::AnyOne,
                '\\' => Token::Literal(rest.next().ok_or(MalformedPattern)?),
                '[' => {
                    let negated = rest.next_if_eq(&'^').is_some();
                    let mut ranges = Vec::new();
                    loop {
                        match rest.next().ok_or(MalformedPattern)? {
                            ']' if !ranges.is_empty() => break,
                            ']' | '-' => return Err(MalformedPattern),
                            first => {
                                let low = if first == '\\' { rest.next().ok_or(MalformedPattern)? } else { first };
                                let mut high = low;
                                if rest.next_if_eq(&'-').is_some() {
                                    high = match rest.next().ok_or(MalformedPattern)? {
                                        '\\' => rest.next().ok_or(MalformedPattern)?,
                                        ']' | '-' => return Err(MalformedPattern),
                                        other => other,
                                    };
                                }
                                ranges.push((low, high));
                            }
                        }
                    }
                    Token::Class { negated, ranges }
                }
                other => Token::Literal(other),
            });
        }
        Ok(Self(tokens))
    }

    /// Whether the text holds a character that means more than itself.
    pub fn is_pattern(text: &str) -> bool {
        text.contains(['*', '?', '[', '\\'])
    }

    /// Whether the whole of `name` matches.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut token, mut at) = (0, 0);
        // The last `*` seen and where its run ends: on a mismatch it is met again one character later.
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.0.get(token), name.get(at)) {
                (Some(Token::AnyRun), _) => {
                    retry = Some((token, at));
                    token += 1;
                    continue;
                }
                (Some(one), Some(&character)) if one.takes(character) => {
                    token += 1;
                    at += 1;
                    continue;
                }
                (None, None) => return true,
                _ => {}
            }
            match retry {
                Some((star, end)) if end < name.len() && name[end] != '/' => {
                    token = star;
                    at = end + 1;
                }
                _ => return false,
            }
        }
    }
}

impl Token {
    fn takes(&self, character: char) -> bool {
        match self {
            Self::Literal(literal) => *literal == character,
            Self::AnyOne => character != '/',
            Self::AnyRun => false,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|&(low, high)| low <= character && character <= high) != *negated
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_match_as_the_servers_do() {
        for (pattern, name, expected) in [
            ("Pub*", "Publication", true),
            ("pub*", "Publication", false),
            ("*", "", true),
            ("A?ticle", "Article", true),
            ("*ti*e", "Article", true),
            ("[A-C]*", "Author", true),
            ("[B-C]*", "Author", false),
            ("[B-C]*", "Document", false),
            ("[^A-C]*", "Author", false),
            ("\\*", "*", true),
            ("*a*b*c", "xxaxxbxxbxc", true),
            ("a*", "a/b", false),
        ] {
            assert_eq!(Pattern::parse(pattern).map(|pattern| pattern.matches(name)), Ok(expected), "{pattern} {name}");
        }
    }

    #[test]
    fn a_malformed_pattern_is_refused_before_it_is_sent() {
        for pattern in ["[", "[]", "[a", "[a-", "[-a]", "a\\"] {
            assert_eq!(Pattern::parse(pattern), Err(MalformedPattern), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses_and_matches_without_panic(pattern in "\\PC{0,12}", name in "\\PC{0,40}") {
            if let Ok(pattern) = Pattern::parse(&pattern) {
                pattern.matches(&name);
            }
        }

        #[test]
        fn a_text_without_special_characters_matches_itself_only(name in "[A-Za-z0-9_]{1,20}", other in "[A-Za-z0-9_]{1,20}") {
            let pattern = Pattern::parse(&name).unwrap();
            prop_assert!(pattern.matches(&name));
            prop_assert_eq!(pattern.matches(&other), name == other);
        }
    }
}
