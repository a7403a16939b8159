import { bookkeep } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { upkeep } from '#features/accreditation/index.ts';

/** How far each audit has come, and how many days ago its member was told. */
const STAGES = [
	{ stage: 'satisfied', daysAgo: 50 },
	{ stage: 'plan', daysAgo: 45 },
	{ stage: 'review', daysAgo: 30 },
	{ stage: 'begun', daysAgo: 12 },
	{ stage: 'told', daysAgo: 1 },
] as const;
type Stage = (typeof STAGES)[number]['stage'];
const DAY_MS = 86_400_000;

/**
 * Audits of the demonstration, by the commands that the pages use: one that is done, one with things to do, one with its auditor, one begun,
 * one whose member has just been told. Members of their own, so that the draw of the year is still to be made. Nobody is written to.
 */
export function fillAudits(ctx: Ctx): void {
	const [officer = '', auditor = ''] = (['membership_officer', 'auditor'] as const).map((role) => holder(ctx, role));
	const members = upkeep.eligibleForAudit(ctx).slice(-STAGES.length);
	for (const [i, { stage, daysAgo }] of STAGES.entries()) {
		const member = members[i];
		if (member) fillOne(ctx, { officer, auditor, ...member }, { stage, daysAgo });
	}
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'audit.%'").run());
}

type Who = { officer: string; auditor: string; personId: string; number: string };

function fillOne(ctx: Ctx, { officer, auditor, personId, number }: Who, { stage, daysAgo }: { stage: Stage; daysAgo: number }): void {
	const on = (days: number, who: string, role: Role) => as(ctx, who, role, Math.max(0, daysAgo - days));
	const reference = upkeep.targetAudit(on(0, officer, 'membership_officer'), { number, because: 'Your log of last year was empty when the year was over.' });
	upkeep.notifyChosen(on(0, officer, 'membership_officer'));
	if (stage === 'told') return;
	const words = 'Two of my courses are there; for the third I wait for the certificate.';
	const answer = { version: 0, words, files: [] };
	if (stage === 'begun') return upkeep.answerAudit(on(5, personId, 'member'), reference, { ...answer, act: 'save' });
	upkeep.answerAudit(on(9, personId, 'member'), reference, { ...answer, act: 'send' });
	act(on(12, officer, 'membership_officer'), reference, 'assign', { person: auditor });
	act(on(14, auditor, 'auditor'), reference, 'declare', { declared: 'none', words: '' });
	const tasks = ['Send the certificate of the third course.', 'Write two reflections on what it changed in your work.'];
	if (stage === 'plan') act(on(20, auditor, 'auditor'), reference, 'plan', { tasks, dueOn: addDays(ctx.today, 60), words: 'The hours are there.' });
	if (stage === 'satisfied') act(on(20, auditor, 'auditor'), reference, 'satisfied', { words: 'A full year, well reflected on.' });
}

/** One of the acts of the audit's page, as its form sends it. */
function act(ctx: Ctx, reference: string, key: string, input: Record<string, unknown>): void {
	const found = upkeep.upkeepAct(ctx, 'audit', reference, key);
	found.run({ ...input, seen: found.seen } as never);
}

function holder(ctx: Ctx, role: Role): string {
	return (prepared(ctx.db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().get(role) as string | undefined) ?? '';
}

/** Somebody acting so many days ago. */
function as(ctx: Ctx, personId: string, role: Role, daysAgo: number): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [role], level: 2, provedAt: now }, now);
}
