import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { readStoredFile, type StoredFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { GateInput } from './gate-form.ts';
import { type Assignment, type Sight, sightOf } from './gate-sight.ts';
import { fileAt } from './request-scan.ts';
import { endAssignment } from './sheet-fresh.ts';
import { takeStep } from './step.ts';

/**
 * What an assessor says before the file opens: nothing ties them to the applicant, something small does (in words), or they step back.
 * Whoever steps back knows nothing of the application from that moment on. Said twice it changes nothing twice; one may step back later too.
 * @throws NotFound; Invalid when something small is not named; Conflict when they said otherwise before
 */
export function declareAtGate(ctx: Ctx, reference: string, { declared, words }: GateInput): void {
	const sight = sightOf(ctx, reference);
	const { assignment } = sight;
	if (assignment === null) throw new NotFound('There is no such application.');
	if (declared === 'minor' && words === '') throw new Invalid('words', 'Say in a sentence what it is.');
	if (declared === 'recuse') return stepBack(ctx, sight, assignment);
	if (assignment.declared === declared) return;
	if (assignment.declared !== null) throw new Conflict('You have declared already. If something has come up since, step back.');
	commit(ctx, { name: 'declare interest' }, (tx) => {
		putDeclared(tx, assignment, declared, words);
		record(tx, 'accreditation.interest_declared', { type: 'application', id: sight.application.id }, { declared });
	});
}

/** An event without detail: why somebody steps back is nobody’s business. */
function stepBack(ctx: Ctx, sight: Sight, assignment: Assignment): void {
	commit(ctx, { name: 'step back from an application' }, (tx) => {
		if (assignment.declaredAt === null) putDeclared(tx, assignment, 'recuse', '');
		endAssignment(tx, assignment.id, 'recused');
		takeStep(tx, sight, 'unassigned', { person: assignment.personId, place: assignment.place, because: 'recused' });
	});
}

function putDeclared(tx: Tx, { id }: Assignment, declared: GateInput['declared'], words: string): void {
	const text =
		'UPDATE accreditation_assessor SET declared = ?, declared_words = ?, declared_at = ?, version = version + 1 WHERE id = ? AND declared_at IS NULL';
	const { changes } = prepared(tx.db.sql, text).run(declared, words || null, tx.ctx.now, id);
	if (changes === 0) throw new Conflict('You have declared already, perhaps in another window.');
}

/** Opens an application; every opening is an event. While the gate is shut nothing is opened and nothing noted. @throws NotFound */
export function readApplicationFile(ctx: Ctx, reference: string): Sight {
	const sight = sightOf(ctx, reference);
	if (!sight.isGateShut) noteRead(ctx, sight, {});
	return sight;
}

/** A file that was sent as evidence or as an answer, or the scan of a letter; that it was opened is an event. @throws NotFound; Conflict while it is not checked */
export async function readApplicantsFile(ctx: Ctx, reference: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const sight = sightOf(ctx, reference);
	if (sight.isGateShut) throw new NotFound('There is no such file.');
	const file = await readStoredFile(ctx, fileId, fileAt(ctx.db, sight.application.id, fileId));
	noteRead(ctx, sight, { file: fileId });
	return file;
}

function noteRead(ctx: Ctx, { application, assignment }: Sight, data: Record<string, unknown>): void {
	const as = assignment?.personId === personOf(ctx).personId ? 'assessor' : 'officer';
	commit(ctx, { name: 'read an application' }, (tx) => record(tx, 'accreditation.file_read', { type: 'application', id: application.id }, { as, ...data }));
}
