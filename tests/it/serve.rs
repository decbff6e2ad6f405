//! `latefile serve`, driven as a process and asked byte by byte, as no browser would: who is
//! answered, what is served and what is not, and that a save reaches whoever waits.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
#[cfg(target_os = "linux")]
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{self, SOUND, repository};

/// A server for one folder, and what it says.
struct Serving {
    child: Child,
    said: Receiver<String>,
    port: u16,
}

impl Serving {
    /// Starts, and waits until the first build is over.
    fn new(folder: &Path, args: &[&str]) -> Serving {
        Serving::of(support::latefile(folder), args)
    }

    /// As `new`, of a command that is already prepared.
    fn of(mut command: Command, args: &[&str]) -> Serving {
        command.args(["serve", "--formats", "text,html", "--message-format", "short"]).args(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, said) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let mut serving = Serving { child, said, port: 0 };
        let first = serving.line();
        let port =
            first.strip_prefix("serving http://127.0.0.1:").and_then(|rest| rest.split('/').next());
        serving.port = port.unwrap_or_else(|| panic!("{first}")).parse().unwrap();
        serving.closing();
        serving
    }

    fn free(folder: &Path) -> Serving {
        Serving::new(folder, &["--port", "0"])
    }

    fn line(&self) -> String {
        self.said.recv_timeout(Duration::from_secs(60)).expect("a line is said")
    }

