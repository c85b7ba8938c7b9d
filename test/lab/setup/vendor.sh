# The vendor's machine, which serves the time too (a clock that nobody sets: chronyd -x answers from it as it is).
. /lab/common.sh
trust_authority
cat >/etc/chrony/chrony.conf <<CONF
local stratum 3
allow all
CONF
chronyd -x -u root
