# The real node of `up --node`: containerd, kubelet and kube-proxy, as root, in namespaces of their own.
# shellcheck shell=sh
#
# One process holds a network, a mount and a process namespace; everything of the node runs in them, on the usual paths
# (/run/containerd, /var/lib/kubelet), which are mounts of .local/node there. When that process is killed the kernel ends
# what is in its namespaces, containers too, and takes their mounts and links away: nothing of the node can be forgotten.

NODE=''          # whether this Keptn runs on a real node
NODE_PROGRAMS='' # whether its programs are to be built all the same
NODE_NAME=keptn-node
NODE_PAUSE=keptn.local/pause:1
NODE_PARTS='node node-gateway containerd kubelet kube-proxy'

# ---- can this machine? ---------------------------------------------------------------------------------------------

# node_path: what configures networks is not on everyone's PATH, not even on that of every root.
node_path() { PATH=$PATH:/usr/sbin:/sbin; }

# node_missing: one line for each thing that is not there, none if a node can run here.
node_missing() {
  if [ "$(uname -s)" != Linux ]; then
    echo "containers need Linux, and this is $(uname -s)"
    return
  fi
  [ "$(id -u)" -eq 0 ] || echo "containers are started as root, and you are $(id -un)"
  for missing_pair in containerd=containerd ctr=containerd containerd-shim-runc-v2=containerd runc=runc ip=iproute2 \
    nft=nftables unshare=util-linux nsenter=util-linux mount=mount; do
    command -v "${missing_pair%%=*}" >/dev/null 2>&1 ||
      echo "${missing_pair%%=*} is missing (Debian: apt-get install ${missing_pair#*=})"
  done
  [ -n "$(node_cni)" ] ||
    echo "the CNI plugins ptp, host-local and loopback are missing (Debian: apt-get install containernetworking-plugins)"
  case $HOME_STATE/ in
    /run/* | /var/run/*) echo "the state cannot stand under /run, which the node has an empty one of: $HOME_STATE" ;;
  esac
}

# node_forbidden: one line for each thing that this machine does not let root do; for a machine that misses nothing.
node_forbidden() {
  if ! unshare --net --mount --pid --fork --kill-child --mount-proc true 2>/dev/null; then
    echo "namespaces cannot be made (unshare --net --mount --pid): a container without privileges?"
    return
  fi
  unshare --net --mount --pid --fork --kill-child --mount-proc sh -c 'ip link add one type veth peer name two' \
    2>/dev/null || echo "the kernel makes no veth links"
  unshare --net nft 'add table ip keptn; add chain ip keptn src { type nat hook postrouting priority 100; };
    add rule ip keptn src fib saddr type local masquerade' 2>/dev/null || echo "the kernel has no nftables, or no NAT in it"
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    (echo +pids >/sys/fs/cgroup/cgroup.subtree_control) 2>/dev/null ||
      echo "the control groups of /sys/fs/cgroup cannot be handed out: a container without privileges?"
  else
    [ -w /sys/fs/cgroup/memory ] && [ -w /sys/fs/cgroup/pids ] && [ -w /sys/fs/cgroup/cpu ] ||
      echo "the control groups cpu, memory and pids are not mounted, or cannot be written"
  fi
}

node_lacks() {
  lacks=$(node_missing)
  printf '%s\n' "${lacks:-$(node_forbidden)}"
}

need_node() {
  node_path
  need_lacks=$(node_lacks)
  [ -z "$need_lacks" ] || die "this machine cannot run a real node (--node):
$(printf '%s\n' "$need_lacks" | sed 's/^/  /')
Nothing was started. Without --node, up simulates the node, and no container runs."
}

# node_cni: where the CNI plugins stand.
node_cni() {
  for cni in /opt/cni/bin /usr/lib/cni /usr/libexec/cni; do
    if [ -x "$cni/ptp" ] && [ -x "$cni/host-local" ] && [ -x "$cni/loopback" ]; then
      printf '%s\n' "$cni"
      return
    fi
  done
}

# ---- programs ------------------------------------------------------------------------------------------------------

# node_programs: what binaries are to be there besides those of the control plane.
node_programs() { [ -z "$NODE$NODE_PROGRAMS" ] || { not_assets kubelet kube-proxy && echo pause.tar; }; }

# build_pause DIRECTORY: makes the image of the process that holds every pod's namespaces, as an archive.
build_pause() {
  need_go "pause image"
  mkdir -p "$1"
  env -u GOFLAGS -u GOOS -u GOARCH GOWORK=off CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$1/pause.$$" \
    "$LAUNCHER/node/pause/main.go" || die "cannot build the pause image"
  "$LAUNCHER/node/pack" "$NODE_PAUSE" "$1/pause.$$" "$1/pause.tar" || die "cannot make the pause image"
  rm -f "$1/pause.$$"
}

# ---- names and addresses -------------------------------------------------------------------------------------------

# node_names: what of this node is seen outside of its namespaces. Two checkouts' nodes share nothing.
node_names() {
  node=$STATE/node
  node_id=keptn$(printf '%08x' "$(printf '%s' "$STATE" | cksum | cut -d' ' -f1)")
  node_net=$(cat "$node/net" 2>/dev/null) || node_net=''
  node_host=$node_net.253
  node_ip=$node_net.254
  node_pods=$node_net.0/25
}

# node_prepare: what must be there before the API server starts. The network is one of 198.18.0.0/15, which is set aside
# for tests of network devices and so is seldom in use.
node_prepare() {
  node_names
  mkdir -p "$node"
  if ! runs node; then
    node_down # what one that died left
    if [ -z "$node_net" ] || ! node_net_free; then
      node_choose_net
    fi
  fi
  [ -s "$cluster/kubelet-client.key" ] ||
    machine client-certificate kube-apiserver system:masters "$cluster/kubelet-client" || exit 1
}

# node_net_free: whether nothing on this machine has or reaches addresses of the node's network.
node_net_free() { ! { ip -o -4 addr && ip -o -4 route; } | grep -qF "$node_net."; }

node_choose_net() {
  choose_number=$(($(printf '%s' "$STATE" | cksum | cut -d' ' -f1) % 512))
  choose_tries=0
  while node_net=198.$((18 + choose_number / 256)).$((choose_number % 256)) && ! node_net_free; do
    choose_tries=$((choose_tries + 1))
    [ "$choose_tries" -lt 512 ] || die "no network is free for the node in 198.18.0.0/15"
    choose_number=$(((choose_number + 1) % 512))
  done
  printf '%s\n' "$node_net" >"$node/net"
  node_names
}

# ---- up and down ---------------------------------------------------------------------------------------------------

# in_node COMMAND...: in the namespaces of the node.
in_node() {
  in_node_pid=$(pid_of node) || die "the node does not run"
  nsenter --net="/proc/$in_node_pid/ns/net" --mount="/proc/$in_node_pid/ns/mnt" \
    --pid="/proc/$in_node_pid/ns/pid_for_children" -- "$@"
}

# node_start NAME COMMAND...: start, in the namespaces of the node.
node_start() {
  node_start_name=$1
  node_start_pid=$(pid_of node)
  shift
  say "starting $node_start_name"
  start "$node_start_name" nsenter --net="/proc/$node_start_pid/ns/net" --mount="/proc/$node_start_pid/ns/mnt" \
    --pid="/proc/$node_start_pid/ns/pid_for_children" -- env -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy \
    -u https_proxy "$@"
}

# node_up: starts what does not run of the node. The API server is up.
node_up() {
  if ! runs node; then
    say "starting the node"
    mkdir -p "$node/kubelet" "$node/containerd" "$node/pod-logs" "$node/cni"
    for node_mountpoint in /var/lib/kubelet /var/lib/containerd; do
      [ -d "$node_mountpoint" ] || { mkdir "$node_mountpoint" && echo "$node_mountpoint" >>"$node/made"; }
    done
    node_cgroups_up
    rm -f "$node/ready"
    start node unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private \
      sh "$LAUNCHER/node/hold" "$node"
    node_tries=0
    until [ -e "$node/ready" ]; do
      node_tries=$((node_tries + 1))
      { runs node && [ "$node_tries" -lt 100 ]; } || fail_with_log node "the node's namespaces could not be set up:"
      nap
    done
    node_links_up
  fi
  if ! runs node-gateway; then
    # From the node, the API server is at the host's end of the link; it itself listens on loopback only.
    start node-gateway "$JDK/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp "$STATE/machine" \
      sh.keptn.local.machine.MachineMain forward "$node_host:$(port kube-apiserver)" \
      "127.0.0.1:$(port kube-apiserver)"
  fi
  node_configure
  if ! runs containerd; then
    node_start containerd containerd --config "$node/containerd.toml"
  fi
  await containerd 60 "http://$node_ip:1338/v1/metrics"
  in_node ctr -n k8s.io images import - <"$built_directory/pause.tar" >/dev/null || die "cannot load the pause image"
  if ! runs kubelet; then
    node_start kubelet "$(binary kubelet)" --config="$node/kubelet.yaml" --kubeconfig="$node/kubelet.kubeconfig" \
      --hostname-override="$NODE_NAME" --node-ip="$node_ip"
  fi
  if ! runs kube-proxy; then
    node_start kube-proxy "$(binary kube-proxy)" --config="$node/kube-proxy.yaml"
  fi
  await kubelet 60 "http://$node_ip:10248/healthz"
  await kube-proxy 60 "http://$node_ip:10256/healthz"
}

node_links_up() {
  ip link add "$node_id" type veth peer name eth0 netns "$(pid_of node)" || die "cannot make the node's link"
  ip addr add "$node_host/30" dev "$node_id"
  ip link set "$node_id" up
  in_node ip link set lo up
  in_node ip addr add "$node_ip/30" dev eth0
  in_node ip link set eth0 up
  # There is no way out to the world, so that an image that was not loaded fails at once. Cluster IPs need a route for
  # kube-proxy's rules to be asked at all.
  in_node ip route add 10.96.0.0/16 via "$node_host" src "$node_ip"
  ip route add "$node_pods" via "$node_ip"
}

# node_down: ends the node and takes away whatever is left of it, also of one that was killed.
node_down() {
  node_names
  [ -d "$node" ] || return 0
  node_path
  if node_pid=$(pid_of node); then
    kill -KILL "$node_pid" 2>/dev/null || true
  fi
  # shellcheck disable=SC2086 # one word each
  stop $NODE_PARTS
  ip link delete "$node_id" 2>/dev/null || true
  node_cgroups_down
  [ ! -f "$node/made" ] || while IFS= read -r node_mountpoint; do
    # Another checkout's node that mounts its own there would lose it.
    grep -qs " $node_mountpoint " /proc/[0-9]*/mountinfo || rmdir "$node_mountpoint" 2>/dev/null || true
  done <"$node/made"
  rm -f "$node/made"
}

