-- A decision is recorded as made by a person, whatever program asks: the database itself refuses the system as its actor.
ALTER TABLE forthwith.events ADD CONSTRAINT people_decide CHECK (
    actor ~ '^person:'
    OR type !~ '^(decision-(proposed|made|issued|published)|notice-(varied|lifted|superseded)|obligation-released|event-corrected)\.v'
);
