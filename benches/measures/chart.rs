//! A chart of bars, as SVG: the times of several programs for the same work.

use std::fmt::Write as _;

use crate::results::digits;

/// A program, and the seconds that it takes.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) seconds: f64,
}

/// Pixels: of the chart, of the column of names, of the longest bar, and from bar to bar.
const WIDTH: f64 = 760.0;
const NAMES: f64 = 270.0;
const LONGEST: f64 = 400.0;
const STEP: f64 = 34.0;
/// Where the first bar begins, below the title.
const TOP: f64 = 52.0;

/// Draws the bars in their order; the first is ours, and has the stronger colour.
pub(crate) fn svg(title: &str, bars: &[Bar]) -> String {
    let count = f64::from(u16::try_from(bars.len()).unwrap_or(u16::MAX));
    let height = TOP + STEP * count + 8.0;
    let most = bars.iter().map(|bar| bar.seconds).fold(f64::MIN_POSITIVE, f64::max);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"14\">\n\
         <title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"20\" y=\"32\" font-size=\"16\" font-weight=\"600\" fill=\"#123\">{title}</text>\n"
    );
    let mut top = TOP;
    for (number, Bar { name, seconds }) in bars.iter().enumerate() {
        let (colour, weight) = if number == 0 { ("#1f5f99", 600) } else { ("#9ab", 400) };
        let (length, middle) = (LONGEST * seconds / most, top + 17.0);
        let (end, figure) = (NAMES + length + 8.0, digits(*seconds));
        // A string takes all.
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{middle}\" text-anchor=\"end\" font-weight=\"{weight}\" \
             fill=\"#123\">{name}</text>\n\
             <rect x=\"{NAMES}\" y=\"{top}\" width=\"{length:.1}\" height=\"24\" fill=\"{colour}\"/>\n\
             <text x=\"{end:.1}\" y=\"{middle}\" fill=\"#123\">{figure}</text>\n",
            x = NAMES - 10.0,
        );
        top += STEP;
    }
    svg.push_str("</svg>\n");
    svg
}
