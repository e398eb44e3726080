# Keptn itself: its jars, the backends, the operator and the API server.
# shellcheck shell=sh

MODULES='operator api-server deploy/local'

jar_of() {
  case $1 in
    deploy/local) echo "$ROOT/deploy/local/target/keptn-local.jar" ;;
    *) echo "$ROOT/$1/target/keptn-$1.jar" ;;
  esac
}

# newer_than FILE: whether a source of what runs is newer.
newer_than() {
  [ ! -f "$1" ] || [ -n "$(cd "$ROOT" && find pom.xml ./*/pom.xml deploy/local/pom.xml ./*/src/main \
    deploy/local/src/main -newer "$1" | head -n 1)" ]
}

# build: makes .local/app, the jars that run, apart from target/ so that a build by hand does not pull them away.
build() {
  if ! newer_than "$STATE/app/stamp"; then
    return 0
  fi
  if [ -f "$STATE/app/stamp" ] && { runs operator || runs api-server || runs backends; }; then
    say "the sources have changed since this Keptn was started: ./keptn-local down, then up, runs the new ones"
    return 0
  fi
  need_space "$STATE" 1500 "building Keptn"
  mkdir -p "$STATE/log"
  rm -rf "$STATE/app.half"
  mkdir "$STATE/app.half"
  : >"$STATE/app.half/stamp"
  build_needed=no
  for build_module in $MODULES; do
    ! newer_than "$(jar_of "$build_module")" || build_needed=yes
  done
  if [ "$build_needed" = yes ] && ! (cd "$ROOT" && with_progress "building Keptn" "$STATE/log/build.log" \
    ./mvnw -B -ntp -Pquick -pl "$(echo "$MODULES" | tr ' ' ',')" -am package); then
    tail -n 30 "$STATE/log/build.log" >&2
    die "the build failed: $STATE/log/build.log"
  fi
  for build_module in $MODULES; do
    build_jar=$(jar_of "$build_module")
    mkdir "$STATE/app.half/$(basename "$build_module")"
    cp -R "$build_jar" "$(dirname "$build_jar")/lib" "$STATE/app.half/$(basename "$build_module")/" ||
      die "cannot copy $build_jar"
  done
  rm -rf "$STATE/app"
  mv "$STATE/app.half" "$STATE/app"
}

# launcher ARGUMENTS...: our own Java, for what is done to the cluster.
launcher() { "$JDK/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$STATE/app/local/keptn-local.jar" "$@"; }

