# Where the programs of the control plane come from.
# shellcheck shell=sh

need_go() {
  command -v go >/dev/null 2>&1 ||
    die "Go is missing: it is needed once, to build the $1. $CACHE does not hold it, nor does
  KUBEBUILDER_ASSETS, and its release could not be downloaded. Either get Go from https://go.dev/dl, or
  set KEPTN_LOCAL_DOWNLOADS to a mirror (see ./keptn-local help), or set KUBEBUILDER_ASSETS to a directory with
  kube-apiserver, etcd, kube-controller-manager, kube-scheduler and kwok, or use a cluster you have:
  ./keptn-local up --context NAME"
}

# go_key MODULE REQUIREMENT: where the binaries of a Go module's version are kept.
go_key() {
  go_version=$(awk -v name="$2" '$1 == name { print $2; exit }' "$LAUNCHER/$1/go.mod")
  printf '%s-%s-%s-%s\n' "$1" "$go_version" "$(cat "$LAUNCHER/$1/go.mod" "$LAUNCHER/$1/go.sum" | cksum | cut -d' ' -f1)" \
    "$(uname -sm | tr ' ' '-')"
}

# go_build MODULE DIRECTORY FLAGS PACKAGE...: into a directory that is not complete before every file is in it.
go_build() {
  build_module=$1
  build_directory=$2
  build_flags=$3
  shift 3
  need_go "$build_module"
  mkdir -p "$build_directory.half.$$"
  need_space "$build_directory.half.$$" 4000 "building Kubernetes"
  build_code=0
  # The tools' own settings in the environment must not change what is built.
  with_progress "building the $build_module from Go modules (once per version, 2 to 20 minutes)" "$build_directory.log" \
    env -u GOFLAGS -u GOOS -u GOARCH GOWORK=off CGO_ENABLED=0 go -C "$LAUNCHER/$build_module" build -mod=readonly \
    -trimpath -ldflags "$build_flags" -o "$build_directory.half.$$/" "$@" || build_code=$?
  if [ "$build_code" -ne 0 ]; then
    rm -rf "$build_directory.half.$$"
    tail -n 20 "$build_directory.log" >&2
    die "the build failed: $build_directory.log"
  fi
}

install_binaries() {
  mkdir -p "$2"
  for install_file in "$1"/*; do
    mv -f "$install_file" "$2/"
  done
  rmdir "$1"
}

# binaries: finds every program of the control plane, for binary to tell: in KUBEBUILDER_ASSETS, among those built or
# downloaded earlier, as a download, as a build; in this order.
binaries() {
  BIN_DIRECTORIES=''
  if [ -n "${KUBEBUILDER_ASSETS:-}" ] && [ -x "$KUBEBUILDER_ASSETS/kube-apiserver" ] &&
    [ -x "$KUBEBUILDER_ASSETS/etcd" ]; then
    BIN_DIRECTORIES=$KUBEBUILDER_ASSETS
  fi
  released_directory=$CACHE/$(release_key)
  built_directory=$CACHE/$(go_key controlplane k8s.io/kubernetes)
  kubernetes_directory=$built_directory
  # shellcheck disable=SC2046 # one word each
  set -- $(not_assets etcd kube-apiserver kube-controller-manager kube-scheduler)
  if ! holds "$kubernetes_directory" "$@"; then
    if released "$@"; then
      kubernetes_directory=$released_directory
    else
      # In one build with what a node needs, for they share most of their packages.
      # shellcheck disable=SC2046 # one word each
      build_kubernetes "$@" $(node_programs)
    fi
  fi
  # shellcheck disable=SC2046 # one word each
  holds "$built_directory" $(node_programs) || build_kubernetes $(node_programs)
  kwok_directory=$CACHE/$(go_key kwok sigs.k8s.io/kwok)
  # shellcheck disable=SC2046 # one word each
  set -- stages.yaml $(not_assets kwok)
  if ! holds "$kwok_directory" "$@"; then
    if released "$@"; then
      kwok_directory=$released_directory
    else
      build_kwok
    fi
  fi
}

# not_assets PROGRAM...: those of them that KUBEBUILDER_ASSETS does not have.
not_assets() {
  for not_asset in "$@"; do
    has_asset "$not_asset" || printf '%s\n' "$not_asset"
  done
}

# holds DIRECTORY FILE...: whether all of these are there.
holds() (
  cd "$1" 2>/dev/null || [ $# -eq 1 ] || exit 1
  shift
  for held in "$@"; do
    [ -s "$held" ] || exit 1
  done
)

# released PROGRAM...: whether all of these are there as downloads, from an earlier time or from now.
released() { holds "$released_directory" "$@" || download "$released_directory" "$@"; }

has_asset() { [ -n "$BIN_DIRECTORIES" ] && [ -x "$BIN_DIRECTORIES/$1" ]; }

# binary NAME: the path of one program.
binary() {
  if has_asset "$1"; then
    printf '%s\n' "$BIN_DIRECTORIES/$1"
  elif [ "$1" = kwok ]; then
    printf '%s\n' "$kwok_directory/kwok"
  elif [ -x "$kubernetes_directory/$1" ]; then
    printf '%s\n' "$kubernetes_directory/$1"
  else
    printf '%s\n' "$built_directory/$1"
  fi
}

# build_kubernetes PROGRAM...: those of them that are not built yet, in one build.
build_kubernetes() {
  lock "$built_directory.lock" "building Kubernetes"
  for kubernetes_program in "$@"; do
    shift
    [ ! -s "$built_directory/$kubernetes_program" ] || continue
    case $kubernetes_program in
      etcd) set -- "$@" go.etcd.io/etcd/server/v3 ;;
      pause.tar) build_pause "$built_directory" ;;
      *) set -- "$@" "k8s.io/kubernetes/cmd/$kubernetes_program" ;;
    esac
  done
  if [ $# -gt 0 ]; then
    kubernetes_version=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$LAUNCHER/controlplane/go.mod")
    kubernetes_minor=${kubernetes_version#v1.}
    kubernetes_set=k8s.io/component-base/version
    go_build controlplane "$built_directory" "-s -w -X $kubernetes_set.gitVersion=$kubernetes_version \
-X $kubernetes_set.gitMajor=1 -X $kubernetes_set.gitMinor=${kubernetes_minor%%.*}" "$@"
    # Go names a program after the last word of its path, which for etcd is no name.
    for kubernetes_etcd in v3 server; do
      [ ! -f "$built_directory.half.$$/$kubernetes_etcd" ] ||
        mv "$built_directory.half.$$/$kubernetes_etcd" "$built_directory.half.$$/etcd"
    done
    install_binaries "$built_directory.half.$$" "$built_directory"
  fi
  unlock "$built_directory.lock"
}

build_kwok() {
  lock "$kwok_directory.lock" "building kwok"
  if ! holds "$kwok_directory" stages.yaml kwok; then
    go_build kwok "$kwok_directory" "-s -w" sigs.k8s.io/kwok/cmd/kwok
    kwok_sources=$(GOWORK=off go -C "$LAUNCHER/kwok" list -mod=readonly -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage
    for kwok_stage in node/fast/node-initialize node/heartbeat-with-lease/node-heartbeat-with-lease \
      pod/fast/pod-ready pod/fast/pod-complete pod/fast/pod-delete; do
      echo '---'
      cat "$kwok_sources/$kwok_stage.yaml"
    done >"$kwok_directory.half.$$/stages.yaml"
    install_binaries "$kwok_directory.half.$$" "$kwok_directory"
  fi
  unlock "$kwok_directory.lock"
}
