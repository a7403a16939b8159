-- Who shares a practice with somebody is asked for at every page of the office's queues, from either side (view interest, 0020): without these
-- the whole table was read, 40 ms with 100,000 people on the register. The second is worded as the view words it, or it would not be used.
CREATE INDEX practice_place_postcode ON practice_place (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX practice_place_practice ON practice_place (lower(trim(practice_name)), town) WHERE lower(trim(practice_name)) IS NOT NULL;

-- What belongs to one application, audit, renewal or member, also what is over: until now the whole table was read where the partial indexes of
-- open ones did not help. Of the draw of audits that was every audit for each member.
CREATE INDEX accreditation_assessor_application ON accreditation_assessor (application_id, person_id);
CREATE INDEX accreditation_evidence_application ON accreditation_evidence (application_id);
CREATE INDEX renewal_person ON renewal (person_id, begun_at);
CREATE INDEX cpd_audit_person ON cpd_audit (person_id, begun_at);
CREATE INDEX cpd_audit_ask_audit ON cpd_audit_ask (audit_id, asked_at);
CREATE INDEX cpd_audit_step_day ON cpd_audit_step (on_day, kind);
CREATE INDEX upkeep_reviewer_of_renewal ON upkeep_reviewer (renewal_id, person_id) WHERE renewal_id IS NOT NULL;
CREATE INDEX upkeep_reviewer_of_audit ON upkeep_reviewer (audit_id, person_id) WHERE audit_id IS NOT NULL;
CREATE INDEX meeting_item_subject ON meeting_item (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX membership_leave_request_person ON membership_leave_request (person_id, asked_at);
-- Somebody is looked for by an address they sign in with, as it is written (request-ask, attendance-list).
CREATE INDEX account_email ON account (lower(email));
-- When an application was sent first and decided first, without reading all its steps; worded with OR, as SQLite does not see through IN here.
CREATE INDEX accreditation_step_milestone ON accreditation_step (application_id, kind, no, on_day) WHERE kind = 'submitted' OR kind = 'decided';
