//! Divides HTML into tokens as browsers do, malformed HTML included.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};

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
    let emitter = WithoutCharacters { inner: emitter, left: html.len(), in_run: false };
    let Ok(_) = Tokenizer::new_with_emitter(html, emitter).finish();
}

/// An emitter without the errors about the characters of texts and attribute values.
///
/// The tokenizer looks at each character for them, which takes a third of its time; `alphabet`
/// reports these characters. All errors are on or off together, and inside a run of characters
/// there are no others.
struct WithoutCharacters<E> {
    inner: E,
    /// The number of bytes that have not been read.
    left: usize,
    /// Whether a run of characters comes next.
    in_run: bool,
}

impl<E: Emitter> ForwardingEmitter for WithoutCharacters<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.inner
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        !self.in_run
    }

    #[inline]
    fn init_string(&mut self) {
        self.begin_run();
        self.inner.init_string();
    }

    #[inline]
    fn init_attribute_value(&mut self) {
        self.begin_run();
        self.inner.init_attribute_value();
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        // The tokenizer moves on after it has read a run.
        self.in_run = false;
        self.left = self.left.saturating_add_signed(-offset);
        self.inner.move_position(offset);
    }
}

impl<E> WithoutCharacters<E> {
    /// Begins a run of characters.
    #[inline]
    fn begin_run(&mut self) {
        // The end of the file is an error of another kind.
        self.in_run = self.left > 0;
    }
}

/// Returns the text of a token's bytes.
// They are UTF-8, except where the tokenizer cuts a character.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the tokens of a document, without the errors about characters.
    fn tokens(run: impl FnOnce(&mut dyn FnMut(CallbackEvent<'_>, Range<usize>))) -> Vec<String> {
        let mut tokens = Vec::new();
        run(&mut |event, range| match event {
            CallbackEvent::Error(error) if error.as_str().ends_with("input-stream") => {}
            event => tokens.push(format!("{event:?} {range:?}")),
        });
        tokens
    }

    #[test]
    fn only_errors_about_characters_are_missing() {
        const PIECES: [&str; 15] = [
            "<a",
            "</a",
            " b=",
            "\"",
            "'",
            ">",
            "/",
            "<",
            "<title>",
            "<!--",
            "&amp",
            "x",
            "\0",
            "\r\n",
            "\u{FDD0}é\u{1}",
        ];
        for number in 0..PIECES.len().pow(4) {
            let piece = |n: u32| PIECES[number / PIECES.len().pow(n) % PIECES.len()];
            let html = [piece(0), piece(1), piece(2), piece(3)].concat();
            let expected = tokens(|take| {
                let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(
                    |event: CallbackEvent<'_>, span: Span<usize>| {
                        take(event, span.start..span.end.max(span.start));
                        None
                    },
                );
                emitter.naively_switch_states(true);
                let Ok(_) = Tokenizer::new_with_emitter(html.as_str(), emitter).finish();
            });
            assert_eq!(tokens(|take| tokenize(&html, take)), expected, "{html:?}");
        }
    }
}
