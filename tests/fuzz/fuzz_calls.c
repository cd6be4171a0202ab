/* fuzz_calls - call records of switches, a queue's log
 * seeds: tests/data/phone */
#include "fuzz.h"
#include "intake/intake.h"

static void
read_all(const uint8_t *data, size_t size, const char *format, const char *columns)
{
	struct intake_opts o = { .format = format, .columns = columns, .zone = zone_utc() };
	int fd = fuzz_fd(data, size), got;
	struct intake in;
	struct fact f;
	size_t n = 0;
	struct err e;

	if (intake_open(&in, fuzz_path(fd), &o, &e) == 0) {
		while ((got = intake_next(&in, &f, &e)) != 0) {
			MUST(got == 1 || e.code == ERR_DATA);
			MUST(got == 1 || in.bad_len == 0 || in.bad != NULL);
			/* A line gives one fact; what never ends, one more. */
			MUST(++n <= 2 * size + 2);
		}
		intake_close(&in);
	}
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_all(data, size, "asterisk", NULL);
	read_all(data, size, "asterisk", "start,src,dst,clid,channel,dstchannel,lastapp,billsec,"
	    "disposition,uniqueid,linkedid");
	read_all(data, size, "queuelog", NULL);
	return 0;
}
