import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { accessesOf, READS_SHOWN, readsOf } from './access-queries.ts';
import { CAPACITY_WORDS } from './case-words.ts';
import { namePlace } from './file-seal.ts';
import { type Access, openCase } from './sight.ts';

/** Who has access to a case, who had it, and who read what of it. For its owner only. @throws NotFound */
export function accessView(ctx: Ctx, reference: string) {
	const opened = openCase(ctx, reference, 'access');
	if (!opened.accesses.some(({ capacity }) => capacity === 'owner')) throw new NotFound('There is no such case.');
	const { lines, count } = readsOf(ctx.db, opened.concern.id);
	const names = opened.texts(lines.flatMap(({ what }) => fileOf(what) ?? []));
	const sayAs = (capacity: string) => CAPACITY_WORDS[capacity as Access['capacity']] ?? capacity.replaceAll('_', ' ');
	return {
		accesses: accessesOf(ctx, opened).map((line) => ({
			name: line.name,
			as: sayAs(line.capacity),
			from: sayInstant(line.fromAt),
			until: sayInstant(line.endedAt ?? line.untilAt),
			isNow: line.endedAt === null && line.untilAt > ctx.now,
			said: saidAtGate(line),
		})),
		reads: lines.map(({ name, capacity, what, at }) => ({
			name: name ?? 'Who raised it',
			as: sayAs(capacity),
			what: nameOf(names, what) ?? sayWhat(what),
			at: sayInstant(at),
		})),
		hidden: Math.max(0, count - READS_SHOWN),
	};
}

function saidAtGate({ capacity, declared, words }: { capacity: string; declared: string | null; words: string | null }): string {
	if (capacity === 'break_glass') return `Why: ${words ?? ''}`;
	if (declared === null) return 'Has not answered yet';
	if (declared === 'recuse') return 'Stepped back';
	return declared === 'minor' ? `Something small: ${words ?? ''}` : 'Nothing ties them to it';
}

/** Where the name stands of a document that was opened; null for anything else. */
function fileOf(what: string): string | null {
	return what.startsWith('file:') ? namePlace(what.slice('file:'.length)) : null;
}

function nameOf(names: Map<string, string>, what: string): string | undefined {
	return names.get(fileOf(what) ?? '');
}

/** What was opened, without its key. */
function sayWhat(what: string): string {
	const kind = what.split(':')[0] ?? what;
	return (
		(
			{
				case: 'The whole case',
				names: 'Its names',
				panel: 'The room of a panel',
				interim: 'Why an interim order is asked for',
				access: 'This page',
				proposal: 'A proposal',
				file: 'A file',
				pack: 'What is laid before a side',
				packs: 'What is laid before each side',
				terms: 'Terms to settle it',
				own: 'Their own area',
				reply: 'Their reply',
				documents: 'Its documents',
				tracker: 'Their own page',
				act: 'A form of theirs',
				reads: 'Who read what',
				learning: 'What was learned',
				summary: 'A summary that names nobody',
			} as Record<string, string>
		)[kind] ?? kind
	);
}
