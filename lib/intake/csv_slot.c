/* csv_slot - what a column of a CSV file can mean, and to which kind of row */
#include <string.h>

#include "intake/csv_slot.h"

enum {
	M = 1 << CSV_MESSAGE, P = 1 << CSV_CALL, O = 1 << CSV_ORDER, C = 1 << CSV_CUSTOMER,
	R = 1 << CSV_RESPONSE, F = 1 << CSV_METRIC, G = 1 << CSV_MEMBER,
	N = 1 << CSV_NOTE, S = 1 << CSV_SMS
};

const char *const csv_kinds[CSV_KINDS] = {
	"message", "call", "order", "customer", "response", "metric", "member",
	"call note", "sms"
};

const struct csv_slot_info csv_slots[SLOTS] = {
	[SLOT_EXTERNAL_ID] = { "external_id", CSV_ID, M | P | O | C | N | S },
	[SLOT_THREAD] = { "thread", CSV_ID, M | P },
	[SLOT_GROUP] = { "group", CSV_ID, M | G },
	[SLOT_TICKET] = { "ticket", CSV_ID, M | P },
	[SLOT_AT] = { "at", CSV_VALUE, M | P | R | N | S },
	[SLOT_DATE] = { "date", CSV_VALUE, M | P | N | S },
	[SLOT_TIME] = { "time", CSV_VALUE, M | P | N | S },
	[SLOT_DIRECTION] = { "direction", CSV_VALUE, M | P | S },
	[SLOT_SENDER] = { "sender", CSV_ID, M | S },
	[SLOT_SENDER_NAME] = { "sender_name", CSV_TEXT, M },
	[SLOT_RECEIVER] = { "receiver", CSV_ID, M | S },
	[SLOT_MSGTYPE] = { "msgtype", CSV_VALUE, M },
	[SLOT_CHANNEL] = { "channel", CSV_VALUE, M | P | O | C | R | F | N | S | G },
	[SLOT_ACCOUNT] = { "account", CSV_ID, M | P | O | C | R | F | N | S | G },
	[SLOT_CUSTOMER_ID] = { "customer_id", CSV_ID, M | P | O | C | R | S | G },
	[SLOT_NAME] = { "name", CSV_TEXT, M | P | O | C | R | S | G },
	[SLOT_PHONE] = { "phone", CSV_ID, M | P | O | C | R | N | S },
	[SLOT_EMAIL] = { "email", CSV_VALUE, M | P | O | C | R },
	[SLOT_MEMBER] = { "member", CSV_ID, M | P | O | C },
	[SLOT_AGENT] = { "agent", CSV_ID, M | P | R | N | S },
	[SLOT_AGENT_NAME] = { "agent_name", CSV_TEXT, M | P | R | F | N | S },
	[SLOT_SUBJECT] = { "subject", CSV_TEXT, M | P | N },
	[SLOT_TEXT] = { "text", CSV_TEXT, M | P | N | S },
	[SLOT_ANSWER] = { "answer", CSV_TEXT, M | S },
	[SLOT_ANSWERED_AT] = { "answered_at", CSV_VALUE, M | P | S },
	[SLOT_STATUS] = { "status", CSV_VALUE, M | P | O | N | S },
	[SLOT_SOLVED_AT] = { "solved_at", CSV_VALUE, M | P },
	[SLOT_UPDATED_AT] = { "updated_at", CSV_VALUE, M },
	[SLOT_SCORE] = { "score", CSV_VALUE, M | P | R },
	[SLOT_COMMENT] = { "comment", CSV_TEXT, M | P | R },
	[SLOT_REPLY_TO] = { "reply_to", CSV_ID, M },
	[SLOT_TITLE] = { "title", CSV_TEXT, O },
	[SLOT_AMOUNT] = { "amount", CSV_VALUE, O },
	[SLOT_CURRENCY] = { "currency", CSV_VALUE, O },
	[SLOT_ORDERED_AT] = { "ordered_at", CSV_VALUE, O },
	[SLOT_PAID_AT] = { "paid_at", CSV_VALUE, O },
	[SLOT_STARTS_AT] = { "starts_at", CSV_VALUE, O | F },
	[SLOT_ENDS_AT] = { "ends_at", CSV_VALUE, O | F },
	[SLOT_FLIGHT] = { "flight", CSV_TEXT, O },
	[SLOT_ORIGIN] = { "origin", CSV_TEXT, O },
	[SLOT_DESTINATION] = { "destination", CSV_TEXT, O },
	[SLOT_DEPARTS] = { "departs", CSV_VALUE, O },
	[SLOT_ARRIVES] = { "arrives", CSV_VALUE, O },
	[SLOT_CABIN] = { "cabin", CSV_TEXT, O },
	[SLOT_PASSENGER] = { "passenger", CSV_TEXT, O },
	[SLOT_PASSENGER_PHONE] = { "passenger_phone", CSV_ID, O },
	[SLOT_DOCUMENT] = { "document", CSV_ID, O },
	[SLOT_TICKET_NO] = { "ticket_no", CSV_ID, O },
	[SLOT_SEAT] = { "seat", CSV_TEXT, O },
	[SLOT_GROUP_NAME] = { "group_name", CSV_TEXT, G },
	[SLOT_MEMBER_TYPE] = { "member_type", CSV_VALUE, G },
	[SLOT_JOINED_AT] = { "joined_at", CSV_VALUE, G },
	[SLOT_SCENE] = { "scene", CSV_VALUE, G },
	[SLOT_INVITOR] = { "invitor", CSV_ID, G },
	[SLOT_ADMIN] = { "admin", CSV_VALUE, G },
	[SLOT_SEGMENT] = { "segment", CSV_TEXT, C },
	[SLOT_LANGUAGE] = { "language", CSV_TEXT, C },
	[SLOT_ZONE] = { "zone", CSV_TEXT, C },
	[SLOT_BIRTHDAY] = { "birthday", CSV_VALUE, C },
	[SLOT_LEVEL] = { "level", CSV_TEXT, C },
	[SLOT_EXPIRES] = { "expires", CSV_VALUE, C },
	[SLOT_PREFER_CHANNEL] = { "prefer_channel", CSV_VALUE, C },
	[SLOT_MUTE] = { "mute", CSV_VALUE, C },
	[SLOT_QUIET] = { "quiet", CSV_VALUE, C },
	[SLOT_TAGS] = { "tags", CSV_TEXT, C },
	[SLOT_CONSENT] = { "consent", CSV_VALUE, C },
	[SLOT_CONSENT_SMS] = { "consent_sms", CSV_VALUE, C },
	[SLOT_CONSENT_EMAIL] = { "consent_email", CSV_VALUE, C },
	[SLOT_CONSENT_PHONE] = { "consent_phone", CSV_VALUE, C },
	[SLOT_CONSENT_WECOM] = { "consent_wecom", CSV_VALUE, C },
	[SLOT_CONSENT_WECHAT] = { "consent_wechat", CSV_VALUE, C },
	[SLOT_CONSENT_APP] = { "consent_app", CSV_VALUE, C },
	[SLOT_CONSENT_AT] = { "consent_at", CSV_VALUE, C },
	[SLOT_CONSENT_SOURCE] = { "consent_source", CSV_TEXT, C },
	[SLOT_CALLER] = { "caller", CSV_ID, P },
	[SLOT_CALLEE] = { "callee", CSV_ID, P },
	[SLOT_ENDED_AT] = { "ended_at", CSV_VALUE, P },
	[SLOT_DURATION] = { "duration", CSV_VALUE, P },
	[SLOT_WAIT] = { "wait", CSV_VALUE, P },
	[SLOT_ANSWERED] = { "answered", CSV_VALUE, P },
	[SLOT_QUEUE] = { "queue", CSV_TEXT, P },
	[SLOT_CALL] = { "call", CSV_ID, N },
	[SLOT_NOTE] = { "note", CSV_TEXT, N },
	[SLOT_PART] = { "part", CSV_VALUE, S },
	[SLOT_PARTS] = { "parts", CSV_VALUE, S },
	[SLOT_PART_REF] = { "part_ref", CSV_ID, S },
	[SLOT_TEAM] = { "team", CSV_TEXT, F },
	[SLOT_INBOX] = { "inbox", CSV_TEXT, F },
	[SLOT_LABEL] = { "label", CSV_TEXT, F },
	[SLOT_LINK] = { "link", CSV_TEXT, R },
	[SLOT_FIGURE] = { "", CSV_VALUE, M | F }
};