# environment NAME KEY VALUE...: notes what a program is to find in its environment; see keep.
environment() {
  environment_file=$STATE/run/$1.env.new
  shift
  mkdir -p "$STATE/run"
  while [ $# -ge 2 ]; do
    env_line "$1" "$2"
    [ "$1" != KUBECONFIG ] || printf '# %s\n' "$(cksum <"$2")"
    shift 2
  done | secret_file "$environment_file"
}

# keep NAME ARGUMENTS...: runs Java with these, unless it runs with them and the same environment already.
keep() {
  keep_name=$1
  shift
  printf '# %s\n' "$*" >>"$STATE/run/$keep_name.env.new"
  if runs "$keep_name"; then
    if cmp -s "$STATE/run/$keep_name.env.new" "$STATE/run/$keep_name.env"; then
      return 0
    fi
    say "restarting $keep_name with new settings"
    stop "$keep_name"
  else
    say "starting $keep_name"
  fi
  mv "$STATE/run/$keep_name.env.new" "$STATE/run/$keep_name.env"
  keep_cache=$STATE/app/$keep_name/start.aot
  # Where the cache lies in memory is fixed, so that its pages stay the file's.
  set -- -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:TrimNativeHeapInterval=5000 "$@"
  if [ -n "$RECORD_START" ]; then
    set -- -XX:AOTCacheOutput="$keep_cache" "$@"
  elif [ -s "$keep_cache" ]; then
    set -- -XX:AOTCache="$keep_cache" "$@"
  fi
  start "$keep_name" "$JDK/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "$@"
}

# record_start: once per build, both processes are started to note what they load and link (JDK's AOT cache, JEP 514), and
# ended when they are ready; every later start takes a third of the time. Without the cache Java starts as ever.
record_start() {
  if runs operator || runs api-server ||
    { [ -e "$STATE/app/operator/start.aot" ] && [ -e "$STATE/app/api-server/start.aot" ]; }; then
    return 0
  fi
  say "preparing quick starts of operator and api-server (once per build)"
  RECORD_START=yes
  keptn_up
  record_grace=$GRACE
  GRACE=120 # the cache is made at the end
  stop api-server operator
  GRACE=$record_grace
  RECORD_START=''
  for record_name in operator api-server; do
    # One that could not be made is not tried again before the next build.
    [ -e "$STATE/app/$record_name/start.aot" ] || : >"$STATE/app/$record_name/start.aot"
  done
}

keptn_up() {
  operator_up
  api_server_up
  await operator 60 "http://127.0.0.1:$(port operator)/readyz"
}

backends_up() {
  environment backends
  set -- --management-port "$(port backends)" --git-port "$(port git)" --git-directory "$STATE/git" \
    --git-token-file "$STATE/git-token" \
    --webhook-server "http://127.0.0.1:$(port api)" --webhook-token-file "$STATE/webhook-token"
  [ -n "$MONGODB_URI_GIVEN" ] || set -- "$@" --store-port "$(port mongodb)" --store-directory "$STATE/store"
  keep backends -Xmx256m -jar "$STATE/app/local/keptn-local.jar" backends "$@"
}

operator_up() {
  environment operator \
    KUBECONFIG "$STATE/accounts/keptn-operator.kubeconfig" \
    KEPTN_NAMESPACE "$NAMESPACE" \
    KEPTN_DATA_DIR "$STATE/operator" \
    KEPTN_BIND_ADDRESS 127.0.0.1 \
    KEPTN_LEADER_ELECTION false \
    KEPTN_LOG_FORMAT plain \
    KEPTN_MANAGEMENT_PORT "$(port operator)" \
    KEPTN_GIT_PROVISIONING_URL "http://127.0.0.1:$(port git)" \
    KEPTN_WEBHOOK_SECRET "$WEBHOOK_SECRET" \
    KEPTN_ALLOW_LOOPBACK_UPSTREAMS true
  mkdir -p "$STATE/operator"
  keep operator -Xms32m -Xmx128m -XX:TieredStopAtLevel=1 -jar "$STATE/app/operator/keptn-operator.jar"
}

api_server_up() {
  mkdir -p "$STATE/api-server"
  api_tries=1
  while :; do
    environment api-server \
      KUBECONFIG "$STATE/accounts/keptn-api-server.kubeconfig" \
      KEPTN_NAMESPACE "$NAMESPACE" \
      KEPTN_DATA_DIR "$STATE/api-server" \
      KEPTN_BIND_ADDRESS 127.0.0.1 \
      KEPTN_LOG_FORMAT plain \
      KEPTN_PORT "$(port api)" \
      KEPTN_MANAGEMENT_PORT "$(port api-server)" \
      KEPTN_GIT_PROVISIONING_URL "http://127.0.0.1:$(port git)" \
      KEPTN_WEBHOOK_SECRET "$WEBHOOK_SECRET" \
      KEPTN_ALLOW_LOOPBACK_UPSTREAMS true \
      MONGODB_URI "$MONGODB_URI"
    keep api-server -Xms72m -Xmn40m -Xmx160m -jar "$STATE/app/api-server/keptn-api-server.jar"
    api_code=0
    ready api-server 60 "http://127.0.0.1:$(port api-server)/readyz" || api_code=$?
    [ "$api_code" -ne 0 ] || return 0
    # Another checkout that starts at the same moment may have found the same port free.
    if [ "$api_code" -ne 3 ] || [ -n "$PORT_GIVEN" ] || [ "$api_tries" -ge 5 ] ||
      ! grep -q -e 'Address already in use' -e BindException "$STATE/log/api-server.log"; then
      not_ready "$api_code" api-server 60
    fi
    api_tries=$((api_tries + 1))
    choose_ports "api=$(($(port api) + 1))+"
    backends_up # the Git server announces pushes there
  done
}

# setting NAME: what an earlier up was told.
setting() { sed -n "s/^$1=//p" "$STATE/settings" 2>/dev/null || true; }

# env_line NAME VALUE: fit for `. .local/env` whatever is in the value.
env_line() {
  case $2 in
    *[!A-Za-z0-9_./:@%+,=-]*) printf "%s='%s'\n" "$1" "$(printf '%s' "$2" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s=%s\n' "$1" "$2" ;;
  esac
}

# up_ports: all in one go, for none is taken before its process runs.
up_ports() {
  up_wishes=$(
    [ -n "$CONTEXT" ] || control_plane_wishes
    wishes operator api-server
    runs backends || {
      port_wish backends
      port_wish git
      port_wish mongodb
    }
    if [ -n "$PORT_GIVEN" ]; then
      { runs api-server && [ "$(port api)" = "$PORT_GIVEN" ]; } || echo "api=$PORT_GIVEN!"
    elif ! runs api-server; then
      up_port=$(port api)
      [ "$up_port" -ne 0 ] || up_port=8080
      echo "api=$up_port+"
    fi
  )
  # shellcheck disable=SC2086 # one word each
  choose_ports $up_wishes
}

summary() {
  cat <<TEXT

Keptn runs.
  API         $KEPTN_ENDPOINT
  Swagger UI  $KEPTN_ENDPOINT/swagger-ui/
  token       $(cat "$STATE/api-token")
  kubectl     export KUBECONFIG=$STATE/kubeconfig
  Git         $KEPTN_GIT_URL/PROJECT.git

All of it stands in $STATE/env too. Try:
  set -a; . $STATE/env; set +a
  kubectl -n $NAMESPACE get keptn
  curl -H "x-token: \$KEPTN_API_TOKEN" "\$KEPTN_ENDPOINT/controlPlane/v1/project"
TEXT
}
