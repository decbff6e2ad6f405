//! Reads a line as a row of a table: cells between tabs, bars or blanks, or amounts at its end.

use super::super::pattern::pattern;
use super::markers::{Kind, marker};

/// A line as a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) by: By,
    pub(super) cells: Vec<String>,
    /// The columns of characters at which the cells begin.
    pub(super) starts: Vec<usize>,
    /// The number of characters of the line.
    pub(super) end: usize,
}

/// What separates the cells, the clearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Bar,
    Tab,
    /// Two blanks or more, or the dots of a leader.
    Gap,
    /// One blank before each amount.
    Amount,
}

pattern!(
    AMOUNT,
    r"^[-–−+]?(?:US|C|A|HK)?[$€£¥]?[-–−(]{0,2}[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?\)?%?\)?[*†]{0,2}$",
);
pattern!(NONE, r"(?i)^(?:[$€£]?[-–—]+|n/?[am]|n\.m\.|\*)%?$");
pattern!(YEAR, r"^(?:FY\s?)?(?:19|20)[0-9]{2}[*†]?$");
pattern!(GAP, r"(?: {2,}|\s?\.(?:\s?\.){3,}\s?)");
// `$ 11,204` and `(3 )` are one cell each.
pattern!(LOOSE_CURRENCY, r"([$€£¥])[ \t]+([(]?[0-9—–-])");
pattern!(LOOSE_END, r"([0-9])[ \t]+([)%]+)");

/// Whether a cell is an amount, or says that there is none.
pub(super) fn is_amount(cell: &str) -> bool {
    AMOUNT.is_match(cell) || NONE.is_match(cell)
}

/// Whether a cell is a year.
pub(super) fn is_year(cell: &str) -> bool {
    YEAR.is_match(cell)
}

/// Whether an amount is none of prose: it has a currency, a comma, a decimal or brackets.
pub(super) fn is_plain_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit())
}

/// Returns the row of a line, or `None` if it has one cell.
pub(super) fn row(line: &str) -> Option<Row> {
    let line = line.trim_end();
    if !may_be_row(line) {
        return None;
    }
    if line.trim().contains('|') {
        return bars(line);
    }
    let joined = LOOSE_CURRENCY.replace_all(line, "$1$2");
    let joined = LOOSE_END.replace_all(&joined, "$1$2");
    let is_item = marker(line).is_some_and(|marker| !matches!(marker.kind, Kind::Sign("—" | "–")));
    if joined.trim().contains('\t') {
        // A tab after a bullet or a number is not between cells.
        let own = if is_item { marker(line)?.rest } else { &joined };
        return own.trim().contains('\t').then(|| cells(&joined, By::Tab, own.split('\t')));
    }
    if is_item {
        return None;
    }
    gaps(&joined).or_else(|| amounts(&joined))
}

/// Whether a line may be a row: it has a bar, a tab, two blanks or the dots of a leader, or its last
/// word may be an amount.
fn may_be_row(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_sign =
        |byte: u8| !byte.is_ascii() || matches!(byte, b'0'..=b'9' | b'-' | b'*' | b')' | b'%');
    let ends_in_amount = line.split_whitespace().next_back().is_some_and(|last| {
        last.bytes().any(is_sign) || (last.len() < 6 && last.starts_with(['n', 'N']))
    });
    ends_in_amount
        || memchr::memchr2(b'|', b'\t', bytes).is_some()
        || bytes.windows(2).any(|pair| pair == b"  ")
        || memchr::memchr_iter(b'.', bytes).count() > 3
}

fn cells<'a>(line: &str, by: By, parts: impl Iterator<Item = &'a str>) -> Row {
    let mut at = 0;
    let mut row = Row { by, cells: Vec::new(), starts: Vec::new(), end: line.chars().count() };
    for part in parts {
        let own = part.trim();
        let offset = line[at..].find(own).map_or(at, |found| at + found);
        row.starts.push(line[..offset].chars().count());
        at = offset + own.len();
        row.cells.push(own.to_owned());
    }
    row
}

/// Cells between bars, as Markdown has them.
fn bars(line: &str) -> Option<Row> {
    let inner = line.trim();
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let row = cells(line, By::Bar, inner.split('|'));
    (row.cells.len() > 1 || line.trim().starts_with('|')).then_some(row)
}

/// Cells with two blanks or more between them. After the end of a sentence they are typed.
fn gaps(line: &str) -> Option<Row> {
    let indent = line.len() - line.trim_start().len();
    let mut parts = Vec::new();
    let mut from = indent;
    for gap in GAP.find_iter(line).filter(|gap| gap.start() > indent) {
        let next = line[gap.end()..].split_whitespace().next().unwrap_or_default();
        let ends_sentence =
            line[..gap.start()].ends_with(['.', '?', '!', ':', ';', ',', '”', '"', ')']);
        if gap.as_str().starts_with("  ") && ends_sentence && !is_amount(next) {
            continue;
        }
        parts.push(&line[from..gap.start()]);
        from = gap.end();
    }
    parts.push(&line[from..]);
    (parts.len() > 1).then(|| cells(line, By::Gap, parts.into_iter()))
}

/// A label and the amounts after it, with one blank between them.
fn amounts(line: &str) -> Option<Row> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let count = words.iter().rev().take_while(|word| is_amount(word)).count();
    let real = words[words.len() - count..].iter().any(|word| AMOUNT.is_match(word));
    if count == 0 || !real {
        return None;
    }
    let first = words[words.len() - count];
    let label_end = words[..words.len() - count]
        .last()
        .map_or(0, |last| line.rfind(&format!("{last} {first}")).map_or(0, |at| at + last.len()));
    let label = &line[..label_end];
    let parts = std::iter::once(label).chain(words[words.len() - count..].iter().copied());
    Some(cells(line, By::Amount, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(By, Vec<String>)> {
        row(line).map(|row| (row.by, row.cells))
    }

    #[test]
    fn cells_are_found_between_tabs_bars_blanks_and_amounts() {
        for (line, by, expected) in [
            ("Net sales\t$11,204\t$12,377", By::Tab, vec!["Net sales", "$11,204", "$12,377"]),
            ("\t2026\t2025", By::Tab, vec!["", "2026", "2025"]),
            ("Net loss\t$\t(812\t)", By::Tab, vec!["Net loss", "$(812)"]),
            ("| Sales | 1 |", By::Bar, vec!["Sales", "1"]),
            ("Sales | 1", By::Bar, vec!["Sales", "1"]),
            ("Net sales    11,204  12,377", By::Gap, vec!["Net sales", "11,204", "12,377"]),
            ("Net sales ....... $ 11,204", By::Gap, vec!["Net sales", "$11,204"]),
            (
                "Net (loss) income (3,112) 1,004",
                By::Amount,
                vec!["Net (loss) income", "(3,112)", "1,004"],
            ),
            ("2026 2025", By::Amount, vec!["", "2026", "2025"]),
        ] {
            let expected = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(read(line), Some((by, expected)), "{line}");
        }
        for line in
            ["The report is late.  The audit", "1.\tThe audit", "•\tThe audit", "a loss of $5."]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
