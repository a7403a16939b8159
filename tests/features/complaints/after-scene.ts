import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { giveRole, openAccount } from '#features/accounts/index.ts';
import type { StepKind } from '#features/complaints/phases.ts';
import type { Step } from '#features/complaints/state.ts';
import { standingOf, takeStep } from '#features/complaints/step.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aConcern } from '#tests/helpers/concerns.ts';

type Made = { id: string; reference: string };

/** The same register on another day, seen by the same. */
export const on = onDay;
/** Somebody on another day, who has just proved who they are. */
export const laterAs = (someone: Someone, day: string): Ctx => onDay(someone.ctx, day);

/** Takes steps of a case as the record would hold them: `by` for those of the office. */
export function steps(ctx: Ctx, id: string, by: Someone, ...kinds: (StepKind | [StepKind, Step['data']])[]): void {
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		for (const one of kinds) {
			const [kind, data] = typeof one === 'string' ? [one, {}] : one;
			const side = SIDES[kind] ?? 'office';
			if (kind === 'accepted' || kind === 'declined') screened(tx.ctx, id, by, kind);
			takeStep(tx, standingOf(tx.db, id), kind, { side, personId: side === 'office' ? by.id : null }, data);
		}
	});
}

const SIDES: Partial<Record<StepKind, Step['bySide']>> = {
	withdrawn: 'complainant',
	no_case: 'panel',
	referred: 'panel',
	facts_found: 'panel',
	breach_found: 'panel',
	sanction_decided: 'panel',
};

/** As two people would have decided it, one of them from outside the profession. */
function screened({ db, now }: Ctx, id: string, by: Someone, kind: string): void {
	const lay = prepared(db.sql, "SELECT person_id FROM role_grant WHERE role = 'lay_panel_member' LIMIT 1").pluck().get() as string;
	prepared(db.sql, LET_IN).run(newId(), id, lay, now, now + 1000, now);
	prepared(db.sql, AGREED).run(newId(), id, kind, by.id, now, lay, now);
}

const LET_IN = `INSERT INTO concern_access (id, concern_id, person_id, capacity, from_at, until_at, declared, declared_at) VALUES (?, ?, ?, 'lay_screener', ?, ?, 'none', ?)`;
const AGREED = `INSERT INTO concern_proposal (id, concern_id, kind, data, proposed_by, proposed_at, settled_by, settled_at, result) VALUES (?, ?, ?, '{}', ?, ?, ?, ?, 'agreed')`;

/** A case that was withdrawn and closed on a day, with words in it. */
export function withdrawnOn(
	ctx: Ctx,
	day: string,
	owner: Someone,
	{ about = null as Someone | null, by = null as Someone | null, words = 'what happened' } = {},
): Made {
	const then = on(ctx, day);
	const made = aConcern(then, { about, by, words });
	steps(then, made.id, owner, ['assigned', { owner: owner.id }], 'withdrawn', ['closed', { root: 'not_known' }]);
	return made;
}

/** A case in which a panel decided something on a day. */
export function upheldOn(
	ctx: Ctx,
	day: string,
	owner: Someone,
	{ outcome = 'upheld', orders = [] as object[], about = null as Someone | null, words = 'what happened' } = {},
): Made {
	const then = on(ctx, day);
	const made = aConcern(then, { about, words });
	const decided: [StepKind, Step['data']] = ['sanction_decided', { outcome, orders, panel: 'none' }];
	steps(
		then,
		made.id,
		owner,
		['assigned', { owner: owner.id }],
		'acknowledged',
		'accepted',
		'disclosed',
		'reported',
		'referred',
		'facts_found',
		'breach_found',
		decided,
		['closed', { root: 'practice' }],
	);
	return made;
}

/** Words of a case at a place. */
export function say(ctx: Ctx, id: string, place: string, words: string): void {
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		sealText(tx, id, place, words);
		tx.recorded += 1;
	});
}

/** A reviewer from outside, whose role has a last day. */
export function reviewer(ctx: Ctx, name: string, toOn: string): Someone {
	const someone = aPerson(ctx, name, { roles: ['external_reviewer'] });
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		openAccount(tx, someone.id, `${name.toLowerCase()}.${someone.id}@outside.example`, null);
		giveRole(tx, { personId: someone.id, role: 'external_reviewer', fromOn: '2020-01-01', toOn, reason: 'test' });
	});
	return someone;
}
