//! One filing, or one shared registrant, as somebody would type it: in block or flow style, with
//! and without quotes, comments and empty lines.

use super::prose::{self, Voice};
use super::random::Random;

/// A form: its name, the share it has in a hundred filings, the first and the last year of its
/// periods, the end of the period, the day of signing in time (and in which year after), and what
/// else `report` holds, with `YYYY` for the year of the period.
struct Form(&'static str, usize, (usize, usize), &'static str, (usize, &'static str), &'static str);

const FORMS: &[Form] = &[
    Form("10-K", 34, (1996, 2025), "12-31", (1, "03-31"), ""),
    Form("10-Q", 36, (1996, 2025), "09-30", (0, "11-14"), ""),
    Form("20-F", 5, (1999, 2025), "12-31", (1, "05-01"), ""),
    Form("11-K", 4, (1999, 2024), "12-31", (1, "06-28"), "erisa_plan: true"),
    Form("10-D", 4, (2006, 2025), "08-31", (0, "09-30"), "distributed: YYYY-09-15"),
    Form("N-CEN", 3, (2019, 2025), "06-30", (0, "09-12"), "unit_investment_trust: false"),
    Form("N-CSR", 4, (2004, 2025), "06-30", (0, "09-08"), "transmitted: YYYY-08-28"),
    Form("10-KSB", 4, (1996, 2007), "12-31", (1, "03-31"), ""),
    Form("10-QSB", 4, (1996, 2007), "09-30", (0, "11-14"), ""),
    Form("N-SAR", 2, (1996, 2016), "06-30", (0, "08-30"), ""),
];

/// What one filing has in all its parts.
struct Case<'a> {
    random: &'a mut Random,
    voice: Voice,
    class: &'static str,
    signed_on: String,
    company: String,
    signer: String,
}

/// The text of the filing with this number.
pub(super) fn filing(random: &mut Random, number: usize, registrants: usize) -> String {
    let form = form(random);
    let year = random.within(form.2.0, form.2.1);
    let voice = Voice { awkward: random.percent(35), promises: random.percent(80) };
    let class = if form.0.starts_with("N-") { "811" } else { "001" }; // of file numbers
    let company = prose::company(random);
    let signer = prose::person(random, voice);
    let signed_on = format!("{}-{}", year + form.4.0, form.4.1);
    let mut case = Case { random, voice, class, signed_on, company, signer };
    let amended = case.random.percent(4);
    let mut text = head(&mut case, form, year, amended);
    text += &case.registrant(number, registrants);
    let sought =
        case.random.pick(&["relief: sought\n", "relief: sought\n", "relief: sought\n", BOXES]);
    text += if voice.promises { sought } else { "relief: none\n" };
    text += &case.narrative();
    text += &case.answers();
    let delegated = case.random.percent(4);
    text += &case.signature(delegated);
    text += &case.letters(delegated);
    if case.random.percent(10) {
        text += "\nedgar:\n  official: text\n  notify: [filings@example.com]\n";
    }
    text
}

const BOXES: &str = "relief: {reasons_not_eliminable: true, filed_within_extension: true, statement_attached: false} # each its own\n";

const FIGURES: &str = "Net loss is expected to be $1.2 million, compared with net income of $0.4 million a year before.";

fn form(random: &mut Random) -> &'static Form {
    let mut point = random.below(FORMS.iter().map(|form| form.1).sum());
    for form in FORMS {
        match point.checked_sub(form.1) {
            Some(rest) => point = rest,
            None => return form,
        }
    }
    &FORMS[0]
}

fn head(case: &mut Case<'_>, form: &Form, year: usize, amended: bool) -> String {
    let mut text = String::new();
    if case.random.percent(70) {
        text += "# yaml-language-server: $schema=../schema/filing.json\n";
    }
    let more = form.5.replace("YYYY", &year.to_string());
    let transition = form.0.starts_with("10-K") && case.random.percent(5);
    if !transition && case.random.percent(20) && more.is_empty() {
        text += &format!("report: {{form: {}, period_ended: {year}-{}}}\n", form.0, form.3);
    } else {
        text += &format!(
            "report:\n  form: {}                      # late\n  period_ended: {year}-{}\n",
            form.0, form.3
        );
        text += &match more.as_str() {
            "" => format!("  transition: {transition}\n  due: null\n"),
            more => format!("  {more}\n"),
        };
        if case.random.percent(6) {
            text += "  portion: \"Portions of Item 9A (management's report), and Schedule II\"\n";
        }
    }
    if amended {
        let note = case.block(250, 4);
        text += &format!(
            "amendment:\n  number: 1\n  explanatory_note: {note}  original_filed: {}\n",
            case.signed_on
        );
    }
    text
}

