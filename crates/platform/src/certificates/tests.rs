//! Whoever shows a false certificate is not spoken to, whatever it is that is spoken.

use super::*;
use crate::chance;
use crate::config::{self, Config, Database, MailMode, Secret};
use crate::db::Db;
use crate::fixture::Fixture;
use crate::jobs::JobError;
use crate::mail::{self, Letter, Mailer};
use crate::outgoing::{Call, Outgoing, OutgoingError};
use crate::scratch::Scratch;
use crate::sms;
use kernel::Clock;
use sqlx::{Connection, PgConnection};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;

/// What a machine at `localhost` may show that must not be believed, where one authority is.
fn forgeries(believed: &Authority) -> [(&'static str, TlsAcceptor); 4] {
    [
        ("of another authority", Authority::new().vouches_for("localhost", Until::Y2049)),
        ("of itself", self_signed("localhost")),
        ("of another machine", believed.vouches_for("elsewhere.example", Until::Y2049)),
        ("of another time", believed.vouches_for("localhost", Until::Y2021)),
    ]
}

/// What a machine speaks.
#[derive(Clone, Copy)]
enum Speaks {
    Http,
    Smtp,
    Postgres,
}

/// Starts a machine. Its port, and how many went on speaking to it when they had seen its certificate.
async fn machine(shown: TlsAcceptor, speaks: Speaks) -> (u16, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (listener.local_addr().unwrap().port(), Arc::new(AtomicU32::new(0)));
    let count = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if matches!(speaks, Speaks::Postgres) {
                // "Is there TLS?" – "Yes."
                let mut asked = [0_u8; 8];
                stream.read_exact(&mut asked).await.unwrap();
                stream.write_all(b"S").await.unwrap();
            }
            let Ok(stream) = shown.accept(stream).await else { continue };
            count.fetch_add(1, Ordering::SeqCst);
            match speaks {
                Speaks::Http => site(stream).await,
                Speaks::Smtp => post_office(stream).await,
                Speaks::Postgres => database(stream).await,
            }
        }
    });
    (port, heard)
}

async fn site(mut stream: TlsStream<TcpStream>) {
    let mut asked = [0_u8; 4096];
    let _read = stream.read(&mut asked).await.unwrap();
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";
    stream.write_all(answer).await.unwrap();
    let _closed = stream.shutdown().await;
}

async fn post_office(stream: TlsStream<TcpStream>) {
    let (read, mut write) = tokio::io::split(stream);
    let mut lines = BufReader::new(read).lines();
    let mut in_letter = false;
    write.write_all(b"220 office\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.as_str() {
            "." => "250 kept",
            _ if in_letter => continue,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            hello if hello.starts_with("EHLO") => "250-office\r\n250 8BITMIME",
            _ => "250 ok",
        };
        in_letter = line == "DATA";
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// It lets nobody in, and says so in its own voice.
async fn database(mut stream: TlsStream<TcpStream>) {
    let mut asked = [0_u8; 1024];
    let _read = stream.read(&mut asked).await.unwrap();
    let fields = b"SFATAL\0VFATAL\0C28000\0Mnot you\0\0".as_slice();
    let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
    stream.write_all(&[b"E".as_slice(), length.as_slice(), fields].concat()).await.unwrap();
    let _closed = stream.shutdown().await;
}

/// A file with the certificate of an authority.
fn file_of(believed: &Authority) -> (Scratch, PathBuf) {
    let scratch = Scratch::new("authority");
    let file = scratch.path().join("ca.pem");
    std::fs::write(&file, believed.pem()).unwrap();
    (scratch, file)
}

fn developing() -> Config {
    Config { development: true, ..Config::default() }
}

/// Identity providers and the gateway for SMS are called so.
#[tokio::test]
async fn calls_reach_whom_they_are_for() {
    let (believed, config) = (Authority::new(), developing());
    let outgoing = Outgoing::believing(&config, believed.roots()).unwrap();
    let ask = async |by: &Outgoing, port: u16| {
        by.ask(Call::get(&format!("https://localhost:{port}/").parse().unwrap())).await
    };
    let (port, heard) = machine(believed.vouches_for("localhost", Until::Y2049), Speaks::Http).await;
    assert_eq!(ask(&outgoing, port).await.unwrap().status, 200);
    // Browsers do not know this authority: outside of this test, nor do we.
    let as_it_ships = ask(&Outgoing::new(&config).unwrap(), port).await;
    assert!(matches!(as_it_ships, Err(OutgoingError::Unreachable(..))), "{as_it_ships:?}");
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    for (what, shown) in forgeries(&believed) {
        let (port, heard) = machine(shown, Speaks::Http).await;
        let asked = ask(&outgoing, port).await;
        assert!(matches!(asked, Err(OutgoingError::Unreachable(..))), "{what}: {asked:?}");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "{what}");
    }
}

