import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type FILE_PURPOSES, storedFile } from '#db/schema/files.ts';
import { record } from './audit.ts';
import type { HintKind } from './client-hints.ts';
import { clientIdentifyingHints } from './client-hints.ts';
import { commit, type Tx } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { Conflict, Invalid, NotFound } from './errors.ts';
import { cleanFileName } from './file-name.ts';
import { readSealed, removeSealed, sha256, writeSealed } from './file-store.ts';
import { HARMFUL, HOUR_MS, scanNoted, takeFile } from './file-take.ts';
import { newId } from './ids.ts';
import { allow, isStaff, personOf } from './policy.ts';

export type FilePurpose = (typeof FILE_PURPOSES)[number];
export type StoredFile = {
	id: string;
	purpose: FilePurpose;
	ownerPersonId: string;
	/** As its owner called it: for people, never for paths. */
	name: string;
	type: (typeof storedFile.$inferSelect)['type'];
	bytes: number;
	/** What in it looks like a client's; a warning, nothing more. */
	hints: HintKind[];
	/** Milliseconds UTC. */
	createdAt: number;
	/** Only what is `ready` opens; the others are told of, to those who may see what they belong to. */
	state: 'ready' | 'being_checked' | 'quarantined';
};
/** `field`: the input that a refusal is told beside. */
export type UploadAbout = { purpose: FilePurpose; ownerPersonId: string; field: string };

const MOST_IN_AN_HOUR = 60;
const NO_FILE = 'There is no such file.';

/**
 * Checks a file in a process of its own, seals it and writes it to disk; then its row. Until `attachFile` it belongs to nothing and is deleted after a day.
 * Images are drawn anew without anything hidden in them; a PDF must be free of scripts, attachments and other formats (security.md §5.2).
 * Then the scanner of the installation looks at it; while that cannot be reached the file is kept and opened by nobody (`scanWaiting` tries again).
 * Outside a transaction. Authorises: the owner, or someone who works for the organisation.
 * @throws Invalid for a file that is refused, with what to do about it. @throws Error with code ENOSPC when the disk is nearly full.
 */
export async function storeUpload(ctx: Ctx, file: File, { purpose, ownerPersonId, field }: UploadAbout): Promise<StoredFile> {
	const uploader = personOf(ctx);
	allow(uploader.personId === ownerPersonId || isStaff(ctx.actor));
	const limit = { key: `upload|${uploader.personId}`, most: MOST_IN_AN_HOUR, windowMs: HOUR_MS };
	const taken = await takeFile(ctx, file, { field, use: purpose === 'photo' ? 'photo' : 'document', limits: [limit] });
	if (taken.scan.state === 'found') refuseHarmful(ctx, taken.scan.finding, { purpose, ownerPersonId, field });
	const id = newId();
	const sealedSha256 = writeSealed(ctx, id, taken.content);
	const row = {
		id,
		purpose,
		ownerPersonId,
		name: cleanFileName(file.name, taken.type),
		type: taken.type,
		bytes: taken.content.length,
		sha256: sha256(taken.content),
		sealedSha256,
		sealedAs: 'aes-256-gcm/v1',
		hints: JSON.stringify(clientIdentifyingHints(taken.text)),
		createdAt: ctx.now,
		...scanNoted(ctx, taken),
	} as const;
	commit(ctx, { name: 'storeUpload' }, (tx) => {
		tx.db.orm.insert(storedFile).values(row).run();
		record(
			tx,
			'file.stored',
			{ type: 'file', id },
			{
				purpose,
				type: row.type,
				bytes: row.bytes,
				sha256: row.sha256,
				owner: ownerPersonId,
				scannedBy: row.scannedBy,
			},
		);
	});
	return viewOf({ ...row, quarantinedAt: null });
}

function refuseHarmful(ctx: Ctx, finding: string, { purpose, ownerPersonId, field }: UploadAbout): never {
	commit(ctx, { name: 'refuseHarmfulFile' }, (tx) => record(tx, 'file.refused', { type: 'person', id: ownerPersonId }, { purpose, finding }));
	throw new Invalid(field, HARMFUL);
}

/**
 * Says what a stored file belongs to. The same file for the same thing twice changes nothing. `mustBeChecked`: not before a scanner has seen it.
 * @throws Invalid beside `field` when the file is gone or somebody else's; Conflict when it belongs to something else.
 */
export function attachFile(tx: Tx, id: string, to: { type: string; id: string; ownerPersonId: string; field: string; mustBeChecked?: boolean }): void {
	const row = tx.db.orm
		.select()
		.from(storedFile)
		.where(and(eq(storedFile.id, id), isNull(storedFile.deletedAt)))
		.get();
	if (!row || row.ownerPersonId !== to.ownerPersonId) throw new Invalid(to.field, 'That file is no longer kept. Choose it again.');
	if (row.quarantinedAt !== null) throw new Invalid(to.field, 'That file was found to be harmful. Choose another one.');
	if (row.attachedType === to.type && row.attachedId === to.id) return;
	if (to.mustBeChecked && row.scannedAt === null)
		throw new Invalid(to.field, 'That file is still being checked. It is kept: send the form again in a few minutes.');
	if (row.attachedAt !== null) throw new Conflict('That file already belongs to something else.');
	tx.db.orm.update(storedFile).set({ attachedType: to.type, attachedId: to.id, attachedAt: tx.ctx.now }).where(eq(storedFile.id, id)).run();
	record(tx, 'file.attached', { type: 'file', id }, { to: `${to.type}:${to.id}` });
}