/// A registrant as a shared file has it, or indented under `registrant`, with a file number of a
/// class.
pub(super) fn registrant(random: &mut Random, number: usize, class: &str, indent: &str) -> String {
    let name = prose::company(random);
    let zip = random.within(10_000, 99_999);
    let zip = if random.percent(12) { zip.to_string() } else { format!("\"{zip}\"") }; // both are seen
    let lines = [
        format!("name: {name}"),
        format!("cik: \"{:010}\"", 9_990_000 + number),
        format!("file_number: {class}-{:05}", number % 100_000),
        "filer_status: non-accelerated".to_owned(),
        "address:".to_owned(),
        match random.percent(25) {
            true => {
                format!(
                    "  street:\n{indent}    - c/o {name}\n{indent}    - {} Granary Row, Suite 40",
                    number % 9_000
                )
            }
            false => format!("  street: {} Roundhouse Boulevard", number % 9_000),
        },
        format!(
            "  city: {}",
            random.pick(&["Tulsa", "Omaha", "Portland", "Wilmington", "St. Paul"])
        ),
        format!(
            "  state: {}",
            random.pick(&["Oklahoma", "Nebraska", "Maine", "Delaware", "Minnesota"])
        ),
        format!("  zip: {zip}"),
    ];
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

impl Case<'_> {
    fn registrant(&mut self, number: usize, registrants: usize) -> String {
        let shared = self.random.below(registrants);
        match self.random.below(100) {
            0..12 => format!("registrant: r{shared}\n"),
            12..16 => format!(
                "registrant: {{use: r{shared}, former_name: {}}}\n",
                self.company.replace(',', "")
            ),
            16..18 => format!(
                "registrant: r{shared}\nco_registrants:\n  - r{}\n  - {}",
                self.random.below(registrants),
                registrant(self.random, number, self.class, "    ").trim_start()
            ),
            _ => format!("registrant:\n{}", registrant(self.random, number, self.class, "  ")),
        }
    }

    /// A block scalar of about so many characters.
    fn block(&mut self, length: usize, indent: usize) -> String {
        let paragraphs = prose::paragraphs(self.random, length, self.voice);
        let wrapped = paragraphs
            .iter()
            .map(|paragraph| wrapped(paragraph, indent))
            .collect::<Vec<_>>()
            .join("\n");
        format!("|\n{wrapped}")
    }

    fn narrative(&mut self) -> String {
        let length = prose::length(self.random);
        match self.random.below(20) {
            0 => format!(
                "narrative:\n  - {}  - {}  - {}",
                self.block(length, 6),
                self.list(6),
                self.table(6)
            ),
            1 => format!("narrative:\n  - {}  - {}", self.block(length, 6), self.list(6)),
            2..4 => {
                let text = prose::paragraphs(self.random, length, self.voice).join(" ");
                format!("narrative: \"{}\"\n", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
            4..6 => format!("narrative: {}", self.block(length, 2).replacen('|', ">-", 1)),
            _ => format!("\nnarrative: {}", self.block(length, 2)),
        }
    }

    fn list(&mut self, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let items = (0..self.random.within(2, 5)).map(|_| {
            let text = prose::paragraphs(self.random, 120, self.voice).join(" ");
            format!("{pad}  - >-\n{}", wrapped(&text, indent + 6))
        });
        format!("list:\n{}", items.collect::<String>())
    }

    fn table(&mut self, indent: usize) -> String {
        let pad = " ".repeat(indent + 2);
        let plain = self.random.percent(50); // numbers that YAML itself would take for numbers
        let rows = (0..self.random.within(3, 9)).map(|row| {
            let (now, before) = (self.random.within(100, 99_999), self.random.within(100, 99_999));
            match plain {
                true => format!("{pad}  - [Line {row}, {now}.50, {before}.00]\n"),
                false => format!("{pad}  - [\"Line {row}\", \"${now}\", \"({before})\"]\n"),
            }
        });
        let rows: String = rows.collect();
        format!(
            "table:\n{pad}caption: Selected results\n{pad}columns: [Item, \"Now\", \"Before\"]\n{pad}rows:\n{rows}"
        )
    }

    fn answers(&mut self) -> String {
        let phone =
            format!("{}-555-{:04}", self.random.within(201, 989), self.random.within(100, 199));
        let mut text = format!("\ncontact:\n  name: {}\n  phone: {phone}\n", self.signer);
        text += match self.random.percent(8) {
            true => {
                "prior_reports:\n  all_filed: false\n  missing:\n    - report: Form 8-K/A\n      explanation: It was overlooked.\n"
            }
            false => "prior_reports:\n  all_filed: true\n",
        };
        text += &match self.random.below(10) {
            0 => format!(
                "results_change:\n  anticipated: true\n  explanation:\n    - {}        {FIGURES}\n    - {}",
                self.block(400, 8),
                self.table(8)
            ),
            1 => format!(
                "results_change:\n  anticipated: true\n  explanation: {}    {FIGURES}\n",
                self.block(500, 4)
            ),
            2..4 => "results_change: {anticipated: false}\n".to_owned(),
            _ => "results_change:\n  anticipated: false\n  explanation: null\n".to_owned(),
        };
        if self.random.percent(6) {
            let body = self.block(600, 6);
            text += &format!(
                "attachments:\n  - title: Forward-Looking Statements\n    place: before-signature\n    body: {body}"
            );
        }
        text
    }

    /// The signature, by an officer or by somebody to whom that is delegated.
    fn signature(&mut self, delegated: bool) -> String {
        let draft = self.signed_on.as_str() > "2019" && self.random.percent(15); // what is old is signed
        let signed = !draft;
        let date = if signed { self.signed_on.as_str() } else { "null" };
        let mut text =
            format!("\nsignature:\n  signed: {signed}\n  date: {date}\n  name: {}\n", self.signer);
        text += self.random.pick(&[
            "  title: Chief Financial Officer\n",
            "  title: President\n",
            "  title:\n    - Senior Vice President\n    - and Treasurer\n",
        ]);
        text += if delegated {
            "  signer: authorized-representative\n"
        } else {
            "  signer: executive-officer\n"
        };
        if self.random.percent(8) {
            text += "  for:\n    - name: Example GP, LLC\n      capacity: its General Partner\n";
        }
        text
    }

    fn letters(&mut self, delegated: bool) -> String {
        let mut text = String::new();
        if self.random.percent(15) {
            text += &self.letter("accountant-statement", 500);
        }
        if self.random.percent(8) {
            text += &self.letter("cover", 700);
        }
        if delegated {
            text += &self.letter("authority", 300);
        }
        if text.is_empty() { text } else { format!("\nletters:\n{text}") }
    }

    fn letter(&mut self, kind: &str, length: usize) -> String {
        let body = self.block(length, 6);
        let partner = prose::person(self.random, self.voice);
        format!(
            "  - kind: {kind}\n    letterhead:\n      name: Inglenook Mabry & Co., P.C.\n      tagline: Certified Public Accountants\n      \
             lines:\n        - 1919 Stockyard Exchange, Suite 40\n        - Omaha, Nebraska 68107\n        - 402-555-0110\n    \
             date: {}\n    to:\n      - United States Securities and Exchange Commission\n      - Washington, D.C. 20549\n    \
             re: [\"{}\", Notification of Late Filing]\n    salutation: \"Ladies and Gentlemen:\"\n    body: {body}    \
             closing: Very truly yours,\n    signed: true\n    signed_by: {partner}\n    signed_title: Partner\n",
            self.signed_on, self.company
        )
    }
}

/// Lines of at most a hundred characters, indented.
fn wrapped(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut all = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + word.len() > 100 - indent {
            all.push('\n');
            column = 0;
        }
        all += if column == 0 { &pad } else { " " };
        all += word;
        column += word.len() + 1;
    }
    all.push('\n');
    all
}
