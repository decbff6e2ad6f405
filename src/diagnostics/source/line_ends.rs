//! Line ends that do not depend on the machine, since git may convert them in a clone.

/// Returns a text with a line feed in the place of each carriage return and line feed.
pub fn with_line_feeds(bytes: Vec<u8>) -> Vec<u8> {
    // Fast path: most files have no carriage return.
    if !bytes.contains(&b'\r') {
        return bytes;
    }
    // Two carriage returns are not a line end, and stay to be found.
    let is_converted = |at: usize| {
        bytes[at] == b'\r'
            && bytes.get(at + 1) == Some(&b'\n')
            && (at == 0 || bytes[at - 1] != b'\r')
    };
    (0..bytes.len()).filter(|at| !is_converted(*at)).map(|at| bytes[at]).collect()
}
