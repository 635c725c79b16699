usage_bench() {
  cat <<'TEXT'
./dispatch bench routing --kind trsp --instances PATH… --seconds S [--threads T] [--seed N] --out DIR
Solves each instance and prints the gap where best-known.csv lies beside it; DIR/NAME.json holds the routes.
TEXT
}

run_bench() {
  require_dotnet
  build_tool bench bench
  exec dotnet bench/bin/Release/net10.0/Dispatch.Bench.dll "$@"
}
