usage_test() {
  cat <<'TEXT'
./dispatch test [--no-browser]
Every test there is: domain, grains, the simulator's conformance with Orleans, storage, simulation seeds, HTTP and push over a real server,
pages in real Chromium. Installs Chromium and PostgreSQL from Debian's packages where they are missing and this is root; otherwise names
them. Last line: N passed, N failed, N skipped.
TEXT
}

PASSED=0; FAILED=0; SKIPPED=0; FAULTS=()

# fault TEXT: a failure that no result file holds, named at once and again before the last line.
fault() { FAILED=$((FAILED + 1)); FAULTS+=("$1"); echo "dispatch: $1" >&2; }

# counter FILE NAME: prints one figure of a result file, nothing if it is not there.
counter() { { grep -o '<Counters [^>]*' "$1" || true; } | sed -nE "1s/.* $2=\"([0-9]+)\".*/\1/p"; }

# count_trx SUITE DIR STATUS: adds up every result file below DIR. A run that ended with STATUS other than 0 has failed even where no file says so: a process that crashes
# takes its result file with it, or leaves one that holds only what had passed by then.
count_trx() {
  local file total executed passed ran=0 failed=0
  while IFS= read -r file; do
    total="$(counter "$file" total)"; executed="$(counter "$file" executed)"; passed="$(counter "$file" passed)"
    if [ -z "$total" ] || [ -z "$executed" ] || [ -z "$passed" ]; then fault "$1: ${file##*/} holds no counters"; failed=1; ran=1; continue; fi
    PASSED=$((PASSED + passed)); FAILED=$((FAILED + executed - passed)); SKIPPED=$((SKIPPED + total - executed))
    ran=$((ran + total)); failed=$((failed + executed - passed))
  done < <(find "$2" -name '*.trx' 2>/dev/null)
  if [ "$ran" -eq 0 ]; then
    fault "$1: no test left a result (exit code $3)"
  elif [ "$3" -ne 0 ] && [ "$failed" -eq 0 ]; then
    fault "$1: ended with exit code $3 although no test failed"
  fi
}

# count_vitest SUITE FILE STATUS: adds up one JSON report, by the same rule.
count_vitest() {
  local line passed failed skipped
  line="$(node -e 'const r=JSON.parse(require("fs").readFileSync(process.argv[1],"utf8"));console.log(r.numPassedTests,r.numFailedTests,r.numPendingTests+(r.numTodoTests||0),r.success)' "$2" 2>/dev/null)" || line=""
  if ! [[ "$line" =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)\ (true|false)$ ]]; then fault "$1: no test left a result (exit code $3)"; return; fi
  passed="${BASH_REMATCH[1]}"; failed="${BASH_REMATCH[2]}"; skipped="${BASH_REMATCH[3]}"
  PASSED=$((PASSED + passed)); FAILED=$((FAILED + failed)); SKIPPED=$((SKIPPED + skipped))
  if [ $((passed + failed + skipped)) -eq 0 ]; then
    fault "$1: no test left a result (exit code $3)"
  elif [ "$failed" -eq 0 ] && { [ "$3" -ne 0 ] || [ "${BASH_REMATCH[4]}" = false ]; }; then
    fault "$1: ended with exit code $3 although no test failed"
  fi
}

# test_dotnet SUITE DIR ARGUMENTS…: runs one test project and counts what it leaves in DIR.
test_dotnet() {
  local suite="$1" dir="$2" status=0; shift 2
  dotnet test "$@" -c Release --nologo -v quiet -m:1 --logger trx --results-directory "$dir" || status=$?
  count_trx "$suite" "$dir" "$status"
}

# find_chromium: prints the path of a Chromium, installing Debian's where that is possible; empty if there is none.
find_chromium() {
  local path
  for path in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do [ -x "$path" ] && { echo "$path"; return; }; done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >"$OUT/apt.log" 2>&1 || true
    [ -x /usr/bin/chromium ] && echo /usr/bin/chromium
  fi
}

# need_postgres: PostgreSQL's programs, installed from Debian where that is possible; without them, and without DISPATCH_TEST_POSTGRES, the tests that want a server are skipped by name.
need_postgres() {
  [ -n "${DISPATCH_TEST_POSTGRES:-}" ] && return
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >"$OUT/apt-postgresql.log" 2>&1 || true
  fi
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo "PostgreSQL is missing (Debian package 'postgresql'): what wants a server is skipped. DISPATCH_TEST_POSTGRES may name one."
}

