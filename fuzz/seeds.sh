#!/bin/sh
# Fills fuzz/corpus with what the fuzzers begin with: documents, filings and packages of this repository.
# Usage: fuzz/seeds.sh LATEFILE, from the repository's root.
set -eu

# Copies the files whose names it reads to a target's corpus, under their paths.
to() {
  mkdir -p "fuzz/corpus/$1"
  while read -r file; do cp "$file" "fuzz/corpus/$1/$(echo "$file" | tr / _)"; done
}

find filings tests/cases/check -name '*.yaml' -type f -size -64k | to load
find out tests/cases/lint -name '*.txt' -type f ! -name findings.txt | to lint_text
find out tests/cases/lint -name '*.htm' -type f | to lint_html
find out tests/cases/lint fuzz/seeds -name '*.pdf' -type f -size -32k | to lint_pdf
find out tests/cases/import -name 'form12b25.txt' -o -name 'original.txt' | to import_text
find out tests/cases/import -name 'form12b25.htm' -o -name 'original.htm' | to import_html
find tests/cases/lint/served -name '*.txt' | to import_submission

# Submissions of our own documents, after the tag that the target puts before them. Word files as
# their XML.
for file in out/*/form12b25.htm; do
  { printf '\n<DOCUMENT>\n<TYPE>NT 10-K\n<TEXT>\n'; cat "$file"; printf '</TEXT>\n</DOCUMENT>\n'; } \
    >"fuzz/corpus/import_submission/$(echo "$file" | tr / _)"
done
mkdir -p fuzz/corpus/import_word
find tests/cases/import -name '*.docx' | while read -r file; do
  unzip -p "$file" word/document.xml >"fuzz/corpus/import_word/$(echo "$file" | tr / _).xml"
done

# Templates, each after the number of its file in fuzz_targets/templates.rs.
mkdir -p fuzz/corpus/templates
number=0
for file in form12b25.txt form12b25.htm form12b25.typ letter.txt letter.htm letter.typ \
    parts.htm parts.typ layout.typ wording/2018.yaml; do
  { printf %s "$number"; cat "templates/$file"; } >"fuzz/corpus/templates/$(echo "$file" | tr / _)"
  number=$((number + 1))
done

# Documents with an edited version of themselves, and with the next document.
mkdir -p fuzz/corpus/redline
last=fuzz/corpus/lint_html/$(ls fuzz/corpus/lint_html | tail -1)
find out -name '*.htm' -type f -size -16k | sort | while read -r file; do
  seed=fuzz/corpus/redline/$(echo "$file" | tr / _)
  { cat "$file"; printf '\n====\n'; sed -e '20,24d' -e 's/the /any /3' "$file"; } >"$seed"
  { cat "$file"; printf '\n====\n'; cat "$last"; } >"$seed.next"
  last=$file
done

# Packages are made afresh. A short document stands in for each, so that mutations meet the XML more
# often than base64; and a code for none, so that it can be told whether one leaks.
packages=$(mktemp -d)
"$1" package --to "$packages" --quiet >/dev/null 2>&1 || true # without typst, those with PDF copies are missing
mkdir -p fuzz/corpus/package
find "$packages" -name submission.xml | while read -r file; do
  name=$(echo "${file#"$packages"/}" | tr / _)
  sed -e 's|contents>[^<]*</|contents>TGF0ZS4K</|' -e 's|NO-CCC-0|plant3d$|' "$file" >"fuzz/corpus/package/$name"
done
rm -r "$packages"
