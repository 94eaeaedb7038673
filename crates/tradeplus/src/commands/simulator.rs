//! The simulator of payment providers, by itself.

use crate::cli::Simulator;
use ::simulator::books::Memory;
use ::simulator::courier::{Dialect, Endpoint};
use ::simulator::serve::{Postman, listen, serve};
use ::simulator::{Setup, World};
use anyhow::{Context, bail};
use kernel::Clock;
use platform::chance;
use std::sync::Arc;

/// Serves until it is interrupted.
pub async fn run(args: &Simulator) -> anyhow::Result<()> {
    let endpoints = args
        .hook
        .iter()
        .enumerate()
        .map(|(n, text)| endpoint(n, text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let listener = listen(args.listen, args.anywhere).await.context("the simulator cannot listen there")?;
    let base = format!("http://{}", listener.local_addr()?);
    println!("The simulator answers at {base} as Stripe and as Paystack. No money moves.");
    println!("Its own calls are below {base}/_sim, its script is {base}/v3/.");
    let world = World::new(Setup {
        books: Arc::new(Memory::new()),
        clock: Clock::system(),
        dice: chance::system(),
        base,
        secret_key: args.key.clone(),
        endpoints,
        courier: Arc::new(Postman::new().context("TLS cannot be set up")?),
        remembers: true,
    });
    tokio::select! {
        served = serve(world, listener) => served.context("the simulator stopped"),
        interrupted = tokio::signal::ctrl_c() => interrupted.context("signals cannot be heard"),
    }
}

/// "stripe,whsec_1,http://127.0.0.1:8080/api/v1/webhooks/stripe"
fn endpoint(n: usize, text: &str) -> anyhow::Result<Endpoint> {
    let parts: Vec<&str> = text.splitn(3, ',').collect();
    let [who, secret, url] = parts.as_slice() else {
        bail!("--hook {text}: write who hears, the secret and the address, with commas between them");
    };
    let (dialect, connect) = match *who {
        "stripe" => (Dialect::Stripe, false),
        "connect" => (Dialect::Stripe, true),
        "paystack" => (Dialect::Paystack, false),
        other => bail!("--hook {other}: write stripe, connect or paystack"),
    };
    Ok(Endpoint {
        name: format!("{who} {n}"),
        url: (*url).to_owned(),
        dialect,
        secret: (*secret).to_owned(),
        old_secret: None,
        connect,
        events: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_is_who_secret_and_address() {
        let hook = endpoint(1, "connect,whsec_1,http://127.0.0.1:8080/a?b=c,d").unwrap();
        assert_eq!((hook.connect, hook.secret.as_str()), (true, "whsec_1"));
        assert_eq!(hook.url, "http://127.0.0.1:8080/a?b=c,d");
        for wrong in ["stripe", "stripe,whsec_1", "visa,a,b"] {
            assert!(endpoint(0, wrong).is_err(), "{wrong}");
        }
    }
}
