//! Divides HTML into tokens as browsers do, malformed HTML included.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Calls `take` with each token of a document and its range in bytes.
pub(super) fn tokenize(html: &str, mut take: impl FnMut(CallbackEvent<'_>, Range<usize>)) {
    let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(
        |event: CallbackEvent<'_>, span: Span<usize>| {
            take(event, span.start..span.end.max(span.start));
            None
        },
    );
    // The content of `<script>`, `<style>` and the like is text, not tags.
    emitter.naively_switch_states(true);
    let Ok(_) = Tokenizer::new_with_emitter(html, emitter).finish();
}

/// Returns the text of a token's bytes.
// They are UTF-8, except where the tokenizer cuts a character.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
