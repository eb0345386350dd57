#!/usr/bin/env bash
# test-project.sh FOLDER HANG [--filter EXPRESSION] NAME: runs the tests of one built project, with its log and results in the folder. What
# is no test's own failure goes there as NAME.problem. Always ends well: what failed is counted by sum-tests.sh.
set -euo pipefail

results="$1" hang="$2" name="${*: -1}"
filter=("${@:3:$#-3}")
code=0

printf 'Testing %s …\n' "$name"
dotnet test "artifacts/bin/$name/release/$name.dll" "${filter[@]}" --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang-timeout "$hang" --blame-hang-dump-type none </dev/null >"$results/$name.log" 2>&1 || code=$?
if [ "$code" != 0 ]; then
    grep -vE '^\s*$|Copyright|Test run for|VSTest version|Starting test execution|A total of' "$results/$name.log" | head -n 200 || true
    grep -q 'outcome="Failed"' "$results/$name.trx" 2>/dev/null || printf '%s ended with code %s; see artifacts/test-results/%s.log\n' "$name" "$code" "$name" >"$results/$name.problem"
elif [ ! -s "$results/$name.trx" ] && [ "${#filter[@]}" = 0 ]; then
    printf '%s gave no result; see artifacts/test-results/%s.log\n' "$name" "$name" >"$results/$name.problem"
fi
