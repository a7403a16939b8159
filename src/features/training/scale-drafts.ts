import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, requireProof } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { canWorkOnScale } from './policy.ts';
import { type RatingScale, ratingScaleOn } from './rules.ts';
import { sayScaleDifference, scaleDifferences } from './scale-compare.ts';
import type { ScaleContent, ScaleInput } from './scale-form.ts';

const MOVED_ON = 'Somebody changed this draft meanwhile. What you typed is still here: look at theirs in another window before you save.';

/** A scale that is being worked on. */
export type ScaleDraft = { id: string; name: string; basedOn: string; scale: ScaleContent; createdAt: number; version: number };

/** Every published version, the newest first. Never authorises: supervisors and assessors read them too. */
export function ratingScaleVersions(db: Db): (RatingScale & { fromOn: string })[] {
	const text = "SELECT version, from_on AS fromOn, data FROM rule_set WHERE kind = 'rating_scale' ORDER BY from_on DESC, version DESC";
	const rows = prepared(db.sql, text).all() as { version: string; fromOn: string; data: string }[];
	return rows.map(({ data, ...row }) => ({ ...(JSON.parse(data) as ScaleContent), ...row }));
}

/** Drafts that are neither published nor thrown away, newest first. @throws Forbidden */
export function scaleDrafts(ctx: Ctx): ScaleDraft[] {
	allow(canWorkOnScale(ctx.actor));
	return (prepared(ctx.db.sql, `${READ} ORDER BY created_at DESC`).all() as Row[]).map(draftOf);
}

/** One of them. @throws Forbidden, NotFound */
export function scaleDraft(ctx: Ctx, id: string): ScaleDraft {
	allow(canWorkOnScale(ctx.actor));
	const row = prepared(ctx.db.sql, `${READ} AND id = ?`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such draft. It may have been published or thrown away.');
	return draftOf(row);
}

/** Begins a draft as a copy of the scale in force today. @returns its key. @throws Forbidden, Invalid for a name that is taken */
export function draftScale(ctx: Ctx, name: string): string {
	allow(canWorkOnScale(ctx.actor));
	const { version, ...scale } = ratingScaleOn(ctx.db, ctx.today);
	const id = newId();
	commit(ctx, { name: 'draftScale' }, (tx) => {
		refuseTakenName(tx, name);
		const text = 'INSERT INTO rating_scale_draft (id, name, based_on, data, created_at) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, name, version, JSON.stringify(scale), ctx.now);
		record(tx, 'training.scale_drafted', { type: 'rating_scale', id }, { name, basedOn: version });
	});
	return id;
}

/** Writes a draft. @throws Forbidden, NotFound, Conflict when somebody else changed it meanwhile */
export function changeScaleDraft(ctx: Ctx, id: string, { scale, version }: ScaleInput): void {
	const before = scaleDraft(ctx, id);
	commit(ctx, { name: 'changeScaleDraft' }, (tx) => {
		const text = `UPDATE rating_scale_draft SET data = ?, version = version + 1 WHERE id = ? AND version = ? AND ${OPEN}`;
		if (prepared(tx.db.sql, text).run(JSON.stringify(scale), id, version).changes === 0) throw new Conflict(MOVED_ON);
		const changes = scaleDifferences(before.scale, scale).map(sayScaleDifference);
		record(tx, 'training.scale_changed', { type: 'rating_scale', id }, { name: before.name, changes });
	});
}

/** Throws a draft away. @throws Forbidden, NotFound, Conflict */
export function discardScaleDraft(ctx: Ctx, id: string): void {
	const { name } = scaleDraft(ctx, id);
	commit(ctx, { name: 'discardScaleDraft' }, (tx) => {
		const text = `UPDATE rating_scale_draft SET discarded_at = ?, version = version + 1 WHERE id = ? AND ${OPEN}`;
		if (prepared(tx.db.sql, text).run(ctx.now, id).changes === 0) throw new Conflict('This draft has just been published or thrown away.');
		record(tx, 'training.scale_discarded', { type: 'rating_scale', id }, { name });
	});
}

/**
 * Publishes a draft for a day to come. Recordings that were rated before it keep the scale they were rated on.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict, Invalid when the day is not to come or is taken
 */
export function publishScale(ctx: Ctx, id: string, { from, reason, version }: { from: string; reason: string; version: number }): void {
	const draft = scaleDraft(ctx, id);
	requireProof(ctx, true);
	if (from <= ctx.today) throw new Invalid('from', 'Choose a day to come, so that no rating is judged anew.');
	commit(ctx, { name: 'publishScale', reason }, (tx) => {
		refuseTakenName(tx, draft.name, id);
		if (ratingScaleVersions(tx.db).some(({ fromOn }) => fromOn === from)) throw new Invalid('from', 'Another version begins on that day already.');
		const text = `UPDATE rating_scale_draft SET published_at = ?, version = version + 1 WHERE id = ? AND version = ? AND ${OPEN}`;
		if (prepared(tx.db.sql, text).run(ctx.now, id, version).changes === 0) throw new Conflict(MOVED_ON);
		const data = JSON.stringify(draft.scale);
		prepared(tx.db.sql, "INSERT INTO rule_set (kind, version, from_on, data) VALUES ('rating_scale', ?, ?, ?)").run(draft.name, from, data);
		const changes = scaleDifferences(ratingScaleOn(tx.db, ctx.today), draft.scale).map(sayScaleDifference);
		record(tx, 'training.scale_published', { type: 'rating_scale', id }, { version: draft.name, fromOn: from, basedOn: draft.basedOn, changes });
	});
}

const OPEN = 'published_at IS NULL AND discarded_at IS NULL';
const READ = `SELECT id, name, based_on AS basedOn, data, created_at AS createdAt, version FROM rating_scale_draft WHERE ${OPEN}`;
type Row = Omit<ScaleDraft, 'scale'> & { data: string };

function draftOf({ data, ...row }: Row): ScaleDraft {
	return { ...row, scale: JSON.parse(data) as ScaleContent };
}

function refuseTakenName(tx: Tx, name: string, exceptId = ''): void {
	const text = `SELECT 1 FROM rating_scale_draft WHERE name = ? AND id <> ? AND ${OPEN}`;
	const isTaken = ratingScaleVersions(tx.db).some((one) => one.version === name) || prepared(tx.db.sql, text).get(name, exceptId) !== undefined;
	if (isTaken) throw new Invalid('name', 'There is a version of this name already. Choose another, such as the next number.');
}
