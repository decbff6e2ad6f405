//! Files that may be submissions with a code in them, whatever their names are: `lint` and `check`
//! show nothing of them, in any format.

use std::fs;

use crate::support::{self, SOUND, fails, repository, transcript};

/// A code, and one with a letter too many.
const CODES: [&str; 2] = ["Zq7xkw3$", "Zq7xkw3$X"];

/// Spellings of an element with a code that a file can have.
fn spellings(code: &str) -> Vec<String> {
    [
        "<cor:filerCcc>CODE</cor:filerCcc>",
        "<filerCcc>\n\nCODE\n</filerCcc>",
        "<ns2:FILERCCC>CODE</ns2:FILERCCC>",
        "<filer filerCcc=\"CODE\" CODE=\"x\">",
        "<a href=\"CODE\" CODE='1'><filerCcc/>",
        "<!-- filerCcc: CODE -->",
        "<!-- filerCcc --><p CODE>é<CODE></p>",
        "<![CDATA[<filerccc>CODE</filerccc>]]>",
        "<filerCcc><![CDATA[CODE]]></filerCcc>",
        "filerCcc: CODE",
        "\"CODE\": 1\nfilerCcc: [CODE",
        "<ccc>CODE</ccc>",
        "<n1:Ccc>\nCODE</n1:Ccc>",
        "<x CCC = 'CODE' CODE=1>",
        "<login_ccc_value CODE>CODE",
        "{\"ccc\": \"CODE\", \"CODE\"",
        "ccc-of-filer: CODE",
        "352747 CODE",
        "a: [\n# 0000352747 CODE",
        "<S> <PAGE>CODE <CODE> filerCcc^`CODE`\t",
    ]
    .map(|spelling| spelling.replace("CODE", code))
    .into()
}

#[test]
fn nothing_is_shown_of_a_file_with_the_element_of_a_code() {
    let folder = repository(&[]);
    let path = folder.path();
    fs::create_dir(path.join("filings")).unwrap();
    for code in CODES {
        for (number, spelling) in spellings(code).iter().enumerate() {
            for suffix in ["txt", "htm", "pdf"] {
                fs::write(
                    path.join(format!("s{number}-{code}.{suffix}").replace(code, "")),
                    spelling,
                )
                .unwrap();
            }
            let filing = format!("# {}\n", spelling.replace('\n', "\n# "));
            let name = |kind: &str| format!("filings/{kind}{number}.yaml");
            fs::write(path.join(name("raw")), spelling).unwrap();
            fs::write(path.join(name("key")), format!("{filing}{code}: {code}\n{SOUND}")).unwrap();
            let waived = format!("waive: [{{rule: duplicate-notice, because: \"for {code}\"}}]\n");
            fs::write(path.join(name("waived")), format!("{filing}{SOUND}{waived}")).unwrap();
            let value = SOUND.replace("filer_status: non-accelerated", "filer_status: CODE");
            fs::write(path.join(name("value")), filing + &value.replace("CODE", code)).unwrap();
        }
        let mut linted: Vec<String> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with('s'))
            .collect();
        linted.sort();
        assert_eq!(linted.len(), 3 * spellings(code).len());
        for format in ["human", "short", "json", "github", "sarif"] {
            let mut lint = vec!["lint", "--message-format", format];
            lint.extend(linted.iter().map(String::as_str));
            for command in [lint, vec!["check", "--message-format", format]] {
                let said = transcript(&support::run(path, &command));
                assert!(said.contains("filings/raw0.yaml") || command[0] == "lint", "{said}");
                assert!(!said.contains(&code[..7]), "{command:?}: {said}");
            }
        }
    }
}

/// A file of CCCs may have the name of a filing, and the code may be alone on its line.
#[test]
fn a_line_of_a_code_alone_hides_its_file() {
    let code = CODES[0];
    for text in
        [format!("352747 {code}\n"), format!("{code}\n"), format!("- \"{code}\"\nx: {code}")]
    {
        let folder = repository(&[("a.yaml", SOUND), ("s.yaml", &text)]);
        fs::write(folder.path().join("s.txt"), format!("<S> é\n{text}")).unwrap();
        for format in ["human", "short", "json", "github", "sarif"] {
            for command in ["check", "lint s.txt", "build --formats text", "package"] {
                let args =
                    [&command.split(' ').collect::<Vec<_>>()[..], &["--message-format", format]];
                let said = transcript(&support::run(folder.path(), &args.concat()));
                assert!(!said.contains(code), "{command}: {said}");
            }
        }
    }
}

#[test]
fn a_finding_keeps_its_place_and_its_rule() {
    let folder = repository(&[]);
    fs::write(folder.path().join("s.txt"), "first\n<cor:filerCcc>Zq7xkw3$</cor:filerCcc>\n")
        .unwrap();
    let said = fails(folder.path(), &["lint", "--deny", "warnings", "s.txt"], 1);
    let expected = "\
warning[tag-in-text]: a `<` before a letter looks like a tag in a text document
--> s.txt:2:1
 = help: the file may have a CCC in it, so that nothing of it is shown;
         `latefile package --check` checks a package
";
    assert!(said.starts_with(expected), "{said}");
}