    /// Waits for the closing line of a build, or for what there is instead of one.
    fn closing(&self) -> String {
        loop {
            let line = self.line();
            if line.contains(" · ") || line.starts_with("error: ") {
                return line;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream
    }

    /// What is answered to some bytes, until the server is done.
    fn bytes(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(request); // it may have been answered before all of it was read
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer); // what came before a reset is the answer
        support::text(&answer)
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> String {
        self.bytes(format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    fn status(&self, path: &str) -> u16 {
        status(&self.get(path))
    }

    /// The version that a page has.
    fn version(&self, path: &str) -> String {
        let page = self.get(path);
        page.split_once("data-version=\"").unwrap().1.split('"').next().unwrap().to_owned()
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) {
        let kill = std::process::Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill(); // a test that failed leaves none behind
        let _ = self.child.wait();
    }
}

fn status(answer: &str) -> u16 {
    answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or_else(|| panic!("{answer:?}"))
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

/// The headers but the time, by line.
fn headers(answer: &str) -> Vec<&str> {
    let head = answer.split_once("\r\n\r\n").unwrap().0;
    head.lines()
        .filter(|line| !line.starts_with("date:") && !line.starts_with("content-length:"))
        .collect()
}

#[test]
fn the_docket_and_documents_are_served_without_scripts() {
    let folder = repository(&[("deep/a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let page = serving.get("/");
    assert!(
        page.contains("Quiet Harbor, Inc.") && page.contains("href=\"/view/deep/a/form12b25.htm\""),
        "{page}"
    );
    let document = serving.get("/out/deep/a/form12b25.htm");
    assert_eq!(
        body(&document),
        fs::read_to_string(folder.path().join("out/deep/a/form12b25.htm")).unwrap()
    );
    assert_eq!(
        headers(&document),
        [
            "HTTP/1.1 200 OK",
            "content-type: text/html; charset=utf-8",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "content-security-policy: sandbox allow-same-origin; default-src 'none'; \
             style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "connection: close",
        ]
    );
    for (name, content_type) in
        [("form12b25.txt", "text/plain; charset=utf-8"), ("manifest.json", "application/json")]
    {
        let answer = serving.get(&format!("/out/deep/a/{name}"));
        assert!(
            headers(&answer).contains(&format!("content-type: {content_type}").as_str()),
            "{answer}"
        );
    }
    // What a page may do is said by hashes, in the page and by its header.
    for path in ["/", "/view/deep/a/form12b25.txt"] {
        let page = serving.get(path);
        let policy = headers(&page)
            .into_iter()
            .find_map(|line| line.strip_prefix("content-security-policy: "));
        let policy = policy.unwrap().strip_suffix("; frame-ancestors 'none'").unwrap();
        assert!(page.contains(&policy.replace('\'', "&#39;")), "{policy}");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-")
                && !policy.contains("unsafe")
        );
    }
    serving.end();
}

#[test]
fn only_its_own_names_are_answered() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let port = serving.port;
    for host in ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"] {
        assert_eq!(status(&serving.ask("GET", "/", &format!("{host}:{port}"))), 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost",
        "localhost:1",
        "localhost.evil.example",
        "a@localhost",
        "",
        "0.0.0.0",
    ] {
        assert_eq!(status(&serving.ask("GET", "/", host)), 403, "{host}");
        let with_port = format!("{host}:{port}");
        let expected = if host == "localhost" { 200 } else { 403 };
        assert_eq!(status(&serving.ask("GET", "/", &with_port)), expected, "{with_port}");
    }
    for request in [
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n\r\n"),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("GET http://localhost:{port}/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    ] {
        let answer = serving.bytes(request.as_bytes());
        assert!(matches!(status(&answer), 400 | 403), "{request:?} {answer}");
        assert!(!answer.contains("Quiet Harbor"));
    }
    // Nobody but this machine reaches it: it listens on the loopback alone.
    let elsewhere = std::net::UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?; // sends nothing; it tells which address would be used
        socket.local_addr()
    });
    if let Ok(address) = elsewhere
        && !address.ip().is_loopback()
        && !address.ip().is_unspecified()
    {
        assert!(TcpStream::connect((address.ip(), port)).is_err(), "{address}");
    }
    serving.end();
}

#[test]
fn only_get_and_head_are_answered() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let host = format!("localhost:{}", serving.port);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "MAKE", "get"] {
        let target = if method == "CONNECT" { host.as_str() } else { "/" };
        let answer = serving.ask(method, target, &host);
        assert_eq!(status(&answer), 405, "{method}");
        assert!(headers(&answer).contains(&"allow: GET, HEAD"));
    }
    let (get, head) =
        (serving.get("/out/a/form12b25.txt"), serving.ask("HEAD", "/out/a/form12b25.txt", &host));
    assert_eq!(body(&head), "");
    let length = |answer: &str| {
        answer.lines().find(|line| line.starts_with("content-length:")).unwrap().to_owned()
    };
    assert_eq!([headers(&head), vec![&length(&head)]], [headers(&get), vec![&length(&get)]]);
    serving.end();
}

#[test]
fn only_outputs_are_served() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &SOUND.replace("0009990001", "7"))]);
    let out = folder.path().join("out");
    let secret = folder.path().join("secret.txt");
    fs::write(&secret, "a secret").unwrap();
    let serving = Serving::free(folder.path());
    fs::write(out.join("a/.hidden.txt"), "a secret").unwrap();
    fs::write(out.join("a/notes.yaml"), "a secret").unwrap();
    fs::write(out.join("a/other.json"), "a secret").unwrap();
    fs::create_dir(out.join(".git")).unwrap();
    fs::write(out.join(".git/config.txt"), "a secret").unwrap();
    std::os::unix::fs::symlink(&secret, out.join("a/link.txt")).unwrap();
    std::os::unix::fs::symlink(folder.path(), out.join("folder")).unwrap();
    fs::create_dir(out.join("a/folder.txt")).unwrap();
    fs::write(out.join("a/ex99-9.htm"), "a secret that no manifest names").unwrap();
    fs::create_dir(out.join("acme")).unwrap();
    fs::write(out.join("acme/form12b25.htm"), "a secret without a manifest").unwrap();
    fs::create_dir(out.join("bad")).unwrap();
    fs::write(out.join("bad/manifest.json"), "a secret that is no manifest").unwrap();
    for path in [
        "/out/a/ex99-9.htm",
        "/view/a/ex99-9.htm",
        "/out/acme/form12b25.htm",
        "/view/acme/form12b25.htm",
        "/out/bad/manifest.json",
        "/out/a/.hidden.txt",
        "/out/a/notes.yaml",
        "/out/a/other.json",
        "/out/.git/config.txt",
        "/out/.lock",
        "/out/a/link.txt",
        "/view/a/link.txt",
        "/out/folder/secret.txt",
        "/out/a/folder.txt",
        "/out/a/",
        "/out/",
        "/out",
        "/out/../secret.txt",
        "/out/a/../../secret.txt",
        "/out/%2e%2e/secret.txt",
        "/out/..%2fsecret.txt",
        "/out/a/%66orm12b25.txt",
        "/out/..\\secret.txt",
        "/out//a/form12b25.txt",
        "/out/a//form12b25.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/secret.txt",
        "/filings/a.yaml",
        "/out/a/form12b25.txt/",
        "/out/a/./form12b25.txt",
        "/out/a/form12b25.txt%00.htm",
        "/view/",
        "/view/a/",
        "/view/a/none.txt",
        "/view/none/form12b25.txt",
        "/view/../secret.txt",
        "/docket.html",
        "/index.html",
        "*",
    ] {
        let answer = serving.get(path);
        assert!(matches!(status(&answer), 400 | 404), "{path}: {answer}");
        assert!(!answer.contains("a secret") && !answer.contains("root:"), "{path}");
    }
    assert_eq!(serving.status("/out/a/form12b25.txt?any=query"), 200);
    serving.end();
}

