/* mail_lib - the MIME and HTML libraries, loaded when a mail is met.
 *
 * gmime brings glib, gobject, gio, gpgme; libxml2 brings ICU: to start with them costs any
 * program that could read mail as long as all the rest.  So nothing is linked: the functions
 * used are looked up once, and the names below stand for what was found.  Files that call
 * them include this header, which is the only door to both.
 */
#ifndef CSR_MAIL_LIB_H
#define CSR_MAIL_LIB_H

#define G_DISABLE_CAST_CHECKS
#include <gmime/gmime.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/err.h"

#define MAIL_GMIME(X)			\
	X(g_byte_array_free) X(g_byte_array_new) X(g_byte_array_new_take) \
	X(g_date_time_to_unix) X(g_date_time_unref) X(g_free) \
	X(g_log_set_writer_func) X(g_mime_content_type_get_mime_type) \
	X(g_mime_content_type_get_parameter) X(g_mime_content_type_is_type) \
	X(g_mime_data_wrapper_write_to_stream) X(g_mime_header_get_raw_value) \
	X(g_mime_header_list_get_header) X(g_mime_init) \
	X(g_mime_message_get_mime_part) X(g_mime_message_part_get_message) \
	X(g_mime_message_part_get_type) X(g_mime_multipart_get_count) \
	X(g_mime_multipart_get_part) X(g_mime_multipart_get_type) \
	X(g_mime_object_get_content_disposition_parameter) \
	X(g_mime_object_get_content_type) X(g_mime_object_get_disposition) \
	X(g_mime_object_get_header) X(g_mime_object_get_header_list) \
	X(g_mime_object_get_type) X(g_mime_object_write_to_stream) \
	X(g_mime_parser_construct_message) X(g_mime_parser_new_with_stream) \
	X(g_mime_parser_options_free) X(g_mime_parser_options_new) \
	X(g_mime_parser_set_persist_stream) X(g_mime_part_get_content) \
	X(g_mime_part_get_filename) X(g_mime_part_get_type) \
	X(g_mime_stream_flush) X(g_mime_stream_mem_get_type) \
	X(g_mime_stream_mem_new) X(g_mime_stream_mem_new_with_byte_array) \
	X(g_mime_stream_mem_set_byte_array) \
	X(g_mime_utils_header_decode_date) X(g_mime_utils_header_decode_text) \
	X(g_object_unref) X(g_type_check_instance_is_a) \
	X(internet_address_get_name) X(internet_address_group_get_members) \
	X(internet_address_group_get_type) \
	X(internet_address_list_get_address) X(internet_address_list_length) \
	X(internet_address_list_parse) X(internet_address_mailbox_get_addr) \
	X(internet_address_mailbox_get_type)

#define MAIL_LIBXML(X)			\
	X(htmlCreateMemoryParserCtxt) X(htmlCtxtUseOptions) \
	X(htmlFreeParserCtxt) X(htmlParseDocument) X(xmlFreeDoc) \
	X(xmlStopParser) X(xmlSwitchEncoding)

struct mail_lib {
#define X(f) __typeof__(f) *f##_;
	MAIL_GMIME(X) MAIL_LIBXML(X)
#undef X
};
extern struct mail_lib mail_lib;

/* Loads both, once.  69 if one is not there. */
int mail_lib_open(struct err *e);

