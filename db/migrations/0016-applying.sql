-- Applying for accreditation: how long recent decisions took is read by kind of step; the words that those who are asked sign under.
CREATE INDEX accreditation_step_kind ON accreditation_step (kind, on_day);

-- Defaults, to be confirmed by the organisation. Whoever signed keeps the words as they stood.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('accreditation_requests', '2026-1', '2000-01-01', json('{
	"isDefault": true,
	"statements": {
		"reference": "What I have written is my own view and true as far as I know. I am not related to this person, and I have named everything else that could sway me. I know that those who assess and decide the application read it, and that the applicant does not.",
		"supervisor_report": "I supervised this person’s work in IPT. What I have written is my own judgement, it holds nothing that shows who a client is, and I have named everything that could sway me. I know that those who assess and decide the application read it, and that the applicant does not.",
		"outside_body": "I answer for the body that was asked, from its own records, as they stand today."
	}
}'));
