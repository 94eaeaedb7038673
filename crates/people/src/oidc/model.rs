//! Providers, and what they say of somebody.

use super::client::Known;
use kernel::{LinkId, Moment};
use platform::config::{Config, Oidc};
use platform::crypto::{Key, Signer};
use platform::outgoing::Outgoing;
use std::path::PathBuf;
use std::sync::Arc;

/// A service that may say who somebody is.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name in addresses.
    pub id: String,
    /// What people know it as.
    pub title: String,
    pub issuer: String,
    pub(super) client_id: String,
    pub(super) secret: Option<platform::config::Secret>,
    /// Separated by spaces.
    pub(super) scopes: String,
}

/// The secret of a provider cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("oidc {id:?}: the file {} cannot be read: {source}", .path.display())]
pub struct ProviderFault {
    id: String,
    path: PathBuf,
    source: std::io::Error,
}

/// All of them, in the order of the settings. Cheap to clone; clones share what was learnt of each.
#[derive(Clone, Debug)]
pub struct Providers {
    pub(super) all: Arc<[Known]>,
    pub(super) outgoing: Outgoing,
    /// Where they send people back to begins with this.
    pub(super) base_url: String,
    pub(super) signer: Signer,
}

impl Providers {
    /// Reads the settings and the files of secrets. `key` is the marketplace's own. Asks nobody yet.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub fn load(config: &Config, key: &Key, outgoing: Outgoing) -> Result<Self, ProviderFault> {
        let all: Result<Vec<Known>, ProviderFault> =
            config.oidc.iter().map(|o| Ok(Known::new(read(o)?))).collect();
        Ok(Self {
            all: all?.into(),
            outgoing,
            base_url: config.server.base_url.clone(),
            signer: Signer::new(key, "oidc"),
        })
    }

    /// Those that can be chosen.
    pub fn list(&self) -> impl Iterator<Item = &Provider> {
        self.all.iter().map(|known| &known.provider)
    }

    /// What people know an issuer as; the issuer itself when it was taken from the settings.
    pub fn title_of<'a>(&'a self, issuer: &'a str) -> &'a str {
        self.list().find(|provider| provider.issuer == issuer).map_or(issuer, |p| p.title.as_str())
    }
}

fn read(settings: &Oidc) -> Result<Provider, ProviderFault> {
    let secret = match (&settings.client_secret, &settings.client_secret_file) {
        (Some(secret), _) => Some(secret.clone()),
        (None, None) => None,
        (None, Some(path)) => {
            let text = std::fs::read_to_string(path).map_err(|source| ProviderFault {
                id: settings.id.clone(),
                path: path.clone(),
                source,
            })?;
            Some(platform::config::Secret::new(text.trim_end_matches(['\r', '\n'])))
        }
    };
    Ok(Provider {
        id: settings.id.clone(),
        title: settings.title.trim().to_owned(),
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        secret,
        scopes: settings.scopes.join(" "),
    })
}

/// What a provider says of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    pub issuer: String,
    /// Who they are there. Means nothing without the issuer.
    pub subject: String,
    pub email: Option<String>,
    /// The provider vouches for the address.
    pub email_verified: bool,
    pub name: Option<String>,
    /// When they last showed the provider who they are, if it says so: seconds since 1970.
    pub auth_time: Option<i64>,
}

/// An account elsewhere that signs a member in.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: LinkId,
    pub issuer: String,
    /// Its address as it was told when it was added; may be empty.
    pub email: String,
    pub linked_at: Moment,
    pub last_used_at: Option<Moment>,
}
