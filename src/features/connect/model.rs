//! State and events of the connect screen.

use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::secret::Secret;
use weaviate_backups::domain::server_url::{ServerUrl, ServerUrlError};

use super::diagnosis::{Cause, Observed, diagnose};
use crate::connection::{Environment, KeepKey, SavedConnection, SignIn, new_id};
use crate::features::Model;
use crate::server::MetaFacts;

/// The form as typed; kept through every failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub url: String,
    /// This and those below: `None` before it was typed or chosen. Then it follows the address.
    pub sign_in: Option<SignIn>,
    pub keep_key: Option<KeepKey>,
    pub name: Option<String>,
    pub environment: Option<Environment>,
}

/// The state of the screen. It has no `Debug`: it holds the key as typed.
#[derive(Clone, PartialEq)]
pub struct Connect {
    pub form: Form,
    /// As typed. Only ever handed to [`Secret::new`].
    pub key: String,
    pub attempt: Attempt,
    pub saved: Vec<SavedConnection>,
    /// The saved connection that the form was filled from.
    pub editing: Option<ConnectionId>,
    /// Rises with each attempt, so that the answer to an abandoned one is known for what it is.
    version: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    None,
    /// The form was sent and cannot be tried as it is.
    Refused(FormError),
    Checking,
    /// The cause, beside what it rests on.
    Failed {
        cause: Cause,
        observed: Box<Observed>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    Url(ServerUrlError),
    /// A way to sign in was chosen and no key typed.
    KeyMissing,
    /// The key has characters that no header may hold.
    KeyCharacters,
}

pub enum Event {
    UrlTyped(String),
    SignInChosen(SignIn),
    KeyTyped(String),
    KeepKeyChosen(KeepKey),
    NameTyped(String),
    EnvironmentChosen(Environment),
    /// The form was sent, or "try again" pressed.
    SubmitPressed,
    ClearPressed,
    /// The attempt of that version came back.
    Observed {
        version: u32,
        observed: Box<Observed>,
    },
    /// "Open it anyway", when all that lacks is a backup module.
    OpenAnywayPressed,
    /// A saved connection was chosen. `secret` is the one that is still known for it.
    SavedPressed(ConnectionId, Option<Secret>),
    EditPressed(ConnectionId),
    ForgetPressed(ConnectionId),
    SavedChanged(Vec<SavedConnection>),
}

pub enum Effect {
    /// Try to reach the server; answer with [`Event::Observed`].
    Observe {
        version: u32,
        url: ServerUrl,
        secret: Option<Secret>,
    },
    /// Keep the connection and go to its backups.
    Open {
        connection: SavedConnection,
        secret: Option<Secret>,
    },
    Forget(ConnectionId),
}

impl Connect {
    pub fn new(saved: Vec<SavedConnection>, suggested_url: Option<String>) -> Self {
        Self {
            form: Form { url: suggested_url.unwrap_or_default(), ..Form::default() },
            key: String::new(),
            attempt: Attempt::None,
            saved,
            editing: None,
            version: 0,
        }
    }

