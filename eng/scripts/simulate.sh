usage_simulate() {
  cat <<'TEXT'
./dispatch simulate --seeds A..B
Runs the production grains in the deterministic simulator, one seed after the other. A failing seed prints itself; run it again alone to see the same bytes.
TEXT
}

run_simulate() {
  local seeds="1..100"
  while [ $# -gt 0 ]; do
    case "$1" in
      --seeds) seeds="$2"; shift 2 ;;
      *) usage_simulate >&2; exit 2 ;;
    esac
  done
  require_dotnet
  DISPATCH_SEEDS="$seeds" dotnet test tests/Simulation.Tests -c Release --nologo -v quiet --filter "FullyQualifiedName~Seeds_UnderEveryFault" --logger "console;verbosity=detailed"
}