#ifndef MAIL_LIB_NAMES		/* mail_lib.c itself means the true ones */
#define g_byte_array_free mail_lib.g_byte_array_free_
#define g_byte_array_new mail_lib.g_byte_array_new_
#define g_byte_array_new_take mail_lib.g_byte_array_new_take_
#define g_date_time_to_unix mail_lib.g_date_time_to_unix_
#define g_date_time_unref mail_lib.g_date_time_unref_
#define g_free mail_lib.g_free_
#define g_log_set_writer_func mail_lib.g_log_set_writer_func_
#define g_mime_content_type_get_mime_type mail_lib.g_mime_content_type_get_mime_type_
#define g_mime_content_type_get_parameter mail_lib.g_mime_content_type_get_parameter_
#define g_mime_content_type_is_type mail_lib.g_mime_content_type_is_type_
#define g_mime_data_wrapper_write_to_stream mail_lib.g_mime_data_wrapper_write_to_stream_
#define g_mime_header_get_raw_value mail_lib.g_mime_header_get_raw_value_
#define g_mime_header_list_get_header mail_lib.g_mime_header_list_get_header_
#define g_mime_init mail_lib.g_mime_init_
#define g_mime_message_get_mime_part mail_lib.g_mime_message_get_mime_part_
#define g_mime_message_part_get_message mail_lib.g_mime_message_part_get_message_
#define g_mime_message_part_get_type mail_lib.g_mime_message_part_get_type_
#define g_mime_multipart_get_count mail_lib.g_mime_multipart_get_count_
#define g_mime_multipart_get_part mail_lib.g_mime_multipart_get_part_
#define g_mime_multipart_get_type mail_lib.g_mime_multipart_get_type_
#define g_mime_object_get_content_disposition_parameter \
	mail_lib.g_mime_object_get_content_disposition_parameter_
#define g_mime_object_get_content_type mail_lib.g_mime_object_get_content_type_
#define g_mime_object_get_disposition mail_lib.g_mime_object_get_disposition_
#define g_mime_object_get_header mail_lib.g_mime_object_get_header_
#define g_mime_object_get_header_list mail_lib.g_mime_object_get_header_list_
#define g_mime_object_get_type mail_lib.g_mime_object_get_type_
#define g_mime_object_write_to_stream mail_lib.g_mime_object_write_to_stream_
#define g_mime_parser_construct_message mail_lib.g_mime_parser_construct_message_
#define g_mime_parser_new_with_stream mail_lib.g_mime_parser_new_with_stream_
#define g_mime_parser_options_free mail_lib.g_mime_parser_options_free_
#define g_mime_parser_options_new mail_lib.g_mime_parser_options_new_
#define g_mime_parser_set_persist_stream mail_lib.g_mime_parser_set_persist_stream_
#define g_mime_part_get_content mail_lib.g_mime_part_get_content_
#define g_mime_part_get_filename mail_lib.g_mime_part_get_filename_
#define g_mime_part_get_type mail_lib.g_mime_part_get_type_
#define g_mime_stream_flush mail_lib.g_mime_stream_flush_
#define g_mime_stream_mem_get_type mail_lib.g_mime_stream_mem_get_type_
#define g_mime_stream_mem_new mail_lib.g_mime_stream_mem_new_
#define g_mime_stream_mem_new_with_byte_array mail_lib.g_mime_stream_mem_new_with_byte_array_
#define g_mime_stream_mem_set_byte_array mail_lib.g_mime_stream_mem_set_byte_array_
#define g_mime_utils_header_decode_date mail_lib.g_mime_utils_header_decode_date_
#define g_mime_utils_header_decode_text mail_lib.g_mime_utils_header_decode_text_
#define g_object_unref mail_lib.g_object_unref_
#define g_type_check_instance_is_a mail_lib.g_type_check_instance_is_a_
#define internet_address_get_name mail_lib.internet_address_get_name_
#define internet_address_group_get_members mail_lib.internet_address_group_get_members_
#define internet_address_group_get_type mail_lib.internet_address_group_get_type_
#define internet_address_list_get_address mail_lib.internet_address_list_get_address_
#define internet_address_list_length mail_lib.internet_address_list_length_
#define internet_address_list_parse mail_lib.internet_address_list_parse_
#define internet_address_mailbox_get_addr mail_lib.internet_address_mailbox_get_addr_
#define internet_address_mailbox_get_type mail_lib.internet_address_mailbox_get_type_
#define htmlCreateMemoryParserCtxt mail_lib.htmlCreateMemoryParserCtxt_
#define htmlCtxtUseOptions mail_lib.htmlCtxtUseOptions_
#define htmlFreeParserCtxt mail_lib.htmlFreeParserCtxt_
#define htmlParseDocument mail_lib.htmlParseDocument_
#define xmlFreeDoc mail_lib.xmlFreeDoc_
#define xmlStopParser mail_lib.xmlStopParser_
#define xmlSwitchEncoding mail_lib.xmlSwitchEncoding_
#endif

#endif
