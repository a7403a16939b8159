import type { Ctx } from '#core/ctx.ts';
import { casework } from '#features/complaints/index.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { approvedPack } from '#tests/helpers/concern-packs.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';

let count = 0;

/** One act of the page of a case, by its form. */
export function act(who: Someone, reference: string, name: string, input: object = {}): void {
	const found = casework.caseAct(who.ctx, reference, name);
	count += 1;
	found.run(found.schema.parse({ seen: found.seen, repeat: `${name}-${reference}-${count}`, ...input }) as never);
}

/** A case that was accepted and has one allegation, of an owner and a lay screener. */
export function inPreparation(
	ctx: Ctx,
	{ owner, lay, about, words = 'what happened' }: { owner: Someone; lay: Someone; about: Someone; words?: string },
): { id: string; reference: string } {
	const made = aConcern(ctx, { about, words });
	act(owner, made.reference, 'declare', { declared: 'none', words: '' });
	act(owner, made.reference, 'take-on');
	letIn(ctx, made.id, lay, 'lay_screener');
	act(owner, made.reference, 'acknowledge', { told: 'It arrived.' });
	act(owner, made.reference, 'message', { side: 'complainant', words: 'How are you?' });
	act(owner, made.reference, 'propose-accept', { told: 'We take this forward.', words: 'It is about practice.' });
	const proposal = casework.caseAct(lay.ctx, made.reference, 'agree').fields[0]?.options?.[0]?.value;
	act(lay, made.reference, 'agree', { proposal, result: 'agreed', words: '' });
	act(owner, made.reference, 'allegation', { category: 'communication', words: 'Did not answer for months.' });
	return made;
}

/** The same, laid before the therapist with everything that was said. */
export function disclosed(ctx: Ctx, people: { owner: Someone; lay: Someone; about: Someone; words?: string }): { id: string; reference: string } {
	const made = inPreparation(ctx, people);
	approvedPack(people.owner, people.lay, made.reference, { keys: allOf(ctx, made.id) });
	act(people.owner, made.reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
	return made;
}

function allOf(ctx: Ctx, id: string): string[] {
	const allegations = ctx.db.sql.prepare('SELECT id FROM concern_allegation WHERE concern_id = ? ORDER BY no').pluck().all(id) as string[];
	return ['statement', ...allegations.map((one) => `allegation:${one}`)];
}
