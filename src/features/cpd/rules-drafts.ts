import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type CpdRules, cpdRulesSchema } from './rules.ts';
import { rulesDifferences } from './rules-compare.ts';
import type { RulesInput } from './rules-form.ts';
import { canSeeWhoChanges, canWorkOnRules } from './rules-policy.ts';
import type { Trial } from './rules-trial.ts';
import { cpdRuleVersions, rulesAt } from './standing-queries.ts';

const MOVED_ON = 'Somebody changed this draft meanwhile. What you typed is still here: look at theirs in another window before you save.';

/** A version that is being worked on. `trial` is that of its present figures, or null. */
export type RulesDraft = { id: string; name: string; basedOn: string; rules: CpdRules; trial: Trial | null; createdAt: number; version: number };

/** Drafts that are neither published nor thrown away, newest first. @throws Forbidden */
export function rulesDrafts(ctx: Ctx): RulesDraft[] {
	allow(canWorkOnRules(ctx.actor));
	const text = `${READ} WHERE published_at IS NULL AND discarded_at IS NULL ORDER BY created_at DESC`;
	return (prepared(ctx.db.sql, text).all() as Row[]).map(draftOf);
}

/** One of them. @throws Forbidden, NotFound */
export function rulesDraft(ctx: Ctx, id: string): RulesDraft {
	allow(canWorkOnRules(ctx.actor));
	const row = prepared(ctx.db.sql, `${READ} WHERE id = ? AND published_at IS NULL AND discarded_at IS NULL`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such draft. It may have been published or thrown away.');
	return draftOf(row);
}

/** Begins a draft with the figures of the version in force today. @returns its key. @throws Forbidden, Invalid for a name that is taken */
export function draftRules(ctx: Ctx, name: string): string {
	allow(canWorkOnRules(ctx.actor));
	const { version } = rulesAt(ctx.db, [], ctx.today);
	const id = newId();
	commit(ctx, { name: 'draftRules' }, (tx) => {
		refuseTakenName(tx, name);
		const text = 'INSERT INTO cpd_rules_draft (id, name, based_on, data, created_at) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, name, version.version, JSON.stringify(version.rules), ctx.now);
		record(tx, 'cpd.rules_drafted', { type: 'cpd_rules', id }, { name, basedOn: version.version });
	});
	return id;
}

/** Writes the figures of a draft; an earlier trial no longer counts. @throws Forbidden, NotFound, Conflict, Invalid */
export function changeRulesDraft(ctx: Ctx, id: string, { name, rules, version }: RulesInput): void {
	const before = rulesDraft(ctx, id);
	commit(ctx, { name: 'changeRulesDraft' }, (tx) => {
		if (name !== before.name) refuseTakenName(tx, name);
		const text = `UPDATE cpd_rules_draft SET name = ?, data = ?, trial = NULL, trial_of = NULL, version = version + 1 WHERE id = ? AND version = ?`;
		if (prepared(tx.db.sql, text).run(name, JSON.stringify(cpdRulesSchema.parse(rules)), id, version).changes === 0) throw new Conflict(MOVED_ON);
		record(tx, 'cpd.rules_changed', { type: 'cpd_rules', id }, { name, changes: rulesDifferences(before.rules, rules) });
	});
}

/** Keeps what a trial found. It counts for these figures only. @throws Conflict when they were changed while it ran */
export function keepTrial(ctx: Ctx, id: string, trial: Trial, version: number): void {
	allow(canWorkOnRules(ctx.actor));
	commit(ctx, { name: 'keepTrial' }, (tx) => {
		const text = 'UPDATE cpd_rules_draft SET trial = ?, trial_of = version WHERE id = ? AND version = ?';
		if (prepared(tx.db.sql, text).run(JSON.stringify(trial), id, version).changes === 0) throw new Conflict(MOVED_ON);
		const { checked, metBefore, metAfter, touched } = trial;
		record(tx, 'cpd.rules_tried', { type: 'cpd_rules', id }, { checked, metBefore, metAfter, touched });
	});
}

/** Throws a draft away. @throws Forbidden, NotFound */
export function discardRulesDraft(ctx: Ctx, id: string): void {
	const { name } = rulesDraft(ctx, id);
	commit(ctx, { name: 'discardRulesDraft' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE cpd_rules_draft SET discarded_at = ? WHERE id = ?').run(ctx.now, id);
		record(tx, 'cpd.rules_discarded', { type: 'cpd_rules', id }, { name });
	});
}

/**
 * Publishes a draft that was tried, for a day to come. Years that are running on that day keep the rules they began under.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict, Invalid when it was not tried or the day is not to come
 */
export function publishRules(ctx: Ctx, id: string, { fromOn, reason, version }: { fromOn: string; reason: string; version: number }): void {
	const draft = rulesDraft(ctx, id);
	requireProof(ctx, true);
	if (draft.version !== version) throw new Conflict(MOVED_ON);
	if (draft.trial === null) throw new Invalid('from', 'Try these figures on last year’s entries first.');
	if (fromOn <= ctx.today) throw new Invalid('from', 'Choose a day to come, so that nobody’s past is judged anew.');
	commit(ctx, { name: 'publishRules', reason }, (tx) => {
		refuseTakenName(tx, draft.name, id);
		prepared(tx.db.sql, "INSERT INTO rule_set (kind, version, from_on, data) VALUES ('cpd', ?, ?, ?)").run(draft.name, fromOn, JSON.stringify(draft.rules));
		prepared(tx.db.sql, 'UPDATE cpd_rules_draft SET published_at = ?, version = version + 1 WHERE id = ?').run(ctx.now, id);
		record(tx, 'cpd.rules_published', { type: 'cpd_rules', id }, { version: draft.name, fromOn, basedOn: draft.basedOn, rules: draft.rules });
	});
}

/** Names of those a trial touches, for the registrar; nobody else is told who they are. */
export function namesTouched(ctx: Ctx, { who }: Trial): { name: string; isMetAfter: boolean }[] {
	if (!canSeeWhoChanges(ctx.actor)) return [];
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return who.map(({ personId, isMetAfter }) => ({ name: String(prepared(ctx.db.sql, text).pluck().get(personId) ?? ''), isMetAfter }));
}

const READ = `SELECT id, name, based_on AS basedOn, data, CASE WHEN trial_of = version THEN trial END AS trial, created_at AS createdAt, version FROM cpd_rules_draft`;
type Row = Omit<RulesDraft, 'rules' | 'trial'> & { data: string; trial: string | null };

function draftOf({ data, trial, ...row }: Row): RulesDraft {
	return { ...row, rules: JSON.parse(data) as CpdRules, trial: trial === null ? null : (JSON.parse(trial) as Trial) };
}

function refuseTakenName(tx: Tx, name: string, exceptId = ''): void {
	const text = 'SELECT 1 FROM cpd_rules_draft WHERE name = ? AND id <> ? AND published_at IS NULL AND discarded_at IS NULL';
	const isTaken = cpdRuleVersions(tx.db).some((v) => v.version === name) || prepared(tx.db.sql, text).get(name, exceptId) !== undefined;
	if (isTaken) throw new Invalid('name', 'There is a version of this name already. Choose another, such as the next number.');
}
