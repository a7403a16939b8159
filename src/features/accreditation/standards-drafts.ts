import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, requireProof } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { canWorkOnStandards } from './policy.ts';
import { type Route, type Section, type StandardSet, type Standards, standardSet, standardsOn, standardsSchema } from './standards.ts';
import { standardsProblems } from './standards-check.ts';
import { sayDifference, standardsDifferences } from './standards-compare.ts';
import type { StandardsInput } from './standards-form.ts';

const MOVED_ON = 'Somebody changed this draft meanwhile. What you typed is still here: look at theirs in another window before you save.';

/** A set that is being worked on. */
export type StandardsDraft = { id: string; name: string; basedOn: string; standards: Standards; createdAt: number; version: number };

/** Every published set, the newest first. Public: what applicants are judged by is no secret. */
export function standardVersions(db: Db): StandardSet[] {
	const text = "SELECT version FROM rule_set WHERE kind = 'standards' ORDER BY from_on DESC, version DESC";
	return (prepared(db.sql, text).pluck().all() as string[]).map((version) => standardSet(db, version));
}

/** One of them. @throws NotFound */
export function publishedStandards(db: Db, version: string): StandardSet {
	if (!isPublished(db, version)) throw new NotFound('There are no standards of this name.');
	return standardSet(db, version);
}

/** Drafts that are neither published nor thrown away, newest first. @throws Forbidden */
export function standardsDrafts(ctx: Ctx): StandardsDraft[] {
	allow(canWorkOnStandards(ctx.actor));
	return (prepared(ctx.db.sql, `${READ} ORDER BY created_at DESC`).all() as Row[]).map(draftOf);
}

