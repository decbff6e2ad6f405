//! Serves the docket and the documents over HTTP to browsers on this machine. The server listens on
//! the loopback addresses and answers only requests that name them, so that no page of another site
//! can read the filings. It accepts GET and HEAD, serves files below the outputs, and limits each
//! client's headers and time.

mod answer;
mod browser;
mod files;
mod hosts;
mod state;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::{Semaphore, watch};

use answer::Server;
pub use browser::open;
pub use state::State;

/// The default port, after Form 12b-25.
const USUAL: u16 = 1225;
/// The most bytes of a request line and headers.
const LARGEST_HEAD: usize = 16 * 1024;
/// The time limit for a request's headers.
const HEAD: Duration = Duration::from_secs(5);
/// The time limit for a whole connection; longer than a wait for a change.
const WHOLE: Duration = Duration::from_secs(60);
/// The most connections at a time. Others wait until one ends, at the latest after [`WHOLE`].
const CONNECTIONS: usize = 200;
/// The most requests that wait for a change at a time; the page of any other asks again soon.
// Half of the connections, so that waiting pages never keep out other requests.
const WAITS: usize = CONNECTIONS / 2;
/// The most threads that read files and make pages.
// Each may have a file of the largest size in memory.
const READERS: usize = 4;
/// The pause after a connection that cannot be accepted, as with too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// The addresses that the server listens on, before it answers.
#[derive(Debug)]
pub struct Listeners {
    listeners: Vec<TcpListener>,
    port: u16,
}

/// The state that is served, which can be replaced.
#[derive(Debug)]
pub struct Shown(watch::Sender<Arc<State>>);

impl Shown {
    /// Replaces the state and answers the browsers that wait for a change.
    pub fn show(&self, state: State) {
        self.0.send_replace(Arc::new(state));
    }
}

impl Listeners {
    /// Listens on a port, or if none is given on the usual one or a free one.
    ///
    /// # Errors
    /// The port is taken, or there is none.
    pub fn open(port: Option<u16>) -> anyhow::Result<Listeners> {
        let listening = match port {
            Some(port) => listen(port),
            None => listen(USUAL).or_else(|_| listen(0)).or_else(|_| listen(0)),
        };
        let (listeners, port) = listening.with_context(|| match port {
            Some(port) => format!("cannot listen on port {port}"),
            None => "cannot listen on any port".to_owned(),
        })?;
        Ok(Listeners { listeners, port })
    }

    /// The address for a browser.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers from now on, on a thread of its own that ends with the process.
    ///
    /// # Errors
    /// The system provides no thread, or no event queue for the sockets.
    pub fn serve(self, out: PathBuf, first: State) -> anyhow::Result<Shown> {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_io().enable_time().max_blocking_threads(READERS).build();
        let runtime = runtime.context("cannot start to serve")?;
        let (sender, states) = watch::channel(Arc::new(first));
        let server =
            Arc::new(Server { out, port: self.port, states, waits: Semaphore::new(WAITS) });
        let permits = Arc::new(Semaphore::new(CONNECTIONS));
        let _entered = runtime.enter();
        for listener in self.listeners {
            listener.set_nonblocking(true).context("cannot start to serve")?;
            let listener =
                tokio::net::TcpListener::from_std(listener).context("cannot start to serve")?;
            runtime.spawn(accept(listener, server.clone(), permits.clone()));
        }
        drop(_entered);
        let thread = std::thread::Builder::new().name("serve".to_owned());
        thread
            .spawn(move || runtime.block_on(std::future::pending::<()>()))
            .context("cannot start to serve")?;
        Ok(Shown(sender))
    }
}

/// Both loopback addresses on one port; a machine without IPv6 has one.
fn listen(port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = four.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(six) => Ok((vec![four, six], port)),
        // Another program would answer a browser that resolves `localhost` to ::1.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        Err(_) => Ok((vec![four], port)),
    }
}

/// Accepts connections for ever.
async fn accept(listener: tokio::net::TcpListener, server: Arc<Server>, permits: Arc<Semaphore>) {
    loop {
        let Ok(permit) = permits.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let server = server.clone();
                tokio::spawn(async move {
                    // Nobody reads an error about a client that is too slow or speaks no HTTP.
                    let _ = tokio::time::timeout(WHOLE, connection(stream, server)).await;
                    drop(permit);
                });
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// One connection, which is one request.
async fn connection(
    stream: tokio::net::TcpStream,
    server: Arc<Server>,
) -> Result<(), hyper::Error> {
    let answer = service_fn(move |request: Request<Incoming>| {
        let server = server.clone();
        async move { Ok::<_, Infallible>(server.answer(&request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        // An idle connection would hold one of the permits.
        .keep_alive(false);
    http.serve_connection(TokioIo::new(stream), answer).await
}
