/** Who works for the body of the demonstration: invented, one for each staff role. */
export const CAST = [
	{ givenNames: 'Odile', familyName: 'Marchbanks', role: 'registrar' },
	{ givenNames: 'Tobias', familyName: 'Quillfeather', role: 'administrator' },
	{ givenNames: 'Nerys', familyName: 'Brightwater', role: 'membership_officer' },
	{ givenNames: 'Ambrose', familyName: 'Tallowfield', role: 'finance' },
	{ givenNames: 'Ishbel', familyName: 'Craigmuir', role: 'assessor' },
	{ givenNames: 'Rafferty', familyName: 'Osgoodby', role: 'assessor' },
	{ givenNames: 'Marigold', familyName: 'Penhallow', role: 'committee' },
	{ givenNames: 'Cosmo', familyName: 'Wetherden', role: 'auditor' },
	{ givenNames: 'Philippa', familyName: 'Stannage', role: 'complaints_officer' },
	{ givenNames: 'Jolyon', familyName: 'Hartsease', role: 'lay_panel_member' },
	{ givenNames: 'Verity', familyName: 'Oakapple', role: 'external_reviewer' },
] as const;
