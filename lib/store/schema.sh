# schema.sh FILE... - print C that holds the migrations, byte for byte, in order
echo '/* made from share/schema by lib/store/schema.sh */'
echo '#include "store/schema.h"'
n=0
for f; do
	n=$((n + 1))
	echo "static const char sql_${n}[] = {"
	od -An -v -tx1 "$f" | sed 's/ \(..\)/0x\1,/g'
	echo '0};'
done
echo 'const struct migration migrations[] = {'
n=0
for f; do
	n=$((n + 1))
	echo "	{ \"$(basename "$f")\", sql_$n },"
done
echo '	{ 0, 0 }'
echo '};'
