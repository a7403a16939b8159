import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, isStaff } from '#core/policy.ts';
import { openTexts, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernAllegation } from '#db/schema/index.ts';
import type { Category } from './case-words.ts';
import { personOfNumber } from './draft-about.ts';
import { isRespondentTold } from './message-put.ts';
import { OPEN } from './phases.ts';
import { worksOn } from './policy.ts';
import { interestsIn, type OpenCase, type Sight, sightOf } from './sight.ts';
import { refuseStale } from './step.ts';

type Row = typeof concernAllegation.$inferSelect;
export type Allegation = Pick<Row, 'id' | 'no' | 'category' | 'standard' | 'finding'> & { words: string };

/** Writes down one thing that is said to have happened. @throws NotFound, Forbidden; Conflict once a hearing found facts, or it is closed */
export function addAllegation(ctx: Ctx, reference: string, { seen, category, words }: { seen: number; category: Category; words: string }): void {
	commit(ctx, { name: 'write down an allegation' }, (tx) => {
		const sight = openFor(ctx, reference, seen);
		if (sight.state.hearing !== 'not_begun') throw new Conflict('A panel has found the facts: nothing is added any more.');
		const { id } = sight.concern;
		const no = prepared(tx.db.sql, 'SELECT 1 + coalesce(max(no), 0) FROM concern_allegation WHERE concern_id = ?').pluck().get(id) as number;
		const allegationId = newId();
		const standard = ['conviction_caution', 'other_body_decision'].includes(category) ? 'certificate' : 'balance';
		const text = 'INSERT INTO concern_allegation (id, concern_id, no, category, standard, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(allegationId, id, no, category, standard, sight.personId, ctx.now);
		sealText(tx, id, `allegation:${allegationId}`, words);
		record(tx, 'concern.allegation_added', { type: 'concern', id }, { no });
	});
}

/** What is said to have happened, piece by piece, of an opened case. */
export function allegationsOf(ctx: Ctx, { concern }: Pick<OpenCase, 'concern'>): Allegation[] {
	const text = 'SELECT id, no, category, standard, finding FROM concern_allegation WHERE concern_id = ? ORDER BY no';
	const rows = prepared(ctx.db.sql, text).all(concern.id) as Omit<Allegation, 'words'>[];
	const words = openTexts(
		ctx,
		concern.id,
		rows.map(({ id }) => `allegation:${id}`),
	);
	return rows.map((row) => ({ ...row, words: words.get(`allegation:${row.id}`) ?? '' }));
}

/**
 * Says who it is about, by their number on the register. Whoever is tied to them learns nothing of the case from then on.
 * @throws NotFound, Forbidden; Invalid for no such number; Conflict once they were told
 */
export function nameRespondent(ctx: Ctx, reference: string, { seen, number }: { seen: number; number: string }): void {
	commit(ctx, { name: 'say who it is about' }, (tx) => {
		const sight = openFor(ctx, reference, seen);
		if (isRespondentTold(sight.steps)) throw new Conflict('They have been told of it already.');
		const { id, complainantId } = sight.concern;
		const respondentId = personOfNumber(tx, number.trim());
		if (respondentId === null) throw new Invalid('number', 'There is nobody on the register with this number.');
		if (respondentId === complainantId) throw new Invalid('number', 'This is who raised it.');
		prepared(tx.db.sql, 'UPDATE concern SET respondent_id = ? WHERE id = ?').run(respondentId, id);
		if (interestsIn(tx.db, id, sight.personId).length > 0)
			throw new Invalid('number', 'The record ties you to them. Step back from this case, so that somebody else takes it on.');
		record(tx, 'concern.respondent_named', { type: 'concern', id }, {});
	});
}

function openFor(ctx: Ctx, reference: string, seen: number): Sight & { personId: string } {
	const sight = sightOf(ctx, reference);
	allow(isStaff(ctx.actor) && ctx.actor.kind === 'person' && worksOn(sight));
	refuseStale(sight, seen);
	if (!(OPEN as readonly string[]).includes(sight.state.phase)) throw new Conflict('This case is closed.');
	return { ...sight, personId: ctx.actor.personId };
}
