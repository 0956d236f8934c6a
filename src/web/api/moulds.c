// SPDX-License-Identifier: Apache-2.0
/* moulds -- every mould of the API: what it gives, and what it takes. The names of fields are a contract with people's programs.
 */
#include "web/api/mould.h"

#define CHANNELS "call|visit|email|message|other"
#define OUTCOMES "ordered|quoted|later|no_answer|refused|wrong_number|closed|do_not_contact"

const struct mould moulds_given[] = {
    {"Problem", "type:text title:text status:int detail:text code:text? field:text? request_id:text"},
    {"Me", "login:text name:text role:rep|agent|manager|admin rep:text? token:text grants:[text] rate:int "
           "expires_at:moment?"},
    {"Customer", "*columns~"},
    {"CustomerSheet",
     "*columns? phone:text? email:text? may_call:bool may_mail:bool closed_on:day? rule:text? rule_stood_in:bool "
     "products:[Product] stopped_products:[Product] purchase_days:[day] documents:[Document] "
     "titles_open:money titles_overdue:money titles:[Record] quotes:[Record] tickets:[Record] "
     "tags:[text] persons:[Person] notes:[Note] contacts:[Contact] appointments:[Appointment]"},
    {"Product",
     "code:text? name:text? times:int quantity:decimal? value:money? last_price:decimal? first:day? last:day?"},
    {"Document", "number:text? day:day? kind:sale|return|cancelled lines:int value:money?"},
    {"Record",
     "number:text? part:text? day:day? due_on:day? closed_on:day? amount:money? open:money? state:text? text:text?"},
    {"Person", "id:int name:text position:text? phone:text? email:text? may_call:bool may_mail:bool consent_phone:text "
               "consent_email:text"},
    {"Note", "id:int at:moment by:text? text:text?"},
    {"Contact",
     "id:int customer:text at:moment day:day channel:" CHANNELS " outcome:" OUTCOMES "|sent"
     " by:text? person:text? occurrence:text? reason:text? objection:text? worklist_id:int? appointment_id:int? "
     "value:money? note:text?"},
    {"Appointment", "id:int customer:text day:day time:time? channel:" CHANNELS
                    " user:text? note:text? state:open|kept|off contact_id:int? version:int"},
    {"ContactMade", "id:int repeated:bool next_on:day? given_up:bool closed:bool"},
    {"Choice", "id:int kind:reason|objection|occurrence name:text argument:text?"},
    {"Tags", "tags:[text]"},
    {"View", "id:int name:text query:text? shared:bool owner:text?"},
    {"Worklist", "id:int name:text query:text? capacity:int starts_on:day? ends_on:day? script:text? retired:bool "
                 "users:[text] customers:int reached:int ordered:int version:int"},
    {"FlowRow", "group:text? month:month opening:int became_inactive:int recovered:int written_off:int closing:int "
                "bought:int? new_customers:int?"},
    {"Policies", "rules:[PolicyRule]"},
    {"PolicyRule", "order:int who:text? rule:text"},
    {"PolicyTried", "changed:int steps:[PolicyStep]"},
    {"PolicyStep", "before:text after:text customers:int"},
    {"Import",
     "id:int kind:text files:text? started_at:moment finished_at:moment? undone_at:moment? rows:int added:int "
     "changed:int unchanged:int rejected:int blank:int first_day:day? last_day:day?"},
    {"Upload", "id:int kind:text files:[UploadFile] state:waiting|asked|running|done|failed|dropped made_at:moment "
               "started_at:moment? ended_at:moment? percent:int? import_id:int? told:[text]"},
    {"UploadFile", "name:text bytes:int"},
    {"Reject", "file:text? line:int column:text? reason:text row:text?"},
    {0},
};

const struct mould moulds_taken[] = {
    {"ContactNew", "channel:" CHANNELS " outcome:" OUTCOMES
                   " at:moment? person_id:int? occurrence_id:int? reason_id:int? objection_id:int? worklist_id:int? "
                   "appointment_id:int? value:money? note:text? next_on:day? next_time:time?"},
    {"AppointmentNew", "day:day time:time? channel:" CHANNELS " note:text?"},
    {"AppointmentChange", "day:day? time:time? channel:" CHANNELS "? note:text?"},
    {"ImportNew", "kind:orders|customers|products|titles|quotes|tickets name:text? date_format:dmy|mdy? rows:[row]"},
    {"UploadNew", "kind:orders|customers|products|titles|quotes|tickets|nfe files:[file] date_format:dmy|mdy? "
                  "decimal:comma|point? delimiter:comma|semicolon|tab|bar? sheet:text? map:[text]? mapping:text? "
                  "save_mapping:text? start:yes|no?"},
    {"PolicyNew", "rule:text company:text? rep:text? segment:text? region:text? abc:A|B|C?"},
    {0},
};
