//! Elements as a person with or without a screen finds them: by role and name. The browser itself says which role and
//! name an element has.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use http::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Engine;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Button,
    Link,
    Heading,
    TextBox,
    ComboBox,
    CheckBox,
    Radio,
}

impl Role {
    /// The browser's word, and where to look.
    fn of(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Button => (&["button"], "button, [role=button], summary"),
            Self::Link => (&["link"], "a, [role=link]"),
            Self::Heading => (&["heading"], "h1, h2, h3, h4"),
            Self::TextBox => (&["textbox", "searchbox"], "input, textarea"),
            Self::ComboBox => (&["combobox"], "select"),
            Self::CheckBox => (&["checkbox"], "input[type=checkbox]"),
            Self::Radio => (&["radio"], "input[type=radio], [role=radio]"),
        }
    }
}

/// Narrows the candidates by a cheap look in the page, so that the browser is asked about few.
const CANDIDATES: &str = r"
const [selector, name] = arguments;
const modal = document.querySelector('dialog:modal');
const words = element => [element.innerText, element.getAttribute('aria-label'), element.title, element.placeholder, element.value,
  ...(element.labels ? [...element.labels].map(label => label.innerText) : []),
  ...(element.getAttribute('aria-labelledby') || '').split(' ').map(id => id && document.getElementById(id)?.innerText)].join(' ').split(/\s+/).join(' ');
return [...document.querySelectorAll(selector)].filter(element =>
  (!modal || modal.contains(element)) && element.checkVisibility({visibilityProperty: true}) && words(element).includes(name));";

impl Browser {
    pub async fn computed(&self, element: &Element, what: &str) -> Result<String> {
        let answer = self.raw(Method::GET, &format!("element/{}/{what}", element.element_id().as_ref()), None).await?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page shows so many elements of that role, or more, in sight or scrolled out of it, and assistive
    /// technology has a name for each.
    pub async fn see_names(&self, role: Role, at_least: usize) -> Result<()> {
        let (_, selector) = role.of();
        self.until(&format!("{at_least} times {role:?}, each with a name"), || async {
            // Each has the empty text among its words.
            let shown = self.run(CANDIDATES, vec![json!(selector), json!("")]).await?;
            let shown = shown.as_array().context("the script returned no list")?;
            for element in shown {
                let element: Element = Element::new_from(self, element)?;
                // An element may go while it is asked about; then all are looked at again.
                if self.computed(&element, "computedlabel").await.unwrap_or_default().is_empty() {
                    return Ok(None);
                }
            }
            Ok((shown.len() >= at_least).then_some(()))
        })
        .await
    }

    /// The role, in the word that all engines have for it.
    pub async fn role(&self, element: &Element) -> Result<String> {
        let role = self.computed(element, "computedrole").await?;
        let is = async |selector: &str| -> Result<bool> {
            let script = "return arguments[0].matches(arguments[1])";
            let matches = self.run(script, vec![serde_json::to_value(element)?, json!(selector)]).await?;
            Ok(matches == Value::Bool(true))
        };
        match (self.engine, role.as_str()) {
            // It takes a select for the button that opens it.
            (Engine::WebKit, "button") if is("select").await? => Ok("combobox".to_owned()),
            // ARIA has no role for it, and this engine invents none.
            (Engine::Firefox, "") if is("input[type=password]").await? => Ok("textbox".to_owned()),
            _ => Ok(role),
        }
    }

    /// The elements of that role whose name is `name`, or begins with it when it ends in `…*`.
    async fn all_now(&self, role: Role, name: &str) -> Result<Vec<Element>> {
        let (roles, selector) = role.of();
        let (wanted, prefix) = name.strip_suffix('*').map_or((name, false), |wanted| (wanted, true));
        // An element may go while the answer is on its way: then the page is asked again.
        let candidates = match self.client.execute(CANDIDATES, vec![json!(selector), json!(wanted)]).await {
            Err(error) if error.is_stale_element_reference() => return Ok(Vec::new()),
            answer => answer.with_context(|| format!("cannot look for {selector:?} named {name:?}"))?,
        };
        let mut found = Vec::new();
        for candidate in candidates.as_array().into_iter().flatten() {
            let element: Element = Element::new_from(self, candidate)?;
            // An element may go while it is asked about; then it is none.
            let Ok(label) = self.computed(&element, "computedlabel").await else { continue };
            let matches = if prefix { label.starts_with(wanted) } else { label == wanted };
            if matches && roles.contains(&self.role(&element).await.unwrap_or_default().as_str()) {
                found.push(element);
            }
        }
        Ok(found)
    }

    /// Waits for the one element of that role and name.
    pub async fn find(&self, role: Role, name: &str) -> Result<Element> {
        self.until(&format!("the {role:?} {name:?}"), || async {
            let mut found = self.all_now(role, name).await?;
            match found.len() {
                0 => Ok(None),
                1 => Ok(found.pop()),
                many => bail!("{many} elements are a {role:?} named {name:?}"),
            }
        })
        .await
    }

    pub async fn is_there(&self, role: Role, name: &str) -> Result<bool> {
        Ok(!self.all_now(role, name).await?.is_empty())
    }

    pub async fn click(&self, role: Role, name: &str) -> Result<()> {
        self.until(&format!("a click on the {role:?} {name:?}"), || async {
            // What is built anew between finding and clicking is found again.
            Ok(self.find(role, name).await?.click().await.ok())
        })
        .await
        .with_context(|| format!("cannot click the {role:?} {name:?}"))
    }

    /// Clicks once the control is no longer disabled: until then a click does nothing.
    pub async fn click_when_enabled(&self, role: Role, name: &str) -> Result<()> {
        self.until(&format!("the {role:?} {name:?}, enabled"), || async {
            Ok((!self.is_disabled(role, name).await?).then_some(()))
        })
        .await?;
        self.click(role, name).await
    }

    /// Replaces the text of a field.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        let field = self.find(Role::TextBox, name).await?;
        field.click().await?;
        field.send_keys(&format!("{}a{}", Key::Control + "", Key::Null + "")).await?;
        let text = if text.is_empty() { Key::Backspace + "" } else { text.to_owned() };
        field.send_keys(&text).await.with_context(|| format!("cannot type into {name:?}"))
    }

