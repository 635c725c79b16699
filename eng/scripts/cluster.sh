usage_cluster() {
  cat <<'TEXT'
./dispatch cluster [--data DIR] [--port N]
Runs the topology of docker-compose.yml as local processes: PostgreSQL, two silos and two API nodes. Starts empty; the first manager's account is printed once.
A process that ends is started again. Every process has a log file and a file with its number in DIR.
  --data DIR   where everything is kept (default ./data/cluster)
  --port N     the API nodes listen on N and N+1, the silos' own health and metrics on N+2 and N+3 (default 8080)
Needs PostgreSQL's programs (Debian package 'postgresql'), or DISPATCH_POSTGRES with the connection string of a running server.
Ends cleanly on Ctrl-C.
TEXT
}

# as_database_user COMMAND…: PostgreSQL refuses to run as root.
as_database_user() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# start_postgres: a server of this cluster's own, reached by a local socket only; sets CLUSTER_CONNECTION.
start_postgres() {
  local programs=(/usr/lib/postgresql/*/bin) log="$CLUSTER_DATA/postgres.log"
  POSTGRES_PROGRAMS="${programs[-1]}"
  if [ ! -x "$POSTGRES_PROGRAMS/initdb" ]; then
    echo "dispatch: PostgreSQL is missing (Debian package 'postgresql'); or name a running server in DISPATCH_POSTGRES" >&2
    exit 3
  fi
  POSTGRES_DATA="$CLUSTER_DATA/postgres"
  # The path of a socket may have no more than 107 characters, which a data folder's may.
  POSTGRES_SOCKET="$(mktemp -d "${TMPDIR:-/tmp}/dispatch-pg-XXXXXX")"
  touch "$log"
  mkdir -p "$POSTGRES_DATA"
  if [ "$(id -u)" = 0 ]; then chown postgres "$POSTGRES_DATA" "$POSTGRES_SOCKET" "$log"; fi
  if [ ! -f "$POSTGRES_DATA/PG_VERSION" ]; then
    as_database_user "$POSTGRES_PROGRAMS/initdb" -D "$POSTGRES_DATA" -U dispatch -A trust -E UTF8 >>"$log" 2>&1
  fi
  as_database_user "$POSTGRES_PROGRAMS/pg_ctl" -D "$POSTGRES_DATA" -w -l "$log" -o "-c listen_addresses='' -k $POSTGRES_SOCKET" start >/dev/null
  as_database_user "$POSTGRES_PROGRAMS/psql" -h "$POSTGRES_SOCKET" -U dispatch -d postgres -qtAc \
    "SELECT 'CREATE DATABASE dispatch' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'dispatch')" \
    | as_database_user "$POSTGRES_PROGRAMS/psql" -h "$POSTGRES_SOCKET" -U dispatch -d postgres -q
  CLUSTER_CONNECTION="Host=$POSTGRES_SOCKET;Username=dispatch;Database=dispatch"
}

stop_postgres() {
  [ -n "${POSTGRES_SOCKET:-}" ] || return 0
  as_database_user "$POSTGRES_PROGRAMS/pg_ctl" -D "$POSTGRES_DATA" -m fast -w stop >/dev/null || true
  rm -rf "$POSTGRES_SOCKET"
}

# keep NAME COMMAND…: runs the command in the background and starts it again whenever it ends, until this process gets SIGTERM.
keep() {
  local name="$1"; shift
  (
    trap - ERR EXIT
    set +e
    child=""
    trap 'stopping=1; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM
    stopping=""
    while [ -z "$stopping" ]; do
      "$@" >>"$CLUSTER_DATA/$name.log" 2>&1 &
      child=$!
      echo "$child" >"$CLUSTER_DATA/$name.pid"
      wait "$child" 2>/dev/null; code=$?
      # A wait that SIGTERM interrupted says nothing of the child.
      while kill -0 "$child" 2>/dev/null; do wait "$child" 2>/dev/null; code=$?; done
      [ -n "$stopping" ] && break
      echo "dispatch: $name ended with code $code; starting it again"
      sleep 1
    done
    rm -f "$CLUSTER_DATA/$name.pid"
  ) &
  CLUSTER_KEEPERS+=("$!")
}

# wait_ready NAME PORT: until the node says that it is ready.
wait_ready() {
  local name="$1" port="$2"
  for _ in $(seq 600); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3 && read -r status <&3 && [[ "$status" == *" 200"* ]]) 2>/dev/null; then return 0; fi
    sleep 0.2
  done
  echo "dispatch: $name is not ready after two minutes; see $CLUSTER_DATA/$name.log" >&2
  return 1
}

stop_cluster() {
  trap - INT TERM EXIT
  local keeper
  echo "Stopping …"
  for keeper in ${CLUSTER_KEEPERS[@]+"${CLUSTER_KEEPERS[@]}"}; do kill -TERM "$keeper" 2>/dev/null || true; done
  for keeper in ${CLUSTER_KEEPERS[@]+"${CLUSTER_KEEPERS[@]}"}; do wait "$keeper" 2>/dev/null || true; done
  stop_postgres
}

run_cluster() {
  local port=8080 pass=() node
  CLUSTER_DATA="$ROOT/data/cluster"; CLUSTER_KEEPERS=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) need_value "$@"; CLUSTER_DATA="$2"; shift 2 ;;
      --port) need_value "$@"; port="$2"; shift 2 ;;
      *) pass+=("$1"); shift ;;
    esac
  done
  require_dotnet; require_node
  build_web
  build_server
  mkdir -p "$CLUSTER_DATA/shared"
  CLUSTER_DATA="$(cd "$CLUSTER_DATA" && pwd)"
  trap 'stop_cluster' EXIT
  trap 'stop_cluster; exit 0' INT TERM
  if [ -n "${DISPATCH_POSTGRES:-}" ]; then CLUSTER_CONNECTION="$DISPATCH_POSTGRES"; else start_postgres; fi

  local first="" user="${DISPATCH_MANAGER_USER:-manager}" password="${DISPATCH_MANAGER_PASSWORD:-}"
  if [ ! -f "$CLUSTER_DATA/shared/began" ] && [ -z "$password" ]; then
    password="$(head -c 12 /dev/urandom | base64 | tr '+/' '-_')"; first="$password"
  fi
  export Dispatch__Store=postgres Dispatch__ConnectionString="$CLUSTER_CONNECTION" Dispatch__Cluster__Kind=postgres Dispatch__Cluster__Address=127.0.0.1
  export Dispatch__BootstrapUser="$user" Dispatch__BootstrapPassword="$password"
  local program=(dotnet "$ROOT/silo/bin/Release/net10.0/Dispatch.Silo.dll" --data "$CLUSTER_DATA/shared" --web "$ROOT/web/dist")
  for node in 1 2; do
    keep "silo-$node" "${program[@]}" --port $((port + 1 + node)) --Dispatch:Cluster:Role silo \
      --Dispatch:Cluster:SiloPort $((port + 3030 + node)) --Dispatch:Cluster:GatewayPort $((port + 21920 + node)) ${pass[@]+"${pass[@]}"}
  done
  for node in 1 2; do wait_ready "silo-$node" $((port + 1 + node)); done
  for node in 1 2; do keep "api-$node" "${program[@]}" --port $((port - 1 + node)) --Dispatch:Cluster:Role api ${pass[@]+"${pass[@]}"}; done
  for node in 1 2; do wait_ready "api-$node" $((port - 1 + node)); done
  touch "$CLUSTER_DATA/shared/began"
  echo "Dispatch is ready: two silos and two API nodes on PostgreSQL."
  echo "  API node 1  http://127.0.0.1:$port/"
  echo "  API node 2  http://127.0.0.1:$((port + 1))/"
  echo "  Logs        $CLUSTER_DATA/*.log"
  if [ -n "$first" ]; then
    echo "Manager, shown this once:"
    echo "  manager     $user / $first"
  fi
  echo "Stop with Ctrl-C."
  while :; do wait -n || true; done
}
