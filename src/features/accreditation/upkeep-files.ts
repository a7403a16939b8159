import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { filesOf, readStoredFile, type StoredFile } from '#core/files.ts';
import { auditSight } from './audit-sight.ts';
import { renewalSight } from './renewal-sight.ts';
import type { Subject } from './upkeep-circle.ts';
import { attachedTo, itemsFor } from './upkeep-items.ts';

/** What a member sent with their answer, and with each answer to an item, by the key of the item; `''` for the answer itself. Never authorises. */
export function filesFor(ctx: Ctx, subject: Subject): Map<string, StoredFile[]> {
	const own: [string, StoredFile[]] = ['', filesOf(ctx, ownFiles(subject))];
	return new Map([own, ...itemsFor(ctx.db, subject).map(({ id }): [string, StoredFile[]] => [id, filesOf(ctx, attachedTo(id))])]);
}

/** A file that a member sent for a re-accreditation or an audit; that it was opened is an event. @throws NotFound for whoever may not see it, also while the gate is shut */
export async function readUpkeepFile(ctx: Ctx, kind: Subject['kind'], reference: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const { subject, isOpen } = subjectAt(ctx, kind, reference);
	const place = !isOpen ? undefined : [...filesFor(ctx, subject)].find(([, files]) => files.some(({ id }) => id === fileId));
	if (!place) throw new NotFound('There is no such file.');
	const found = await readStoredFile(ctx, fileId, place[0] === '' ? ownFiles(subject) : attachedTo(place[0]));
	commit(ctx, { name: 'read a file of an audit or a re-accreditation' }, (tx) =>
		record(tx, kind === 'audit' ? 'audit.log_read' : 'renewal.file_read', { type: kind, id: subject.id }, { file: fileId }),
	);
	return found;
}

function subjectAt(ctx: Ctx, kind: Subject['kind'], reference: string): { subject: Subject; isOpen: boolean } {
	if (kind === 'renewal') {
		const { renewal, isGateShut } = renewalSight(ctx, reference);
		return { subject: { kind, id: renewal.id }, isOpen: !isGateShut };
	}
	const { audit, opensFiles } = auditSight(ctx, reference);
	return { subject: { kind, id: audit.id }, isOpen: opensFiles };
}

function ownFiles({ kind, id }: Subject): { type: string; id: string } {
	return { type: kind === 'audit' ? 'cpd_audit' : 'renewal', id };
}
