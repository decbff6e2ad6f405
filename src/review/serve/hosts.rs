//! Checks the host that a request names. A page of another site whose name resolves to 127.0.0.1
//! would share an origin with this server (DNS rebinding), but its requests carry its own name.

use hyper::HeaderMap;
use hyper::Uri;
use hyper::header::HOST;

/// Whether a request is to this machine, by its only `Host` and by its target if that names a host
/// too.
pub(super) fn are_ours(headers: &HeaderMap, target: &Uri, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    host.to_str().is_ok_and(|host| is_ours(host, port))
        && target.authority().is_none_or(|authority| is_ours(authority.as_str(), port))
}

/// Whether a host, such as `localhost:1225`, is this server.
fn is_ours(host: &str, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    let with_port = |name: &&str| host.eq_ignore_ascii_case(&format!("{name}:{port}"));
    let without = |name: &&str| port == 80 && host.eq_ignore_ascii_case(name);
    names.iter().any(|name| with_port(name) || without(name))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_names_of_the_loopback_are_ours() {
        for host in ["localhost:1225", "LocalHost:1225", "127.0.0.1:1225", "[::1]:1225"] {
            assert!(is_ours(host, 1225), "{host}");
        }
        for host in [
            "",
            ":",
            ":1225",
            "localhost",
            "localhost:80",
            "localhost:",
            "localhost:1225.evil.example",
            "evil.example",
            "evil.example:1225",
            "localhost.evil.example:1225",
            "127.0.0.1.evil.example:1225",
            "user@localhost:1225",
            "[::1]",
            "::1:1225",
            "0.0.0.0:1225",
            "[::1]:1225]",
            "localhost:+1225",
            "localhost:01225 ",
        ] {
            assert!(!is_ours(host, 1225), "{host}");
        }
        assert!(is_ours("localhost", 80) && is_ours("[::1]", 80));
    }
}
