//! Every option there is. A new one is a constant and a line here, and its words in `settings.ftl`.

use super::{Group, Kind, Setting};
use crate::attachment_words;

pub const REPORT_SEVERAL: &str = "report_several_incidents";
pub const REPORT_REQUIRED: &str = "report_incident_required";
pub const INVESTIGATION_SEVERAL: &str = "investigation_several_incidents";
pub const INVESTIGATION_REQUIRED: &str = "investigation_incident_required";
pub const COUNTERMEASURE_SEVERAL: &str = "countermeasure_several_incidents";
pub const COUNTERMEASURE_REQUIRED: &str = "countermeasure_incident_required";
pub const DEFAULT_RESOLUTION: &str = "default_resolution";
pub const ABANDON_RESOLVES_REPORTS: &str = "abandon_resolves_reports";
pub const FIRST_MESSAGE_ONLY: &str = "first_message_only";
pub const RESTART_RUNNING_TIME: &str = "restart_running_time";
pub const CONSTITUENCY_LINKING: &str = "constituency_linking";
pub const DEFAULT_CONSTITUENCY: &str = "default_constituency";
pub const DISABLE_COUNTERMEASURES: &str = "disable_countermeasures";
pub const FOURTH_TYPE: &str = "fourth_type";
pub const APPROVE_PATTERN: &str = "countermeasure_approve_pattern";
pub const REPLY_PREFIX: &str = "reply_prefix";
pub const CORRESPOND_ADDRESS: &str = "correspond_address";
pub const COMMENT_ADDRESS: &str = "comment_address";
pub const FORMER_INSTALLATIONS: &str = "former_installations";
/// What programs that answer each other are stopped by (TC-187).
pub const ANSWERS_PER_HOUR: &str = "mail_answers_per_hour";
pub const ALIKE_PER_HOUR: &str = "mail_alike_per_hour";
pub const REDISTRIBUTE: &str = "redistribute_auto_generated";
pub const ENVELOPE_SENDER: &str = "envelope_sender";
pub const QUEUE_ENVELOPE_SENDERS: &str = "queue_envelope_senders";
pub const VERP_PREFIX: &str = "verp_prefix";
pub const VERP_DOMAIN: &str = "verp_domain";
pub const DIGEST_HOUR: &str = "digest_hour";
pub const DIGEST_WEEKDAY: &str = "digest_weekday";
pub const ATTACHMENT_WORDS: &str = "attachment_words";
pub const MAIL_CCS: &str = "mail_ccs_become_watchers";
/// What is done with attachments that are too long (TC-117).
pub const LONGEST_ATTACHMENT: &str = "max_attachment_bytes";
pub const TRUNCATE_LONG: &str = "truncate_long_attachments";
pub const DROP_LONG: &str = "drop_long_attachments";
/// 0 keeps mail as it came for ever.
pub const KEEP_RAW_DAYS: &str = "keep_raw_mail_days";
/// Whether staff may write commands into mail.
pub const MAIL_COMMANDS: &str = "mail_commands";
/// What our mail server calls itself in `Authentication-Results`.
pub const AUTHENTICATION_SERVER: &str = "authentication_server";
pub const UNDO_HOLD: &str = "undo_hold_seconds";
pub const UNDO_WINDOW: &str = "undo_window_hours";
pub const STRICT_TOP_LEVEL: &str = "strict_top_level_domains";
pub const DETECTORS: &str = "detectors";
pub const REDIRECT_ON_LOGIN: &str = "redirect_on_login";
pub const DEFAULT_QUEUE: &str = "default_queue";
pub const OVERDUE_AFTER: &str = "overdue_after_days";
pub const SUMMARY_ROWS: &str = "summary_rows";
pub const LIST_LAYOUTS: &str = "list_layouts";
pub const REQUESTOR_BOX_STAFF: &str = "requestor_box_staff";
pub const LOCK_EXPIRY: &str = "lock_expiry_minutes";
pub const STRICT_INCIDENT_FORM: &str = "strict_incident_form";
pub const ORDINARY_GROUPINGS: &str = "ordinary_queue_groupings";
pub const EXTRA_TOP_LEVEL: &str = "extra_top_level_domains";
pub const DIRECTORY_FILE: &str = "directory_file";
pub const LEVEL_BY_PRIORITY: &str = "level_by_priority";
pub const PRIORITIES: &str = "priorities";
pub const LEVEL_SCHEME: &str = "service_level_scheme";
pub const DEFAULT_LEVEL: &str = "default_service_level";
pub const ASSUME_OUTSIDE: &str = "assume_outside_actor";
pub const STRICT_LINK_RIGHTS: &str = "strict_link_rights";
pub const HIDE_BLOCKED_CLOSING: &str = "hide_closing_while_blocked";

