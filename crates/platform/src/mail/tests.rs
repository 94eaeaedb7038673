use super::*;
use crate::config::Secret;
use crate::fixture::Fixture;
use crate::jobs::{Registry, drain};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server that keeps what it gets and answers the end of a message with the next of `answers`.
struct Sink {
    url: String,
    got: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    async fn start(answers: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::new(Mutex::new(answers.iter().rev().copied().collect::<Vec<_>>()));
        let kept = Arc::clone(&got);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&answers)));
            }
        });
        Self { url, got }
    }

    fn mailer(&self) -> Mailer {
        Mailer::new(&config::Mail {
            mode: MailMode::Smtp,
            from: "Märkte <noreply@market.example>".into(),
            smtp_url: Some(Secret::new(&self.url)),
            ..config::Mail::default()
        })
        .unwrap()
    }
}

async fn serve(mut stream: TcpStream, got: Arc<Mutex<Vec<String>>>, answers: Arc<Mutex<Vec<&'static str>>>) {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250-sink\r\n250 8BITMIME",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut message = String::new();
                while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                    message += &(line + "\n");
                }
                got.lock().unwrap().push(message);
                answers.lock().unwrap().pop().unwrap_or("250 kept")
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

fn letter(to: &str) -> Letter {
    Letter {
        to: to.into(),
        subject: "Grüße\r\nBcc: victim@example.org".into(),
        text: "https://market.example/verify?token=one\n.\nend".into(),
        html: "<p>Bestätigen</p>".into(),
    }
}

async fn queued(fixture: &Fixture, to: &str) -> MailId {
    let mut tx = fixture.db.begin().await.unwrap();
    let id = queue(&mut tx, letter(to)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_queued_letter_is_sent_once_it_is_committed() {
    let fixture = Fixture::start("mail").await;
    let sink = Sink::start(&[]).await;
    let mut dropped = fixture.db.begin().await.unwrap();
    queue(&mut dropped, letter("never@example.org")).await.unwrap();
    dropped.rollback().await.unwrap();
    let id = queued(&fixture, "ann@example.org").await;

    let context = (fixture.db.clone(), sink.mailer());
    let registry = Registry::new()
        .on(|(db, mailer): (Db, Mailer), job: SendMail| async move { mailer.deliver(&db, job.mail).await });
    drain(&fixture.db, &registry, &context).await.unwrap();
    // A second delivery of the same job does nothing.
    context.1.deliver(&fixture.db, id).await.unwrap();

    let got = sink.got.lock().unwrap().clone();
    assert_eq!(got.len(), 1);
    let headers = got[0].split("\n\n").next().unwrap();
    for wanted in [
        "To: ann@example.org",
        &format!("Message-ID: <{id}@market.example>"),
        "Date: Sun, 01 Mar 2026 12:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative",
    ] {
        assert!(headers.contains(wanted), "{wanted} in\n{headers}");
    }
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    assert!(got[0].contains("Content-Type: text/plain") && got[0].contains("Content-Type: text/html"));
    assert!(got[0].contains("\n..\nend"), "a line with a dot alone does not end the mail: {}", got[0]);
    let mail = find(&mut fixture.db.read().await.unwrap(), id).await.unwrap().unwrap();
    assert!(mail.sent_at.is_some() && mail.text.is_empty() && mail.html.is_empty());
    fixture.stop().await;
}

#[tokio::test]
async fn answers_decide_whether_it_is_tried_again() {
    let fixture = Fixture::start("mail-answers").await;
    let sink = Sink::start(&["451 later", "535 who are you", "550 no such person"]).await;
    let (mailer, id) = (sink.mailer(), queued(&fixture, "ann@example.org").await);
    assert!(matches!(mailer.deliver(&fixture.db, id).await, Err(JobError::Again(_))));
    assert!(matches!(mailer.deliver(&fixture.db, id).await, Err(JobError::Again(_))));
    assert!(matches!(mailer.deliver(&fixture.db, id).await, Err(JobError::Never(_))));
    mailer.deliver(&fixture.db, id).await.unwrap();
    let ids: Vec<String> = sink.got.lock().unwrap().iter().filter_map(|m| id_of(m)).collect();
    assert_eq!(ids.len(), 4);
    assert!(ids.iter().all(|id| *id == ids[0]), "the same in every try");

    let nowhere = queued(&fixture, "not an address").await;
    assert!(matches!(mailer.deliver(&fixture.db, nowhere).await, Err(JobError::Never(_))));
    let gone = Sink { url: "smtp://127.0.0.1:1".into(), got: Arc::default() };
    let id = queued(&fixture, "ann@example.org").await;
    assert!(matches!(gone.mailer().deliver(&fixture.db, id).await, Err(JobError::Again(_))));
    fixture.stop().await;
}

/// Where TLS is required, a server that has none is told nothing.
#[tokio::test]
async fn a_mail_server_without_tls_gets_nothing() {
    let fixture = Fixture::start("mail-plain").await;
    let sink = Sink::start(&[]).await;
    let sink = Sink { url: format!("{}?tls=required", sink.url), got: sink.got };
    let id = queued(&fixture, "ann@example.org").await;
    assert!(matches!(sink.mailer().deliver(&fixture.db, id).await, Err(JobError::Again(_))));
    assert!(sink.got.lock().unwrap().is_empty());
    fixture.stop().await;
}

fn id_of(message: &str) -> Option<String> {
    message.lines().find(|line| line.starts_with("Message-ID")).map(str::to_owned)
}

#[tokio::test]
async fn captured_mail_stays_readable_and_is_found_by_address() {
    let fixture = Fixture::start("mail-capture").await;
    let mailer = Mailer::new(&config::Mail::default()).unwrap();
    let ann = queued(&fixture, "ann@example.org").await;
    fixture.db.clock().advance(time::Duration::seconds(1));
    let bob = queued(&fixture, "bob@example.org").await;
    mailer.deliver(&fixture.db, ann).await.unwrap();
    assert!(mailer.captures());
    let mut reader = fixture.db.read().await.unwrap();
    let ids = |mails: Vec<Mail>| mails.into_iter().map(|m| m.id).collect::<Vec<_>>();
    assert_eq!(ids(newest(&mut reader, None, 10).await.unwrap()), [bob, ann]);
    assert_eq!(ids(newest(&mut reader, None, 1).await.unwrap()), [bob]);
    assert_eq!(ids(newest(&mut reader, Some("ann@example.org"), 10).await.unwrap()), [ann]);
    let mail = find(&mut reader, ann).await.unwrap().unwrap();
    assert!(mail.text.contains("token=one") && mail.sent_at.is_none());
    drop(reader);
    let mut tx = fixture.db.begin().await.unwrap();
    let now = tx.now();
    assert_eq!(prune(&mut tx, now).await.unwrap(), 1);
    tx.rollback().await.unwrap();
    fixture.stop().await;
}
