import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { worksOn } from './policy.ts';
import { noteRead, type Sight, sightOf } from './sight.ts';

/** What was learned from a case, written for everybody and not cleared yet. */
export type OpenLearning = { id: string; proposedBy: string; by: string | null };

/** May the actor write or clear words for everybody: whoever works on a case that is closed and whose words are still there. */
export function canTellLearning(sight: Sight): boolean {
	const { phase, isDestroyed } = sight.state;
	return phase === 'closed' && !isDestroyed && (worksOn(sight) || (!sight.isGateShut && sight.accesses.some(({ capacity }) => capacity === 'lay_screener')));
}

/** What waits for a second person, or null. Never authorises. */
export function openLearning({ db }: Pick<Ctx, 'db'>, concernId: string): OpenLearning | null {
	return (prepared(db.sql, OPEN).get(concernId) as OpenLearning | undefined) ?? null;
}

/** Words that wait, for whoever is to clear them: that they were opened is noted. Never authorises. */
export function learningWords(ctx: Ctx, { concern, accesses }: Sight, { id }: OpenLearning): string {
	noteRead(ctx, { concernId: concern.id, personId: personOf(ctx).personId, capacity: accesses[0]?.capacity ?? 'owner', what: `learning:${id}` });
	return openText(ctx, concern.id, placeOf(id)) ?? '';
}

/**
 * Writes down, without anybody in it, what was learned from a case, for the report of the year. It stays sealed until a second person clears it.
 * @throws NotFound, Forbidden; Conflict when words wait already
 */
export function writeLearning(ctx: Ctx, reference: string, { words }: { words: string }): void {
	commit(ctx, { name: 'write what was learned' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(canTellLearning(sight));
		const concernId = sight.concern.id;
		if (openLearning(ctx, concernId) !== null) throw new Conflict('Words wait for a second person already.');
		const id = newId();
		const text = 'INSERT INTO concern_learning (id, concern_id, proposed_by, proposed_at) VALUES (?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, concernId, personOf(ctx).personId, ctx.now);
		sealText(tx, concernId, placeOf(id), words);
		record(tx, 'concern.learning_written', { type: 'concern', id: concernId }, {});
	});
}

/**
 * Clears such words for everybody, or not. Whoever wrote them may only take them back. What is cleared leads to no case from its page.
 * @throws NotFound, Forbidden; Conflict in words
 */
export function settleLearning(ctx: Ctx, reference: string, { result }: { result: 'cleared' | 'refused' }): void {
	commit(ctx, { name: 'clear what was learned' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(canTellLearning(sight));
		const concernId = sight.concern.id;
		const open = openLearning(ctx, concernId);
		if (open === null) throw new Conflict('Nothing waits for a second person any more.');
		const isOwn = open.proposedBy === personOf(ctx).personId;
		if (isOwn && result === 'cleared') throw new Conflict('You wrote it yourself: somebody else has to clear it.');
		settle(tx, concernId, { id: open.id, result: isOwn ? 'taken_back' : result });
	});
}

function settle(tx: Tx, concernId: string, { id, result }: { id: string; result: 'cleared' | 'refused' | 'taken_back' }): void {
	const { ctx } = tx;
	const told = result === 'cleared' ? [Number(ctx.today.slice(0, 4)), openText(ctx, concernId, placeOf(id)) ?? ''] : [null, null];
	const text = 'UPDATE concern_learning SET settled_by = ?, settled_at = ?, result = ?, year = ?, words = ? WHERE id = ? AND settled_at IS NULL';
	prepared(tx.db.sql, text).run(personOf(ctx).personId, ctx.now, result, ...told, id);
	record(tx, 'concern.learning_settled', { type: 'concern', id: concernId }, { result });
}

const placeOf = (id: string) => `learning:${id}`;
const OPEN = `SELECT l.id, l.proposed_by AS proposedBy, n.given_names || ' ' || n.family_name AS "by" FROM concern_learning l
	LEFT JOIN person_name n ON n.person_id = l.proposed_by AND n.to_on IS NULL WHERE l.concern_id = ? AND l.settled_at IS NULL`;
