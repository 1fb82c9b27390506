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
GRANT EXECUTE ON FUNCTION forthwith.create_token TO {application};
GRANT EXECUTE ON FUNCTION forthwith.revoke_token TO {application};
