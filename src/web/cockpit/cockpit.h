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
/* today.c */
page_handle today_show;
/* agenda.c */
page_handle agenda_show, agenda_keep_do, agenda_off_do, agenda_move_do, agenda_feed_show;
/* health.c */
page_handle health_show, ready_show, metrics_show;
/* offline.c: what makes it an app on a phone */
page_handle manifest_show, worker_show, offline_show;

#endif
