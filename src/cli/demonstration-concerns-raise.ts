import { type Ctx, ctxFor } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { PASSPHRASE_TO_TRY } from '#db/seed/concerns.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { wayIn } from '#features/complaints/index.ts';

const DAY_MS = 86_400_000;

/** What somebody writes without an account. `number`: of whom on the register; without one the person is described. */
export type Story = {
	caseKey?: string;
	daysAgo: number;
	source: string;
	name?: string;
	number?: string;
	described?: string;
	happened: string;
	more?: Partial<Record<'tried' | 'outcome' | 'needs' | 'contact' | 'witnesses' | 'supporter', Record<string, string | string[]>>>;
};

/** A case of the demonstration: the key by which its writer finds it, and its reference once it was sent. */
export type Raised = { id: string; reference: string };

/** Raises a concern by the commands that the pages use, part by part. `isSent` false: it stays a draft. */
export async function raise(ctx: Ctx, story: Story, isSent = true): Promise<Raised> {
	const at = anybody(ctx, story.daysAgo);
	const caseKey = story.caseKey ?? wayIn.newCaseKey();
	const cookies = browser();
	const beginning = { about: 'therapist', passphrase: PASSPHRASE_TO_TRY, kept: true, caseKey, seal: wayIn.sealOfKey(at, caseKey) } as const;
	await wayIn.beginConcern(at, cookies, beginning);
	const id = wayIn.visitOf(at, cookies) ?? '';
	wayIn.saveAbout(at, id, { do: 'keep', find: '', number: story.number ?? 'none', called: '', described: story.described ?? '' });
	wayIn.savePart(at, id, 'you', { source: story.source, name: story.name ?? '' });
	wayIn.savePart(at, id, 'what', { happened: story.happened, danger: 'no' });
	for (const [part, answers] of Object.entries(story.more ?? {})) wayIn.savePart(at, id, part as wayIn.PartKey, answers);
	const reference = isSent ? wayIn.sendConcern(at, id, wayIn.draftOf(at, id).standing.seen) : '';
	wayIn.endVisit(at, cookies);
	return { id, reference };
}

/** Somebody without an account, so many days ago. */
export function anybody(ctx: Ctx, daysAgo: number): Ctx {
	return ctxFor(ctx, { kind: 'public' }, ctx.now - daysAgo * DAY_MS);
}

/** Numbers of people on the register whom no other part of the demonstration tells of, in the order of the file. */
export function respondentsIn(ctx: Ctx, count: number): string[] {
	const text = `SELECT r.number FROM registration r JOIN person p ON p.id = r.person_id JOIN listing l ON l.person_id = p.id
		JOIN membership_period m ON m.person_id = p.id AND m.ended_on IS NULL AND m.category IN ('basic', 'plus')
		WHERE p.email IS NOT NULL AND p.import_key IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM register_order o WHERE o.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM cpd_audit a WHERE a.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM renewal n WHERE n.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM supervision_relation s WHERE p.id IN (s.supervisor_id, s.supervisee_id))
		GROUP BY p.id ORDER BY p.import_key DESC LIMIT ?`;
	return prepared(ctx.db.sql, text).pluck().all(count) as string[];
}

function browser(): Cookies {
	const jar = new Map<string, string>();
	return {
		get: (name) => (jar.has(name) ? { value: jar.get(name) ?? '' } : undefined),
		set: (name, value) => void jar.set(name, value),
		delete: (name) => void jar.delete(name),
	};
}