enum csv_slot
csv_slot_find(const char *name)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (*name != '\0' && strcmp(csv_slots[i].name, name) == 0)
			return (enum csv_slot)i;
	return SLOTS;
}

enum csv_kind
csv_kind_find(const char *name)
{
	int i;

	for (i = 0; i < CSV_KINDS; i++)
		if (strcmp(csv_kinds[i], name) == 0)
			return (enum csv_kind)i;
	return CSV_KINDS;
}

static bool
is_known(const bool has[SLOTS])
{
	return has[SLOT_CUSTOMER_ID] || has[SLOT_PHONE] || has[SLOT_EMAIL] || has[SLOT_MEMBER];
}

static bool
has_consent(const bool has[SLOTS])
{
	int i;

	for (i = SLOT_CONSENT; i <= SLOT_CONSENT_APP; i++)
		if (has[i])
			return true;
	return false;
}

bool
csv_kind_fits(enum csv_kind kind, const bool has[SLOTS], const char **want)
{
	bool timed = has[SLOT_AT] || has[SLOT_DATE] || has[SLOT_TIME];

	switch (kind) {
	case CSV_MESSAGE:
		*want = "a message needs a time (at) and a text or subject";
		return timed && (has[SLOT_TEXT] || has[SLOT_SUBJECT]);
	case CSV_CALL:
		*want = "a call needs a time (at), a number (caller, callee, phone) and duration "
		    "or answered";
		return timed && (has[SLOT_CALLER] || has[SLOT_CALLEE] || has[SLOT_PHONE]) &&
		    (has[SLOT_DURATION] || has[SLOT_ANSWERED] || has[SLOT_ANSWERED_AT]);
	case CSV_ORDER:
		*want = "an order needs its number (external_id) and a status, amount, title or "
		    "time";
		return has[SLOT_EXTERNAL_ID] && (has[SLOT_STATUS] || has[SLOT_AMOUNT] ||
		    has[SLOT_TITLE] || has[SLOT_ORDERED_AT] || has[SLOT_STARTS_AT] ||
		    has[SLOT_FLIGHT] || has[SLOT_PASSENGER]);
	case CSV_RESPONSE:
		*want = "an answer to a survey needs a time (at), a score and a link";
		return timed && has[SLOT_SCORE] && has[SLOT_LINK];
	case CSV_METRIC:
		*want = "figures need an agent_name, team, inbox or label";
		return has[SLOT_FIGURE] && (has[SLOT_AGENT_NAME] || has[SLOT_TEAM] ||
		    has[SLOT_INBOX] || has[SLOT_LABEL]);
	case CSV_MEMBER:
		*want = "a member needs a group, an id or name, and when or how it joined";
		return (has[SLOT_GROUP] || has[SLOT_GROUP_NAME]) &&
		    (has[SLOT_CUSTOMER_ID] || has[SLOT_NAME]) &&
		    (has[SLOT_JOINED_AT] || has[SLOT_SCENE] || has[SLOT_MEMBER_TYPE]);
	case CSV_NOTE:
		*want = "a call note needs a note, and its call: an id (call), or a phone and a "
		    "time";
		return has[SLOT_CALL] ? has[SLOT_NOTE] || has[SLOT_TEXT] :
		    has[SLOT_NOTE] && has[SLOT_PHONE] && timed;
	case CSV_SMS:
		*want = "an SMS needs a time (at), a text and a number (phone, sender, receiver)";
		return (timed || has[SLOT_ANSWERED_AT]) && (has[SLOT_TEXT] ||
		    has[SLOT_ANSWER]) && (has[SLOT_PHONE] || has[SLOT_SENDER] ||
		    has[SLOT_RECEIVER]);
	default:
		*want = "a customer needs an id, phone, email or member, and a column more";
		return is_known(has) && (has[SLOT_NAME] || has[SLOT_SEGMENT] ||
		    has[SLOT_LANGUAGE] || has[SLOT_BIRTHDAY] || has[SLOT_LEVEL] ||
		    has[SLOT_TAGS] || has_consent(has) || (has[SLOT_CUSTOMER_ID] &&
		    (has[SLOT_PHONE] || has[SLOT_EMAIL] || has[SLOT_MEMBER])));
	}
}