/** Marks a file as deleted; its content goes from the disk with the next run of the job, or at once by `removeDeletedFile` after the commit. */
export function dropFile(tx: Tx, id: string, because: 'owner' | 'retention' | 'erasure' | 'never_used'): void {
	const isThere = and(eq(storedFile.id, id), isNull(storedFile.deletedAt));
	const { changes } = tx.db.orm.update(storedFile).set({ deletedAt: tx.ctx.now, deletedBecause: because }).where(isThere).run();
	if (changes > 0) record(tx, 'file.deleted', { type: 'file', id }, { because });
}

/** Deletes the content of a file that `dropFile` marked, after that commit. */
export function removeDeletedFile(ctx: Ctx, id: string): void {
	const row = ctx.db.orm.select().from(storedFile).where(eq(storedFile.id, id)).get();
	if (row && row.deletedAt !== null) removeSealed(ctx.settings.dataDir, row.sealedSha256);
}

/** Files that belong to something, oldest first. Whoever asks has made sure that the actor may see that something. */
export function filesOf(ctx: Ctx, attached: { type: string; id: string }): StoredFile[] {
	const { attachedType, attachedId, deletedAt, createdAt } = storedFile;
	const isItsOwn = and(eq(attachedType, attached.type), eq(attachedId, attached.id), isNull(deletedAt));
	return ctx.db.orm.select().from(storedFile).where(isItsOwn).orderBy(createdAt).all().map(viewOf);
}

/** Of some ids, the files that the actor put here and that belong to nothing yet: what a form shows again after a mistake. */
export function keptFiles(ctx: Ctx, ids: readonly string[]): StoredFile[] {
	return ctx.actor.kind === 'person' ? keptFilesOf(ctx, ids, ctx.actor.personId) : [];
}

/** The same of files that are somebody else's, for those of the organisation who stored them for their owner. @throws Forbidden */
export function keptFilesOf(ctx: Ctx, ids: readonly string[], owner: string): StoredFile[] {
	if (ids.length === 0) return [];
	allow((ctx.actor.kind === 'person' && ctx.actor.personId === owner) || isStaff(ctx.actor));
	const { id, ownerPersonId, deletedAt, attachedAt, quarantinedAt } = storedFile;
	const isKept = and(inArray(id, ids.slice(0, 20)), eq(ownerPersonId, owner), isNull(deletedAt), isNull(attachedAt), isNull(quarantinedAt));
	return ctx.db.orm.select().from(storedFile).where(isKept).all().map(viewOf);
}

/**
 * A file with its content, proved against the sum that was noted when it was stored.
 * Whoever asks has made sure that the actor may see what it belongs to; `attached` is that thing, so that no other id leads anywhere.
 * @throws NotFound when there is none, it was deleted, or it belongs to something else; Conflict while it is not checked, or once it was found
 * to be harmful. @throws Error when it is damaged.
 */
export async function readStoredFile(ctx: Ctx, fileId: string, attached: { type: string; id: string }): Promise<StoredFile & { content: Buffer }> {
	const { id, attachedType, attachedId, deletedAt } = storedFile;
	const isIt = and(eq(id, fileId), eq(attachedType, attached.type), eq(attachedId, attached.id), isNull(deletedAt));
	const row = ctx.db.orm.select().from(storedFile).where(isIt).get();
	if (!row) throw new NotFound(NO_FILE);
	const shut = SHUT[stateOf(row)];
	if (shut) throw new Conflict(shut);
	const content = await readSealed(ctx, row);
	return { ...viewOf(row), content };
}

type Row = typeof storedFile.$inferSelect;

const SHUT: Record<StoredFile['state'], string | null> = {
	ready: null,
	being_checked: 'This file is still being checked for anything harmful. Try again in a few minutes.',
	quarantined: 'This file was found to be harmful after it was stored. Nobody can open it.',
};

function stateOf(row: Pick<Row, 'scannedAt' | 'quarantinedAt'>): StoredFile['state'] {
	if (row.quarantinedAt !== null) return 'quarantined';
	return row.scannedAt === null ? 'being_checked' : 'ready';
}

function viewOf(
	row: Pick<Row, 'id' | 'purpose' | 'ownerPersonId' | 'name' | 'type' | 'bytes' | 'hints' | 'createdAt' | 'scannedAt' | 'quarantinedAt'>,
): StoredFile {
	const { id, purpose, ownerPersonId, name, type, bytes, createdAt } = row;
	return { id, purpose, ownerPersonId, name, type, bytes, createdAt, hints: JSON.parse(row.hints) as HintKind[], state: stateOf(row) };
}
