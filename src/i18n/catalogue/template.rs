//! Messages with holes, and what stood in the holes.

/// Which of the templates that fit says most. A lower rank is asked only where no higher one fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Decides whatever else stands in the message.
    Certain,
    /// What a storage answered, inside the words of whoever asked it.
    Quoted,
    /// What the server says itself.
    Stated,
    /// What was being done: no more than that is known.
    Attempt,
}

impl Rank {
    /// The highest first.
    pub const ALL: [Self; 4] = [Self::Certain, Self::Quoted, Self::Stated, Self::Attempt];
}

/// Part of a message. `{}` is a hole for anything in a line; `{name}` takes one word, `{*name}` words, and neither may
/// be empty.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    pub rank: Rank,
    pub words: &'static str,
}

/// What a hole of a name took.
type Values<'m> = Vec<(&'static str, &'m str)>;

impl Template {
    pub fn fits(&self, message: &str) -> bool {
        let mut values = Vec::new();
        self.collect(message, &mut values) > 0
    }

    /// Takes the values of every place where it fits, and returns how many there are.
    fn collect<'m>(&self, message: &'m str, values: &mut Values<'m>) -> usize {
        let start = self.words.split('{').next().unwrap_or_default();
        let mut count = 0;
        for (at, _) in message.match_indices(start) {
            let in_a_word = message[..at].ends_with(is_of_word) && start.starts_with(is_of_word);
            let before = values.len();
            if !in_a_word && fit(self.words, &message[at..], values) {
                count += 1;
            } else {
                values.truncate(before);
            }
        }
        count
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the text begins as the template says. Values of holes are left in `values` even when it does not.
fn fit<'m>(template: &'static str, text: &'m str, values: &mut Values<'m>) -> bool {
    let Some((literal, rest)) = template.split_once('{') else {
        return text
            .strip_prefix(template)
            .is_some_and(|rest| !(template.ends_with(is_of_word) && rest.starts_with(is_of_word)));
    };
    let (Some(text), Some((name, rest))) = (text.strip_prefix(literal), rest.split_once('}')) else { return false };
    let line = text.split('\n').next().unwrap_or_default();
    if rest.is_empty() {
        let whole = name.starts_with('*');
        let value = if whole { line } else { line.split(' ').next().unwrap_or_default() };
        return take(name, value.trim_end_matches([',', ':', ' ']), values);
    }
    let next = rest.split('{').next().unwrap_or_default();
    for (at, _) in line.match_indices(next) {
        let before = values.len();
        if take(name, &line[..at], values) && fit(rest, &text[at..], values) {
            return true;
        }
        values.truncate(before);
    }
    false
}

/// Keeps the value of a hole. `false` when the hole does not take it.
fn take<'m>(name: &'static str, value: &'m str, values: &mut Values<'m>) -> bool {
    if name.is_empty() {
        return true;
    }
    let (name, may_have_spaces) = match name.strip_prefix('*') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if value.is_empty() || (!may_have_spaces && value.contains(' ')) {
        return false;
    }
    values.push((name, value));
    true
}

/// The text with the values of the holes in their places: several of one name each once, with `comma` between.
pub fn filled(text: &str, comma: &str, templates: &[Template], message: &str) -> String {
    let mut values = Vec::new();
    for template in templates {
        template.collect(message, &mut values);
    }
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        push_values(&mut filled, name, comma, &values);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// How many values of a name are said. The rest stands in the server's own words, a press away.
const SAID: usize = 12;

fn push_values(filled: &mut String, name: &str, comma: &str, values: &[(&str, &str)]) {
    let mut said: Vec<&str> = Vec::new();
    for &(of, value) in values {
        if of == name && !said.contains(&value) {
            if !said.is_empty() {
                filled.push_str(comma);
            }
            if said.len() == SAID {
                filled.push('…');
                return;
            }
            filled.push_str(value);
            said.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(words: &'static str, message: &str) -> bool {
        Template { rank: Rank::Stated, words }.fits(message)
    }

    fn values<'m>(words: &'static str, message: &'m str) -> Values<'m> {
        let mut values = Vec::new();
        Template { rank: Rank::Stated, words }.collect(message, &mut values);
        values
    }

    #[test]
    fn a_template_is_found_wherever_it_stands_and_not_inside_a_word() {
        assert!(fits("class {c} doesn't exist", "a: class News doesn't exist: b"));
        assert!(!fits("class {c} doesn't exist", "subclass News doesn't exist"));
        assert!(!fits("class {c} doesn't exist", "class News doesn't existing"));
        assert!(fits("bucket", "a bucket"));
    }

    #[test]
    fn a_hole_with_a_name_takes_one_word_or_words_and_never_nothing() {
        assert_eq!(values("id: '{id}' allowed", "id: 'Bad' allowed"), [("id", "Bad")]);
        assert!(!fits("id: '{id}' allowed", "id: '' allowed"));
        assert!(!fits("id: '{id}' allowed", "id: 'a b' allowed"));
        assert_eq!(values("id: '{*id}' allowed", "id: 'a b' allowed"), [("id", "a b")]);
        assert!(fits("id: '{}' allowed", "id: '' allowed"));
    }

    #[test]
    fn a_hole_at_the_end_stops_at_its_word_or_line() {
        assert_eq!(values("older than {v}", "older than v1.21, which"), [("v", "v1.21")]);
        assert_eq!(values("twice: {*name}", "twice: a b\nnext"), [("name", "a b")]);
        assert!(!fits("new ID: {id}", "new ID: "));
    }

    #[test]
    fn a_hole_does_not_reach_over_a_line_and_a_later_place_is_tried_when_the_first_does_not_fit() {
        assert!(!fits("class {} doesn't exist", "class A\nB doesn't exist"));
        assert_eq!(values("backup {id} already", "backup of it: backup b already"), [("id", "b")]);
    }

    #[test]
    fn values_of_all_places_are_said_once_each() {
        let templates = [Template { rank: Rank::Stated, words: "class {c} is there" }];
        let message = "class A is there, class B is there, class A is there";
        assert_eq!(filled("There: {c}.", "、", &templates, message), "There: A、B.");
    }

    #[test]
    fn of_many_values_the_first_twelve_are_said() {
        let templates = [Template { rank: Rank::Stated, words: "class {c} is there" }];
        let told = |count: usize| {
            let message: Vec<String> = (1..=count).map(|at| format!("class C{at} is there")).collect();
            filled("There: {c}.", ", ", &templates, &message.join("; "))
        };
        assert!(told(12).ends_with("C11, C12."));
        assert!(told(13).ends_with("C11, C12, …."));
        assert_eq!(told(13), told(400));
    }
}