#[test]
fn a_save_answers_those_who_wait_for_it() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &SOUND.replace("0009990001", "7"))]);
    let serving = Serving::free(folder.path());
    let (docket, a, b) = (
        serving.version("/"),
        serving.version("/view/a/form12b25.htm"),
        serving.version("/view/b/form12b25.htm"),
    );
    let wait = |path: String| {
        let (host, mut stream) = (format!("localhost:{}", serving.port), serving.connect());
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        stream
    };
    let waiting: Vec<TcpStream> =
        (0..30).map(|_| wait(format!("/changed?id=&since={docket}"))).collect();
    let (mut of_a, mut of_b) =
        (wait(format!("/changed?id=a&since={a}")), wait(format!("/changed?id=b&since={b}")));
    fs::write(folder.path().join("filings/a.yaml"), SOUND.replace("March 3", "March 4")).unwrap();
    let mut answers = Vec::new();
    for mut stream in waiting {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answers.push(body(&answer).to_owned());
    }
    answers.dedup();
    assert_eq!(answers, [serving.version("/")]);
    assert_ne!(answers[0], docket);
    let mut answer = String::new();
    of_a.read_to_string(&mut answer).unwrap();
    assert_eq!((status(&answer), body(&answer)), (200, &*serving.version("/view/a/form12b25.htm")));
    assert!(serving.get("/out/a/form12b25.txt").contains("March 4"));
    // The other filing is as it was, and whoever looks at it waits on.
    of_b.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    assert!(of_b.read(&mut [0]).is_err(), "nothing is answered yet");
    serving.end();
}

#[test]
fn findings_and_obstacles_are_shown() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let version = serving.version("/");
    fs::write(folder.path().join("filings/a.yaml"), SOUND.replace("10-K", "10-X")).unwrap();
    assert!(serving.closing().contains("1 error"));
    assert_eq!(status(&serving.get(&format!("/changed?since={version}"))), 200);
    for path in ["/", "/view/a/form12b25.txt"] {
        let page = serving.get(path);
        assert!(
            page.contains("<code>10-X</code> is not a form") && page.contains("a.yaml:1:16"),
            "{page}"
        );
        assert!(page.contains("Changed since the build"), "{page}");
    }
    let lock = fs::File::create(folder.path().join("out/.lock")).unwrap();
    lock.lock().unwrap();
    fs::write(folder.path().join("filings/a.yaml"), SOUND).unwrap();
    assert_eq!(serving.closing(), "error: another build writes to out now");
    let version = serving.version("/");
    assert!(serving.get("/").contains("role=\"status\">another build writes to out now</p>"));
    drop(lock);
    fs::rename(folder.path().join("filings"), folder.path().join("aside")).unwrap();
    assert_eq!(status(&serving.get(&format!("/changed?since={version}"))), 200);
    assert!(serving.get("/").contains("filings is gone; waiting for it to come back"));
    fs::rename(folder.path().join("aside"), folder.path().join("filings")).unwrap();
    assert!(serving.closing().contains("0 errors"));
    serving.end();
}

#[test]
fn hostile_clients_do_not_stop_it() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let host = format!("Host: localhost:{}\r\n", serving.port);
    let huge = "x".repeat(1 << 20);
    for request in [
        format!("GET / HTTP/1.1\r\n{host}X: {huge}\r\n\r\n"),
        format!("GET /{huge} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(5000)),
        format!("GET / HTTP/1.1\r\n{host}\r\n").replace('\r', "\0"),
        huge.clone(),
        "\u{16}\u{3}\u{1}\0\0".to_owned(),
    ] {
        let answer = serving.bytes(request.as_bytes());
        assert!(answer.is_empty() || matches!(status(&answer), 400 | 408 | 414 | 431), "{answer}");
    }
    // Bodies are not waited for.
    let body = format!("POST / HTTP/1.1\r\n{host}Content-Length: 1000000000\r\n\r\n");
    assert_eq!(status(&serving.bytes(body.as_bytes())), 405);
    // More clients than it takes, who say nothing or half of it, and some that do not read.
    let idle: Vec<TcpStream> = (0..260).map(|_| serving.connect()).collect();
    for stream in &idle[..100] {
        let _ = (&*stream).write_all(b"GET / HTTP/1.1\r\nHost:");
    }
    for stream in &idle[100..150] {
        let _ = (&*stream).write_all(format!("GET / HTTP/1.1\r\n{host}\r\n").as_bytes());
    }
    assert_eq!(serving.status("/"), 200);
    drop(idle);
    assert_eq!(serving.status("/"), 200);
    serving.end();
}

