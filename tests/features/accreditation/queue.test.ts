import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import {
	acceptApplication,
	applicationsWork,
	holdApplication,
	type QueueFilter,
	queueCounts,
	queueFilterFrom,
	queueOf,
	queueQuery,
	standingByReference,
	takeStep,
} from '#features/accreditation/index.ts';
import { aPerson } from '#tests/helpers/application.ts';
import { type Assessing, castOf, give, later, seen, sent } from '#tests/helpers/assessing.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let cast: Assessing;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	cast = castOf(system);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const filter = (query: string) => queueFilterFrom(new URLSearchParams(query), 'all');
const refs = (ctx: Ctx, query = '') => queueOf(ctx, filter(query)).lines.map(({ reference }) => reference);
const many = (count: number) => Array.from({ length: count }, (_, i) => sent({ ...cast, applicant: aPerson(later({ ctx: system }, i % 3), `Nr${i}`) }));

describe('the work queue', () => {
	test('goes through all of it page by page, what is due first, nothing twice and nothing left out', () => {
		const all = many(60);
		const found: string[] = [];
		let after: QueueFilter['after'] = null;
		do {
			const { lines, next } = queueOf(cast.officer.ctx, { ...filter(''), after });
			found.push(...lines.map(({ reference }) => reference));
			after = next === null ? null : filter(new URLSearchParams(queueQuery({ ...filter(''), after: next }) as Record<string, string>).toString()).after;
		} while (after !== null);
		expect(found.toSorted()).toEqual(all.toSorted());
		const due = found.map((reference) => standingByReference(system.db, reference).application.dueOn ?? '9999');
		expect(due).toEqual(due.toSorted());
	});

	test('is narrowed by route, phase, turn, assessor and what is overdue, and says how much waits', () => {
		const [first = '', second = '', third = ''] = many(3);
		acceptApplication(cast.officer.ctx, first, { seen: seen(system, first), words: '' });
		give(cast, first, cast.lead);
		holdApplication(cast.officer.ctx, second, { seen: seen(system, second), words: 'A question.', untilOn: '2026-12-24' });
		const officer = cast.officer.ctx;
		expect(refs(officer, 'phase=assessment')).toEqual([first]);
		expect(refs(officer, 'turn=office').toSorted()).toEqual([first, second, third].toSorted());
		expect(refs(officer, `assessor=${cast.lead.id}`)).toEqual([first]);
		expect(refs(officer, 'route=practitioner')).toHaveLength(3);
		expect(refs(officer, 'route=supervisor')).toEqual([]);
		expect(refs(officer).at(-1)).toBe(second);
		const late = later(cast.officer, 20);
		expect(refs(late, 'overdue=1')).toEqual([third]);
		expect(queueCounts(late)).toEqual({ mine: 0, team: 3, overdue: 1 });
		expect(refs(cast.lead.ctx, 'view=all')).toEqual([first]);
		expect(applicationsWork(cast.lead.ctx).map(({ count }) => count)).toEqual([1]);
		expect(applicationsWork(cast.applicant.ctx)).toEqual([]);
		expect(() => queueOf(cast.applicant.ctx, filter(''))).toThrow(expect.objectContaining({ status: 403 }));
	});
});

describe('days', () => {
	const at = (instant: string, { ctx }: { ctx: Ctx }) => ctxFor(ctx, ctx.actor, Date.parse(instant), { id: 'x', clientKey: null });

	test('are London’s: an act after midnight of summer time is of the new day, and the hour that comes twice is one day', () => {
		const [first = '', second = ''] = many(2);
		acceptApplication(at('2027-06-30T23:30:00Z', cast.officer), first, { seen: seen(system, first), words: '' });
		acceptApplication(at('2027-10-31T00:30:00Z', cast.officer), second, { seen: seen(system, second), words: '' });
		expect(standingByReference(system.db, first).application.phaseFromOn).toBe('2027-07-01');
		expect(standingByReference(system.db, second).application).toMatchObject({ phaseFromOn: '2027-10-31', dueOn: '2027-11-26' });
	});

	test('go over the year’s end past its holidays', () => {
		const reference = sent(cast);
		acceptApplication(at('2026-12-23T09:00:00Z', cast.officer), reference, { seen: seen(system, reference), words: '' });
		expect(standingByReference(system.db, reference).application.dueOn).toBe('2027-01-25');
	});
});

test('of two who act on the same sight of it one wins, and the other is told; nothing is half done', () => {
	const reference = sent(cast);
	const standing = standingByReference(system.db, reference);
	commit(system, { name: 'test' }, (tx) => takeStep(tx, standing, 'withdrawn'));
	expect(() => commit(system, { name: 'test' }, (tx) => takeStep(tx, standing, 'accepted'))).toThrow(expect.objectContaining({ status: 409 }));
	expect(standingByReference(system.db, reference).steps.map(({ kind }) => kind)).toEqual(['begun', 'submitted', 'withdrawn']);
});
