# This machine: the JDK, Git, disk space, ports, files that are private, and the Java helper that waits.
# shellcheck shell=sh

is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

find_jdk() {
  [ -z "${JDK:-}" ] || return 0
  jdk_on_path=$(command -v javac 2>/dev/null) || jdk_on_path=''
  while [ -h "$jdk_on_path" ]; do
    jdk_link=$(ls -ld -- "$jdk_on_path")
    jdk_link=${jdk_link#* -> }
    case $jdk_link in
      /*) jdk_on_path=$jdk_link ;;
      *) jdk_on_path=$(dirname "$jdk_on_path")/$jdk_link ;;
    esac
  done
  for JDK in "${JAVA_HOME:-}" "${jdk_on_path%/bin/javac}" /usr/lib/jvm/* /opt/* \
    "${HOME:-/}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$JDK" ] && is_jdk_25 "$JDK"; then
      export JAVA_HOME="$JDK"
      return 0
    fi
  done
  die "JDK 25 is missing: Keptn is built and runs with it. Looked in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman
  and /Library/Java/JavaVirtualMachines. Get it from https://adoptium.net (or: sdk install java 25-tem), or set JAVA_HOME."
}

need_git() {
  command -v git >/dev/null 2>&1 ||
    die "Git is missing: projects are Git repositories. Get it from your system's packages (Debian: apt-get install git)."
}

# need_space DIRECTORY MEGABYTES WHAT
need_space() {
  space_free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$space_free" -ge "$2" ] ||
    die "no disk space: $3 needs $2 MB in $1, and $space_free MB are free"
}

# machine ARGUMENTS...: the Java helper that needs no build but this: keys, free ports, waiting.
machine() {
  machine_classes=$STATE/machine
  machine_sources=$LAUNCHER/src/main/java/sh/keptn/local/machine
  if [ ! -d "$machine_classes" ] || [ -n "$(find "$machine_sources" -newer "$machine_classes")" ]; then
    rm -rf "$machine_classes.half" "$machine_classes"
    # The package's description is left out: its annotation is not in the JDK.
    find "$machine_sources" -name '*.java' ! -name package-info.java -exec \
      "$JDK/bin/javac" -proc:none -d "$machine_classes.half" {} + || die "cannot compile $machine_sources"
    mv "$machine_classes.half" "$machine_classes"
  fi
  "$JDK/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m \
    -cp "$machine_classes" sh.keptn.local.machine.MachineMain "$@"
}

# ready NAME SECONDS URL: waits until a process that was started answers. 3: it is dead; 4: the time is over.
ready() {
  machine await "$1" "$(cat "$STATE/run/$1.pid")" "$2" "$3" "$STATE/cluster/certs/apiserver.crt"
}

# await NAME SECONDS URL: the same, and an end of everything with the reason if it does not.
await() {
  await_code=0
  ready "$@" || await_code=$?
  not_ready "$await_code" "$@"
}

not_ready() {
  case $1 in
    0) ;;
    3) fail_with_log "$2" "$2 ended at its start; its last words:" ;;
    4) fail_with_log "$2" "$2 was not ready within $3 s; its last words:" ;;
    *) fail_with_log "$2" "cannot ask whether $2 is ready; its last words:" ;;
  esac
}

random_token() { od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'; }

# secret_file FILE: reads text to keep from standard input; only its owner may read it, and it is never there by half.
secret_file() {
  (umask 077 && cat >"$1.half") || die "cannot write $1"
  mv "$1.half" "$1"
}

# choose_ports NAME=WISH...: notes a port for each in .local/ports; what runs keeps its own.
choose_ports() {
  [ $# -gt 0 ] || return 0
  ports_wishes=''
  for ports_wish in "$@"; do
    ports_wishes="$ports_wishes ${ports_wish#*=}"
  done
  # shellcheck disable=SC2086 # one word each
  ports_chosen=$(machine ports $ports_wishes) || exit 1
  {
    for ports_wish in "$@"; do
      printf '%s=%s\n' "${ports_wish%%=*}" "${ports_chosen%%
*}"
      ports_chosen=${ports_chosen#*
}
    done
    for ports_wish in "$@"; do
      printf '%s\n' "^${ports_wish%%=*}="
    done >"$STATE/ports.new"
    [ ! -f "$STATE/ports" ] || grep -v -f "$STATE/ports.new" "$STATE/ports" || true
  } >"$STATE/ports.half"
  rm -f "$STATE/ports.new"
  mv "$STATE/ports.half" "$STATE/ports"
}

# port NAME: the remembered one, 0 if there is none.
port() {
  port_found=$(sed -n "s/^$1=//p" "$STATE/ports" 2>/dev/null) || true
  printf '%s\n' "${port_found:-0}"
}

# port_wish NAME: the remembered one; at first one of a range that two checkouts seldom share, for those that start at
# the same moment cannot see each other's choice.
port_wish() {
  wish_port=$(port "$1")
  if [ "$wish_port" -ne 0 ]; then
    printf '%s=%s\n' "$1" "$wish_port"
  else
    printf '%s=%s+\n' "$1" "$((20000 + $(printf '%s' "$STATE" | cksum | cut -d' ' -f1) % 1000 * 12))"
  fi
}

# wishes NAME...: for choose_ports, what these would like that do not run.
wishes() {
  for wishes_name in "$@"; do
    runs "$wishes_name" || port_wish "$wishes_name"
  done
}
