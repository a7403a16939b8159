/** What someone may be to the organisation. `member` and `trainee` follow from a membership, the others are granted by the registrar or an administrator. */
export type Role = keyof typeof ROLES;

type RoleRow = {
	title: string;
	/** What the role is for, in one line: printed in the README and on the page where roles are granted. */
	does: string;
	isStaff: boolean;
	/** Minutes without a request after which a session ends, and hours after which it ends in any case (security.md §1.5). */
	idleMinutes: number;
	longestHours: number;
	/** How many sessions at once; the oldest ends when one more begins. */
	sessions: number;
};

const own = { isStaff: false, idleMinutes: 30, longestHours: 12, sessions: 5 };
const staff = { isStaff: true, idleMinutes: 20, longestHours: 8, sessions: 2 };
const sensitive = { isStaff: true, idleMinutes: 15, longestHours: 8, sessions: 2 };

/** The one table of roles. */
export const ROLES = {
	member: { ...own, title: 'Member', does: 'own membership, listing, CPD and supervision log' },
	trainee: { ...own, title: 'Trainee', does: 'the same, on the way to a first accreditation' },
	assessor: { ...staff, title: 'Assessor', does: 'assesses the applications they are given, never their own circle’s' },
	committee: { ...staff, title: 'Committee member', does: 'decides applications, publishes standards and CPD rules' },
	auditor: { ...staff, title: 'CPD auditor', does: 'checks the CPD that was drawn for audit' },
	membership_officer: { ...staff, title: 'Membership officer', does: 'admits members, keeps their records, answers requests' },
	complaints_officer: { ...sensitive, title: 'Complaints officer', does: 'works on concerns; nobody else sees them' },
	lay_panel_member: { ...staff, title: 'Lay panel member', does: 'sits on panels; sees the cases they are given' },
	registrar: { ...sensitive, title: 'Registrar', does: 'answers for the register; grants staff roles; approves changes to checked facts' },
	finance: { ...staff, title: 'Finance', does: 'records payments and refunds; sees invoices, not professional records' },
	administrator: { ...sensitive, title: 'Administrator', does: 'runs the system: accounts, mail, settings; no case content' },
	external_reviewer: { ...staff, title: 'External reviewer', does: 'reads what they were asked to review, until a fixed day; changes nothing' },
} as const satisfies Record<string, RoleRow>;

export const ROLE_NAMES = Object.keys(ROLES) as Role[];
export const STAFF_ROLES = ROLE_NAMES.filter((role) => ROLES[role].isStaff);

/** A role's title inside a sentence: `membership officer`, but `CPD auditor`. */
export function roleInText(role: Role): string {
	return ROLES[role].title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** True for a role that works for the organisation. */
export function isStaffRole(role: Role): boolean {
	return ROLES[role].isStaff;
}

/** The limits of a session whose owner holds `roles`: of each limit the strictest; someone without any role has those of a member. */
export function sessionLimits(roles: readonly Role[]): { idleMs: number; longestMs: number; sessions: number } {
	const rows: RoleRow[] = roles.length > 0 ? roles.map((role) => ROLES[role]) : [ROLES.member];
	return {
		idleMs: Math.min(...rows.map((r) => r.idleMinutes)) * 60_000,
		longestMs: Math.min(...rows.map((r) => r.longestHours)) * 3_600_000,
		sessions: Math.min(...rows.map((r) => r.sessions)),
	};
}
