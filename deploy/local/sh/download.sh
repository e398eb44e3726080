# Released programs, downloaded and checked against the sums in deploy/local/releases.
# shellcheck shell=sh

RELEASES=$LAUNCHER/releases
UNREACHABLE='' # set once a download failed: the others are not tried in this run

# platform: this machine in the words of $RELEASES.
platform() {
  case $(uname -sm) in
    'Linux x86_64') echo linux-amd64 ;;
    'Linux aarch64' | 'Linux arm64') echo linux-arm64 ;;
    *) uname -sm | tr 'A-Z ' 'a-z-' ;;
  esac
}

# release_of PROGRAM: its checksum, address and member.
release_of() {
  awk -v platform="$(platform)" -v program="$1" '$1 == platform && $2 == program { print $3, $4, $5; exit }' "$RELEASES"
}

# release_key: where downloaded programs are kept; another place as soon as another one is pinned.
release_key() {
  release_platform=$(platform)
  printf 'released-%s-%s\n' "$(grep "^$release_platform " "$RELEASES" | cksum | cut -d' ' -f1)" "$release_platform"
}

# download DIRECTORY PROGRAM...: what is not in the directory yet. Fails, with the reason told, if any of it cannot be had.
download() {
  download_directory=$1
  shift
  [ -z "$UNREACHABLE" ] || return 1
  for download_program in "$@"; do
    if [ -z "$(release_of "$download_program")" ]; then
      say "no release of $download_program is known for $(uname -sm)"
      return 1
    fi
  done
  lock "$download_directory.lock" "downloading released programs"
  mkdir -p "$download_directory" || die "cannot write $download_directory"
  need_space "$download_directory" 800 "downloading Kubernetes"
  for download_program in "$@"; do
    if [ ! -s "$download_directory/$download_program" ] && ! download_one "$download_program"; then
      UNREACHABLE=yes
      break
    fi
  done
  unlock "$download_directory.lock"
  [ -z "$UNREACHABLE" ]
}

download_one() {
  # shellcheck disable=SC2046 # the fields of the line are to be split
  set -- "$1" $(release_of "$1")
  download_address=$3
  [ -z "${KEPTN_LOCAL_DOWNLOADS:-}" ] || download_address=${KEPTN_LOCAL_DOWNLOADS%/}/${3#https://}
  # A mirror's password is not for the eye.
  download_shown=$(printf '%s\n' "$download_address" | sed 's#//[^/@]*@#//#')
  download_host=${download_shown#*//}
  download_part=$download_directory/$1.part
  rm -f "$download_part"
  PROGRESS_FILE=$download_part
  download_code=0
  with_progress "downloading ${3##*/} from ${download_host%%/*}" "$download_directory.log" \
    fetch "$download_address" "$download_part" || download_code=$?
  PROGRESS_FILE=''
  if [ "$download_code" -ne 0 ]; then
    rm -f "$download_part"
    download_reason=$(grep . "$download_directory.log" | tail -n 1) || true
    warn "cannot download $download_shown: ${download_reason:-the transfer broke off}"
    return 1
  fi
  download_sum=$(sum_of "$download_part" "$2") || download_sum=''
  if [ "$download_sum" != "$2" ]; then
    rm -f "$download_part"
    warn "$download_shown is not the file that is pinned in deploy/local/releases, and was deleted
  expected  $2
  found     ${download_sum:-nothing: there is no tool here that computes it (sha512sum and sha256sum, or shasum)}"
    return 1
  fi
  if [ -n "${4:-}" ]; then
    if ! tar -xzOf "$download_part" "$4" >"$download_part.member"; then
      rm -f "$download_part" "$download_part.member"
      warn "cannot unpack $4 from $download_shown"
      return 1
    fi
    mv -f "$download_part.member" "$download_part"
  fi
  chmod 755 "$download_part"
  mv -f "$download_part" "$download_directory/$1"
}

# fetch ADDRESS FILE: gives up when nobody answers within 5 s, or when the transfer stalls for 15 s. Proxies are those of the
# environment.
fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl --fail --location --max-redirs 5 --silent --show-error --connect-timeout 5 --speed-limit 10000 --speed-time 15 \
      --output "$2" "$1"
  elif wget --version 2>/dev/null | grep -q GNU; then
    wget --no-verbose --tries=1 --max-redirect=5 --dns-timeout=5 --connect-timeout=5 --read-timeout=15 \
      --output-document="$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    # BusyBox has one time for both.
    wget -q -T 15 -O "$2" "$1"
  else
    echo "neither curl nor wget is here"
    return 1
  fi
}

# sum_of FILE PINNED: the file's checksum, of the kind that the pinned one is.
sum_of() {
  sum_bits=256
  [ "${#2}" -ne 128 ] || sum_bits=512
  if command -v "sha${sum_bits}sum" >/dev/null 2>&1; then
    "sha${sum_bits}sum" <"$1" | cut -d' ' -f1
  else
    shasum -a "$sum_bits" <"$1" | cut -d' ' -f1
  fi
}
