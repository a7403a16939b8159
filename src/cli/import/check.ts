import type { Ctx } from '#core/ctx.ts';
import { matchRemoved } from '#features/membership/index.ts';
import { type DuplicateWatch, watchDuplicates } from './duplicates.ts';
import type { Headings } from './headings.ts';
import { matchPerson } from './match.ts';
import { onFile } from './on-file.ts';
import { planChanges } from './plan.ts';
import { closedYear, tooYoung } from './plan-checks.ts';
import { firstDay } from './plan-register.ts';
import { readPerson } from './read-person.ts';
import type { Locator } from './read-places.ts';
import type { Row } from './read-rows.ts';
import type { Line, Outcome, Scratch } from './scratch.ts';
import type { Remark, Wanted } from './wanted.ts';

export type Counts = Record<Outcome, number>;
export type Checker = { check(row: Row): void; counts: Counts };

/** Checks row after row against the register without writing to it: what is to be done goes to the scratch file, with its line in the report. */
export function startCheck(ctx: Ctx, headings: Headings, tools: { locator: Locator; scratch: Scratch }): Checker {
	const counts: Counts = { created: 0, changed: 0, unchanged: 0, refused: 0, 'likely duplicate': 0, note: 0 };
	const { scratch, locator } = tools;
	const watch = watchDuplicates(ctx.db, scratch);
	const say = (line: Line) => {
		counts[line.outcome] += 1;
		scratch.say(line);
	};
	return {
		counts,
		check: ({ row, cells }) => {
			const { wanted, name, problems, notes } = readPerson(headings, cells, locator);
			const base = { row, name, number: wanted?.number ?? '' };
			for (const note of notes) say({ ...base, outcome: 'note', ...note });
			const verdict = wanted ? judge(ctx, row, wanted, { scratch, watch }) : problems;
			if (Array.isArray(verdict)) return refuse(say, base, verdict);
			for (const twin of verdict.twins) say({ ...base, outcome: 'likely duplicate', ...twin });
			say({ ...base, outcome: verdict.outcome, column: '', why: verdict.why });
		},
	};
}

/** One line for each thing that is wrong, though the row counts once. */
function refuse(say: (line: Line) => void, base: Pick<Line, 'row' | 'name' | 'number'>, problems: readonly Remark[]): void {
	say({
		...base,
		outcome: 'refused',
		column: problems[0]?.column ?? '',
		why: problems.map((p, i) => (i === 0 ? p.why : `${p.column} ${p.why}`.trim())).join('; '),
	});
}

type Verdict = { outcome: 'created' | 'changed' | 'unchanged'; why: string; twins: Remark[] };

/** Somebody new who bears the marks of a person who was removed comes in, and the report says so. */
function wasRemoved({ db, keys }: Ctx, { givenNames, familyName, bornOn }: Wanted): Remark[] {
	const match = matchRemoved(db, keys, { givenNames, familyName, bornOn });
	const what = match === 'name_and_birth' ? 'name and date of birth' : 'name';
	return match === 'none'
		? []
		: [{ column: 'family name', why: `is of somebody with the ${what} of a person who was removed from the register: make sure who this is` }];
}

function judge(ctx: Ctx, row: number, wanted: Wanted, { scratch, watch }: { scratch: Scratch; watch: DuplicateWatch }): Verdict | Remark[] {
	const young = tooYoung(wanted, ctx.today);
	if (young) return [young];
	const match = matchPerson(ctx.db, wanted);
	if (match.remark) return [match.remark];
	const { personId } = match;
	const twice = seenBefore(scratch, row, wanted, personId);
	if (twice) return [twice];
	if (personId === null) {
		const needsDay = (wanted.number !== null || wanted.orders.length > 0) && !wanted.registeredOn && !firstDay(wanted);
		if (needsDay) return [{ column: 'registered on', why: 'is empty, and no award or membership tells since when the person is on the register' }];
		const missing = missingAward(wanted, []);
		if (missing) return [missing];
		const twins = [...watch.check(row, wanted), ...wasRemoved(ctx, wanted)];
		scratch.keep(row, wanted, personId);
		return { outcome: 'created', why: '', twins };
	}
	const known = onFile(ctx.db, personId);
	const missing = missingAward(wanted, known.awards);
	if (missing) return [missing];
	const closed = closedYear(wanted, known, ctx.today);
	if (closed) return [closed];
	const changes = planChanges(wanted, known, { at: ctx.now, today: ctx.today });
	if (changes.length === 0) return { outcome: 'unchanged', why: '', twins: [] };
	scratch.keep(row, wanted, personId);
	return { outcome: 'changed', why: [...new Set(changes.map((c) => c.what))].join('; '), twins: [] };
}

function missingAward(wanted: Wanted, known: readonly { level: string; kind: string }[]): Remark | null {
	const all = [...wanted.awards, ...known];
	const order = wanted.orders.find((o) => o.award && !all.some((a) => a.level === o.award?.level && a.kind === o.award.kind));
	return order ? { column: 'orders', why: `withdraws the award ${order.award?.level} ${order.award?.kind}, which this person does not have` } : null;
}

/** The same person, number or member id twice in one file: the second row is refused, since only one can be right. */
function seenBefore(scratch: Scratch, row: number, wanted: Wanted, personId: string | null): Remark | null {
	const { email, importKey } = wanted.details;
	const keys: [string, string | null][] = [
		['register number', wanted.number && `n ${wanted.number}`],
		['member id', importKey ? `k ${importKey}` : null],
		['', personId && `i ${personId}`],
		['email', email ? `x ${wanted.givenNames}|${wanted.familyName}|${email}` : null],
	];
	for (const [column, key] of keys) {
		const holder = key && scratch.first(key, String(row));
		if (holder) return { column, why: `is the same person as row ${holder}: the file has them twice` };
	}
	return null;
}
