usage_city() {
  cat <<'TEXT'
./dispatch city [--watch] [--url URL] [--seed N] [--quiet] [--minutes N] [--process ID]
Enters a city on a server that runs already, for example a cluster, and lives in it until stopped: customers, technicians, couriers and benches, over HTTP and SignalR only.
With --watch it only looks: technicians who move in the first 60 s, jobs closed by mode after --minutes, what every open job waits for, and whether any is stuck (exit code 1).
DISPATCH_MANAGER_USER and DISPATCH_MANAGER_PASSWORD name a manager's account; without --watch DISPATCH_CITY_SECRET holds 64 hexadecimal digits that everybody's passwords
follow from. Started again with the same secret and seed it goes on.
TEXT
}

run_city() {
  local command=city args=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --watch) command=city-watch; shift ;;
      *) args+=("$1"); shift ;;
    esac
  done
  require_dotnet
  build_tool sim sim
  exec dotnet sim/bin/Release/net10.0/Dispatch.Sim.dll "$command" ${args[@]+"${args[@]}"}
}