/// Whether constituencies may mix (IR-153, IR-154, IR-157); what RTIR's two options hold is taken too.
const LINKING: Kind = Kind::Choice(&[
    ("strict", &["1", "yes", "on", "true"]),
    ("reject", &[]),
    ("inherit", &[]),
    ("no", &["0", "off", "false", ""]),
]);

const WEEKDAY: Kind = Kind::Choice(&[
    ("monday", &[]),
    ("tuesday", &[]),
    ("wednesday", &[]),
    ("thursday", &[]),
    ("friday", &[]),
    ("saturday", &[]),
    ("sunday", &[]),
]);

/// Who gets what a machine wrote (TC-165); RT's numbers are taken too.
const REDISTRIBUTION: Kind = Kind::Choice(&[("privileged", &[]), ("nobody", &["0"]), ("all", &["1"])]);

pub(super) const SETTINGS: &[Setting] = {
    use Group::{Constituencies, Countermeasures, Incidents, Mail, Text, Work};
    use Kind::Flag;
    &[
        // IR-014, RTIR_IncidentChildren
        Setting::new(REPORT_SEVERAL, Incidents, Flag, "yes"),
        Setting::new(REPORT_REQUIRED, Incidents, Flag, "no"),
        Setting::new(INVESTIGATION_SEVERAL, Incidents, Flag, "no"),
        Setting::new(INVESTIGATION_REQUIRED, Incidents, Flag, "no"),
        Setting::new(COUNTERMEASURE_SEVERAL, Incidents, Flag, "yes"),
        Setting::new(COUNTERMEASURE_REQUIRED, Incidents, Flag, "yes"),
        // IR-219
        Setting::new(
            DEFAULT_RESOLUTION,
            Incidents,
            Kind::Map,
            "resolved = successfully resolved\nabandoned = no resolution reached",
        )
        .alias(&["RTIR_CustomFieldsDefaults"]),
        // IR-396
        Setting::new(ABANDON_RESOLVES_REPORTS, Incidents, Flag, "no"),
        // IR-351
        Setting::new(FIRST_MESSAGE_ONLY, Incidents, Flag, "no"),
        // IR-075
        Setting::new(RESTART_RUNNING_TIME, Incidents, Flag, "no"),
        // IR-103: a fresh installation switches it on
        Setting::new(STRICT_INCIDENT_FORM, Incidents, Flag, "no"),
        Setting::new(CONSTITUENCY_LINKING, Constituencies, LINKING, "strict")
            .alias(&["RTIR_StrictConstituencyLinking", "_RTIR_Constituency_Propagation"]),
        // IR-149
        Setting::new(DEFAULT_CONSTITUENCY, Constituencies, Kind::Text, "").alias(&["_RTIR_Constituency_default"]),
        // IR-012
        Setting::new(DISABLE_COUNTERMEASURES, Countermeasures, Flag, "no").alias(&["RTIR_DisableCountermeasures"]),
        // IR-011
        Setting::new(
            FOURTH_TYPE,
            Countermeasures,
            Kind::Choice(&[("countermeasure", &[]), ("block", &["blocks"])]),
            "countermeasure",
        ),
        // IR-221
        Setting::new(APPROVE_PATTERN, Countermeasures, Kind::Pattern, "")
            .alias(&["RTIR_CountermeasureApproveActionRegexp", "RTIR_BlockAproveActionRegexp"])
            .fixed(),
        Setting::new(CORRESPOND_ADDRESS, Mail, Kind::Address, "").alias(&["CorrespondAddress"]),
        Setting::new(COMMENT_ADDRESS, Mail, Kind::Address, "").alias(&["CommentAddress"]),
        Setting::new(FORMER_INSTALLATIONS, Mail, Kind::List(&[]), ""),
        Setting::new(REPLY_PREFIX, Mail, Kind::Text, "").alias(&["ReplyString"]),
        Setting::new(ANSWERS_PER_HOUR, Mail, Kind::Number { least: 1, most: 1_000 }, "4"),
        Setting::new(ALIKE_PER_HOUR, Mail, Kind::Number { least: 10, most: 100_000 }, "100"),
        // TC-165
        Setting::new(REDISTRIBUTE, Mail, REDISTRIBUTION, "privileged").alias(&["RedistributeAutoGeneratedMessages"]),
        // TC-176
        Setting::new(ENVELOPE_SENDER, Mail, Kind::Text, "queue").alias(&["SetOutgoingMailFrom"]),
        Setting::new(QUEUE_ENVELOPE_SENDERS, Mail, Kind::Map, "").alias(&["OverrideOutgoingMailFrom"]),
        Setting::new(VERP_PREFIX, Mail, Kind::Text, "").alias(&["VERPPrefix"]),
        Setting::new(VERP_DOMAIN, Mail, Kind::Text, "").alias(&["VERPDomain"]),
        // TC-179
        Setting::new(DIGEST_HOUR, Mail, Kind::Text, "07:00"),
        Setting::new(DIGEST_WEEKDAY, Mail, WEEKDAY, "monday"),
        // TC-120
        Setting::new(ATTACHMENT_WORDS, Mail, Kind::Text, attachment_words::USUAL),
        // TC-191
        Setting::new(MAIL_CCS, Mail, Flag, "no").alias(&["ParseNewMessageForTicketCcs"]),
        // TC-117
        Setting::new(LONGEST_ATTACHMENT, Mail, Kind::Number { least: 1_024, most: 1 << 30 }, "10485760")
            .alias(&["MaxAttachmentSize"]),
        Setting::new(TRUNCATE_LONG, Mail, Flag, "no").alias(&["TruncateLongAttachments"]),
        Setting::new(DROP_LONG, Mail, Flag, "no").alias(&["DropLongAttachments"]),
        Setting::new(KEEP_RAW_DAYS, Mail, Kind::Number { least: 0, most: 36_500 }, "0"),
        Setting::new(
            MAIL_COMMANDS,
            Mail,
            Kind::Choice(&[("no", &["0", "off", "false"]), ("checked", &["1", "yes", "on", "true"]), ("unchecked", &[])]),
            "no",
        ),
        Setting::new(AUTHENTICATION_SERVER, Mail, Kind::Text, ""),
        Setting::new(UNDO_HOLD, Mail, Kind::Number { least: 0, most: 60 }, "15"),
        Setting::new(STRICT_TOP_LEVEL, Text, Flag, "yes").alias(&["RTIR_StrictDomainTLD"]),
        // IR-119
        Setting::new(EXTRA_TOP_LEVEL, Text, Kind::List(&[]), ""),
        Setting::new(
            DETECTORS,
            Text,
            Kind::List(&["httpurl_overwrite", "httpurl", "ip", "ipdecimal", "email", "domain", "RIPE"]),
            "httpurl_overwrite ip email domain",
        )
        .alias(&["Active_MakeClicky"]),
        // IR-096
        Setting::new(ORDINARY_GROUPINGS, Work, Kind::Map, ""),
        // IR-124
        Setting::new(DIRECTORY_FILE, Work, Kind::Text, "").fixed(),
        Setting::new(REDIRECT_ON_LOGIN, Work, Flag, "yes").alias(&["RTIR_RedirectOnLogin"]),
        Setting::new(DEFAULT_QUEUE, Work, Kind::Queue, "Incident Reports").alias(&["RTIR_DefaultQueue"]),
        Setting::new(OVERDUE_AFTER, Work, Kind::Number { least: 1, most: 365 }, "7").alias(&["OverdueAfter"]),
        // IR-288
        Setting::new(SUMMARY_ROWS, Work, Kind::Number { least: 1, most: 50 }, "10").alias(&["DefaultSummaryRows"]),
        // IR-303
        Setting::new(LIST_LAYOUTS, Work, Kind::Map, "").alias(&["RTIRSearchResultFormats"]),
        // IR-497
        Setting::new(REQUESTOR_BOX_STAFF, Work, Flag, "no").alias(&["ShowMoreAboutPrivilegedUsers"]),
        Setting::new(UNDO_WINDOW, Work, Kind::Number { least: 1, most: 720 }, "24"),
        // IR-510: a lock lasts unless somebody chose a time
        Setting::new(LOCK_EXPIRY, Work, Kind::Number { least: 0, most: 1440 }, "0").alias(&["LockExpiry"]),
        // IR-242
        Setting::new(LEVEL_BY_PRIORITY, Work, Kind::Map, ""),
        // TC-073
        Setting::new(PRIORITIES, Work, Kind::Text, "Low=0, Medium=50, High=100")
            .alias(&["PriorityAsString", "EnablePriorityAsString"]),
        // IR-235, TC-213
        Setting::new(LEVEL_SCHEME, Work, Kind::Choice(&[("standard", &[]), ("classic", &[])]), "standard"),
        Setting::new(DEFAULT_LEVEL, Work, Kind::Text, ""),
        Setting::new(ASSUME_OUTSIDE, Work, Flag, "no").alias(&["AssumeOutsideActor"]),
        // TC-077, TC-043
        Setting::new(STRICT_LINK_RIGHTS, Work, Flag, "yes").alias(&["StrictLinkACL"]),
        Setting::new(HIDE_BLOCKED_CLOSING, Work, Flag, "no").alias(&["HideResolveActionsWithDependencies"]),
    ]
};
