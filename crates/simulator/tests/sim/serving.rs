use super::scene::{call, scene};
use serde_json::json;
use simulator::serve::{listen, serve};
use simulator::{Fault, Planned};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn nothing_is_served_beyond_loopback_unasked() {
    assert!(listen("0.0.0.0:0".parse().unwrap(), false).await.is_err());
    assert!(listen("127.0.0.1:0".parse().unwrap(), false).await.is_ok());
    assert!(listen("0.0.0.0:0".parse().unwrap(), true).await.is_ok());
}

async fn raw(address: std::net::SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    let _broken = stream.read_to_end(&mut heard).await;
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn a_socket_is_the_same_door() {
    let scene = scene().await;
    let listener = listen("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(scene.world.clone(), listener));
    let request = "POST /v1/payment_intents HTTP/1.1\r\nhost: sim\r\nauthorization: Bearer sk_test_1\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: 24\r\nconnection: close\r\n\r\n\
        amount=5000&currency=eur";
    let heard = raw(address, request).await;
    assert!(heard.starts_with("HTTP/1.1 200") && heard.contains("requires_payment_method"), "{heard}");
    // A lost answer is a broken connection, and the payment is there.
    scene.plan(Planned::new(Fault::AnswerLost).on("POST", "/v1/payment_intents"));
    let heard = raw(address, request).await;
    assert!(!heard.contains("requires_payment_method") && !heard.ends_with("0\r\n\r\n"), "{heard}");
    let all = scene.ask(call("GET", "/v1/payment_intents", &[])).await.value();
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    server.abort();
}

#[tokio::test]
async fn events_are_carried_to_this_machine() {
    use simulator::courier::{Courier, Dialect, Endpoint, Parcel};
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = receiver.local_addr().unwrap();
    let hears = tokio::spawn(async move {
        let mut all = Vec::new();
        for status in ["200 OK", "400 Bad Request"] {
            let (mut stream, _) = receiver.accept().await.unwrap();
            let mut heard = vec![0; 4096];
            let mut length = 0;
            while !String::from_utf8_lossy(&heard[..length]).contains("{\"a\":1}") {
                length += stream.read(&mut heard[length..]).await.unwrap();
            }
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            all.push(String::from_utf8_lossy(&heard[..length]).into_owned());
        }
        all
    });
    let to = Endpoint {
        name: "ours".to_owned(),
        url: format!("http://{address}/hooks"),
        dialect: Dialect::Stripe,
        secret: "s".to_owned(),
        old_secret: None,
        connect: false,
        events: Vec::new(),
    };
    let body = json!({ "a": 1 }).to_string();
    let headers = simulator::courier::headers(&to, &body, 1, simulator::courier::Signing::Well);
    let parcel = Parcel { event: "evt_1".to_owned(), headers, body };
    let postman = simulator::serve::Postman::new().unwrap();
    assert!(postman.carry(&to, &parcel).await);
    assert!(!postman.carry(&to, &parcel).await);
    let heard = hears.await.unwrap();
    assert!(heard[0].starts_with("POST /hooks HTTP/1.1") && heard[0].contains("stripe-signature: t=1,v1="));
}
