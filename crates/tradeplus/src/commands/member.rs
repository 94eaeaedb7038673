//! `tradeplus member create`

use anyhow::bail;
use kernel::{FieldErrors, Lang, Refusal, Say};
use market::accounts::model::{Registration, Role};
use market::accounts::rules;
use platform::crypto::Hasher;
use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn create(
    base: &Base,
    email: &str,
    password: &str,
    name: Option<&str>,
    roles: &[String],
) -> anyhow::Result<ExitCode> {
    let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or(email));
    let mut known = Vec::new();
    for role in roles {
        let names = Role::ALL.map(Role::name).join(", ");
        match Role::find(role) {
            Some(role) => known.push(role),
            None => bail!("--role {role}: there is no such role; use one of {names}"),
        }
    }
    let brand = &base.config.brand.name;
    let registration =
        Registration::read_at(brand, email, password, name, Lang::EN).map_err(|e| words(&e))?;
    let hasher = Hasher::new(&base.config.passwords, base.db.dice().clone())?;
    let hash = hasher.hash(password.to_owned()).await?;
    let mut tx = base.db.begin().await?;
    let member = match rules::create_verified(&mut tx, &registration, &hash, None, &known).await {
        Ok(member) => member,
        Err(Refusal::Fields(errors)) => return Err(words(&errors)),
        Err(refusal) => return Err(refusal.into()),
    };
    tx.commit().await?;
    println!("{} ({}) may sign in now.", member.email, member.handle);
    Ok(ExitCode::SUCCESS)
}

/// The mistakes as the options of the command line.
pub fn words(errors: &FieldErrors) -> anyhow::Error {
    let say = Say::new(Lang::EN);
    let lines: Vec<String> =
        errors.iter().map(|(field, wrong)| format!("--{field}: {}", wrong.say(&say))).collect();
    anyhow::anyhow!(lines.join("\n"))
}
