usage_test() {
  cat <<'TEXT'
./dispatch test [--no-browser]
Every test there is: domain, grains, the simulator's conformance with Orleans, storage, simulation seeds, HTTP and push over a real server,
pages in real Chromium. Installs Chromium and PostgreSQL from Debian's packages where they are missing and this is root; otherwise names
them. Last line: N passed, N failed, N skipped.
TEXT
}

PASSED=0; FAILED=0; SKIPPED=0

# count_trx DIR: adds up the counters of every result file below DIR.
count_trx() {
  local file counters
  while IFS= read -r file; do
    counters="$(grep -o '<Counters [^>]*' "$file")"
    local total executed passed
    total="$(sed -E 's/.*total="([0-9]+)".*/\1/' <<<"$counters")"
    executed="$(sed -E 's/.*executed="([0-9]+)".*/\1/' <<<"$counters")"
    passed="$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")"
    PASSED=$((PASSED + passed)); FAILED=$((FAILED + executed - passed)); SKIPPED=$((SKIPPED + total - executed))
  done < <(find "$1" -name '*.trx')
}

# count_vitest FILE: adds up one JSON report.
count_vitest() {
  if [ ! -s "$1" ]; then FAILED=$((FAILED + 1)); echo "dispatch: no report in $1" >&2; return; fi
  local line; line="$(node -e 'const r=JSON.parse(require("fs").readFileSync(process.argv[1],"utf8"));console.log(r.numPassedTests,r.numFailedTests+(r.success||r.numFailedTests?0:1),r.numPendingTests+(r.numTodoTests||0))' "$1")"
  read -r p f s <<<"$line"
  PASSED=$((PASSED + p)); FAILED=$((FAILED + f)); SKIPPED=$((SKIPPED + s))
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
  # One project after the other: they measure nothing, but two cores are soon full.
  dotnet test Dispatch.sln -c Release --no-build --nologo -v quiet -m:1 --logger trx --results-directory "$results" || true
  count_trx "$results"

  echo "== units of the pages"
  (cd web && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/units.json") || true
  count_vitest "$results/units.json"

  if $browser; then
    echo "== pages in Chromium"
    local chromium; chromium="$(find_chromium)"
    if [ -z "$chromium" ]; then
      echo "skipped: the browser tests need Chromium (Debian package 'chromium')"; SKIPPED=$((SKIPPED + 1))
    else
      CHROMIUM="$chromium" run_browser_tests "$results" || true
      count_vitest "$results/browser.json"
    fi
  else
    echo "skipped: the browser tests, by --no-browser"; SKIPPED=$((SKIPPED + 1))
  fi

  echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
  [ "$FAILED" -eq 0 ]
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
