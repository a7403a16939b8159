import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { oneOf } from './case-act-parts.ts';
import { fileIn, filesIn } from './file-list.ts';
import { putConcernFile } from './file-put.ts';
import { LANE_WORDS } from './file-words.ts';
import { worksOn } from './policy.ts';
import { BECAUSE_WORDS, type Because } from './redact-spans.ts';
import { openCase, sightOf } from './sight.ts';

/** The form of a document with something covered: `copy` is the key of what was just kept. */
export const redactedForm = z.object({
	original: z.preprocess((typed) => [typed].flat().at(-1), z.string('Choose the original.').min(1, 'Choose the original.')),
	because: oneOf(BECAUSE_WORDS, 'Choose why.'),
	copy: z.preprocess((typed) => [typed].flat().at(-1), z.string('Choose the copy.').min(1, 'Choose the copy.')),
});

/** The documents of a case of which a copy can be made. @throws NotFound, Forbidden */
export function originalsIn(ctx: Ctx, reference: string): { value: string; label: string }[] {
	allow(isStaff(ctx.actor) && worksOn(sightOf(ctx, reference)));
	const { concern } = openCase(ctx, reference, 'documents');
	const files = filesIn(ctx, concern.id).filter(({ kind, state }) => kind !== 'redacted' && state === 'ready');
	return files.map(({ id, name, lane }) => ({ value: id, label: `${name} (${LANE_WORDS[lane].toLowerCase()})` }));
}

/** Keeps a copy with something covered: it lies with the office, and goes to a side in a pack alone. @throws NotFound, Forbidden; Invalid */
export function putRedactedFile(ctx: Ctx, reference: string, file: File): Promise<string> {
	const sight = sightOf(ctx, reference);
	allow(isStaff(ctx.actor) && worksOn(sight));
	const about = { concernId: sight.concern.id, lane: 'office', kind: 'redacted', byPerson: personOf(ctx).personId, field: 'copy' } as const;
	return putConcernFile(ctx, about, file);
}

/** Says of which document it is a copy, and why something is covered. @throws NotFound, Forbidden; Invalid */
export function linkRedactedFile(ctx: Ctx, reference: string, { original, copy, because }: { original: string; copy: string; because: Because }): void {
	commit(ctx, { name: 'put a covered copy beside its original' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(isStaff(ctx.actor) && worksOn(sight));
		const { id } = sight.concern;
		if (fileIn(ctx, id, copy)?.kind !== 'redacted') throw new Invalid('copy', 'Choose the copy again.');
		if (fileIn(ctx, id, original) === null || original === copy) throw new Invalid('original', 'Choose the original.');
		const text = `INSERT INTO concern_redacted_file (file_id, original_id, because, made_by, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (file_id) DO NOTHING`;
		prepared(tx.db.sql, text).run(copy, original, because, personOf(ctx).personId, ctx.now);
		record(tx, 'concern.file_redacted', { type: 'concern', id }, { because });
	});
}
