import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { makeBundle } from './bundle-make.ts';
import { type Bundle, bundleOf, bundlesOf, type Chosen, exhibitable, exhibitsOf, type Purpose, readsBundles } from './bundle-rows.ts';
import { PURPOSE_WORDS } from './bundle-words.ts';
import { oneOf } from './case-act-parts.ts';
import { type OpenedFile, readConcernFile } from './file-read.ts';
import { worksOn } from './policy.ts';
import { openCase, type Sight } from './sight.ts';

const several = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat().map(String)), z.array(z.string()).max(1000));
export const askBundleForm = z.object({ purpose: oneOf(PURPOSE_WORDS, 'Choose the panel.'), messages: several, files: several });
export type BundleInput = z.output<typeof askBundleForm>;

/** May they have bundles made? */
export function makesBundles({ actor }: Pick<Ctx, 'actor'>, sight: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return isStaff(actor) && worksOn(sight);
}

/**
 * Asks for a bundle: the next version for panels of this kind; older ones are kept. It is made by `makeBundle`. @returns its key
 * @throws NotFound, Forbidden; Invalid for what is not of the case; Conflict while the version before is being made
 */
export function askForBundle(ctx: Ctx, reference: string, { purpose, messages, files }: BundleInput): string {
	const sight = openCase(ctx, reference, 'bundles');
	allow(makesBundles(ctx, sight));
	const concernId = sight.concern.id;
	const chosen = { messages: [...new Set(messages)], files: [...new Set(files)] };
	refuseOthers(ctx, concernId, chosen);
	return commit(ctx, { name: 'ask for a bundle of a case' }, (tx) => {
		if (sight.state.isDestroyed) throw new Conflict('What was said in this case has been destroyed.');
		const version = nextVersion(tx, concernId, purpose);
		const id = newId();
		const total = chosen.files.length;
		prepared(tx.db.sql, INSERT).run(id, concernId, purpose, version, JSON.stringify(chosen), sight.seen, personOf(ctx).personId, ctx.now, total);
		record(tx, 'concern.bundle_asked', { type: 'concern', id: concernId }, { purpose, version, documents: total });
		return id;
	});
}

/** Begins to make it, without waiting for its end: the page says how far it is. What stops it is noted; a job tries again. */
export function beginBundle(ctx: Ctx, id: string): void {
	makeBundle(ctx, id).catch(() => undefined);
}

/** A bundle as it was made; that it was opened is noted. @throws NotFound; Conflict while it is not made */
export async function openBundle(ctx: Ctx, reference: string, id: string): Promise<OpenedFile> {
	const bundle = bundleFor(ctx, reference, id, `bundle:${id}`);
	if (bundle.fileId === null) throw new Conflict('This bundle is not made yet. Look again in a moment.');
	return readConcernFile(ctx, bundle.concernId, bundle.fileId);
}

/** A document that stands apart from a bundle, by its exhibit number; that it was opened is noted. @throws NotFound, Conflict */
export async function openExhibit(ctx: Ctx, reference: string, id: string, no: number): Promise<OpenedFile> {
	const bundle = bundleFor(ctx, reference, id, `exhibit:${id}:${no}`);
	const exhibit = bundle.state === 'made' ? exhibitsOf(ctx, bundle).find((one) => one.no === no) : undefined;
	if (exhibit === undefined) throw new NotFound('There is no such document.');
	return readConcernFile(ctx, bundle.concernId, exhibit.file.id);
}

function bundleFor(ctx: Ctx, reference: string, id: string, what: string): Bundle {
	const sight = openCase(ctx, reference, what);
	const bundle = bundleOf(ctx.db, sight.concern.id, id);
	if (!readsBundles(ctx, sight)(bundle.purpose)) throw new NotFound('There is no such bundle.');
	return bundle;
}

function refuseOthers(ctx: Ctx, concernId: string, { messages, files }: Chosen): void {
	const there = new Set(exhibitable(ctx, concernId).map(({ id }) => id));
	if (files.some((id) => !there.has(id))) throw new Invalid('files', 'One of these documents cannot be taken in any more. Look at the list again.');
	const own = new Set(prepared(ctx.db.sql, 'SELECT id FROM concern_message WHERE concern_id = ?').pluck().all(concernId) as string[]);
	if (messages.some((id) => !own.has(id))) throw new Invalid('messages', 'One of these messages is not of this case.');
}

function nextVersion({ db }: Tx, concernId: string, purpose: Purpose): number {
	const earlier = bundlesOf(db, concernId).filter((one) => one.purpose === purpose);
	if (earlier.some(({ state }) => state === 'waits' || state === 'being_made'))
		throw new Conflict('A bundle for this panel is being made. Wait until it is there.');
	return 1 + Math.max(0, ...earlier.map(({ version }) => version));
}

const INSERT = `INSERT INTO concern_bundle (id, concern_id, purpose, version, chosen, steps, asked_by, asked_at, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