/** One of them. @throws Forbidden, NotFound */
export function standardsDraft(ctx: Ctx, id: string): StandardsDraft {
	allow(canWorkOnStandards(ctx.actor));
	const row = prepared(ctx.db.sql, `${READ} AND id = ?`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such draft. It may have been published or thrown away.');
	return draftOf(row);
}

/** A route of a draft. @throws Forbidden, NotFound */
export function draftRoute(ctx: Ctx, id: string, key: string): { draft: StandardsDraft; route: Route } {
	const draft = standardsDraft(ctx, id);
	const route = draft.standards.routes.find((one) => one.key === key);
	if (!route) throw new NotFound('This draft has no such route (any more).');
	return { draft, route };
}

/** A section of a route of a draft. @throws Forbidden, NotFound */
export function draftSection(ctx: Ctx, id: string, { route: routeKey, section: key }: { route: string; section: string }) {
	const { draft, route } = draftRoute(ctx, id, routeKey);
	const section: Section | undefined = route.sections.find((one) => one.key === key);
	if (!section) throw new NotFound('This route has no such section (any more).');
	return { draft, route, section };
}

/** Begins a draft as a copy of the set in force today. @returns its key. @throws Forbidden, Invalid for a name that is taken */
export function draftStandards(ctx: Ctx, name: string): string {
	allow(canWorkOnStandards(ctx.actor));
	const { version, standards } = standardsOn(ctx.db, ctx.today);
	const id = newId();
	commit(ctx, { name: 'draftStandards' }, (tx) => {
		refuseTakenName(tx, name);
		const text = 'INSERT INTO standards_draft (id, name, based_on, data, created_at) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, name, version, JSON.stringify(standards), ctx.now);
		record(tx, 'accreditation.standards_drafted', { type: 'standards', id }, { name, basedOn: version });
	});
	return id;
}

/** Writes a draft with one part changed. @throws Forbidden, NotFound, Conflict when somebody else changed it meanwhile */
export function changeStandardsDraft(ctx: Ctx, id: string, { standards, version }: StandardsInput): void {
	const before = standardsDraft(ctx, id);
	commit(ctx, { name: 'changeStandardsDraft' }, (tx) => {
		const text = 'UPDATE standards_draft SET data = ?, version = version + 1 WHERE id = ? AND version = ? AND published_at IS NULL AND discarded_at IS NULL';
		if (prepared(tx.db.sql, text).run(JSON.stringify(standardsSchema.parse(standards)), id, version).changes === 0) throw new Conflict(MOVED_ON);
		const changes = standardsDifferences(before.standards, standards).map(sayDifference);
		record(tx, 'accreditation.standards_changed', { type: 'standards', id }, { name: before.name, changes });
	});
}

/** Throws a draft away. @throws Forbidden, NotFound */
export function discardStandardsDraft(ctx: Ctx, id: string): void {
	const { name } = standardsDraft(ctx, id);
	commit(ctx, { name: 'discardStandardsDraft' }, (tx) => {
		const text = 'UPDATE standards_draft SET discarded_at = ?, version = version + 1 WHERE id = ? AND published_at IS NULL AND discarded_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, id).changes === 0) throw new Conflict('This draft has just been published or thrown away.');
		record(tx, 'accreditation.standards_discarded', { type: 'standards', id }, { name });
	});
}

/**
 * Publishes a draft for a day to come. Applications that have begun before that day keep the set they began under.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict, Invalid when its parts do not agree or the day is not to come
 */
export function publishStandards(ctx: Ctx, id: string, { from, reason, version }: { from: string; reason: string; version: number }): void {
	const draft = standardsDraft(ctx, id);
	requireProof(ctx, true);
	const [problem] = standardsProblems(draft.standards);
	if (problem !== undefined) throw new Invalid('', `This set cannot be published yet. ${problem}`);
	if (from <= ctx.today) throw new Invalid('from', 'Choose a day to come, so that nobody’s application is judged by something new.');
	commit(ctx, { name: 'publishStandards', reason }, (tx) => {
		refuseTakenName(tx, draft.name, id);
		refuseTakenDay(tx.db, from);
		const text =
			'UPDATE standards_draft SET published_at = ?, version = version + 1 WHERE id = ? AND version = ? AND published_at IS NULL AND discarded_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, id, version).changes === 0) throw new Conflict(MOVED_ON);
		const data = JSON.stringify(draft.standards);
		prepared(tx.db.sql, "INSERT INTO rule_set (kind, version, from_on, data) VALUES ('standards', ?, ?, ?)").run(draft.name, from, data);
		const changes = standardsDifferences(standardsOn(tx.db, ctx.today).standards, draft.standards).map(sayDifference);
		record(tx, 'accreditation.standards_published', { type: 'standards', id }, { version: draft.name, fromOn: from, basedOn: draft.basedOn, changes });
	});
}

const READ = `SELECT id, name, based_on AS basedOn, data, created_at AS createdAt, version FROM standards_draft WHERE published_at IS NULL AND discarded_at IS NULL`;
type Row = Omit<StandardsDraft, 'standards'> & { data: string };

function draftOf({ data, ...row }: Row): StandardsDraft {
	return { ...row, standards: standardsSchema.parse(JSON.parse(data)) };
}

function isPublished(db: Db, version: string): boolean {
	return prepared(db.sql, "SELECT 1 FROM rule_set WHERE kind = 'standards' AND version = ?").get(version) !== undefined;
}

function refuseTakenName(tx: Tx, name: string, exceptId = ''): void {
	const text = 'SELECT 1 FROM standards_draft WHERE name = ? AND id <> ? AND published_at IS NULL AND discarded_at IS NULL';
	const isTaken = isPublished(tx.db, name) || prepared(tx.db.sql, text).get(name, exceptId) !== undefined;
	if (isTaken) throw new Invalid('name', 'There is a set of this name already. Choose another, such as the next number.');
}

/** Of two sets that begin on one day nobody could say which is in force. */
function refuseTakenDay(db: Db, from: string): void {
	const other = prepared(db.sql, "SELECT version FROM rule_set WHERE kind = 'standards' AND from_on = ?").pluck().get(from);
	if (other !== undefined) throw new Invalid('from', `${other} begins on that day already. Choose another.`);
}