    /// What is wrong with the address, once it was sent.
    pub fn url_error(&self) -> Option<&ServerUrlError> {
        match &self.attempt {
            Attempt::Refused(FormError::Url(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether all that lacks is a backup module.
    pub fn may_open_anyway(&self) -> bool {
        matches!(&self.attempt, Attempt::Failed { cause: Cause::NoBackupModule, .. })
    }

    /// The saved connection to a server: the one that the form was filled from, when it leads there.
    fn saved_at(&self, url: &ServerUrl) -> Option<&SavedConnection> {
        let there = |saved: &&SavedConnection| saved.url == *url;
        let edited = self.saved.iter().filter(there).find(|saved| Some(&saved.id) == self.editing.as_ref());
        edited.or_else(|| self.saved.iter().find(there))
    }

    /// The saved connection that would be saved anew. Another address is another server, and so another connection: what
    /// this browser remembers of the one counts for nothing at the other.
    pub fn edits(&self) -> Option<&SavedConnection> {
        self.saved_at(&ServerUrl::parse(&self.form.url).ok()?)
    }

    pub fn sign_in(&self) -> SignIn {
        self.form.sign_in.or_else(|| Some(self.edits()?.sign_in)).unwrap_or_default()
    }

    pub fn keep_key(&self) -> KeepKey {
        self.form.keep_key.or_else(|| Some(self.edits()?.keep_key)).unwrap_or_default()
    }

    pub fn environment(&self) -> Environment {
        self.form.environment.or_else(|| Some(self.edits()?.environment)).unwrap_or_default()
    }

    pub fn name(&self) -> String {
        let host = || ServerUrl::parse(&self.form.url).map(|url| url.host().to_owned()).unwrap_or_default();
        let saved = || self.edits().map(|saved| saved.name.clone());
        self.form.name.clone().or_else(saved).unwrap_or_else(host)
    }

    fn parsed(&self) -> Result<(ServerUrl, Option<Secret>), FormError> {
        let url = ServerUrl::parse(&self.form.url).map_err(FormError::Url)?;
        if self.sign_in() == SignIn::None {
            return Ok((url, None));
        }
        if self.key.trim().is_empty() {
            return Err(FormError::KeyMissing);
        }
        let secret = Secret::new(&self.key, url.origin()).ok_or(FormError::KeyCharacters)?;
        Ok((url, Some(secret)))
    }

    fn submit(&mut self) -> Vec<Effect> {
        if self.attempt == Attempt::Checking {
            return Vec::new();
        }
        match self.parsed() {
            Err(error) => {
                self.attempt = Attempt::Refused(error);
                Vec::new()
            }
            Ok((url, secret)) => {
                self.version += 1;
                self.attempt = Attempt::Checking;
                vec![Effect::Observe { version: self.version, url, secret }]
            }
        }
    }

    fn open(&self, version_text: Option<String>) -> Vec<Effect> {
        let Ok((url, secret)) = self.parsed() else { return Vec::new() };
        let known = self.saved_at(&url);
        let name = match self.name().trim() {
            "" => url.host().to_owned(),
            name => name.to_owned(),
        };
        let id =
            known.map_or_else(|| new_id(&name, self.saved.iter().map(|saved| &saved.id)), |saved| saved.id.clone());
        let connection = SavedConnection {
            id,
            name,
            url,
            environment: self.environment(),
            sign_in: self.sign_in(),
            keep_key: self.keep_key(),
            last_used: 0,
            last_version: version_text,
        };
        vec![Effect::Open { connection, secret }]
    }

    fn observed(&mut self, version: u32, observed: Box<Observed>) -> Vec<Effect> {
        if version != self.version || self.attempt != Attempt::Checking {
            return Vec::new();
        }
        let Ok((url, _)) = self.parsed() else { return Vec::new() };
        match diagnose(&url, &observed) {
            Ok(MetaFacts { version_text, .. }) => self.open(Some(version_text)),
            Err(cause) => {
                // The server said that it wants a key: the field for it appears, and what was typed stays.
                if matches!(cause, Cause::KeyNeeded { .. }) && self.sign_in() == SignIn::None {
                    self.form.sign_in = Some(SignIn::ApiKey);
                }
                self.attempt = Attempt::Failed { cause, observed };
                Vec::new()
            }
        }
    }

    fn fill_from(&mut self, id: &ConnectionId) {
        if let Some(saved) = self.saved.iter().find(|saved| saved.id == *id) {
            self.form = Form {
                url: saved.url.to_string(),
                sign_in: Some(saved.sign_in),
                keep_key: Some(saved.keep_key),
                name: Some(saved.name.clone()),
                environment: Some(saved.environment),
            };
            self.key.clear();
            self.attempt = Attempt::None;
            self.editing = Some(id.clone());
        }
    }

    /// Whether what is typed is still what was tried: a change makes the diagnosis one of the past.
    fn input_changed(&mut self) {
        if self.attempt == Attempt::Checking || matches!(self.attempt, Attempt::Refused(_)) {
            self.attempt = Attempt::None;
        }
    }
}

impl Model for Connect {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::UrlTyped(url) => {
                self.form.url = url;
                self.input_changed();
            }
            Event::SignInChosen(sign_in) => {
                self.form.sign_in = Some(sign_in);
                self.input_changed();
            }
            Event::KeyTyped(key) => {
                self.key = key;
                self.input_changed();
            }
            Event::KeepKeyChosen(keep_key) => self.form.keep_key = Some(keep_key),
            Event::NameTyped(name) => self.form.name = Some(name),
            Event::EnvironmentChosen(environment) => self.form.environment = Some(environment),
            Event::SubmitPressed => return self.submit(),
            Event::ClearPressed => *self = Self::new(std::mem::take(&mut self.saved), None),
            Event::Observed { version, observed } => return self.observed(version, observed),
            Event::OpenAnywayPressed => {
                if let Attempt::Failed { cause: Cause::NoBackupModule, observed } = &self.attempt {
                    let version = observed.meta.as_ref().and_then(|meta| meta.as_ref().ok());
                    return self.open(version.map(|meta| meta.version_text.clone()));
                }
            }
            Event::SavedPressed(id, secret) => {
                let found = self.saved.iter().find(|saved| saved.id == id).cloned();
                match found {
                    Some(connection) if connection.sign_in == SignIn::None || secret.is_some() => {
                        return vec![Effect::Open { connection, secret }];
                    }
                    // The key is gone: the form asks for it again.
                    _ => self.fill_from(&id),
                }
            }
            Event::EditPressed(id) => self.fill_from(&id),
            Event::ForgetPressed(id) => {
                if self.editing.as_ref() == Some(&id) {
                    self.editing = None;
                }
                return vec![Effect::Forget(id)];
            }
            Event::SavedChanged(saved) => self.saved = saved,
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
