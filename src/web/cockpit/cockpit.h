// SPDX-License-Identifier: Apache-2.0
/* cockpit -- the handlers of the cockpit's pages, by the file they live in; routes.c says which path each answers.
 */
#ifndef REATIVA_WEB_COCKPIT_COCKPIT_H
#define REATIVA_WEB_COCKPIT_COCKPIT_H

#include "web/web.h"

/* signin.c */
page_handle signin_show, signin_do, signin_code_show, signin_code_do, signin_link_show, signin_link_do, signin_out_do;
/* choice.c */
page_handle choice_list_show, choice_export, choice_new_show, choice_new_do, choice_usual_do, choice_show, choice_do;
page_handle choice_retire_do, choice_restore_do;
/* tags.c */
page_handle tags_show, tags_export, tags_one_show, tags_rename_do, tags_merge_do, tags_retire_do, tags_restore_do;
/* account.c */
page_handle account_show, account_password_do, account_factor_show, account_factor_do, account_factor_off_do;
page_handle account_session_do, account_sessions_do, account_looks_do, account_feed_do;
/* sessions.c: who is signed in */
page_handle sessions_show, sessions_export, sessions_end_do;
/* users.c, user.c */
page_handle users_show, users_export, permissions_show, user_new_show, user_new_do, user_show, user_change_do;
page_handle user_retire_do, user_link_do, user_sessions_do, user_require_do, user_factor_do;
/* settings.c */
page_handle settings_show, settings_do;
/* tokens.c */
page_handle tokens_show, tokens_make_do, tokens_end_do, api_reference_show;
/* audit.c */
page_handle audit_show, audit_export;
/* memos.c */
page_handle memos_show, memos_export, memo_new_show, memo_new_do, memo_show, memo_reply_do, memo_read_do;
page_handle memo_archive_do, memo_restore_do, memo_take_do;
/* today.c */
page_handle today_show;
/* customers.c: the list; bulk.c: one thing done to many, and the tags of one; search.c; views.c */
page_handle customers_show, columns_show, customers_csv, customers_xlsx, bulk_show, bulk_send, tag_put_do, tag_take_do;
page_handle search_show, views_show, views_export, view_new_do, view_show, view_change_do, view_renew_do;
page_handle view_retire_do, view_restore_do, view_choose_do;
/* customer.c, person.c, note.c: one customer */
page_handle customer_show;
page_handle person_add_show, person_add_do, person_edit_show, person_edit_do, person_retire_do;
page_handle note_add_do, note_retire_do;
/* notices.c */
page_handle notices_show, notices_export, notice_show, notice_html_show, notices_read_do;
/* profile.c */
page_handle profile_show;
page_handle near_show;
/* agenda.c */
page_handle agenda_show, agenda_make_do, agenda_keep_do, agenda_off_do, agenda_move_do, agenda_feed_show;
/* health.c */
page_handle health_show, ready_show, metrics_show;
/* offline.c: what makes it an app on a phone */
page_handle manifest_show, worker_show, offline_show;
/* contact.c */
page_handle contact_show, contact_do;
/* worklist.c */
page_handle worklist_list_show, worklist_export, worklist_new_show, worklist_new_do, worklist_show, worklist_do;
/* members.c: the customers picked by hand for one */
page_handle members_show, members_export, members_drop_do;
/* letter.c: e-mail to customers; letters.c: what became of it; leave.c: what who gets it does */
page_handle letter_show, letter_do, letters_show, letters_export, letter_one_show, letter_one_export, letter_off_do;
page_handle leave_show, leave_do, opened_show, clicked_show;
/* queue.c */
page_handle queue_show, queue_next_do, queue_log_do, queue_skip_do, queue_hold_do;

#endif
