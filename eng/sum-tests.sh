#!/usr/bin/env bash
# sum-tests.sh FOLDER [PROBLEM…]: adds up the .trx files of a folder; each problem counts as one failure. Names what was skipped and
# why, then prints one line: N passed, N failed, N skipped. Exit code 1 if something failed or nothing ran.
set -euo pipefail

folder="$1"
shift
shopt -s nullglob
files=("$folder"/*.trx)

# A result is one element with its name and outcome as attributes; what a test printed stands in it escaped, so it can not pose as one.
read_results() {
    tr '\n' ' ' <"$1" | sed 's/<UnitTestResult /\n&/g' | awk '
        function attribute(name,    rest) {
            if (!match($0, " " name "=\"[^\"]*\"")) return ""
            rest = substr($0, RSTART, RLENGTH)
            sub(" " name "=\"", "", rest)
            sub("\"$", "", rest)
            return rest
        }
        function plain(text) {
            gsub("&lt;", "<", text); gsub("&gt;", ">", text); gsub("&quot;", "\"", text); gsub("&apos;", "\047", text)
            gsub("&#xD;", " ", text); gsub("&#xA;", " ", text); gsub("&amp;", "\\&", text)
            return text
        }
        /^<UnitTestResult / {
            reason = ""
            if (match($0, "<Message>[^<]*</Message>")) reason = substr($0, RSTART + 9, RLENGTH - 19)
            else if (match($0, "<StdOut>[^<]*</StdOut>")) reason = substr($0, RSTART + 8, RLENGTH - 17)
            print attribute("outcome") "\t" plain(attribute("testName")) "\t" plain(reason)
        }'
}

results=""
if [ "${#files[@]}" -gt 0 ]; then
    results="$(for file in "${files[@]}"; do read_results "$file"; done)"
fi

count() { grep -cE "^($1)	" <<<"$results" || true; }

passed="$(count Passed)"
skipped="$(count 'NotExecuted|Inconclusive')"
failed=$(($(count '.*') - passed - skipped + $#))

awk -F'\t' '$1 == "NotExecuted" || $1 == "Inconclusive" { print "skipped: " $2 ": " ($3 == "" ? "no reason given" : $3) }' <<<"$results"
awk -F'\t' '$1 != "" && $1 != "Passed" && $1 != "NotExecuted" && $1 != "Inconclusive" { print "failed: " $2 }' <<<"$results"
for problem in "$@"; do
    printf 'failed: %s\n' "$problem"
done
if [ $((passed + failed + skipped)) = 0 ]; then
    printf 'No test was run.\n'
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ] && [ $((passed + skipped)) -gt 0 ]
