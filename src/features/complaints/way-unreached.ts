import { createHmac } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { worksOn } from './policy.ts';
import { sightOf } from './sight.ts';

/** How somebody was reached another way. */
export const REACHED_WORDS = {
	telephone: 'By telephone',
	post: 'By a letter',
	supporter: 'By who stands beside them',
	waits: 'No way is safe: it waits on their own page',
} as const;
export type ReachedHow = keyof typeof REACHED_WORDS;

const KEPT = 60;
const LOOK_BACK_MS = 8 * 86_400_000;

/** Keeps in the vault which message told of something: with the key of the case, and with nothing else, it is found again. Joins a transaction. */
export function keepTold(tx: Tx, concernId: string, mailKey: string): void {
	const told = toldOf(tx.ctx, concernId);
	sealText(tx, concernId, 'told', JSON.stringify([...told, mailKey].slice(-KEPT)));
}

/** Notes of each message to a complainant that was given up which case it belongs to, once. For the job. @returns how many */
export function noteUnreached(ctx: Ctx): number {
	const failed = prepared(ctx.db.sql, FAILED)
		.pluck()
		.all(ctx.now - LOOK_BACK_MS) as string[];
	const isNoted = prepared(ctx.db.sql, 'SELECT 1 FROM concern_unreached WHERE id = ?');
	const waiting = new Set(failed.filter((mailKey) => isNoted.get(noteKey(ctx, mailKey)) === undefined));
	if (waiting.size === 0) return 0;
	let noted = 0;
	for (const concernId of prepared(ctx.db.sql, TOLD).pluck().all() as string[])
		for (const mailKey of toldOf(ctx, concernId)) {
			if (!waiting.delete(mailKey)) continue;
			note(ctx, concernId, noteKey(ctx, mailKey));
			noted += 1;
		}
	return noted;
}

/** How many messages of a case did not arrive, and nobody has reached the person another way since. Never authorises. */
export function unreachedIn({ db }: Pick<Ctx, 'db'>, concernId: string): number {
	return prepared(db.sql, 'SELECT count(*) FROM concern_unreached WHERE concern_id = ? AND settled_at IS NULL').pluck().get(concernId) as number;
}

/** How many cases have one, for officers: of cases that they may know of by the record, and without saying which. */
export function unreachedCases(ctx: Ctx): number {
	if (!isStaff(ctx.actor) || !hasRole(ctx.actor, 'complaints_officer')) return 0;
	return prepared(ctx.db.sql, COUNT)
		.pluck()
		.get({ me: personOf(ctx).personId }) as number;
}

/** Records how the person was reached another way. Its words are sealed. @throws NotFound, Forbidden; Conflict when nothing waits */
export function recordReached(ctx: Ctx, reference: string, { how, words }: { how: ReachedHow; words: string }): void {
	commit(ctx, { name: 'reach somebody another way' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(worksOn(sight));
		const { id } = sight.concern;
		const open = prepared(tx.db.sql, 'SELECT id FROM concern_unreached WHERE concern_id = ? AND settled_at IS NULL').pluck().all(id) as string[];
		if (open.length === 0) throw new Conflict('Somebody has recorded already how they were reached.');
		for (const one of open) {
			prepared(tx.db.sql, SETTLE).run(how, personOf(ctx).personId, ctx.now, one);
			if (words !== '') sealText(tx, id, `reached:${one}`, words);
		}
		record(tx, 'concern.reached', { type: 'concern', id }, { how });
	});
}

function note(ctx: Ctx, concernId: string, id: string): void {
	commit(ctx, { name: 'note a message that did not arrive' }, (tx) => {
		const text = 'INSERT INTO concern_unreached (id, concern_id, noted_on) VALUES (?, ?, ?)';
		prepared(tx.db.sql, text).run(id, concernId, ctx.today);
		record(tx, 'concern.unreached', { type: 'concern', id: concernId });
	});
}

function toldOf(ground: Pick<Ctx, 'db' | 'keys'>, concernId: string): string[] {
	return JSON.parse(openText(ground, concernId, 'told') ?? '[]') as string[];
}

/** The same for a message each time, and no way back to it. */
function noteKey({ keys }: Pick<Ctx, 'keys'>, mailKey: string): string {
	return createHmac('sha256', keys.secret).update(`unreached ${mailKey}`).digest('hex').slice(0, 32);
}

const FAILED = "SELECT dedupe_key FROM outbox WHERE kind = 'reference.message' AND failed_at > ?";
const TOLD = "SELECT v.vault_id FROM vault_text v JOIN concern c ON c.id = v.vault_id WHERE v.place = 'told'";
const SETTLE = 'UPDATE concern_unreached SET settled_how = ?, settled_by = ?, settled_at = ? WHERE id = ?';
const COUNT = `SELECT count(DISTINCT u.concern_id) FROM concern_unreached u WHERE u.settled_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = u.concern_id AND i.other_id = :me)
	AND NOT EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = u.concern_id AND a.person_id = :me AND a.end_reason = 'recused')`;
