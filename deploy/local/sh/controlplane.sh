# The control plane: etcd, kube-apiserver, controllers, scheduler, and kwok for nodes.
# shellcheck shell=sh

# kubeconfig FILE TOKENFILE
kubeconfig() {
  secret_file "$1" <<TEXT
apiVersion: v1
kind: Config
clusters:
- name: keptn-local
  cluster:
    server: https://127.0.0.1:$(port kube-apiserver)
    certificate-authority-data: $(base64 <"$STATE/cluster/certs/apiserver.crt" | tr -d '\n')
users:
- name: keptn-local
  user:
    token: $(cat "$2")
contexts:
- name: keptn-local
  context:
    cluster: keptn-local
    user: keptn-local
    namespace: $NAMESPACE
current-context: keptn-local
TEXT
}

control_plane_wishes() {
  wishes etcd kube-apiserver kube-controller-manager kube-scheduler
  [ -n "$NODE" ] || wishes kwok
}

# control_plane_up [ETCD-FLAG...]: starts what does not run of etcd, API server, controllers, scheduler and kwok, on
# ports that are chosen already.
control_plane_up() {
  binaries
  cluster=$STATE/cluster
  mkdir -p "$cluster/certs" "$cluster/etcd"
  [ -s "$cluster/service-accounts.key" ] || machine service-account-key "$cluster/service-accounts.key" || exit 1
  for up_user in admin kube-controller-manager kube-scheduler kwok kubelet kube-proxy; do
    [ -s "$cluster/$up_user.token" ] || random_token | secret_file "$cluster/$up_user.token"
  done
  secret_file "$cluster/tokens.csv" <<TEXT
$(cat "$cluster/admin.token"),admin,admin,system:masters
$(cat "$cluster/kwok.token"),kwok,kwok,system:masters
$(cat "$cluster/kube-controller-manager.token"),system:kube-controller-manager,kube-controller-manager,
$(cat "$cluster/kube-scheduler.token"),system:kube-scheduler,kube-scheduler,
$(cat "$cluster/kubelet.token"),system:node:$NODE_NAME,kubelet,system:nodes
$(cat "$cluster/kube-proxy.token"),system:kube-proxy,kube-proxy,
TEXT

  if ! runs etcd; then
    say "starting etcd"
    # On sockets in its own directory: etcd knows no passwords here, and a port would be open to everyone on the machine.
    # The names are relative because a socket's path may not be long.
    rm -f "$cluster/etcd/client.sock:0" "$cluster/etcd/peer.sock:0"
    start etcd in_directory "$cluster/etcd" "$(binary etcd)" --data-dir=data --name=keptn-local \
      --listen-client-urls=unix://client.sock:0 --advertise-client-urls=unix://client.sock:0 \
      --listen-peer-urls=unix://peer.sock:0 --initial-advertise-peer-urls=unix://peer.sock:0 \
      --initial-cluster=keptn-local=unix://peer.sock:0 --listen-metrics-urls="http://127.0.0.1:$(port etcd)" \
      --auto-compaction-retention=1h --log-level=warn "$@"
  fi
  set -- --advertise-address=127.0.0.1 --endpoint-reconciler-type=none
  if [ -n "$NODE" ]; then
    node_prepare
    # Pods find the API server at the node's end of the link to it, through the Service "kubernetes".
    set -- --advertise-address="$node_host" --endpoint-reconciler-type=lease \
      --kubelet-preferred-address-types=InternalIP \
      --kubelet-client-certificate="$cluster/kubelet-client.crt" --kubelet-client-key="$cluster/kubelet-client.key"
  fi
  if ! runs kube-apiserver; then
    say "starting kube-apiserver"
    # The API server signs its own certificate, for a year.
    find "$cluster/certs" -name 'apiserver.*' -mtime +300 -exec rm -f {} +
    start kube-apiserver in_directory "$cluster/etcd" "$(binary kube-apiserver)" --etcd-servers=unix://client.sock:0 \
      --bind-address=127.0.0.1 "$@" --secure-port="$(port kube-apiserver)" --cert-dir="$cluster/certs" \
      --service-account-issuer=https://kubernetes.default.svc.cluster.local \
      --service-account-key-file="$cluster/service-accounts.key" \
      --service-account-signing-key-file="$cluster/service-accounts.key" \
      --token-auth-file="$cluster/tokens.csv" --authorization-mode=Node,RBAC \
      --service-cluster-ip-range=10.96.0.0/16 --profiling=false
  fi
  await kube-apiserver 120 "https://127.0.0.1:$(port kube-apiserver)/readyz"
  for up_user in kube-controller-manager kube-scheduler kwok; do
    kubeconfig "$cluster/$up_user.kubeconfig" "$cluster/$up_user.token"
  done
  kubeconfig "$STATE/kubeconfig" "$cluster/admin.token"
  control_plane_workers
  [ -n "$NODE" ] || machine node "https://127.0.0.1:$(port kube-apiserver)" "$cluster/certs/apiserver.crt" "$cluster/admin.token" \
    keptn-local || die "cannot make the node; see $STATE/log/kube-apiserver.log"
  await kube-controller-manager 60 "https://127.0.0.1:$(port kube-controller-manager)/healthz"
  await kube-scheduler 60 "https://127.0.0.1:$(port kube-scheduler)/healthz"
  if [ -n "$NODE" ]; then
    node_up
  else
    await kwok 60 "http://127.0.0.1:$(port kwok)/healthz"
  fi
}

control_plane_workers() {
  if ! runs kube-controller-manager; then
    say "starting kube-controller-manager"
    start kube-controller-manager "$(binary kube-controller-manager)" \
      --kubeconfig="$cluster/kube-controller-manager.kubeconfig" --bind-address=127.0.0.1 \
      --secure-port="$(port kube-controller-manager)" --tls-cert-file="$cluster/certs/apiserver.crt" \
      --tls-private-key-file="$cluster/certs/apiserver.key" --root-ca-file="$cluster/certs/apiserver.crt" \
      --use-service-account-credentials --service-account-private-key-file="$cluster/service-accounts.key" \
      --leader-elect=false --profiling=false
  fi
  if ! runs kube-scheduler; then
    say "starting kube-scheduler"
    start kube-scheduler "$(binary kube-scheduler)" --kubeconfig="$cluster/kube-scheduler.kubeconfig" \
      --bind-address=127.0.0.1 --secure-port="$(port kube-scheduler)" --tls-cert-file="$cluster/certs/apiserver.crt" \
      --tls-private-key-file="$cluster/certs/apiserver.key" --leader-elect=false --profiling=false
  fi
  if [ -z "$NODE" ] && ! runs kwok; then
    say "starting kwok (nodes and pods are simulated)"
    start kwok "$(binary kwok)" --kubeconfig="$cluster/kwok.kubeconfig" --config="$kwok_directory/stages.yaml" \
      --manage-all-nodes=true --server-address="127.0.0.1:$(port kwok)"
  fi
}

control_plane_down() {
  node_down
  stop kwok kube-scheduler kube-controller-manager
  stop kube-apiserver
  stop etcd
}
