usage_up() {
  cat <<'TEXT'
./dispatch up [--data DIR] [--port N] [--empty | --demo] [--city living|quiet] [--speed X]
Builds what is stale and starts one process on one file. An empty data folder is filled with a demo unless --empty: a city with 260 technicians, service points, couriers
and customers that works by itself on a fast clock, and sixteen technicians' accounts to try it with. Started again it goes on.
  --data DIR   where everything is kept (default ./data)
  --port N     loopback port (default 8080)
  --city KIND  living (default), or quiet: one zone and the sixteen technicians, nobody who does anything by themselves, the clock as it is
  --speed X    server seconds per second (default 20 for a living city, else 1)
Ends cleanly on Ctrl-C.
TEXT
}

run_up() {
  local data="$ROOT/data" port=8080 demo=true pass=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) need_value "$@"; data="$2"; shift 2 ;;
      --port) need_value "$@"; port="$2"; shift 2 ;;
      --empty) demo=false; shift ;;
      --demo) demo=true; shift ;;
      *) pass+=("$1"); shift ;;
    esac
  done
  require_dotnet; require_node
  build_web
  build_server
  exec dotnet silo/bin/Release/net10.0/Dispatch.Silo.dll --data "$data" --port "$port" --web "$ROOT/web/dist" --demo "$demo" ${pass[@]+"${pass[@]}"}
}
