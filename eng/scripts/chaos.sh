usage_chaos() {
  cat <<'TEXT'
./dispatch chaos --kills N [--seed N] [--store sqlite|postgres] [--out FILE] [--verbose]
Starts a server process of its own on a fresh folder, loads it over HTTP and SignalR as a small town would, and kills it with SIGKILL at N moments that follow from the seed: at work,
under a volley of commands, and while it starts. Each time it is started again on the same data. At the end the clients' own journal is held against everything the server still says:
acknowledged work lost, double assignments, capacity overruns, gaps in feeds, duplicate effects, and how long a restart took until ready. Exit code 1 if anything was wrong.
  --kills N    how often (default 20); 200 take about a quarter of an hour
  --seed N     what moments and choices follow from (default 1)
  --store S    sqlite (default), or postgres: a private server from the installed programs, stopped and started again as well
  --out FILE   the figures as JSON
TEXT
}

run_chaos() {
  require_dotnet
  build_server
  build_tool sim sim
  exec dotnet sim/bin/Release/net10.0/Dispatch.Sim.dll chaos --server silo/bin/Release/net10.0/Dispatch.Silo.dll "$@"
}
