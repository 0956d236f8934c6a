// SPDX-License-Identifier: Apache-2.0
/* manage -- the handlers of the pages of managers and administrators, by the file they live in; routes.c says which path each answers.
 */
#ifndef REATIVA_WEB_MANAGE_MANAGE_H
#define REATIVA_WEB_MANAGE_MANAGE_H

#include "web/web.h"

/* imports.c: what came in; upload.c: a file on its way in */
page_handle imports_show, imports_export, import_show, import_rejects, import_undo_do;
page_handle upload_new_do, upload_show, upload_progress, upload_said_do, upload_drop_do;

/* overview.c, flow.c: how customers stand, and how many are lost and won back */
page_handle overview_show, flow_show, flow_export;
/* gateways.c: providers of messages that take an HTTP request for each */
page_handle gateways_show, gateways_export, gateway_new_show, gateway_make_do, gateway_show, gateway_change_do;
page_handle gateway_pause_do, gateway_resume_do, gateway_retire_do, gateway_test_do;
/* bounces.c: e-mail that came back */
page_handle bounces_show, bounces_export;
/* outbox.c: messages */
page_handle outbox_show, outbox_export, outbox_all_show, outbox_all_do, outbox_one_show, outbox_message,
    outbox_resend_do, outbox_off_do;
/* mail.c: the server of mail, who it is from, the mailbox it comes back to */
page_handle mail_show, mail_do, mail_test_do;
/* webhooks.c: programs that are told of events */
page_handle webhooks_show, webhooks_export, webhook_new_show, webhook_make_do, webhook_show, webhook_change_do,
    webhook_pause_do, webhook_resume_do, webhook_retire_do, webhook_test_do, webhook_secret_do, webhook_resend_do,
    webhook_deliveries_export;
/* policy.c: how often customers buy and the rules; policy_rules.c: the rules as a form; policy_try.c: rules that are tried */
page_handle policy_show, policy_progress, policy_backtest_do, policy_cycle_export, policy_backtest_export;
page_handle policy_record_export, policy_versions_export;
page_handle policy_rules_show, policy_rules_do;
page_handle policy_try_show, policy_try_progress, policy_try_do, policy_try_csv, policy_try_xlsx;
/* reactivated.c: who came back */
page_handle reactivated_show, reactivated_export_csv, reactivated_export_xlsx;
/* contacts.c: what the team did and what came of it; contacts_list.c: the contacts themselves */
page_handle contacts_show, contacts_export_csv, contacts_export_xlsx, contacts_causes_export;
page_handle contacts_list_show, contacts_list_export;
/* actions.c: what is done about reasons and objections */
page_handle actions_show, actions_export, action_new_show, action_new_do, action_show, action_do;
page_handle action_retire_do, action_restore_do;
/* templates.c: letters that are written once */
page_handle templates_show, templates_export, template_new_show, template_new_do, template_show, template_do;
page_handle template_retire_do, template_restore_do, template_usual_do, template_test_do;
/* alerts.c, alert.c: the rules of who is told what */
page_handle alerts_show, alerts_export, alert_try_export, alert_new_show, alert_make_do, alert_show, alert_change_do;
page_handle alert_on_do, alert_off_do, alert_retire_do, alert_restore_do;
/* team.c: the reps' portfolios */
page_handle team_show, team_export_csv, team_export_xlsx, team_one_show;
/* transfer.c: customers handed to another rep */
page_handle transfers_show, transfers_export, transfer_make_do, transfer_show, transfer_export, transfer_off_do,
    transfer_undo_do;

/* holidays.c: days that are not worked */
page_handle holidays_show, holidays_export, holiday_new_show, holiday_new_do, holiday_show, holiday_do,
    holiday_retire_do, holiday_restore_do;
/* jobs.c: what is done again and again */
page_handle jobs_show, jobs_export, job_show, job_schedule_do, job_ask_do, job_pause_do, job_resume_do, job_runs_export;
/* privacy.c: addresses that are not to be used */
page_handle suppressed_show, suppressed_find, suppressed_export, suppressed_add_do, suppressed_lift_do;
/* blocks.c: the states' lists of numbers */
page_handle blocks_show, blocks_export, blocks_put_do, blocks_drop_do;
/* held.c: what is held about somebody */
page_handle held_show, held_find_do, held_export_do;
/* erase.c: taking it away */
page_handle erase_show, erase_do;

/* backups.c: restore points */
page_handle backups_show, backups_export, backups_progress, backups_make_do;
page_handle backup_show, backup_file, backup_check_do, backup_retire_do, backup_restore_do;
/* duplicates.c: customers that may be one, side by side, what was decided */
page_handle duplicates_show, duplicates_export, duplicates_look_do, duplicates_compare_show, duplicates_merge_do,
    duplicates_apart_do;
page_handle duplicates_doubt_do, duplicates_unmerge_do, duplicates_decided_show, duplicates_decided_export;

#endif