# need_strace: shows the order of system calls; without it the tests that look at them are skipped by name (the disk that forgets shows the same without).
need_strace() {
  command -v strace >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends strace; } >"$OUT/apt-strace.log" 2>&1 || true
  fi
  command -v strace >/dev/null || echo "strace is missing (Debian package 'strace'): what looks at system calls is skipped."
}

run_test() {
  local browser=true
  [ "${1:-}" = "--no-browser" ] && browser=false
  require_dotnet; require_node
  mkdir -p "$OUT"
  local results="$OUT/results"; rm -rf "$results"; mkdir -p "$results"

  echo "== building"
  dotnet build Dispatch.sln -c Release -v quiet --nologo
  build_web

  need_postgres
  need_strace
  echo "== .NET tests"
  # One project after the other, because two cores are soon full, and each by a command of its own, whose exit code says which of them crashed.
  local project suite
  for project in tests/*/*.csproj; do
    # A library of the tests, such as the simulator, has the prefix of the product and no tests.
    case "$project" in */Dispatch.*) continue ;; esac
    suite="$(basename "$project" .csproj)"
    test_dotnet "$suite" "$results/$suite" "$project" --no-build
  done

  echo "== units of the pages"
  local status=0
  (cd web && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/units.json") || status=$?
  count_vitest "units of the pages" "$results/units.json" "$status"

  if $browser; then
    echo "== pages in Chromium"
    local chromium; chromium="$(find_chromium)"
    if [ -z "$chromium" ]; then
      echo "skipped: the browser tests need Chromium (Debian package 'chromium')"; SKIPPED=$((SKIPPED + 1))
    else
      status=0
      CHROMIUM="$chromium" run_browser_tests "$results" || status=$?
      count_vitest "pages in Chromium" "$results/browser.json" "$status"
    fi
  else
    echo "skipped: the browser tests, by --no-browser"; SKIPPED=$((SKIPPED + 1))
  fi

  local named
  for named in "${FAULTS[@]}"; do echo "failed: $named"; done
  echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
  # Ends the program: a failed last command would have the trap print behind the last line.
  [ "$FAILED" -eq 0 ] || exit 1
}

# run_browser_tests RESULTS: the stories run against a demo server of their own; the one about kill -9 starts and kills its own. A few accounts sign in at many pages within a minute, which people do not.
run_browser_tests() {
  BROWSER_FOLDER="$(mktemp -d)"
  local program="$ROOT/silo/bin/Release/net10.0/Dispatch.Silo.dll" log="$BROWSER_FOLDER/server.log"
  dotnet "$program" --data "$BROWSER_FOLDER/data" --port 0 --web "$ROOT/web/dist" --demo true --city quiet --Dispatch:AddressFile "$BROWSER_FOLDER/address" \
    --Dispatch:Planning:OfferLead 08:00:00 --Dispatch:Api:SignInsPerUserAndMinute 600 >"$log" 2>&1 &
  BROWSER_SERVER=$!
  trap 'kill "$BROWSER_SERVER" 2>/dev/null; wait "$BROWSER_SERVER" 2>/dev/null; rm -rf "$BROWSER_FOLDER"' EXIT
  for _ in $(seq 600); do
    [ -s "$BROWSER_FOLDER/address" ] && break
    kill -0 "$BROWSER_SERVER" 2>/dev/null || { cat "$log" >&2; echo "dispatch: the server for the browser tests did not start" >&2; return 1; }
    sleep 0.1
  done
  local user password status=0
  read -r user _ password < <(sed -n 's/^  dispatcher  *//p' "$log")
  export DISPATCH_URL DISPATCH_DISPATCHER_USER="$user" DISPATCH_DISPATCHER_PASSWORD="$password" DISPATCH_SERVER="$program"
  DISPATCH_URL="$(cat "$BROWSER_FOLDER/address")"
  read -r user _ password < <(sed -n 's/^  manager  *//p' "$log")
  export DISPATCH_MANAGER_USER="$user" DISPATCH_MANAGER_PASSWORD="$password"
  export DISPATCH_TECHNICIAN_USER=tech01 DISPATCH_TECHNICIAN_PASSWORD
  DISPATCH_TECHNICIAN_PASSWORD="$(sed -n 's#^  technicians .* / ##p' "$log")"
  (cd web && npx vitest run --config vitest.e2e.config.ts --reporter=default --reporter=json --outputFile.json="$1/browser.json") || status=$?
  return $status
}
