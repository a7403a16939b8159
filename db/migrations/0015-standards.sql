-- The first standard set: every route to an award, how it is kept, and how one comes back. Every figure is a default to be confirmed by the
-- organisation; `source` says where it was found (domain.md §1.2, §1.6). Later sets are drafted and published under /office/settings/standards.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('standards', '2026-1', '2000-01-01', json('{
	"note": "Every figure is a default to be confirmed by the organisation: IPT UK’s own numbers were not found. Beside each stands where it comes from.",
	"declaration": "What I have sent is true and complete, as far as I know. I agree that the office and the assessors read it, and that they may ask those I named. Nothing in it says who a client is. I know that an award given on something untrue can be taken back.",
	"blindPercent": 10,
	"limits": {
		"checksWorkingDays": 5,
		"assessmentWorkingDays": 20,
		"panelWorkingDays": 30,
		"reviewWorkingDays": 30,
		"draftMonths": 6,
		"draftReminderDays": [28,14,3],
		"roundDays": [42,21,21],
		"roundReminderDays": [14,3],
		"extensionDays": 14,
		"requestDays": 42,
		"requestReminderDays": [28,14,3],
		"reviewWithinDays": 28,
		"holdMostDays": 183,
		"conditionMostMonths": 12,
		"papersWorkingDays": 10
	},
	"committee": {"quorum":3,"layAtLeast":1,"reviewQuorum":3},
	"figures": [
		{"figure":"checksWorkingDays","source":"Proposed; IPT UK promises re-accreditation within a month in all","isConfirmed":false},
		{"figure":"assessmentWorkingDays","source":"Proposed, about a month","isConfirmed":false},
		{"figure":"panelWorkingDays","source":"Proposed: meetings about every six weeks","isConfirmed":false},
		{"figure":"reviewWorkingDays","source":"Proposed","isConfirmed":false},
		{"figure":"draftMonths","source":"Six months, as a comparable public service has it","isConfirmed":false},
		{"figure":"roundDays","source":"Six weeks, then three and three, as a comparable public service has it","isConfirmed":false},
		{"figure":"draftReminderDays","source":"Proposed","isConfirmed":false},
		{"figure":"roundReminderDays","source":"Proposed","isConfirmed":false},
		{"figure":"requestReminderDays","source":"28, 14 and 3 days before the end, as a comparable public service has it","isConfirmed":false},
		{"figure":"extensionDays","source":"Proposed","isConfirmed":false},
		{"figure":"requestDays","source":"Six weeks, as a comparable public service has it","isConfirmed":false},
		{"figure":"reviewWithinDays","source":"28 days, as a comparable public service has it","isConfirmed":false},
		{"figure":"holdMostDays","source":"Proposed: half a year","isConfirmed":false},
		{"figure":"conditionMostMonths","source":"Proposed: a year","isConfirmed":false},
		{"figure":"papersWorkingDays","source":"Proposed","isConfirmed":false},
		{"figure":"blindPercent","source":"Proposed: one in ten","isConfirmed":false},
		{"figure":"committee","source":"Three with one lay member: proposed","isConfirmed":false},
		{"figure":"reasons","source":"Months until one may apply again: proposed","isConfirmed":false}
	],
	"routes": [
		{
			"key": "practitioner",
			"kind": "award",
			"title": "Accredited practitioner",
			"summary": "For members with a core profession who have finished a course in IPT with adults and their supervised cases.",
			"leadsTo": {"level":"practitioner","kind":"adult"},
			"needs": [],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "core_profession",
					"question": "Are you registered with a core profession, such as the HCPC, NMC, GMC, Social Work England, BACP, UKCP or BABCP?",
					"wanted": "yes",
					"otherwise": "Accreditation needs a core profession, and we cannot waive that. If an NHS or charity employer has you practise IPT, you can be registered through that organisation instead: a different entry, which does not call you accredited."
				},
				{
					"key": "two_years",
					"question": "Have you worked in mental health for two years since you qualified?",
					"wanted": "yes",
					"otherwise": "Two years of qualified work come first. Trainees in clinical or counselling psychology may count the time after their second year; ask us if you are not sure."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a course in IPT that an accredited trainer led?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages list those that count."
				},
				{
					"key": "cases_finished",
					"question": "Have four cases of yours been supervised by an accredited supervisor and passed?",
					"wanted": "yes",
					"otherwise": "You can keep your cases in your training record now, and apply once the fourth is signed. What is recorded there is taken over into the application."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "profession",
					"title": "Your profession",
					"hint": "We look up the registration you have on file with us. Add anything that helps us find it, or that shows how you trained.",
					"question": "Which profession did you train in, when did you qualify, and under which number are you registered?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"profession_registered","text":"The applicant is registered with a core profession, and nothing there stands against their practice."},
						{"key":"profession_experience","text":"They have worked in mental health for the time the route asks for."}
					]
				},
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [
						{
							"counts": "course_hours",
							"of": "practitioner",
							"atLeast": 24,
							"source": "Four days, 24 hours at the least, in the Scottish programme of about 2010; other programmes ask for five days and one more",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 4,
							"source": "Four cases are named for level B by university and Anna Freud programmes (2015); the present IPT UK page gives no number",
							"isConfirmed": false
						},
						{
							"counts": "cases_focal_areas",
							"of": null,
							"atLeast": 2,
							"source": "Different focal areas were preferred in the older UKIPTSIG rules; two is proposed",
							"isConfirmed": false
						},
						{
							"counts": "sessions_supervised",
							"of": null,
							"atLeast": 48,
							"source": "Twelve sessions of each case, from the older UKIPTSIG rules, times four cases",
							"isConfirmed": false
						},
						{
							"counts": "recordings_rated",
							"of": null,
							"atLeast": 12,
							"source": "Three recordings of each case, rated formally: the older UKIPTSIG rules; times four cases",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."}
					]
				},
				{
					"key": "supervision",
					"title": "Your supervision now",
					"hint": "Sessions from your supervision log can be used here.",
					"question": "Who supervises your IPT work from now on, and how often?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [
						{
							"counts": "supervision_minutes",
							"of": null,
							"atLeast": 960,
							"source": "Four hours of supervision for each case, from the older UKIPTSIG rules, times four cases",
							"isConfirmed": false
						}
					],
					"criteria": [{"key":"supervision_arranged","text":"Supervision of IPT by an accredited supervisor is arranged for the time after the award."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"The accredited supervisor who followed most of your cases."}],
			"assessors": 2,
			"feePence": 12000,
			"termMonths": 60,
			"source": "Fee: none was found. Five years: the cycle that ISIPT asks of supervisors",
			"isConfirmed": false
		},
		{
			"key": "adolescent",
			"kind": "award",
			"title": "Accredited practitioner with young people (IPT-A)",
			"summary": "For members with a core profession who have finished a course in IPT with young people and their supervised cases.",
			"leadsTo": {"level":"practitioner","kind":"adolescent"},
			"needs": [],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "core_profession",
					"question": "Are you registered with a core profession, such as the HCPC, NMC, GMC, Social Work England, BACP, UKCP or BABCP?",
					"wanted": "yes",
					"otherwise": "Accreditation needs a core profession, and we cannot waive that. If an NHS or charity employer has you practise IPT, you can be registered through that organisation instead: a different entry, which does not call you accredited."
				},
				{
					"key": "works_with_young",
					"question": "Do you work with young people where they are protected: supervised, checked and with somebody to turn to?",
					"wanted": "yes",
					"otherwise": "This award is for therapists who see young people in such a setting. Without one, apply for the award with adults."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a course in IPT with young people that an accredited trainer led?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages list those that count."
				},
				{
					"key": "cases_finished",
					"question": "Have the cases with young people that this award asks for been supervised and passed?",
					"wanted": "yes",
					"otherwise": "You can keep your cases in your training record now, and apply once the last one is signed."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "profession",
					"title": "Your profession",
					"hint": "We look up the registration you have on file with us. Add anything that helps us find it, or that shows how you trained.",
					"question": "Which profession did you train in, when did you qualify, and under which number are you registered?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"profession_registered","text":"The applicant is registered with a core profession, and nothing there stands against their practice."},
						{"key":"profession_experience","text":"They have worked in mental health for the time the route asks for."}
					]
				},
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [
						{
							"counts": "course_hours",
							"of": "adolescent",
							"atLeast": 24,
							"source": "Four days, 24 hours at the least, in the Scottish programme of about 2010; other programmes ask for five days and one more. For IPT with young people no number was found",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": "adolescent",
							"atLeast": 4,
							"source": "Proposed; nothing was found on IPT UK’s pages; the same as for adults",
							"isConfirmed": false
						},
						{"counts":"cases_focal_areas","of":"adolescent","atLeast":2,"source":"Proposed; nothing was found on IPT UK’s pages","isConfirmed":false},
						{
							"counts": "recordings_rated",
							"of": "adolescent",
							"atLeast": 12,
							"source": "Three recordings of each case, rated formally: the older UKIPTSIG rules; times four cases",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."},
						{"key":"cases_family","text":"Work with parents, carers and school was considered, and why it was or was not done."}
					]
				},
				{
					"key": "safeguarding",
					"title": "Safeguarding",
					"hint": "Add the certificate of your latest training.",
					"question": "How do you act when you worry about a young person’s safety?",
					"isRequired": true,
					"evidence": ["file","cpd_entry"],
					"rules": [],
					"criteria": [
						{"key":"safeguarding_trained","text":"Training in protecting children at the level of their work is up to date."},
						{"key":"safeguarding_practice","text":"What they describe is safe and known to their service."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"The accredited supervisor who followed most of your cases."}],
			"assessors": 2,
			"feePence": 12000,
			"termMonths": 60,
			"source": "Fee: none was found. Five years: the cycle that ISIPT asks of supervisors",
			"isConfirmed": false
		},
		{
			"key": "counselling",
			"kind": "award",
			"title": "Accredited practitioner of interpersonal counselling (IPC)",
			"summary": "For members with a core profession who deliver interpersonal counselling, the shorter form of IPT.",
			"leadsTo": {"level":"practitioner","kind":"counselling"},
			"needs": [],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "core_profession",
					"question": "Are you registered with a core profession, such as the HCPC, NMC, GMC, Social Work England, BACP, UKCP or BABCP?",
					"wanted": "yes",
					"otherwise": "Accreditation needs a core profession, and we cannot waive that. If an NHS or charity employer has you practise IPT, you can be registered through that organisation instead: a different entry, which does not call you accredited."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a course in interpersonal counselling that an accredited trainer led?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages list those that count."
				},
				{
					"key": "cases_finished",
					"question": "Have the cases that this award asks for been supervised and passed?",
					"wanted": "yes",
					"otherwise": "You can keep your cases in your training record now, and apply once the last one is signed."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "profession",
					"title": "Your profession",
					"hint": "We look up the registration you have on file with us. Add anything that helps us find it, or that shows how you trained.",
					"question": "Which profession did you train in, when did you qualify, and under which number are you registered?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"profession_registered","text":"The applicant is registered with a core profession, and nothing there stands against their practice."},
						{"key":"profession_experience","text":"They have worked in mental health for the time the route asks for."}
					]
				},
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [{"counts":"course_hours","of":"counselling","atLeast":14,"source":"Proposed; nothing was found on IPT UK’s pages: two days","isConfirmed":false}],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{"counts":"cases_passed","of":null,"atLeast":2,"source":"Proposed; nothing was found on IPT UK’s pages: half of those for IPT","isConfirmed":false},
						{"counts":"recordings_rated","of":null,"atLeast":4,"source":"Proposed; nothing was found on IPT UK’s pages: two of each case","isConfirmed":false}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"The accredited supervisor who followed most of your cases."}],
			"assessors": 1,
			"feePence": 9000,
			"termMonths": 60,
			"source": "Fee and term are proposed; none was found",
			"isConfirmed": false
		},
		{
			"key": "bipolar",
			"kind": "award",
			"title": "Adaptation: bipolar disorder",
			"summary": "Added to an award with adults, for therapists trained in interpersonal and social rhythm work.",
			"leadsTo": {"level":"practitioner","kind":"bipolar"},
			"needs": [{"level":"practitioner","kind":"adult"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner that this adaptation builds on?",
					"wanted": "yes",
					"otherwise": "Adaptations are added to an award you hold already. Apply for that one first."
				},
				{
					"key": "course_finished",
					"question": "Have you been trained in IPT for bipolar disorder?",
					"wanted": "yes",
					"otherwise": "The training comes first. If you are not sure whether yours counts, ask us before you pay."
				},
				{
					"key": "cases_finished",
					"question": "Have at least two cases of this kind been supervised and passed?",
					"wanted": "yes",
					"otherwise": "Two supervised cases are asked for. Record them as they go, and apply when both are signed."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record, or add its certificate and programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [{"counts":"course_hours","of":"bipolar","atLeast":14,"source":"Proposed; nothing was found on IPT UK’s pages: two days","isConfirmed":false}],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 2,
							"source": "Proposed; nothing was found on IPT UK’s pages: two, as the older rules asked of a first award",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."},
						{"key":"cases_rhythm","text":"Work on daily rhythm is part of the cases, beside a plan for relapse shared with the prescriber."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Somebody accredited who supervised your work with this adaptation."}],
			"assessors": 1,
			"feePence": 4500,
			"termMonths": 60,
			"source": "Fee and term are proposed; courses in adaptations exist, rules were not found",
			"isConfirmed": false
		},
		{
			"key": "perinatal",
			"kind": "award",
			"title": "Adaptation: before and after birth",
			"summary": "Added to an award with adults, for therapists who work with parents during pregnancy and the first year.",
			"leadsTo": {"level":"practitioner","kind":"perinatal"},
			"needs": [{"level":"practitioner","kind":"adult"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner that this adaptation builds on?",
					"wanted": "yes",
					"otherwise": "Adaptations are added to an award you hold already. Apply for that one first."
				},
				{
					"key": "course_finished",
					"question": "Have you been trained in IPT before and after birth?",
					"wanted": "yes",
					"otherwise": "The training comes first. If you are not sure whether yours counts, ask us before you pay."
				},
				{
					"key": "cases_finished",
					"question": "Have at least two cases of this kind been supervised and passed?",
					"wanted": "yes",
					"otherwise": "Two supervised cases are asked for. Record them as they go, and apply when both are signed."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record, or add its certificate and programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": "perinatal",
							"atLeast": 2,
							"source": "Proposed; nothing was found on IPT UK’s pages: two, as the older rules asked of a first award",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."},
						{"key":"cases_infant","text":"The child’s needs and the risk around birth were considered throughout."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Somebody accredited who supervised your work with this adaptation."}],
			"assessors": 1,
			"feePence": 4500,
			"termMonths": 60,
			"source": "Fee and term are proposed; courses in adaptations exist, rules were not found",
			"isConfirmed": false
		},
		{
			"key": "eating",
			"kind": "award",
			"title": "Adaptation: eating disorders",
			"summary": "Added to an award with adults or young people, for therapists who treat eating disorders with IPT.",
			"leadsTo": {"level":"practitioner","kind":"eating"},
			"needs": [{"level":"practitioner","kind":"adult"},{"level":"practitioner","kind":"adolescent"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner that this adaptation builds on?",
					"wanted": "yes",
					"otherwise": "Adaptations are added to an award you hold already. Apply for that one first."
				},
				{
					"key": "course_finished",
					"question": "Have you been trained in IPT for eating disorders?",
					"wanted": "yes",
					"otherwise": "The training comes first. If you are not sure whether yours counts, ask us before you pay."
				},
				{
					"key": "cases_finished",
					"question": "Have at least two cases of this kind been supervised and passed?",
					"wanted": "yes",
					"otherwise": "Two supervised cases are asked for. Record them as they go, and apply when both are signed."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record, or add its certificate and programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 2,
							"source": "Proposed; nothing was found on IPT UK’s pages: two, as the older rules asked of a first award",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."},
						{"key":"cases_physical","text":"Physical risk was watched by somebody able to, and the therapist knew what to do about it."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Somebody accredited who supervised your work with this adaptation."}],
			"assessors": 1,
			"feePence": 4500,
			"termMonths": 60,
			"source": "Fee and term are proposed; courses in adaptations exist, rules were not found",
			"isConfirmed": false
		},
		{
			"key": "group",
			"kind": "award",
			"title": "Adaptation: groups",
			"summary": "Added to any award as practitioner, for therapists who lead IPT groups.",
			"leadsTo": {"level":"practitioner","kind":"group"},
			"needs": [{"level":"practitioner","kind":"adult"},{"level":"practitioner","kind":"adolescent"},{"level":"practitioner","kind":"counselling"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner that this adaptation builds on?",
					"wanted": "yes",
					"otherwise": "Adaptations are added to an award you hold already. Apply for that one first."
				},
				{
					"key": "course_finished",
					"question": "Have you been trained in leading IPT groups?",
					"wanted": "yes",
					"otherwise": "The training comes first. If you are not sure whether yours counts, ask us before you pay."
				},
				{
					"key": "cases_finished",
					"question": "Have at least two cases of this kind been supervised and passed?",
					"wanted": "yes",
					"otherwise": "Two supervised cases are asked for. Record them as they go, and apply when both are signed."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record, or add its certificate and programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Choose the cases from your training record. Nothing here may say who a client was: no name, no initials, no place of work.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 2,
							"source": "Proposed; nothing was found on IPT UK’s pages: two, as the older rules asked of a first award",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."},
						{"key":"cases_group","text":"Both groups had meetings with each member before and after, and a second leader or a reason for going without."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Somebody accredited who supervised your work with this adaptation."}],
			"assessors": 1,
			"feePence": 4500,
			"termMonths": 60,
			"source": "Fee and term are proposed; courses in adaptations exist, rules were not found",
			"isConfirmed": false
		},
		{
			"key": "supervisor",
			"kind": "award",
			"title": "Accredited supervisor",
			"summary": "For accredited practitioners with experience who supervise, or will supervise, the IPT work of others.",
			"leadsTo": {"level":"supervisor","kind":"adult"},
			"needs": [{"level":"practitioner","kind":"adult"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner with adults?",
					"wanted": "yes",
					"otherwise": "A supervisor is an accredited practitioner first. Apply for that award."
				},
				{
					"key": "practised_since",
					"question": "Have you practised IPT for at least a year since you were accredited?",
					"wanted": "yes",
					"otherwise": "Supervisors bring experience of their own. Come back when the year is over: nothing you record until then is lost."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a supervisors’ course?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages say when the next one is."
				},
				{
					"key": "observed",
					"question": "Has an accredited supervisor or trainer seen you supervise, live or on recording?",
					"wanted": "yes",
					"otherwise": "Somebody has to have seen your work to write the report. Arrange that first."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [{"counts":"course_hours","of":"supervisor","atLeast":14,"source":"Proposed; nothing was found on IPT UK’s pages: two days","isConfirmed":false}],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "practice",
					"title": "Your own practice",
					"hint": "Cases after your award count here.",
					"question": "What kind of IPT work have you done since your award?",
					"isRequired": true,
					"evidence": ["file","case","cpd_year"],
					"rules": [
						{"counts":"months_since_award","of":"practitioner","atLeast":12,"source":"A year of practice after certification, as ISIPT asks","isConfirmed":false},
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 2,
							"source": "Two further cases, as ISIPT asks, and the nearest British supervisors’ award",
							"isConfirmed": false
						},
						{
							"counts": "recordings_rated",
							"of": null,
							"atLeast": 4,
							"source": "Two recordings of each further case, as the nearest British supervisors’ award asks",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"practice_current","text":"They practise IPT themselves and keep to the model."},
						{"key":"practice_standard","text":"Their later recordings reach the mark that trainees are held to."}
					]
				},
				{
					"key": "supervising",
					"title": "Your supervision of others",
					"hint": "Sessions your supervisees logged count without a file. Nothing here may say who a client was.",
					"question": "Whom have you supervised, in which form, and what did you find hard?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [],
					"criteria": [
						{
							"key": "supervising_enough",
							"text": "They have supervised at least two people closely, one of them in training (proposed; as the nearest British supervisors’ award asks)."
						},
						{"key":"supervising_rating","text":"Their ratings of recordings agree with those of an experienced rater."},
						{"key":"supervising_difficulty","text":"They recognise unsafe or failing practice and act on it."}
					]
				},
				{
					"key": "own_supervision",
					"title": "Supervision of your supervision",
					"hint": "",
					"question": "Who looks at your supervision with you, and how often?",
					"isRequired": true,
					"evidence": ["file","cpd_entry","supervision"],
					"rules": [],
					"criteria": [{"key":"own_supervision_arranged","text":"Somebody experienced goes through their supervision with them regularly."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [
				{"kind":"supervisor_report","count":1,"hint":"The accredited supervisor or trainer who saw you supervise."},
				{"kind":"reference","count":1,"hint":"Somebody you have supervised."}
			],
			"assessors": 2,
			"feePence": 15000,
			"termMonths": 60,
			"source": "Fee: proposed. Five years: ISIPT certifies supervisors for five years. Two assessors: proposed",
			"isConfirmed": false
		},
		{
			"key": "supervisor_adolescent",
			"kind": "award",
			"title": "Accredited supervisor of work with young people",
			"summary": "For practitioners accredited with young people who supervise, or will supervise, such work.",
			"leadsTo": {"level":"supervisor","kind":"adolescent"},
			"needs": [{"level":"practitioner","kind":"adolescent"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited practitioner with young people?",
					"wanted": "yes",
					"otherwise": "A supervisor of work with young people is accredited for it first. Apply for that award."
				},
				{
					"key": "practised_since",
					"question": "Have you practised IPT for at least a year since you were accredited?",
					"wanted": "yes",
					"otherwise": "Supervisors bring experience of their own. Come back when the year is over: nothing you record until then is lost."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a supervisors’ course?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages say when the next one is."
				},
				{
					"key": "observed",
					"question": "Has an accredited supervisor or trainer seen you supervise, live or on recording?",
					"wanted": "yes",
					"otherwise": "Somebody has to have seen your work to write the report. Arrange that first."
				}
			],
			"sections": [
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [{"counts":"course_hours","of":"supervisor","atLeast":14,"source":"Proposed; nothing was found on IPT UK’s pages: two days","isConfirmed":false}],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "practice",
					"title": "Your own practice",
					"hint": "Cases after your award count here.",
					"question": "What kind of IPT work have you done since your award?",
					"isRequired": true,
					"evidence": ["file","case","cpd_year"],
					"rules": [
						{"counts":"months_since_award","of":"practitioner","atLeast":12,"source":"A year of practice after certification, as ISIPT asks","isConfirmed":false},
						{
							"counts": "cases_passed",
							"of": "adolescent",
							"atLeast": 2,
							"source": "Proposed; nothing was found on IPT UK’s pages; as for supervisors with adults",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"practice_current","text":"They practise IPT themselves and keep to the model."},
						{"key":"practice_standard","text":"Their later recordings reach the mark that trainees are held to."}
					]
				},
				{
					"key": "supervising",
					"title": "Your supervision of others",
					"hint": "Sessions your supervisees logged count without a file. Nothing here may say who a client was.",
					"question": "Whom have you supervised, in which form, and what did you find hard?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [],
					"criteria": [
						{
							"key": "supervising_enough",
							"text": "They have supervised at least two people closely, one of them in training (proposed; as the nearest British supervisors’ award asks)."
						},
						{"key":"supervising_rating","text":"Their ratings of recordings agree with those of an experienced rater."},
						{"key":"supervising_difficulty","text":"They recognise unsafe or failing practice and act on it."}
					]
				},
				{
					"key": "own_supervision",
					"title": "Supervision of your supervision",
					"hint": "",
					"question": "Who looks at your supervision with you, and how often?",
					"isRequired": true,
					"evidence": ["file","cpd_entry","supervision"],
					"rules": [],
					"criteria": [{"key":"own_supervision_arranged","text":"Somebody experienced goes through their supervision with them regularly."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [
				{"kind":"supervisor_report","count":1,"hint":"The accredited supervisor or trainer who saw you supervise."},
				{"kind":"reference","count":1,"hint":"Somebody you have supervised."}
			],
			"assessors": 2,
			"feePence": 15000,
			"termMonths": 60,
			"source": "Fee: proposed. Five years: ISIPT certifies supervisors for five years. Two assessors: proposed",
			"isConfirmed": false
		},
		{
			"key": "trainer",
			"kind": "award",
			"title": "Accredited trainer",
			"summary": "For accredited supervisors who lead courses in IPT.",
			"leadsTo": {"level":"trainer","kind":"adult"},
			"needs": [{"level":"supervisor","kind":"adult"},{"level":"supervisor","kind":"adolescent"}],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "holds_award",
					"question": "Do you hold an award as accredited supervisor?",
					"wanted": "yes",
					"otherwise": "A trainer is an accredited supervisor first. Apply for that award."
				},
				{
					"key": "supervised_since",
					"question": "Have you supervised for at least a year since that award?",
					"wanted": "yes",
					"otherwise": "Trainers bring experience as supervisors. Come back when the year is over."
				},
				{
					"key": "taught",
					"question": "Have you taught on IPT courses beside an accredited trainer?",
					"wanted": "yes",
					"otherwise": "Teach on a course or two with an accredited trainer first: the report comes from them."
				}
			],
			"sections": [
				{
					"key": "teaching",
					"title": "Your teaching",
					"hint": "Certificates, programmes or a letter from the provider show it.",
					"question": "Where, when and what have you taught, for how many hours, and with whom?",
					"isRequired": true,
					"evidence": ["file","course","cpd_entry"],
					"rules": [
						{
							"counts": "months_since_award",
							"of": "supervisor",
							"atLeast": 12,
							"source": "Proposed; nothing was found on IPT UK’s pages; ISIPT asks a year of practice after certification",
							"isConfirmed": false
						}
					],
					"criteria": [
						{
							"key": "teaching_enough",
							"text": "They have taught IPT for about 100 hours, or on eight courses of two days (a default to be confirmed: ISIPT’s figure)."
						},
						{"key":"teaching_quality","text":"Those who were taught and those who taught beside them speak well of it."}
					]
				},
				{
					"key": "material",
					"title": "Your course",
					"hint": "Add the programme, the slides and how you judge what people have learned.",
					"question": "Why is your course built as it is?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"material_whole","text":"It covers the whole of IPT and says what it leaves out."},
						{"key":"material_skills","text":"Skills are practised and watched, not only explained."},
						{"key":"material_fair","text":"Participants are assessed by criteria they know beforehand."}
					]
				},
				{
					"key": "practice",
					"title": "Your own practice",
					"hint": "",
					"question": "What IPT work and supervision do you still do yourself?",
					"isRequired": true,
					"evidence": ["file","case","cpd_year","supervision"],
					"rules": [],
					"criteria": [{"key":"practice_current","text":"They still practise and supervise."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"reference","count":1,"hint":"An accredited trainer who taught beside you."}],
			"assessors": 2,
			"feePence": 15000,
			"termMonths": 60,
			"source": "Fee and term are proposed; no rule for trainers was found",
			"isConfirmed": false
		},
		{
			"key": "organisation",
			"kind": "organisation",
			"title": "Registered through an organisation",
			"summary": "For people without a core profession who practise IPT as employees of the NHS or a charity. It lasts as long as the employment and is not accreditation.",
			"leadsTo": {"level":"organisation","kind":"adult"},
			"needs": [],
			"concerns": [],
			"isAccreditation": false,
			"eligibility": [
				{
					"key": "employed",
					"question": "Does the NHS or a charity employ you to practise IPT?",
					"wanted": "yes",
					"otherwise": "This entry holds only for work in such employment. For private practice, accreditation is needed, and with it a core profession."
				},
				{
					"key": "course_finished",
					"question": "Have you finished a course in IPT that an accredited trainer led?",
					"wanted": "yes",
					"otherwise": "The course comes first. The training pages list those that count."
				},
				{
					"key": "not_accredited",
					"question": "Do you understand that this entry does not let you call yourself accredited?",
					"wanted": "yes",
					"otherwise": "Then please wait, and write to us first. We would rather explain it than register you by mistake."
				}
			],
			"sections": [
				{
					"key": "employer",
					"title": "Your employer",
					"hint": "Add a letter or contract that says you are employed to practise IPT.",
					"question": "Who employs you, since when, and who manages your work? Give the name of the organisation and the service.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"employer_eligible","text":"The employer is part of the NHS or a charity."},
						{"key":"employer_confirms","text":"It confirms that they practise IPT there, and answers for their work."}
					]
				},
				{
					"key": "course",
					"title": "Your course",
					"hint": "Choose the course from your training record. If it is not there, add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [
						{
							"counts": "course_hours",
							"of": "practitioner",
							"atLeast": 24,
							"source": "Four days, 24 hours at the least, in the Scottish programme of about 2010; other programmes ask for five days and one more",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "abilities",
					"title": "Knowledge, skills and attitudes",
					"hint": "What stands in place of a core profession.",
					"question": "What training and experience prepared you for work with people in distress?",
					"isRequired": true,
					"evidence": ["file","cpd_entry"],
					"rules": [],
					"criteria": [{"key":"abilities_shown","text":"Knowledge, skills and attitudes for safe work in mental health are shown."}]
				},
				{
					"key": "supervision",
					"title": "Your supervision",
					"hint": "",
					"question": "Who supervises your IPT work, and how often?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [],
					"criteria": [{"key":"supervision_arranged","text":"An accredited supervisor supervises their IPT work."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"reference","count":1,"hint":"Your manager, or whoever answers for your work."}],
			"assessors": 1,
			"feePence": 4500,
			"termMonths": 12,
			"source": "That it holds as long as the employment is IPT UK’s rule; one year and the fee are proposed",
			"isConfirmed": false
		},
		{
			"key": "reaccreditation",
			"kind": "reaccreditation",
			"title": "Re-accreditation",
			"summary": "For accredited practitioners, when the time for which they were accredited comes to its end.",
			"leadsTo": null,
			"needs": [],
			"concerns": [
				{"level":"practitioner","kind":"adult"},
				{"level":"practitioner","kind":"adolescent"},
				{"level":"practitioner","kind":"counselling"},
				{"level":"practitioner","kind":"bipolar"},
				{"level":"practitioner","kind":"perinatal"},
				{"level":"practitioner","kind":"eating"},
				{"level":"practitioner","kind":"group"}
			],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "still_practises",
					"question": "Do you still practise IPT, or will you again within the year?",
					"wanted": "yes",
					"otherwise": "Tell us about a break instead: with agreed leave your award waits for you, and nothing has to be shown for that time."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "cpd",
					"title": "Keeping up to date",
					"hint": "Your CPD years are taken over from your log; choose what else you want us to see.",
					"question": "What did you learn in this time that changed how you work?",
					"isRequired": true,
					"evidence": ["file","cpd_entry","cpd_year"],
					"rules": [
						{
							"counts": "cpd_met",
							"of": null,
							"atLeast": 5,
							"source": "That CPD keeps accreditation up is IPT UK’s rule; five closed years are proposed",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cpd_enough","text":"What is asked for each year was met, or there is a good reason where it was not."},
						{"key":"cpd_reflected","text":"They say what they took from it for their clients."}
					]
				},
				{
					"key": "practice",
					"title": "Your practice in this time",
					"hint": "Rough numbers do. Nothing here may say who a client was.",
					"question": "How much IPT work did you do, where, and what stood in the way when it was little?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [],
					"criteria": [{"key":"practice_enough","text":"They practised IPT enough to stay safe and skilled."}]
				},
				{
					"key": "supervision",
					"title": "Your supervision",
					"hint": "Sessions are taken over from your log.",
					"question": "Who supervises your IPT work now?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [
						{
							"counts": "supervision_minutes",
							"of": null,
							"atLeast": 5400,
							"source": "Proposed; nothing was found on IPT UK’s pages: eighteen hours a year, as the CPD rules in force ask",
							"isConfirmed": false
						}
					],
					"criteria": [{"key":"supervision_regular","text":"IPT was supervised regularly by somebody accredited."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Your present supervisor, on your practice in this time."}],
			"assessors": 1,
			"feePence": 6000,
			"termMonths": 60,
			"source": "Five years are proposed. IPT UK’s FAQ speaks of the yearly membership renewal as re-accreditation, to be confirmed; fee proposed",
			"isConfirmed": false
		},
		{
			"key": "reaccreditation_supervisor",
			"kind": "reaccreditation",
			"title": "Re-accreditation of supervisors and trainers",
			"summary": "For accredited supervisors and trainers; the award as practitioner is confirmed on its own.",
			"leadsTo": null,
			"needs": [],
			"concerns": [{"level":"supervisor","kind":"adult"},{"level":"supervisor","kind":"adolescent"},{"level":"trainer","kind":"adult"}],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "still_supervises",
					"question": "Did you supervise or teach IPT in this time?",
					"wanted": "yes",
					"otherwise": "Then let this award rest: write to us, and take it up again when you supervise or teach. Your award as practitioner stays."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "supervising",
					"title": "Supervising and teaching in this time",
					"hint": "Sessions your supervisees logged count without a file.",
					"question": "Whom did you supervise or teach, in which form, and for how long?",
					"isRequired": true,
					"evidence": ["file","course","cpd_entry","supervision"],
					"rules": [],
					"criteria": [
						{
							"key": "supervising_enough",
							"text": "About 40 hours of supervision to at least three people, or teaching of like extent (a default to be confirmed: an older ISIPT figure)."
						},
						{"key":"supervising_reviewed","text":"Somebody experienced went through it with them."}
					]
				},
				{
					"key": "cpd",
					"title": "Keeping up to date",
					"hint": "Your CPD years are taken over from your log; choose what else you want us to see.",
					"question": "What did you learn in this time that changed how you work?",
					"isRequired": true,
					"evidence": ["file","cpd_entry","cpd_year"],
					"rules": [
						{
							"counts": "cpd_met",
							"of": null,
							"atLeast": 5,
							"source": "That CPD keeps accreditation up is IPT UK’s rule; five closed years are proposed",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cpd_enough","text":"What is asked for each year was met, or there is a good reason where it was not."},
						{"key":"cpd_reflected","text":"They say what they took from it for their clients."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"reference","count":1,"hint":"Somebody you supervised or taught with in this time."}],
			"assessors": 1,
			"feePence": 6000,
			"termMonths": 60,
			"source": "Five years are proposed. IPT UK’s FAQ speaks of the yearly membership renewal as re-accreditation, to be confirmed; fee proposed",
			"isConfirmed": false
		},
		{
			"key": "reinstatement",
			"kind": "reinstatement",
			"title": "Reinstatement",
			"summary": "For people whose accreditation came to an end within the last two years and who want it back. After two years a new application is needed.",
			"leadsTo": null,
			"needs": [],
			"concerns": [
				{"level":"practitioner","kind":"adult"},
				{"level":"practitioner","kind":"adolescent"},
				{"level":"practitioner","kind":"counselling"},
				{"level":"practitioner","kind":"bipolar"},
				{"level":"practitioner","kind":"perinatal"},
				{"level":"practitioner","kind":"eating"},
				{"level":"practitioner","kind":"group"},
				{"level":"supervisor","kind":"adult"},
				{"level":"supervisor","kind":"adolescent"},
				{"level":"trainer","kind":"adult"}
			],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "within_two_years",
					"question": "Did your accreditation end less than two years ago?",
					"wanted": "yes",
					"otherwise": "After two years the award has to be applied for anew. What you showed then can be used again."
				},
				{
					"key": "not_by_order",
					"question": "Did it end by an order of a panel?",
					"wanted": "no",
					"otherwise": "What a panel ended comes back by the panel’s own way, named in its decision. Write to us if you cannot find it."
				},
				{
					"key": "core_profession",
					"question": "Are you registered with a core profession, such as the HCPC, NMC, GMC, Social Work England, BACP, UKCP or BABCP?",
					"wanted": "yes",
					"otherwise": "Accreditation needs a core profession, and we cannot waive that. If an NHS or charity employer has you practise IPT, you can be registered through that organisation instead: a different entry, which does not call you accredited."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "lapse",
					"title": "What happened",
					"hint": "",
					"question": "Why did your accreditation end, and what have you done since?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"lapse_understood","text":"The reason is plain and does not stand in the way of safe practice."},
						{"key":"lapse_honest","text":"They did not call themselves accredited in the meantime."}
					]
				},
				{
					"key": "refresher",
					"title": "Refreshing what you know",
					"hint": "A refresher course is the usual way.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course","cpd_entry"],
					"rules": [
						{
							"counts": "course_hours",
							"of": "refresher",
							"atLeast": 6,
							"source": "Proposed; nothing was found on IPT UK’s pages: one day; a refresher course exists",
							"isConfirmed": false
						}
					],
					"criteria": [{"key":"refresher_enough","text":"What was lost in the break has been made up for."}]
				},
				{
					"key": "supervision",
					"title": "Your supervision",
					"hint": "Sessions are taken over from your log.",
					"question": "Who supervises your IPT work now?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [
						{
							"counts": "supervision_minutes",
							"of": null,
							"atLeast": 540,
							"source": "Proposed; nothing was found on IPT UK’s pages: eighteen hours a year, as the CPD rules in force ask",
							"isConfirmed": false
						}
					],
					"criteria": [{"key":"supervision_regular","text":"IPT was supervised regularly by somebody accredited."}]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"supervisor_report","count":1,"hint":"Whoever supervises your return to IPT."}],
			"assessors": 1,
			"feePence": 9000,
			"termMonths": 60,
			"source": "Two years, term and fee are proposed; refresher rules exist, numbers were not found",
			"isConfirmed": false
		},
		{
			"key": "after_leave",
			"kind": "after_leave",
			"title": "Return after leave",
			"summary": "For accredited members who come back from agreed leave of a year or longer.",
			"leadsTo": null,
			"needs": [],
			"concerns": [
				{"level":"practitioner","kind":"adult"},
				{"level":"practitioner","kind":"adolescent"},
				{"level":"practitioner","kind":"counselling"},
				{"level":"practitioner","kind":"bipolar"},
				{"level":"practitioner","kind":"perinatal"},
				{"level":"practitioner","kind":"eating"},
				{"level":"practitioner","kind":"group"},
				{"level":"supervisor","kind":"adult"},
				{"level":"supervisor","kind":"adolescent"},
				{"level":"trainer","kind":"adult"}
			],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "leave_agreed",
					"question": "Was your leave agreed with us?",
					"wanted": "yes",
					"otherwise": "Without agreed leave the way back is reinstatement, or, if your award still runs, re-accreditation when it is due."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "break",
					"title": "Your break",
					"hint": "You need not say anything about your health or your family.",
					"question": "From when to when did you not practise, and what will you do now?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [{"key":"break_plain","text":"How long the break was is plain, and they are fit to come back."}]
				},
				{
					"key": "refresher",
					"title": "Refreshing what you know",
					"hint": "A refresher course, reading with a supervisor or a case under close supervision.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course","case","cpd_entry"],
					"rules": [],
					"criteria": [{"key":"refresher_enough","text":"What was lost in the break has been made up for."}]
				},
				{
					"key": "supervision",
					"title": "Your supervision",
					"hint": "",
					"question": "Who supervises your first cases, and how closely?",
					"isRequired": true,
					"evidence": ["file","supervision"],
					"rules": [],
					"criteria": [{"key":"supervision_arranged","text":"Close supervision is arranged for the first cases."}]
				}
			],
			"requests": [],
			"assessors": 1,
			"feePence": 0,
			"termMonths": 12,
			"source": "No fee, one year: proposed; IPT UK has rules on breaks, numbers were not found",
			"isConfirmed": false
		},
		{
			"key": "recognition",
			"kind": "recognition",
			"title": "Recognition of a certificate from elsewhere",
			"summary": "For therapists with a core profession whom the International Society of IPT (ISIPT) or a like body has certified.",
			"leadsTo": {"level":"practitioner","kind":"adult"},
			"needs": [],
			"concerns": [],
			"isAccreditation": true,
			"eligibility": [
				{
					"key": "core_profession",
					"question": "Are you registered with a core profession, such as the HCPC, NMC, GMC, Social Work England, BACP, UKCP or BABCP?",
					"wanted": "yes",
					"otherwise": "Accreditation needs a core profession, and we cannot waive that. If an NHS or charity employer has you practise IPT, you can be registered through that organisation instead: a different entry, which does not call you accredited."
				},
				{
					"key": "certificate_valid",
					"question": "Does your certificate still hold?",
					"wanted": "yes",
					"otherwise": "A certificate that has run out cannot be recognised. Renew it, or apply as a practitioner with your cases."
				},
				{
					"key": "works_here",
					"question": "Do you practise in the United Kingdom, or will you within the year?",
					"wanted": "yes",
					"otherwise": "The register is for people who practise here. Apply when your move is arranged."
				},
				{
					"key": "insured",
					"question": "Is your practice insured, by you or by your employer?",
					"wanted": "yes",
					"otherwise": "Arrange this first. We cannot put anybody on the register whose clients would not be covered."
				}
			],
			"sections": [
				{
					"key": "certificate",
					"title": "Your certificate",
					"hint": "Add the certificate and the rules under which it was given. We ask the body itself to confirm it.",
					"question": "Which body certified you, at which level, when, and until when?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"certificate_genuine","text":"The body confirms that the certificate was given and holds."},
						{"key":"certificate_equal","text":"What it stands for is equal to the practitioner’s award, or what is missing is made up for here."}
					]
				},
				{
					"key": "cases",
					"title": "Your supervised cases",
					"hint": "Cases supervised elsewhere are shown by the signed statements. Nothing here may say who a client was.",
					"question": "What did these cases teach you about your own practice of IPT?",
					"isRequired": true,
					"evidence": ["file","case"],
					"rules": [
						{
							"counts": "cases_passed",
							"of": null,
							"atLeast": 3,
							"source": "Three supervised cases with signed statements, as ISIPT asks of therapists",
							"isConfirmed": false
						}
					],
					"criteria": [
						{"key":"cases_complete","text":"The cases that are asked for were carried out, supervised and passed."},
						{"key":"cases_competence","text":"The rated recordings show IPT delivered with competence."},
						{"key":"cases_range","text":"Between them the cases cover more than one focal area."}
					]
				},
				{
					"key": "course",
					"title": "Your course",
					"hint": "Add the certificate and the programme.",
					"question": null,
					"isRequired": true,
					"evidence": ["file","course"],
					"rules": [{"counts":"course_hours","of":"practitioner","atLeast":16,"source":"Sixteen hours by an endorsed trainer, as ISIPT asks","isConfirmed":false}],
					"criteria": [
						{"key":"course_recognised","text":"The course was led by an accredited trainer and covers what this award stands for."},
						{"key":"course_attended","text":"The applicant was there for the whole of it, or made up for what they missed."}
					]
				},
				{
					"key": "profession",
					"title": "Your profession",
					"hint": "We look up the registration you have on file with us. Add anything that helps us find it, or that shows how you trained.",
					"question": "Which profession did you train in, when did you qualify, and under which number are you registered?",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"profession_registered","text":"The applicant is registered with a core profession, and nothing there stands against their practice."},
						{"key":"profession_experience","text":"They have worked in mental health for the time the route asks for."}
					]
				},
				{
					"key": "standing",
					"title": "Your standing",
					"hint": "Say it here even where you think it does not matter. It is read by the people who handle this application and nobody else, and most answers change nothing.",
					"question": "Is a complaint, an investigation or a restriction open anywhere, or has one ended against you? If not, write “none”.",
					"isRequired": true,
					"evidence": ["file"],
					"rules": [],
					"criteria": [
						{"key":"standing_clear","text":"Nothing that is open or was decided elsewhere makes it unsafe to give this award."},
						{"key":"standing_insured","text":"Their work is insured, by themselves or by an employer."}
					]
				}
			],
			"requests": [{"kind":"reference","count":1,"hint":"Somebody who knows your IPT work well."}],
			"assessors": 1,
			"feePence": 9000,
			"termMonths": 60,
			"source": "ISIPT’s figures; fee and term proposed",
			"isConfirmed": false
		}
	],
	"reasons": [
		{"key":"evidence_missing","text":"Something that is needed was not there.","kind":"fixable","againAfterMonths":0},
		{"key":"evidence_unclear","text":"What was sent does not show it clearly.","kind":"fixable","againAfterMonths":0},
		{"key":"figure_short","text":"A little is missing to a number that is asked for.","kind":"fixable","againAfterMonths":0},
		{"key":"case_unsigned","text":"A case has not been signed by the supervisor.","kind":"fixable","againAfterMonths":0},
		{"key":"recordings_unrated","text":"Recordings have not been rated, or too few of them.","kind":"fixable","againAfterMonths":0},
		{"key":"course_unproved","text":"We could not see that the whole course was attended.","kind":"fixable","againAfterMonths":0},
		{"key":"profession_unconfirmed","text":"Registration with the core profession could not be confirmed.","kind":"fixable","againAfterMonths":0},
		{"key":"insurance_unproved","text":"We could not see that the work is insured.","kind":"fixable","againAfterMonths":0},
		{"key":"client_recognisable","text":"Something sent could tell who a client is. Take it out and send it again.","kind":"fixable","againAfterMonths":0},
		{
			"key": "no_core_profession",
			"text": "There is no registration with a core profession. You may apply again as soon as there is one.",
			"kind": "declining",
			"againAfterMonths": 0
		},
		{"key":"course_not_equal","text":"The course does not cover what this award stands for.","kind":"declining","againAfterMonths":3},
		{
			"key": "too_few_cases",
			"text": "Too few cases were supervised and passed, and more than this application can wait for.",
			"kind": "declining",
			"againAfterMonths": 3
		},
		{"key":"standard_not_met","text":"The standard is not met, and this application cannot mend it.","kind":"declining","againAfterMonths":6},
		{"key":"competence_not_shown","text":"The rated work does not show competent IPT yet.","kind":"declining","againAfterMonths":12},
		{"key":"practice_too_little","text":"There was too little IPT practice in the time that counts.","kind":"declining","againAfterMonths":6},
		{"key":"supervisor_not_in_favour","text":"The supervisor’s report does not support the award.","kind":"declining","againAfterMonths":6},
		{"key":"standing_in_the_way","text":"Something open or decided elsewhere stands in the way for now.","kind":"declining","againAfterMonths":12},
		{"key":"not_true","text":"Something that was declared is not true.","kind":"declining","againAfterMonths":24}
	]
}'));
