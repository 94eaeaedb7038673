//! A browser: it keeps cookies, says where its requests come from, and sends forms as they stand on the page.

use crate::answer::Answer;
use crate::html::Filled;
use crate::world::World;
use axum::body::Body;
use http::{Method, Request, header};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

const BOUNDARY: &str = "----tradeplus-it";

/// A browser of somebody, signed in or not.
pub struct Browser {
    world: Arc<World>,
    cookies: Mutex<Vec<(String, String)>>,
    lang: Mutex<String>,
    address: IpAddr,
}

impl Browser {
    pub(crate) fn new(world: Arc<World>) -> Self {
        let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
        Self { world, cookies: Mutex::default(), lang: Mutex::new("en".to_owned()), address }
    }

    /// The same from another address.
    #[must_use]
    pub fn from_address(self, address: &str) -> Self {
        Self { address: address.parse().unwrap(), ..self }
    }

    /// Its languages, as `Accept-Language` names them.
    pub fn speaks(&self, lang: &str) {
        lang.clone_into(&mut self.lang.lock().unwrap());
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form of ours, as a browser does: it says that the form is from the same site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encode(fields.iter().copied());
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a filled form to where it wants to go.
    pub async fn submit(&self, form: Filled) -> Answer {
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        match (form.is_get, form.multipart) {
            (true, _) => self.get(&format!("{}?{}", form.action, encode(fields.into_iter()))).await,
            (false, true) => self.upload(&form.action, &fields, &[]).await,
            (false, false) => self.post(&form.action, &fields).await,
        }
    }

    /// Sends a form with files: (field, file name, bytes).
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, multipart_type());
        self.send(request.body(Body::from(multipart(fields, files))).unwrap()).await
    }

    /// Opens the page that a redirect leads to.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        self.get(answer.location()).await
    }

    /// A request with this browser's cookies, to be finished by hand: for what browsers do not send.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8080");
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request.header(header::ACCEPT_LANGUAGE, self.lang.lock().unwrap().as_str())
    }

    /// Sends any request and keeps the cookies of the answer.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.world.ask(request, self.address).await;
        for line in answer.headers().get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        answer
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|(n, _)| n != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    fn keep(&self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap();
        let gone = parts.any(|p| p.eq_ignore_ascii_case("max-age=0"));
        self.set_cookie(name, if gone { "" } else { value });
    }
}

fn encode<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The media type of `multipart`.
pub(crate) fn multipart_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// Fields and files as one body (RFC 7578).
pub(crate) fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, file, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