#[tokio::test]
async fn codes_go_to_the_gateway_and_to_nobody_else() {
    let believed = Authority::new();
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    let db = Db::connect(nowhere, 2, Clock::system(), chance::seeded(1)).unwrap();
    let sends = async |port: u16| {
        let mut config = developing();
        config.sms.url = Some(format!("https://localhost:{port}/send"));
        let outgoing = Outgoing::believing(&config, believed.roots()).unwrap();
        let gateway = sms::of(&config, &db, &outgoing).unwrap();
        gateway.send("+4915112345678", "1234 5678").await
    };
    let (port, _) = machine(believed.vouches_for("localhost", Until::Y2049), Speaks::Http).await;
    assert!(sends(port).await.is_ok());
    for (what, shown) in forgeries(&believed) {
        let (port, heard) = machine(shown, Speaks::Http).await;
        assert!(matches!(sends(port).await, Err(JobError::Again(_))), "{what}");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "{what}");
    }
}

#[tokio::test]
async fn mails_go_to_the_mail_server_and_to_nobody_else() {
    let fixture = Fixture::start("mail-tls").await;
    let believed = Authority::new();
    let (_kept, file) = file_of(&believed);
    let sends = async |port: u16, ca_file: Option<PathBuf>| {
        let settings = config::Mail {
            mode: MailMode::Smtp,
            from: "noreply@market.example".to_owned(),
            smtp_url: Some(Secret::new(format!("smtps://localhost:{port}"))),
            ca_file,
            ..config::Mail::default()
        };
        let letter = Letter {
            to: "ann@example.org".to_owned(),
            subject: "Hello".to_owned(),
            text: "Hello".to_owned(),
            html: "<p>Hello</p>".to_owned(),
        };
        let mut tx = fixture.db.begin().await.unwrap();
        let id = mail::queue(&mut tx, letter).await.unwrap();
        tx.commit().await.unwrap();
        Mailer::new(&settings).unwrap().deliver(&fixture.db, id).await
    };
    let (port, heard) = machine(believed.vouches_for("localhost", Until::Y2049), Speaks::Smtp).await;
    assert!(sends(port, Some(file.clone())).await.is_ok());
    // Browsers do not know this authority.
    let (other, _) = machine(believed.vouches_for("localhost", Until::Y2049), Speaks::Smtp).await;
    assert!(matches!(sends(other, None).await, Err(JobError::Again(_))));
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    for (what, shown) in forgeries(&believed) {
        let (port, heard) = machine(shown, Speaks::Smtp).await;
        assert!(matches!(sends(port, Some(file.clone())).await, Err(JobError::Again(_))), "{what}");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "{what}");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn the_database_is_the_one_that_is_meant() {
    let believed = Authority::new();
    let (_kept, file) = file_of(&believed);
    let connects = async |port: u16, ca_file: Option<PathBuf>| {
        let database = Database { ca_file, ..Database::default() };
        let url = format!("postgres://u:p4ssword@localhost:{port}/x?sslmode=verify-full");
        PgConnection::connect(&database.address(&Secret::new(url))).await.map(drop)
    };
    let (port, heard) = machine(believed.vouches_for("localhost", Until::Y2049), Speaks::Postgres).await;
    let refused = connects(port, Some(file.clone())).await;
    assert!(matches!(refused, Err(sqlx::Error::Database(_))), "it was not heard out: {refused:?}");
    let unknown = connects(port, None).await;
    assert!(matches!(unknown, Err(sqlx::Error::Io(_) | sqlx::Error::Tls(_))), "{unknown:?}");
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    for (what, shown) in forgeries(&believed) {
        let (port, heard) = machine(shown, Speaks::Postgres).await;
        let met = connects(port, Some(file.clone())).await;
        assert!(matches!(met, Err(sqlx::Error::Io(_) | sqlx::Error::Tls(_))), "{what}: {met:?}");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "{what}");
    }

    // One that has no TLS is told nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let without = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = [0_u8; 8];
        stream.read_exact(&mut asked).await.unwrap();
        stream.write_all(b"N").await.unwrap();
        let mut more = Vec::new();
        stream.read_to_end(&mut more).await.unwrap();
        more
    });
    let met = connects(port, Some(file)).await;
    assert!(matches!(met, Err(sqlx::Error::Tls(_))), "{met:?}");
    assert!(without.await.unwrap().is_empty());
}
