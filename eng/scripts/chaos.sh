usage_chaos() {
  cat <<'TEXT'
./dispatch chaos --kills N [--seed N] [--store sqlite|postgres] [--silos N] [--freeze [mixed]] [--rolling] [--minutes M] [--out FILE] [--verbose]
Starts a server process of its own on a fresh folder, loads it over HTTP and SignalR as a small town would, and kills it with SIGKILL at N moments that follow from the seed: at work,
under a volley of commands, and while it starts. Each time it is started again on the same data. At the end the clients' own journal is held against everything the server still says:
acknowledged work lost, double assignments, capacity overruns, gaps in feeds, duplicate effects, and how long a restart took until ready. Exit code 1 if anything was wrong.

With --silos 2 or more: PostgreSQL, so many silos and two API nodes, each a process of its own. N times one process is disturbed: mostly a silo is killed, now and then an API node, or
the database is restarted; a process that ends is started again. Clients speak to both API nodes, go on at the other one, and send again under the same key for 60 s. The same judges,
and beside them: answers of 500, commands without success, writes of a silo that did not know it had been voted out, healthy silos that were voted out. Each disturbance has the slowest
command that was under way, the longest time a watcher was not current, and how long until all nodes were ready.
  --kills N    how often (default 20); 200 of one server take about a quarter of an hour, 20 of a cluster about as long; of a cluster also 0
  --seed N     what moments and choices follow from (default 1)
  --store S    sqlite (default), or postgres: a private server from the installed programs, stopped and started again as well; a cluster is always on postgres
  --silos N    how many silos (default 1: one process)
  --freeze     silos are frozen for 20 to 120 s (SIGSTOP, SIGCONT) instead of killed; with 'mixed' both
  --frozen S   each for exactly S seconds
  --only-silos neither API nodes nor the database are disturbed
  --consoles N so many more consoles follow the zone, each over a connection of its own
  --rolling    at the end each node is asked to end (SIGTERM) and started again, one after the other
  --minutes M  all processors are kept busy for M minutes beside the load; without --kills nothing else is done. No node may be voted out
  --out FILE   the figures as JSON
TEXT
}

run_chaos() {
  require_dotnet
  build_server
  build_tool sim sim
  exec dotnet sim/bin/Release/net10.0/Dispatch.Sim.dll chaos --server silo/bin/Release/net10.0/Dispatch.Silo.dll "$@"
}