#[test]
fn waiting_pages_do_not_delay_other_requests() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let version = serving.version("/");
    let request = format!(
        "GET /changed?id=&since={version} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
        serving.port
    );
    let mut waiting: Vec<TcpStream> = (0..300).map(|_| serving.connect()).collect();
    for stream in &mut waiting {
        stream.write_all(request.as_bytes()).unwrap();
    }
    for _ in 0..3 {
        assert_eq!(serving.status("/"), 200);
        assert_eq!(serving.status("/out/a/form12b25.htm"), 200);
    }
    // The first ones wait on; those above the limit are answered, so that their pages ask later.
    let first = &mut waiting[0];
    first.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    assert!(first.read(&mut [0]).is_err(), "nothing is answered yet");
    let mut answer = String::new();
    waiting[299].read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), 503);
    serving.end();
}

#[test]
fn a_file_that_is_too_large_for_an_output_is_not_read() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let huge = fs::File::create(folder.path().join("out/a/form12b25.txt")).unwrap();
    huge.set_len(3 << 30).unwrap();
    assert_eq!(serving.status("/out/a/form12b25.txt"), 404);
    let status = fs::read_to_string(format!("/proc/{}/status", serving.child.id()));
    let peak = |status: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    // Only Linux has this file.
    if let Some(kilobytes) = status.ok().and_then(|status| peak(&status)) {
        assert!(kilobytes < 1 << 20, "{kilobytes} kB");
    }
    serving.end();
}

#[test]
fn a_pointer_of_git_lfs_is_named() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let serving = Serving::free(folder.path());
    let pointer = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 9\n",
        "0".repeat(64)
    );
    fs::write(folder.path().join("out/a/form12b25.htm"), pointer).unwrap();
    let answer = serving.get("/out/a/form12b25.htm");
    assert_eq!(status(&answer), 404);
    assert_eq!(body(&answer), "A pointer of Git LFS, not the document; run `git lfs pull`.");
    serving.end();
}

#[test]
fn another_port_is_taken_unless_one_is_given() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let other = repository(&[("a.yaml", SOUND)]);
    let (first, second) = (Serving::new(folder.path(), &[]), Serving::new(other.path(), &[]));
    assert_ne!(first.port, second.port);
    assert_eq!([first.status("/"), second.status("/")], [200, 200]);
    let said = support::fails(folder.path(), &["serve", "--port", &first.port.to_string()], 2);
    assert!(said.contains(&format!("error: cannot listen on port {}: ", first.port)), "{said}");
    let nothing = support::folder();
    let said = support::fails(nothing.path(), &["serve"], 2);
    assert_eq!(said, "-- stderr\nerror: there is no directory `filings` to watch\n-- exit 2\n");
    first.end();
    second.end();
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_and_is_not_waited_for() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let path = folder.path();
    let script = "#!/bin/sh\necho \"$1 ${LATEFILE_CCC-none}\" > opened\nexec sleep 60\n";
    fs::write(path.join("xdg-open"), script).unwrap();
    fs::set_permissions(path.join("xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let with_path = |folders: String| {
        let mut command = support::latefile(path);
        command.env("PATH", folders).env("LATEFILE_CCC", "abcdef1@");
        command
    };
    let serving = Serving::of(
        with_path(format!("{}:/usr/bin:/bin", path.display())),
        &["--port", "0", "--open"],
    );
    let opened = fs::read_to_string(path.join("opened")).unwrap();
    assert_eq!(opened, format!("http://127.0.0.1:{}/ none\n", serving.port));
    serving.end();
    // No program opens browsers: the docket is served all the same.
    let serving = Serving::of(with_path("/nowhere".to_owned()), &["--port", "0", "--open"]);
    assert_eq!(serving.status("/"), 200);
    serving.end();
    fs::write(path.join("xdg-open"), "#!/bin/sh\nexit 3\n").unwrap();
    let mut command = with_path(path.display().to_string());
    let mut child = command.args(["serve", "--port", "0", "--open"]).stderr(Stdio::piped()).spawn();
    let child = child.as_mut().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let address = first.split(' ').nth(1).unwrap();
    let second = lines.next().unwrap().unwrap();
    assert!(second.starts_with("no browser opens ("), "{second}");
    assert!(second.ends_with(&format!("); open {address} yourself")), "{second}");
    child.kill().unwrap();
    child.wait().unwrap();
}