    /// Puts a text into a field as pasting does: keys cannot type every character.
    pub async fn paste(&self, field: &str, text: &str) -> Result<()> {
        let element = serde_json::to_value(&self.find(Role::TextBox, field).await?)?;
        let script = "
            const [field, text] = arguments;
            field.focus();
            field.value = text;
            field.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));
            return field.value === text;";
        let taken = self.run(script, vec![element, json!(text)]).await?;
        ensure!(taken == Value::Bool(true), "{field:?} does not take {text:?}");
        Ok(())
    }

    /// Chooses an option of a native select by its word.
    pub async fn choose(&self, name: &str, option: &str) -> Result<()> {
        let select = self.find(Role::ComboBox, name).await?;
        select.select_by_label(option).await.with_context(|| format!("{name:?} has no option {option:?}"))
    }

    /// Whether a control is disabled, and how it says so.
    pub async fn is_disabled(&self, role: Role, name: &str) -> Result<bool> {
        let element = self.find(role, name).await?;
        let script = "return arguments[0].matches(':disabled, [aria-disabled=true]')";
        let disabled = self.run(script, vec![serde_json::to_value(&element)?]).await?;
        Ok(disabled == Value::Bool(true))
    }
}

/// Makes an element of what a script returned.
pub trait FromScript: Sized {
    fn new_from(browser: &Browser, value: &Value) -> Result<Self>;
}

impl FromScript for Element {
    fn new_from(browser: &Browser, value: &Value) -> Result<Self> {
        let id = value.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        let id = id.context("the script returned no element")?.to_owned();
        Ok(Self::from_element_id(browser.client.clone(), fantoccini::elements::ElementRef::from(id)))
    }
}
