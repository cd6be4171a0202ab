/* transports - the ways out, as send/transports.conf names them (csr-transports(5)).
 *
 *	[transport mail]
 *	kind = sendmail
 *	command = /usr/sbin/sendmail -oi -t
 *	from = 客服 <service@example.com>
 *	[channel email]
 *	transport = mail
 *
 * Secrets stand in files or are printed by commands, never here, in arguments or in the
 * environment; they are read when first needed.
 */
#ifndef CSR_TRANSPORTS_H
#define CSR_TRANSPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

enum transport_kind { WAY_NONE, WAY_SENDMAIL, WAY_SMTP, WAY_WEBHOOK, WAY_COMMAND, WAY_SPOOL };
enum hook_form { HOOK_JSON, HOOK_DINGTALK, HOOK_WECOM };
enum { WAY_ARGS = 32, WAY_HOSTS = 16 };

/* Where a secret is to be had; neither: there is none. */
struct secret_place {
	const char *file, *command;
};

struct transport {
	const char *name;
	enum transport_kind kind;
	char *argv[WAY_ARGS + 1];	/* sendmail, command */
	const char *from;		/* "客服 <service@example.com>" */
	const char *url, *user;
	struct secret_place password, secret, url_place;
	const char *hosts[WAY_HOSTS];	/* allowed beside that of url */
	size_t n_hosts;
	enum hook_form form;
	const char *dir;
	const char *unsubscribe;	/* mailto: or https: of List-Unsubscribe */
	bool private_ok;		/* addresses of inner networks, and http to them */
	bool plain_ok;			/* SMTP without TLS */
	int64_t timeout_ms;
	int64_t per_minute;		/* 0: no limit */
};

struct transport_channel {
	const char *channel;		/* "*": all others */
	const char *transport;
};

struct transports {
	struct transport *v;
	size_t n;
	struct transport_channel *channels;
	size_t n_channels;
	struct arena arena;
};

/* Reads TEXT (changed by reading).  -1 with 78 and "file:line: ...". */
int transports_parse(struct transports *t, const char *source, char *text, struct err *e);
/* Folders that are not absolute are below DIR. */
void transports_below(struct transports *t, const char *dir);
void transports_release(struct transports *t);
/* The way out for CHANNEL, NULL if there is none. */
const struct transport *transports_for(const struct transports *t, const char *channel);
/* The secret at PLACE into OUT of SIZE bytes, without its line's end.  -1 with 78. */
int transport_secret(const struct secret_place *place, char *out, size_t size,
    struct err *e);

#endif
