type Entry = {
	href: string;
	label: string /** Roles that see it; everyone of the area where left out. */;
	roles?: readonly string[] /** The heading it stands under. */;
	under?: string /** For whom there is something behind it alone. */;
	holds?: 'cases';
};
type Area = { home: string; label: string; entries: readonly Entry[] };
type Who = { kind: string; roles?: readonly string[] };

const PEOPLE = ['membership_officer', 'registrar', 'administrator', 'external_reviewer'] as const;

const STAFF = [
	'assessor',
	'committee',
	'auditor',
	'membership_officer',
	'complaints_officer',
	'lay_panel_member',
	'registrar',
	'finance',
	'administrator',
	'external_reviewer',
] as const;

const MY: Area = {
	home: '/my',
	label: 'My area',
	entries: [
		{ href: '/my', label: 'Where I stand' },
		{ href: '/my/listing', label: 'Profile and listing' },
		{ href: '/my/profile', label: 'Your record' },
		{ href: '/my/membership', label: 'Membership and fees' },
		{ href: '/my/cpd', label: 'CPD log' },
		{ href: '/my/supervision', label: 'Supervision log' },
		{ href: '/my/training', label: 'Training record' },
		{ href: '/my/accreditation/renewal', label: 'Keeping accreditation' },
		{ href: '/my/audit', label: 'CPD audits' },
		{ href: '/my/calendar', label: 'Calendar' },
		{ href: '/my/accreditation', label: 'Accreditation' },
		{ href: '/my/certificates', label: 'Certificate and card' },
		{ href: '/my/concerns', label: 'Concerns', holds: 'cases' },
		{ href: '/my/security', label: 'Signing in' },
		{ href: '/my/data', label: 'My data' },
		{ href: '/office', label: 'Go to the office', roles: STAFF },
	],
};

const OFFICE: Area = {
	home: '/office',
	label: 'Office',
	entries: [
		{ href: '/office', label: 'Work to do' },
		{ href: '/office/people', label: 'People', under: 'Members', roles: PEOPLE },
		{ href: '/office/memberships', label: 'Membership applications', under: 'Members', roles: ['membership_officer', 'registrar'] },
		{ href: '/office/listings', label: 'Changes to listings', under: 'Members', roles: ['membership_officer', 'registrar'] },
		{ href: '/office/data-requests', label: 'Data requests', under: 'Members', roles: ['membership_officer', 'registrar'] },
		{ href: '/office/courses', label: 'Courses', under: 'Accreditation', roles: ['committee', 'membership_officer', 'registrar'] },
		{ href: '/office/applications', label: 'Applications', under: 'Accreditation', roles: ['assessor', 'membership_officer', 'registrar'] },
		{ href: '/office/applications/agreement', label: 'Agreement of assessors', under: 'Accreditation', roles: ['committee', 'lay_panel_member'] },
		{
			href: '/office/meetings',
			label: 'Meetings',
			under: 'Accreditation',
			roles: ['registrar', 'membership_officer', 'committee', 'lay_panel_member', 'assessor'],
		},
		{ href: '/office/renewals', label: 'Re-accreditation', under: 'Accreditation', roles: ['assessor', 'membership_officer', 'registrar'] },
		{ href: '/office/cpd-audits', label: 'CPD audits', under: 'Accreditation', roles: ['auditor', 'membership_officer', 'registrar'] },
		{
			href: '/office/applications/report',
			label: 'Applications in figures',
			under: 'Accreditation',
			roles: ['membership_officer', 'registrar', 'committee', 'external_reviewer'],
		},
		{ href: '/office/concerns', label: 'Concerns', under: 'Concerns', roles: ['complaints_officer', 'lay_panel_member'] },
		{
			href: '/office/concerns/report',
			label: 'Concerns in figures',
			under: 'Concerns',
			roles: ['complaints_officer', 'registrar', 'committee', 'external_reviewer'],
		},
		{ href: '/office/concerns/retention', label: 'How long cases are kept', under: 'Concerns', roles: ['registrar', 'complaints_officer'] },
		{ href: '/office/concerns/rooms', label: 'Reviews from outside', under: 'Concerns', roles: ['complaints_officer', 'external_reviewer'] },
		{ href: '/office/concerns/glass', label: 'Open a case in an emergency', under: 'Concerns', roles: ['administrator'] },
		{ href: '/office/payments', label: 'Payments', under: 'Money', roles: ['finance', 'registrar'] },
		{ href: '/office/payments/concessions', label: 'Reduced fees', under: 'Money', roles: ['finance', 'membership_officer', 'registrar'] },
		{ href: '/office/settings/fees', label: 'Fees', under: 'Money', roles: ['finance', 'registrar'] },
		{ href: '/office/settings/standards', label: 'Accreditation standards', under: 'Rules', roles: ['committee', 'registrar'] },
		{ href: '/office/settings/bank-holidays', label: 'Bank holidays', under: 'Rules', roles: ['membership_officer', 'registrar', 'administrator'] },
		{ href: '/office/settings/cpd-rules', label: 'CPD rules', under: 'Rules', roles: ['committee', 'registrar'] },
		{ href: '/office/settings/rating-scale', label: 'Scale for recordings', under: 'Rules', roles: ['committee', 'registrar'] },
		{ href: '/office/data', label: 'Data kept and destroyed', under: 'Running the site', roles: ['membership_officer', 'registrar'] },
		{ href: '/office/files', label: 'Files', under: 'Running the site', roles: ['membership_officer', 'registrar', 'administrator'] },
		{ href: '/office/mail', label: 'Messages sent', under: 'Running the site', roles: ['membership_officer', 'registrar', 'administrator'] },
		{ href: '/office/keys', label: 'Keys of what is confidential', under: 'Running the site', roles: ['administrator'] },
		{ href: '/office/roles', label: 'Roles', under: 'Running the site', roles: ['registrar', 'administrator'] },
		{ href: '/my', label: 'Go to my own area' },
	],
};

/** The area a path lies in. */
export function areaOf(path: string): Area {
	return path === '/office' || path.startsWith('/office/') ? OFFICE : MY;
}

/** What of an area someone may open; `hasCases`: a case of their own, which nobody else learns of. The doors themselves are in src/web/areas.ts. */
export function entriesFor(area: Area, who: Who | undefined, hasCases: boolean): readonly Entry[] {
	const roles = who?.roles ?? [];
	const open = area.entries.filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)));
	return open.filter(({ holds }) => holds === undefined || hasCases);
}
