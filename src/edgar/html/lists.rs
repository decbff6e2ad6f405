//! Computes the marks of list items, as a browser shows them: bullets, or the numbers of an `ol`.

/// The marks of a list's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    None,
    Bullets,
    /// Numbers, with the last one so far.
    Numbers(usize),
}

/// The mark of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A bullet.
    Bullet,
    /// A number with its period, such as `1.`
    Number(String),
}

impl Mark {
    /// Returns the mark as a word.
    pub fn text(&self) -> &str {
        match self {
            // As text documents spell a bullet.
            Mark::Bullet => "-",
            Mark::Number(number) => number,
        }
    }
}

/// The open lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Marks>,
    /// Whether the current start tag begins a list.
    tag: bool,
}

impl Lists {
    /// Reads a start tag. Returns the mark of the item that it begins, or `None` if there is none.
    pub(super) fn start(&mut self, name: &[u8]) -> Option<Mark> {
        self.tag = is_list(name);
        if self.tag {
            self.open.push(if name == b"ol" { Marks::Numbers(0) } else { Marks::Bullets });
        }
        match self.open.last_mut().filter(|_| name == b"li")? {
            Marks::None => None,
            Marks::Bullets => Some(Mark::Bullet),
            Marks::Numbers(last) => {
                *last += 1;
                Some(Mark::Number(format!("{last}.")))
            }
        }
    }

    /// Reads the style of the current start tag, which may remove the marks.
    pub(super) fn style(&mut self, style: &[u8]) {
        let Some(list) = self.open.last_mut().filter(|_| self.tag) else { return };
        if declares(style, b"list-style:none") || declares(style, b"list-style-type:none") {
            *list = Marks::None;
        }
    }

    /// Reads an end tag. Returns whether it ends a list.
    pub(super) fn end(&mut self, name: &[u8]) -> bool {
        let ends = is_list(name);
        if ends {
            self.open.pop();
        }
        ends
    }

    /// Whether the innermost list has bullets.
    pub(super) fn are_bulleted(&self) -> bool {
        self.open.last() == Some(&Marks::Bullets)
    }
}

/// Whether a style contains a declaration, whatever spaces are in it.
pub(super) fn declares(style: &[u8], declaration: &[u8]) -> bool {
    let [first, ..] = declaration else { return true };
    memchr::memchr_iter(*first, style).any(|at| {
        let own = style[at..].iter().filter(|byte| **byte != b' ');
        own.take(declaration.len()).eq(declaration)
    })
}

fn is_list(name: &[u8]) -> bool {
    matches!(name, b"ul" | b"ol" | b"dir" | b"menu")
}
