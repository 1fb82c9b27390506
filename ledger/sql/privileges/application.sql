-- What the application login may do: read, and change only through functions. {application} is its name.
GRANT USAGE ON SCHEMA forthwith TO {application};
GRANT SELECT ON ALL TABLES IN SCHEMA forthwith TO {application};
GRANT EXECUTE ON FUNCTION forthwith.append TO {application};
GRANT EXECUTE ON FUNCTION forthwith.append_expected TO {application};
GRANT EXECUTE ON FUNCTION forthwith.claim_outbox TO {application};
GRANT EXECUTE ON FUNCTION forthwith.renew_outbox TO {application};
GRANT EXECUTE ON FUNCTION forthwith.settle_outbox TO {application};
GRANT EXECUTE ON FUNCTION forthwith.put_back_outbox TO {application};
GRANT EXECUTE ON FUNCTION forthwith.set_address TO {application};
GRANT EXECUTE ON FUNCTION forthwith.append_withholding TO {application};
GRANT EXECUTE ON FUNCTION forthwith.erase TO {application};
GRANT EXECUTE ON FUNCTION forthwith.destroy_idle_keys TO {application};
GRANT EXECUTE ON FUNCTION forthwith.make_feed TO {application};
GRANT EXECUTE ON FUNCTION forthwith.revoke_feed TO {application};
GRANT EXECUTE ON FUNCTION forthwith.note_access TO {application};
GRANT EXECUTE ON FUNCTION forthwith.add_account TO {application};
GRANT EXECUTE ON FUNCTION forthwith.reset_account TO {application};
GRANT EXECUTE ON FUNCTION forthwith.disable_account TO {application};
GRANT EXECUTE ON FUNCTION forthwith.remove_account TO {application};
GRANT EXECUTE ON FUNCTION forthwith.set_password TO {application};
GRANT EXECUTE ON FUNCTION forthwith.strengthen_password TO {application};
GRANT EXECUTE ON FUNCTION forthwith.open_session TO {application};
GRANT EXECUTE ON FUNCTION forthwith.use_session TO {application};
GRANT EXECUTE ON FUNCTION forthwith.set_flashes TO {application};
GRANT EXECUTE ON FUNCTION forthwith.end_sessions TO {application};
GRANT EXECUTE ON FUNCTION forthwith.create_token TO {application};
GRANT EXECUTE ON FUNCTION forthwith.revoke_token TO {application};
-- What somebody is writing is read through its function alone, which gives each their own.
REVOKE SELECT ON forthwith.report_drafts FROM {application};
GRANT EXECUTE ON FUNCTION forthwith.drafts_of TO {application};
GRANT EXECUTE ON FUNCTION forthwith.keep_draft TO {application};
GRANT EXECUTE ON FUNCTION forthwith.discard_draft TO {application};
-- Likewise drafts of notices, each its role's own.
REVOKE SELECT ON forthwith.notice_drafts FROM {application};
GRANT EXECUTE ON FUNCTION forthwith.notice_drafts_of TO {application};
GRANT EXECUTE ON FUNCTION forthwith.notice_draft TO {application};
GRANT EXECUTE ON FUNCTION forthwith.keep_notice_draft TO {application};
GRANT EXECUTE ON FUNCTION forthwith.discard_notice_draft TO {application};
GRANT EXECUTE ON FUNCTION forthwith.claim_bundle TO {application};
GRANT EXECUTE ON FUNCTION forthwith.hold_outbox TO {application};
GRANT EXECUTE ON FUNCTION forthwith.set_message_wish TO {application};
GRANT EXECUTE ON FUNCTION forthwith.keep_webhook TO {application};
-- Tries at passwords are counted through the functions alone: nobody reads who tried.
REVOKE SELECT ON forthwith.guesses FROM {application};
GRANT EXECUTE ON FUNCTION forthwith.count_guess TO {application};
GRANT EXECUTE ON FUNCTION forthwith.forget_guesses TO {application};
GRANT EXECUTE ON FUNCTION forthwith.change_password TO {application};
GRANT EXECUTE ON FUNCTION forthwith.set_other_address TO {application};
