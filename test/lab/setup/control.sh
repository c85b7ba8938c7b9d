# The operator's machine: trusts the company's authority and has the operator in its passwd.
. /lab/common.sh
trust_authority
if [ "$LAB_UID" != 0 ]; then
  echo "operator:x:$LAB_UID:$LAB_GID::$LAB_HOME:/bin/sh" >>/etc/passwd
fi
