import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { putPersonOnFile } from '#features/membership/index.ts';
import type { Counts } from './check.ts';
import { matchPerson } from './match.ts';
import { onFile } from './on-file.ts';
import { planChanges } from './plan.ts';
import type { Scratch } from './scratch.ts';
import type { Wanted } from './wanted.ts';

/** Writes everything that was checked in one transaction, as one act in the audit. Throws, and leaves nothing behind, when anything fails. */
export function applyAll(ctx: Ctx, scratch: Scratch, checked: { counts: Counts; since: number; notesNumbers: boolean }, onRow: () => void): void {
	const { counts } = checked;
	commit(ctx, { name: 'import people' }, (tx) => {
		// Nobody wrote while the file was checked: then whom a row means was settled there.
		const isSettled = lastEvent(ctx) === checked.since;
		for (const { row, wanted, personId: found } of scratch.kept()) {
			const personId = writePerson(tx, wanted, isSettled ? found : matchAgain(tx, wanted));
			refreshFinder(tx, personId);
			onRow();
			if (checked.notesNumbers && !wanted.number) noteNumber(tx, scratch, row, personId);
		}
		record(tx, 'register.imported', { type: 'register', id: tx.processId }, { created: counts.created, changed: counts.changed, refused: counts.refused });
	});
}

/** The newest event of the audit: it tells whether anyone has written since. */
export function lastEvent(ctx: Ctx): number {
	return (prepared(ctx.db.sql, 'SELECT max(seq) FROM audit_event').pluck().get() as number | null) ?? 0;
}

function matchAgain(tx: Tx, wanted: Wanted): string | null {
	const match = matchPerson(tx.db, wanted);
	if (match.remark) throw new Error(`The register changed while the file was read: ${match.remark.column} ${match.remark.why}. Run the import again.`);
	return match.personId;
}

function writePerson(tx: Tx, wanted: Wanted, found: string | null): string {
	const { givenNames, familyName } = wanted;
	const known = found === null ? null : onFile(tx.db, found);
	const personId = found ?? putPersonOnFile(tx, { givenNames, familyName }, { ...NOTHING, ...onlySaid(wanted.details) });
	for (const change of planChanges(wanted, known, { at: tx.ctx.now, today: tx.ctx.today })) change.write(tx, personId);
	return personId;
}

const NOTHING = { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null };

function onlySaid(details: Wanted['details']): Partial<typeof NOTHING> {
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

function noteNumber(tx: Tx, scratch: Scratch, row: number, personId: string): void {
	const number = prepared(tx.db.sql, 'SELECT number FROM registration WHERE person_id = ?').pluck().get(personId) as string | undefined;
	if (number) scratch.setNumber(row, number);
}
