usage_up() {
  cat <<'TEXT'
./dispatch up [--data DIR] [--port N] [--empty | --demo]
Builds what is stale and starts one process on one file. An empty data folder is filled with a demo (accounts printed once) unless --empty.
  --data DIR   where everything is kept (default ./data)
  --port N     loopback port (default 8080)
Ends cleanly on Ctrl-C.
TEXT
}

run_up() {
  local data="$ROOT/data" port=8080 demo=true pass=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) data="$2"; shift 2 ;;
      --port) port="$2"; shift 2 ;;
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
