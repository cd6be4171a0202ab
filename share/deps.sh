# deps.sh PACKAGE... - install the Debian packages that are missing, and only those.
# DEPS=no, or a system without dpkg: does nothing and lets the build speak.
[ "${DEPS:-}" != no ] || exit 0
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=
for p in "$@"; do
	case $(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null) in
	installed) ;;
	*) missing="$missing $p" ;;
	esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
	as=
elif command -v sudo >/dev/null 2>&1; then
	as=sudo
else
	echo "missing packages; run as root: apt-get install -y --no-install-recommends$missing" >&2
	exit 2
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq >&2 &&
	$as apt-get install -y -qq --no-install-recommends $missing >/dev/null