# node_cgroups: the control group of everything on the node, once per hierarchy.
node_cgroups() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    printf '%s\n' "/sys/fs/cgroup/$node_id"
  else
    for cgroup in /sys/fs/cgroup/*/; do
      [ ! -f "${cgroup}cgroup.procs" ] || [ -h "${cgroup%/}" ] || printf '%s%s\n' "$cgroup" "$node_id"
    done
  fi
}

node_cgroups_up() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    for controller in cpuset cpu io memory hugetlb pids; do
      ! grep -qw "$controller" /sys/fs/cgroup/cgroup.controllers ||
        echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control || die "cannot hand out the control group $controller"
    done
  fi
  node_cgroups | while IFS= read -r cgroup; do
    mkdir -p "$cgroup" || exit 1
    for cpuset in cpuset.cpus cpuset.mems; do
      if [ -f "$cgroup/$cpuset" ] && [ ! -f /sys/fs/cgroup/cgroup.controllers ]; then
        cat "$(dirname "$cgroup")/$cpuset" >"$cgroup/$cpuset"
      fi
    done
  done || die "cannot make the node's control groups"
}

# node_cgroups_down: they can go when the last process in them is gone, which takes the kernel a moment.
node_cgroups_down() {
  cgroups_tries=0
  while :; do
    cgroups_left=$(node_cgroups | while IFS= read -r cgroup; do
      [ ! -d "$cgroup" ] || find "$cgroup" -depth -type d ! -exec rmdir {} \; -print 2>/dev/null
    done)
    [ -n "$cgroups_left" ] || return 0
    cgroups_tries=$((cgroups_tries + 1))
    if [ "$cgroups_tries" -ge 100 ]; then
      warn "control groups of the node could not be removed: $cgroups_left"
      return 0
    fi
    nap
  done
}

# node_status: of the parts that no health URL tells about. Fails if one does not run.
node_status() {
  node_status_code=0
  for node_part in node node-gateway; do
    if node_part_pid=$(pid_of "$node_part"); then
      printf '%-24s %-10s process %s\n' "$node_part" running "$node_part_pid"
    else
      printf '%-24s %s\n' "$node_part" "not running"
      node_status_code=1
    fi
  done
  return "$node_status_code"
}

# ---- settings ------------------------------------------------------------------------------------------------------

# node_snapshotter: overlayfs where it can be mounted on the state's file system, which it cannot on another overlay.
node_snapshotter() {
  mkdir -p "$node/try/lower" "$node/try/upper" "$node/try/work" "$node/try/merged"
  if unshare --mount mount -t overlay overlay \
    -o "lowerdir=$node/try/lower,upperdir=$node/try/upper,workdir=$node/try/work" "$node/try/merged" 2>/dev/null; then
    echo overlayfs
  else
    echo native
  fi
  rm -rf "$node/try"
}

# node_file FILE: keeps standard input there. One that says the same already is not touched, for kube-proxy ends when its
# settings are written anew.
node_file() {
  cat >"$1.half"
  if cmp -s "$1.half" "$1"; then
    rm "$1.half"
  else
    mv "$1.half" "$1"
  fi
}

node_configure() {
  for node_user in kubelet kube-proxy; do
    kubeconfig "$cluster/$node_user.kubeconfig" "$cluster/$node_user.token"
    sed "s|server: .*|server: https://$node_host:$(port kube-apiserver)\\n    tls-server-name: kubernetes.default.svc|" \
      "$cluster/$node_user.kubeconfig" | secret_file "$node/$node_user.kubeconfig"
  done
  [ -s "$node/snapshotter" ] || node_snapshotter >"$node/snapshotter"
  : >"$node/resolv.conf"
  node_file "$node/cni/10-keptn.conflist" <<TEXT
{"cniVersion": "0.4.0", "name": "keptn", "plugins": [
  {"type": "ptp", "ipMasq": false, "mtu": 1500, "ipam": {"type": "host-local", "dataDir": "/run/cni",
    "ranges": [[{"subnet": "$node_pods"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
TEXT
  node_file "$node/containerd.toml" <<TEXT
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]

[grpc]
address = "/run/containerd/containerd.sock"

[metrics]
address = "$node_ip:1338"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "$NODE_PAUSE"
disable_apparmor = true
# Root may not be allowed to make a process safer from the OOM killer than itself.
restrict_oom_score_adj = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "$(node_cni)"
conf_dir = "$node/cni"

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "$(cat "$node/snapshotter")"
default_runtime_name = "runc"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
TEXT
  # The disk of a developer's machine is often nearly full: that evicts nothing and removes no image here.
  node_file "$node/kubelet.yaml" <<TEXT
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node_ip
healthzBindAddress: $node_ip
readOnlyPort: 0
authentication:
  anonymous:
    enabled: false
  webhook:
    enabled: true
  x509:
    clientCAFile: $cluster/kubelet-client.crt
authorization:
  mode: Webhook
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
podLogsDir: $node/pod-logs
resolvConf: $node/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: /$node_id
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
makeIPTablesUtilChains: false
evictionHard:
  imagefs.available: 0%
  nodefs.available: 0%
  nodefs.inodesFree: 0%
imageGCHighThresholdPercent: 100
TEXT
  node_file "$node/kube-proxy.yaml" <<TEXT
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection:
  kubeconfig: $node/kube-proxy.kubeconfig
hostnameOverride: $NODE_NAME
clusterCIDR: $node_pods
detectLocalMode: ClusterCIDR
bindAddress: $node_ip
healthzBindAddress: $node_ip:10256
metricsBindAddress: 127.0.0.1:10249
conntrack:
  maxPerCore: 0
  min: 0
  tcpEstablishedTimeout: 0s
  tcpCloseWaitTimeout: 0s
TEXT
}

# ---- commands ------------------------------------------------------------------------------------------------------

command_node() {
  STATE=$HOME_STATE
  node_path
  case ${1:-} in
    probe)
      node_probe_lacks=$(node_lacks)
      [ -z "$node_probe_lacks" ] || { printf '%s\n' "$node_probe_lacks" && exit 1; }
      say "a real node can run here"
      ;;
    run)
      shift
      [ $# -gt 0 ] || die "node run needs a command; see ./keptn-local help"
      in_node "$@"
      ;;
    load)
      shift
      [ $# -gt 0 ] || die "node load needs a file; see ./keptn-local help"
      for load_file in "$@"; do
        [ -r "$load_file" ] || die "cannot read $load_file"
        in_node ctr -n k8s.io images import - <"$load_file" || die "containerd does not take $load_file"
      done
      ;;
    *)
      usage >&2
      exit 1
      ;;
  esac
}
