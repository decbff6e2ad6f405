//! Answers the requests.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use tokio::sync::{Semaphore, watch};

use super::state::State;
use super::{files, hosts};
use crate::edgar::Format;
use crate::pipeline::lfs;
use crate::review::page::Page;

/// How long a browser waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(20);
/// The policy under which nothing runs or loads.
const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The policy for documents.
// Their styles are in their elements, and browsers show a PDF through an `object` of their own.
const DOCUMENT: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The policy for HTML documents.
// Also no navigation of the page around it, and no refresh. The same origin lets that page restore
// the scroll position. Browsers show no PDF in a sandbox.
const HTML_DOCUMENT: &str = "sandbox allow-same-origin; default-src 'none'; \
    style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The data from which requests are answered.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) out: PathBuf,
    pub(super) port: u16,
    pub(super) states: watch::Receiver<Arc<State>>,
    /// The permits of requests that wait for a change.
    pub(super) waits: Semaphore,
}

type Answer = Response<Full<Bytes>>;

impl Server {
    /// The answer to a request, whose body is not read.
    pub(super) async fn answer<B>(self: Arc<Self>, request: &Request<B>) -> Answer {
        if !hosts::are_ours(request.headers(), request.uri(), self.port) {
            return said(
                StatusCode::FORBIDDEN,
                "This server answers on its own machine only, as localhost.",
            );
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut answer =
                said(StatusCode::METHOD_NOT_ALLOWED, "This server takes GET and HEAD.");
            answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return answer;
        }
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        if path == "/changed" {
            return self.changed(query).await;
        }
        let path = path.to_owned();
        // Files and pages may take long, and other requests are answered meanwhile.
        match tokio::task::spawn_blocking(move || self.found(&path)).await {
            Ok(found) => {
                found.unwrap_or_else(|| said(StatusCode::NOT_FOUND, "There is nothing here."))
            }
            Err(error) => said(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    }

    /// The page or file at a path, or `None` if there is none.
    fn found(&self, path: &str) -> Option<Answer> {
        let state = self.states.borrow().clone();
        if path == "/" {
            return Some(page(state.docket()));
        }
        if let Some(path) = path.strip_prefix("/out/") {
            let (content_type, bytes) = files::read(&self.out, path)?;
            if lfs::pointer(&bytes).is_some() {
                let text = "A pointer of Git LFS, not the document; run `git lfs pull`.";
                return Some(said(StatusCode::NOT_FOUND, text));
            }
            let is_html = content_type == Format::HTML.content_type();
            let policy = if is_html { HTML_DOCUMENT } else { DOCUMENT };
            return Some(answer(StatusCode::OK, content_type, policy, bytes));
        }
        let (id, name) = path.strip_prefix("/view/")?.rsplit_once('/')?;
        // A page for a document that cannot be served would have an empty frame.
        files::content_type(&self.out, id, name)?;
        state.document(id, name).map(page)
    }

    /// Waits until the asking page changes, and answers with its version; with no content if it
    /// does not change in time.
    async fn changed(&self, query: &str) -> Answer {
        let Ok(_permit) = self.waits.try_acquire() else {
            return said(StatusCode::SERVICE_UNAVAILABLE, "Too many pages wait for a change.");
        };
        let value =
            |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        let (id, since) = (value("id").unwrap_or_default(), value("since").unwrap_or_default());
        let mut states = self.states.clone();
        let wait = states.wait_for(|state| state.version(id) != since);
        match tokio::time::timeout(WAIT, wait).await {
            Ok(Ok(state)) => said(StatusCode::OK, state.version(id)),
            _ => answer(StatusCode::NO_CONTENT, "text/plain", NOTHING, Vec::new()),
        }
    }
}

/// A page of the docket.
fn page(page: anyhow::Result<Page>) -> Answer {
    match page {
        Ok(page) => {
            let policy = format!("{}; frame-ancestors 'none'", page.policy);
            answer(StatusCode::OK, "text/html; charset=utf-8", &policy, page.html)
        }
        Err(error) => said(StatusCode::INTERNAL_SERVER_ERROR, &format!("{error:#}")),
    }
}

/// A line of text.
fn said(status: StatusCode, text: &str) -> Answer {
    answer(status, "text/plain; charset=utf-8", NOTHING, text.to_owned())
}

fn answer(
    status: StatusCode,
    content_type: &'static str,
    policy: &str,
    body: impl Into<Bytes>,
) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    let headers: &mut HeaderMap = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Filings are confidential before they are filed, and the next build makes them obsolete.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    // A policy consists of hashes and fixed words, so this conversion never fails.
    let policy = HeaderValue::from_str(policy).unwrap_or(HeaderValue::from_static(NOTHING));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}
