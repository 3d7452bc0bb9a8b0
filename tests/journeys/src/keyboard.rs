//! The keyboard alone: keys pressed, and where the focus is then.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, to_value};

use crate::browser::Browser;
use crate::locate::FromScript;

/// Where the focus is, as assistive technology hears it.
#[derive(Clone, Debug)]
pub struct Stop {
    pub role: String,
    pub name: String,
    /// What holds it: `rail`, `main` or `dialog`.
    pub area: String,
    element: Element,
}

impl Stop {
    /// Whether it is of that role and name, or has a name that begins so when it ends in `*`.
    pub fn is(&self, role: &str, name: &str) -> bool {
        let has_name = name.strip_suffix('*').map_or(self.name == name, |begin| self.name.starts_with(begin));
        self.role == role && has_name
    }

    /// `main: button "Connect"`.
    pub fn told(&self) -> String {
        format!("{}: {} {:?}", self.area, self.role, self.name)
    }
}

pub fn told(stops: &[Stop]) -> Vec<String> {
    stops.iter().map(Stop::told).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Onwards,
    Back,
}

const FOCUSED: &str = "
const element = document.activeElement;
if (!element || element === document.body || element === document.documentElement) return null;
const area = element.closest('dialog') ? 'dialog' : element.closest('main') ? 'main' : element.closest('.rail') ? 'rail' : '';
return {element, area};";

/// Whether the second stands below the first, or to its right. Both are measured now: the focus scrolls lists.
const STANDS_AFTER: &str = "
const [before, after] = [...arguments].map(element => element.getBoundingClientRect());
return after.top >= before.bottom - 1 || after.left > before.left;";

/// More than any page has.
const MOST_STOPS: usize = 200;

impl Browser {
    /// Presses a key while others are held down, and lets all go.
    pub async fn press_with(&self, held: &[Key], key: char) -> Result<()> {
        let pressed: Vec<char> = held.iter().map(|key| char::from(*key)).chain([key]).collect();
        let mut keys = KeyActions::new("keyboard".to_owned());
        for &value in &pressed {
            keys = keys.then(KeyAction::Down { value });
        }
        for &value in pressed.iter().rev() {
            keys = keys.then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(keys).await?)
    }

    pub async fn press(&self, key: Key) -> Result<()> {
        self.press_with(&[], key.into()).await
    }

    /// Types over what the focused field holds.
    pub async fn type_over(&self, text: &str) -> Result<()> {
        self.press_with(&[Key::Control], 'a').await?;
        for letter in text.chars() {
            self.press_with(&[], letter).await?;
        }
        Ok(())
    }

    /// `None` while the focus is on nothing but the page.
    pub async fn focused(&self) -> Result<Option<Stop>> {
        let found = self.run(FOCUSED, Vec::new()).await?;
        if found.is_null() {
            return Ok(None);
        }
        let element = Element::new_from(self, &found["element"])?;
        let role = self.role(&element).await?;
        let name = self.computed(&element, "computedlabel").await?;
        let area = found["area"].as_str().unwrap_or_default().to_owned();
        Ok(Some(Stop { role, name, area, element }))
    }

    /// Waits for the focus, where something else than the key itself moves it: a page that arrives, a dialog.
    pub async fn focus_comes_to(&self, role: &str, name: &str) -> Result<Stop> {
        let what = format!("the focus on the {role} {name:?}");
        let come = self.until(&what, || async {
            // An element may go while it is asked about.
            Ok(self.focused().await.unwrap_or_default().filter(|stop| stop.is(role, name)))
        });
        match come.await {
            Ok(stop) => Ok(stop),
            Err(error) => {
                let focused = self.focused().await?.map_or_else(|| "nothing".to_owned(), |stop| stop.told());
                Err(error.context(format!("the focus is on {focused}")))
            }
        }
    }

    /// Presses Tab and tells where that leads; `None` past the end of the page.
    pub async fn tab(&self, way: Way) -> Result<Option<Stop>> {
        let held: &[Key] = if way == Way::Back { &[Key::Shift] } else { &[] };
        self.press_with(held, Key::Tab.into()).await?;
        self.focused().await
    }

    /// Tabs until the focus has left the page, or is where it was. Every stop has a name, is met once, and stands after
    /// the one before it.
    pub async fn stops(&self, way: Way) -> Result<Vec<Stop>> {
        let mut met: Vec<Stop> = Vec::new();
        while let Some(stop) = self.tab(way).await? {
            ensure!(met.len() < MOST_STOPS, "the focus never leaves: {:#?}", told(&met));
            if met.first().is_some_and(|first| first.element.element_id() == stop.element.element_id()) {
                break;
            }
            self.check(&met, &stop, way).await?;
            met.push(stop);
        }
        Ok(met)
    }

    /// Tabs on to a control. What [`Browser::stops`] demands holds on the way.
    pub async fn tab_to(&self, way: Way, role: &str, name: &str) -> Result<()> {
        let mut met: Vec<Stop> = Vec::new();
        while met.len() < MOST_STOPS {
            let stop = self.tab(way).await?;
            let stop = stop.with_context(|| format!("no {role} {name:?} up to the end: {:#?}", told(&met)))?;
            self.check(&met, &stop, way).await?;
            if stop.is(role, name) {
                return Ok(());
            }
            met.push(stop);
        }
        bail!("no {role} {name:?}: {:#?}", told(&met))
    }

    async fn check(&self, met: &[Stop], stop: &Stop, way: Way) -> Result<()> {
        ensure!(!stop.name.is_empty() && !stop.role.is_empty(), "{} says nothing, after {:#?}", stop.told(), told(met));
        let again = met.iter().any(|known| known.element.element_id() == stop.element.element_id());
        ensure!(!again, "{} is met again, after {:#?}", stop.told(), told(met));
        let Some(last) = met.last().filter(|last| last.area == stop.area) else { return Ok(()) };
        let (before, after) = if way == Way::Onwards { (last, stop) } else { (stop, last) };
        let elements = vec![to_value(&before.element)?, to_value(&after.element)?];
        let in_order = self.run(STANDS_AFTER, elements).await? == Value::Bool(true);
        ensure!(in_order, "{} does not stand after {}", after.told(), before.told());
        Ok(())
    }
}
