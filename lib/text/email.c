/* email - e-mail addresses in the one form that can be compared */
#include <ctype.h>
#include <string.h>

#include "text/domain.h"
#include "text/email.h"
#include "text/utf8.h"

enum { LOCAL_MAX = 64, ADDRESS_MAX = 254 };

/* Bytes of the name before the @ at S: letters, signs, single dots inside. */
static size_t
local_len(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len && i <= LOCAL_MAX; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '.') {
			if (i == 0 || s[i - 1] == '.')
				break;
		} else if (c >= 0x80 || (!isalnum(c) && (c == '\0' ||
		    strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL))) {
			break;
		}
	}
	return i > 0 && s[i - 1] == '.' ? 0 : i;
}

/* Bytes of the domain at S: two or more labels, the last not a number. */
static size_t
domain_len(const char *s, size_t len)
{
	size_t i = 0, start, good = 0;
	int labels = 0;

	while (i < len) {
		bool letter = false;

		for (start = i; i < len && (isalnum((unsigned char)s[i]) ||
		    (s[i] == '-' && i > start)) && i - start < 63; i++)
			letter |= isalpha((unsigned char)s[i]) != 0;
		while (i > start && s[i - 1] == '-')
			i--;
		if (i == start)
			break;
		if (++labels >= 2 && letter && i - start >= 2)
			good = i;
		if (i == len || s[i] != '.')
			break;
		i++;
	}
	return good;
}

size_t
email_len(const char *s, size_t len)
{
	size_t local = local_len(s, len), domain;

	if (local == 0 || local > LOCAL_MAX || local >= len || s[local] != '@')
		return 0;
	domain = domain_len(s + local + 1, len - local - 1);
	return domain != 0 && local + 1 + domain <= ADDRESS_MAX ? local + 1 + domain : 0;
}

/* S without what stands around an address, half width, small letters, in OUT. */
static size_t
narrowed(const char *s, char out[EMAIL_SIZE])
{
	const char *open = strrchr(s, '<'), *end = s + strlen(s);
	size_t n = 0;

	if (open != NULL && strchr(open, '>') != NULL) {
		end = strchr(open, '>');
		s = open + 1;
	}
	while (s < end) {
		uint32_t cp = utf8_narrow(utf8_next(&s, end));

		if (utf8_is_invisible(cp) || (n == 0 && (cp == ' ' || cp == '\'' || cp == '"' ||
		    cp == '<')))
			continue;
		if (n + 4 >= EMAIL_SIZE)
			return 0;
		n += utf8_put(out + n, cp < 0x80 ? (uint32_t)tolower((int)cp) : cp);
		if (n == 7 && memcmp(out, "mailto:", 7) == 0)
			n = 0;
	}
	while (n > 0 && strchr(" \t\r\n>'\";,.", out[n - 1]) != NULL)
		n--;
	out[n] = '\0';
	return n;
}

bool
email_fold(const char *s, char out[EMAIL_SIZE])
{
	char text[EMAIL_SIZE];
	size_t len = narrowed(s, text);
	char *at = memchr(text, '@', len);

	out[0] = '\0';
	if (at == NULL || strpbrk(text, "\r\n") != NULL)
		return false;
	if (!domain_to_ascii(at + 1, EMAIL_SIZE - (size_t)(at + 1 - text)))
		return false;
	len = strlen(text);
	if (email_len(text, len) != len)
		return false;
	memcpy(out, text, len + 1);
	return true;
}

bool
email_is_role(const char *email)
{
	static const char *const roles[] = { "abuse", "accounting", "accounts", "admin",
		"administrator", "billing", "booking", "bookings", "contact", "contactus",
		"customercare", "customerservice", "cs", "do-not-reply", "donotreply",
		"enquiries", "enquiry", "finance", "frontdesk", "fuwu", "hello", "help",
		"helpdesk", "hostmaster",
		"hr", "info", "invoice", "jobs", "kefu", "mail", "mailer-daemon", "marketing",
		"no-reply", "no_reply", "noreply", "notice", "notification", "notifications",
		"office", "order", "orders", "postmaster", "press", "purchasing", "reception",
		"recruit", "reservation", "reservations", "root", "sales", "security", "service",
		"services", "shop", "shouhou", "support", "system", "team", "ticket", "tickets",
		"travel", "webmaster", "xiaoshou", "zhaopin" };
	size_t i, len;

	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		len = strlen(roles[i]);
		if (strncmp(email, roles[i], len) != 0)
			continue;
		len += strspn(email + len, "0123456789");
		if (email[len] == '@' || email[len] == '-' || email[len] == '_' ||
		    email[len] == '+')
			return true;
	}
	return false;
}
