usage_bench() {
  cat <<'TEXT'
A file that cannot be read ends the command with exit code 2, its name, the line and what is wrong; docs/benchmarks.md has the ranges of its numbers.

./dispatch bench routing --kind solomon|dimacs|trsp --instances PATH… --seconds S [--threads T] [--seed N] [--rounds R] [--bound-seconds B] --out DIR
Solves each instance and prints the gap where best-known.csv lies beside it; DIR/NAME.json holds the routes and a bound.

./dispatch bench batch --size N [--technicians M] [--candidates K] [--repeats R] [--seed S] --out FILE
Assigns N jobs to as many technicians exactly, from a full matrix or K candidates each, and checks every result by its prices: p50, p90, max and first time in ms.

./dispatch bench bound --kind solomon|dimacs|trsp --instances PATH… --seconds S [--threads T] [--iterations N] --out DIR
Bounds each instance's cost from below and prints the share of the best known; DIR/NAME.json holds bound, best known and share.

./dispatch bench eta --train FILE --test FILE [--seed N] --out FILE
Learns travel times from one file of trips, predicts the other from places and start only; FILE holds errors and how often the 10-90 % interval held.

./dispatch bench trsp-dynamic --instances PATH… --dynamic DIR --percent P --out DIR
                              [--rounds R | --seconds-per-event S] [--reserve U] [--go-home] [--threads T] [--seed N]
Lets days happen whose requests are revealed bit by bit, beside the same days planned by plain cheapest insertion;
DIR/NAME.json and DIR/NAME.insertion.json hold the days as they went.

./dispatch bench nearest [--technicians N] [--queries Q] [--updates-per-second U] [--seed S] --out FILE
Asks for the nearest 16 technicians with a skill one in eight has while positions change: p50, p99 and p99.9 in microseconds, and the rates held.

./dispatch bench mail-in [--requests N] [--points P] [--days D] [--stock SHARE] [--repeats R] [--seed S] --out FILE
Matches parcels with benches of one city exactly, beside the matching by regret: what a job costs, how many are left, and the time of both.

./dispatch bench zone [--technicians N] [--jobs N] [--seconds S] [--events E] [--urgent U] [--threads T] [--seed N] --out FILE
Plans a seeded city day from nothing, improves it by 3 %, places urgent jobs and answers events with a new plan of the whole zone; every plan is driven again and checked.

./dispatch bench push [--clients N] [--browsers N] [--seconds S] [--jobs-per-second N] [--seed N] [--out FILE]
Clients and real pages follow one server under load while connections are cut, the server is killed and another one takes its place; then everybody's journal is held against
the server's replay: gaps, duplicates, and how long after the last disturbance everybody had caught up.
TEXT
}

run_bench() {
  require_dotnet
  if [ "${1:-}" = push ]; then shift; bench_push "$@"; return; fi
  build_tool bench bench
  exec dotnet bench/bin/Release/net10.0/Dispatch.Bench.dll "$@"
}

# bench_push OPTIONS: its clients are the simulation's, which reach the product by wire only.
bench_push() {
  build_server
  build_web
  build_tool sim sim
  exec dotnet sim/bin/Release/net10.0/Dispatch.Sim.dll push --server silo/bin/Release/net10.0/Dispatch.Silo.dll --root "$ROOT" "$@"
}
